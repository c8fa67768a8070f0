import type { SourceColumn } from './column-mapping';
import type { Fault } from './faults';
import type { CellField } from './fields';
import type { MappedHeading } from './headings';

export type RunChannel = 'page' | 'command' | 'api' | 'sample' | 'portal' | 'folder';
export type RunShape = 'xlsx' | 'xls' | 'csv' | 'json' | 'ndjson' | 'procedures';
/**
 * checking -> checked -> writing -> done -> undoing -> undone. 'refused', 'failed' and 'cancelled' end a run; a
 * failed one may have written its first chunks and can go on.
 */
export type RunState =
  'checking' | 'checked' | 'writing' | 'done' | 'refused' | 'failed' | 'cancelled' | 'undoing' | 'undone';

export interface RunCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  faulty: number;
}

/** One column of the source as it is understood, by a person or by its heading. */
export type RunColumn = SourceColumn;

/** A cell that a person put right without touching the file. */
export interface Correction {
  line: number;
  field: CellField;
  /** The file's own heading. */
  column: string;
  /** What the file says. */
  value: string;
  /** What is read instead. */
  text: string;
}

/** A change a file would make, for looking at before it is made. */
export interface SampleChange {
  line: number;
  code: string;
  changes: { column: string; from: string | null; to: string | null }[];
}

/** What a file would do, found without writing anything. */
export interface CheckSummary extends RunCounts {
  /** new cases that are overdue as soon as they are written, and known ones that become it */
  overdueNew: number;
  overdueChanged: number;
  /** known cases whose status would go back */
  back: number;
  /** an older list: known cases that keep what is newer */
  kept: number;
  /** known cases that stay as they are but for another source or supplement that is noted */
  noted: number;
  /** the list is older than this one of the same source */
  olderThan: { asOf: string; fileName: string } | null;
  /** column of the case -> known cases in which it changes */
  columns: Record<string, number>;
  samples: SampleChange[];
  newProcedures: string[];
  newDepartments: string[];
  /** limits of a catalogue that move deadlines */
  movedDeadlines: number;
}

export interface NewRun {
  unitId: number;
  channel: RunChannel;
  actor: string;
  userId: number | null;
  fileName: string;
  sha256: string;
  size: number;
  /** null until the shape of the file tells it */
  source: string | null;
  direct: boolean;
  overwrite: boolean;
  startedAt: Date;
}

/** A run while somebody works on it. */
export interface Run extends NewRun {
  id: number;
  state: RunState;
  shape: RunShape | null;
  asOf: Date | null;
  chosen: RunColumn[];
  /** who told what the columns hold; null: their headings did */
  mappedBy: string | null;
  mapping: MappedHeading[];
  corrections: Correction[];
  rows: number;
  faulty: number;
  writtenLine: number;
  stagedRows: number | null;
  attempts: number;
  worker: string;
  /** of what the deadlines that came with the rows rest on */
  groundStamp: string | null;
  undoneBy: string | null;
}

export interface RunLine extends RunCounts {
  id: number;
  channel: RunChannel;
  actor: string;
  fileName: string;
  fileSize: number;
  source: string | null;
  sourceName: string | null;
  shape: RunShape | null;
  state: RunState;
  startedAt: Date;
  finishedAt: Date | null;
  /** Records that another system sent one by one in a day, not a file. */
  pushed: boolean;
}

export interface RunDetail extends RunLine {
  unitId: number;
  sheet: string | null;
  asOf: Date | null;
  overwrite: boolean;
  message: string | null;
  remedy: string | null;
  mapping: MappedHeading[];
  columns: RunColumn[];
  mappedBy: string | null;
  corrections: Correction[];
  direct: boolean;
  sha256: string;
  summary: CheckSummary | null;
  warned: number;
  createdProcedures: string[];
  createdDepartments: string[];
  /** 0 to 1 of the current step, and for how many seconds it has been going on */
  progress: number;
  seconds: number;
  stagedRows: number | null;
  undoneBy: string | null;
  undoneAt: Date | null;
}

export interface RunFault extends Fault {
  id: number;
  severity: 'fault' | 'warning';
}
