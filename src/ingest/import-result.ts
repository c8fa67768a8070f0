import type { Fault } from './faults';
import type { RunChannel, RunCounts, RunDetail, RunShape, RunState } from './ingest-run.repository';

export interface ImportRequest {
  /** Where the bytes lie; the caller removes them afterwards. */
  path: string;
  /** The name the person knows. */
  fileName: string;
  channel: RunChannel;
  actor: string;
  /** The commune the cases belong to; default: the one configured. */
  unitId?: number;
  userId?: number | null;
}

/** What became of a file. `rows` = `created` + `updated` + `unchanged` + `faulty`. */
export interface ImportResult extends RunCounts {
  runId: number;
  fileName: string;
  shape: RunShape | null;
  /** 'refused': nothing of the file was stored */
  state: RunState;
  message: string | null;
  remedy: string | null;
  /** Rows that stayed out; at most 5,000 are described. */
  faults: Fault[];
  /** Worth a look, but the row went in. */
  warnings: Fault[];
  /** Named by the file, unknown until now: to be completed. */
  createdProcedures: string[];
  createdDepartments: string[];
}

export const resultOf = (run: RunDetail, faults: Fault[], warnings: Fault[]): ImportResult => ({
  runId: run.id,
  fileName: run.fileName,
  shape: run.shape,
  state: run.state,
  rows: run.rows,
  created: run.created,
  updated: run.updated,
  unchanged: run.unchanged,
  faulty: run.faulty,
  message: run.message,
  remedy: run.remedy,
  faults,
  warnings,
  createdProcedures: run.createdProcedures,
  createdDepartments: run.createdDepartments,
});
