import type { Fault } from './faults';
import type { MappedHeading } from './headings';
import type { RunCounts, RunShape } from './ingest-run.repository';
import { MAX_FAULTS, type Tally } from './source-batches';

/** What one import has done so far; grows while the file is read and written. */
export class ImportOutcome implements RunCounts {
  rows = 0;
  created = 0;
  updated = 0;
  unchanged = 0;
  faulty = 0;
  sheet: string | null = null;
  mapping: MappedHeading[] = [];
  createdProcedures: string[] = [];
  createdDepartments: string[] = [];
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];

  constructor(readonly shape: RunShape) {}

  count(tally: Tally): void {
    this.rows += tally.rows;
    this.faulty += tally.faultyRows;
    this.faults.push(...tally.faults);
    this.warnings.push(...tally.warnings);
  }

  /** Rows that were read well but cannot be taken in. */
  reject(faults: Fault[]): void {
    this.faulty += faults.length;
    this.faults.push(...faults.slice(0, Math.max(0, MAX_FAULTS - this.faults.length)));
  }

  get changed(): boolean {
    return this.created + this.updated > 0;
  }
}
