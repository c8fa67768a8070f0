import type { Fault } from './faults';
import { MAX_FAULTS, type Tally } from './source-batches';

/** What the reading of one file has found so far. */
export class ReadingOutcome {
  rows = 0;
  faulty = 0;
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];

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
}
