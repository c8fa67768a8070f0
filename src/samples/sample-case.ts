import type { LocalSecond } from '../domain/local-date';
import type { Applicant } from './sample-people';
import type { SampleProcedure } from './sample-procedures';

export interface SampleSupplement {
  requestedAt: LocalSecond;
  /** null while the papers are awaited */
  receivedAt: LocalSecond | null;
  promisedBefore: LocalSecond;
  promisedAfter: LocalSecond | null;
}

/** A case as a one-stop system would export it. */
export interface SampleCase {
  code: string;
  procedure: SampleProcedure;
  applicant: Applicant;
  channel: 'direct' | 'online' | 'postal';
  officer: string;
  /** TrangThaiHoSo, 1 to 10 */
  status: number;
  /** when it came in online, as far as the source tells */
  submittedAt?: LocalSecond;
  /** of a submission that waits: when it came in */
  receivedAt: LocalSecond;
  promisedAt: LocalSecond;
  finishedAt: LocalSecond | null;
  returnedAt: LocalSecond | null;
  supplements: SampleSupplement[];
}

export const STATUS = {
  registered: 1,
  received: 2,
  refused: 3,
  handling: 4,
  supplement: 5,
  fee: 6,
  withdrawn: 7,
  stopped: 8,
  finished: 9,
  returned: 10,
} as const;
