import type { CatalogueItem } from '../cases/procedure-catalogue';
import { communeFinder } from './commune-finder';
import type { LocalSecond } from '../domain/local-date';
import { EarlyDeadlines } from './early-deadline';
import type { SourceColumn } from './column-mapping';
import type { FileShape } from './shape';
import type { Fault } from './faults';
import { FileRefused, placeOf, type RefusalCode } from './file-refused';
import type { Field, SourceRow } from './fields';
import type { MappedHeading } from './headings';
import { toPortalRecord, type PortalRecord } from './portal-record';
import { toCatalogueItem } from './procedure-item';
import type { FixedRules, ReadingRules } from './reading-rules';
import { withSource, type CatalogueSource, type ObjectSource, type TableSource } from './source-file';
import { ownHeadings } from './source-table';
import { StageEncoder } from './stage-rows';
import { TableBinder } from './table-binder';

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
  /** How much of the file has been read, 0 to 1. */
  progress: number;
}

/** What the reader of a file tells, in this order: opened, batches, end; or at any time refused. */
export type ReaderMessage =
  | {
      kind: 'opened';
      shape: FileShape | 'procedures';
      sheet: string | null;
      /** Every column of the file; of a catalogue none. */
      columns: SourceColumn[];
      /** When the list was made: by its title, else by the program that saved it. */
      asOf: LocalSecond | null;
    }
  | ({ kind: 'cases'; bytes: Uint8Array<ArrayBuffer> } & Tally)
  | ({ kind: 'procedures'; items: CatalogueItem[] } & Tally)
  | { kind: 'end'; mapping: MappedHeading[] }
  | {
      kind: 'refused';
      code: RefusalCode;
      args: Record<string, string | number>;
      /** With NO_HEADINGS, NO_CODE_COLUMN and MISALIGNED: the columns, and what each seems to be by its cells. */
      columns?: SourceColumn[];
    };

export type Emit = (message: ReaderMessage) => Promise<void>;

/** Reads a whole file and tells it in batches; `emit` may wait, and the reader waits with it. */
export async function readBatches(path: string, rules: FixedRules, emit: Emit): Promise<void> {
  try {
    await withSource(path, rules, (source) =>
      source.kind === 'procedures' ? readCatalogue(source, emit) : readCases(source, rules, emit),
    );
  } catch (e) {
    if (!(e instanceof FileRefused)) throw e;
    const { code, args, columns } = e;
    await emit({ kind: 'refused', code, args, ...(columns ? { columns } : {}) });
  }
}

async function readCases(source: TableSource | ObjectSource, fixed: FixedRules, emit: Emit): Promise<void> {
  const { shape, sheet, columns, asOf, progress } = source;
  await emit({ kind: 'opened', shape, sheet, columns, asOf });
  const rules: ReadingRules = { ...fixed, serialShift: source.serialShift };
  const encoder = new StageEncoder();
  const communeOf = communeFinder(rules.communes ?? []);
  const early = rules.early ? new EarlyDeadlines(rules.early) : null;
  const counter = new TallyCounter();
  const bound = boundRows(source);
  for await (const rows of bound.batches) {
    for (const row of rows) {
      const read = toPortalRecord(row, rules, bound.headings);
      counter.add(read);
      if (read.record) {
        const unitId = communeOf(read.record);
        encoder.add(read.record, early?.of(read.record, unitId) ?? null, unitId);
      }
      if (encoder.length > BATCH_BYTES)
        await emit({ kind: 'cases', bytes: encoder.take(), ...counter.take(progress.share) });
    }
  }
  if (counter.total === 0) throw new FileRefused('NO_ROWS', { place: placeOf(sheet) });
  await emit({ kind: 'cases', bytes: encoder.end(), ...counter.take(1) });
  await emit({ kind: 'end', mapping: bound.mapping() });
}

interface Bound {
  headings: Partial<Record<Field, string>>;
  batches: AsyncIterable<Iterable<SourceRow>>;
  mapping: () => MappedHeading[];
}

/** The rows of an opened source as rows of fields. */
export function boundRows(source: TableSource | ObjectSource): Bound {
  if (source.kind === 'objects') {
    const { binder, rows } = source;
    return {
      headings: binder.headings,
      batches: mapped(rows, (row) => binder.bind(row)),
      mapping: () => binder.mapping(),
    };
  }
  const binder = new TableBinder(source.columns);
  const mapping = source.columns.map(({ heading, field }) => ({ heading, field }));
  return {
    headings: ownHeadings({ headings: mapping }),
    batches: mapped(source.rows, (row) => binder.bind(row)),
    mapping: () => mapping,
  };
}

async function* mapped<T>(
  batches: AsyncIterable<T[]>,
  to: (row: T) => SourceRow,
): AsyncGenerator<SourceRow[]> {
  for await (const rows of batches) yield rows.map(to);
}

/** A catalogue has some thousand entries at most: one batch. */
async function readCatalogue(source: CatalogueSource, emit: Emit): Promise<void> {
  await emit({ kind: 'opened', shape: 'procedures', sheet: null, columns: [], asOf: null });
  const counter = new TallyCounter();
  const items: CatalogueItem[] = [];
  for await (const rows of source.rows) {
    for (const row of rows) {
      const { item, faults } = toCatalogueItem(row);
      counter.add({ record: item, faults, warnings: [] });
      if (item) items.push(item);
    }
  }
  await emit({ kind: 'procedures', items, ...counter.take(1) });
  await emit({ kind: 'end', mapping: [] });
}

class TallyCounter {
  total = 0;
  private described = { faults: 0, warnings: 0 };
  private tally = emptyTally();

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

  take(progress: number): Tally {
    const taken = this.tally;
    this.tally = emptyTally();
    return { ...taken, progress };
  }
}

const emptyTally = (): Omit<Tally, 'progress'> => ({ rows: 0, faultyRows: 0, faults: [], warnings: [] });
