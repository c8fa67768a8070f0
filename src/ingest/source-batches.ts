import type { CatalogueItem } from '../cases/procedure-catalogue';
import { communeFinder, type KnownCommune } from './commune-finder';
import { EarlyDeadlines, type EarlyGround } from './early-deadline';
import type { LocalSecond } from '../domain/local-date';
import type { RunColumn } from './run';
import type { FileShape } from './shape';
import type { Fault } from './faults';
import { FileRefused, placeOf, type RefusalCode } from './file-refused';
import type { MappedHeading } from './headings';
import { toPortalRecord, type PortalRecord } from './portal-record';
import { toCatalogueItem } from './procedure-item';
import type { ReadingRules } from './row-cells';
import { withSource, type CaseSource, type CatalogueSource } from './source-file';
import { StageEncoder } from './stage-rows';

/** Faults and warnings beyond these numbers are counted but no longer described. */
export const MAX_FAULTS = 5_000;
const MAX_WARNINGS = 1_000;
const BATCH_BYTES = 256 * 1024;

/** What was read since the message before. */
export interface Tally {
  /** Data rows, the faulty ones too. */
  rows: number;
  faultyRows: number;
  faults: Fault[];
  warnings: Fault[];
  progress?: number;
}

/** What the reader of a file tells, in this order: opened, batches, end; or at any time refused. */
export type ReaderMessage =
  | {
      kind: 'opened';
      shape: FileShape | 'procedures';
      sheet: string | null;
      columns?: RunColumn[];
      asOf?: LocalSecond | null;
    }
  | ({ kind: 'cases'; bytes: Uint8Array<ArrayBuffer> } & Tally)
  | ({ kind: 'procedures'; items: CatalogueItem[] } & Tally)
  | { kind: 'end'; mapping: MappedHeading[] }
  | { kind: 'refused'; code: RefusalCode; args: Record<string, string | number> };

export type Emit = (message: ReaderMessage) => Promise<void>;

/** What does not depend on the file; the file itself tells its date system. */
export interface FixedRules extends Omit<ReadingRules, 'serialShift'> {
  /** To which rows may belong: one commune, or all of a province. */
  communes: KnownCommune[];
  /** With it the deadlines of new cases come along. */
  early?: EarlyGround;
}

/** Reads a whole file and tells it in batches; `emit` may wait, and the reader waits with it. */
export async function readBatches(path: string, rules: FixedRules, emit: Emit): Promise<void> {
  try {
    await withSource(path, (source) =>
      source.shape === 'procedures' ? readCatalogue(source, emit) : readCases(source, rules, emit),
    );
  } catch (e) {
    if (!(e instanceof FileRefused)) throw e;
    await emit({ kind: 'refused', code: e.code, args: e.args });
  }
}

async function readCases(source: CaseSource, fixed: FixedRules, emit: Emit): Promise<void> {
  const { shape, sheet, headings } = source;
  await emit({ kind: 'opened', shape, sheet });
  const rules = { ...fixed, serialShift: source.serialShift };
  const encoder = new StageEncoder();
  const communeOf = communeFinder(rules.communes);
  const early = rules.early ? new EarlyDeadlines(rules.early) : null;
  const counter = new TallyCounter();
  for await (const row of source.rows) {
    const read = toPortalRecord(row, rules, headings);
    counter.add(read);
    if (read.record) {
      const unitId = communeOf(read.record);
      encoder.add(read.record, early?.of(read.record, unitId) ?? null, unitId);
    }
    if (encoder.length > BATCH_BYTES) await emit({ kind: 'cases', bytes: encoder.take(), ...counter.take() });
  }
  if (counter.total === 0) throw new FileRefused('NO_ROWS', { place: placeOf(sheet) });
  await emit({ kind: 'cases', bytes: encoder.end(), ...counter.take() });
  await emit({ kind: 'end', mapping: source.mapping() });
}

/** A catalogue has some thousand entries at most: one batch. */
async function readCatalogue(source: CatalogueSource, emit: Emit): Promise<void> {
  await emit({ kind: 'opened', shape: 'procedures', sheet: null });
  const counter = new TallyCounter();
  const items: CatalogueItem[] = [];
  for await (const row of source.rows) {
    const { item, faults } = toCatalogueItem(row);
    counter.add({ record: item, faults, warnings: [] });
    if (item) items.push(item);
  }
  await emit({ kind: 'procedures', items, ...counter.take() });
  await emit({ kind: 'end', mapping: [] });
}

class TallyCounter {
  total = 0;
  private described = { faults: 0, warnings: 0 };
  private tally: Tally = emptyTally();

  add(read: { record: PortalRecord | CatalogueItem | null; faults: Fault[]; warnings: Fault[] }): void {
    this.total += 1;
    this.tally.rows += 1;
    if (read.record === null) this.tally.faultyRows += 1;
    if (read.faults.length > 0 && this.described.faults < MAX_FAULTS) {
      this.described.faults += read.faults.length;
      this.tally.faults.push(...read.faults);
    }
    if (read.record !== null && read.warnings.length > 0 && this.described.warnings < MAX_WARNINGS) {
      this.described.warnings += read.warnings.length;
      this.tally.warnings.push(...read.warnings);
    }
  }

  take(): Tally {
    const taken = this.tally;
    this.tally = emptyTally();
    return taken;
  }
}

const emptyTally = (): Tally => ({ rows: 0, faultyRows: 0, faults: [], warnings: [] });
