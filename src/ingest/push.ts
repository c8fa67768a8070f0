import type { Fault } from './faults';
import type { NewNames } from './name-resolver';
import type { RunCounts } from './run';

/** What became of records another system sent. `rows` = `created` + `updated` + `unchanged` + `faulty`. */
export interface Pushed extends RunCounts, NewNames {
  runId: number;
  /** Of records that stayed out; `line` is the place of the record among those sent, from 1. */
  faults: Fault[];
  /** Worth a look, but the record went in. */
  warnings: Fault[];
}
