import type { JobName, JobPayloads } from './catalogue';

export interface EnqueueOptions {
  /**
   * While a job with this id waits, the next one is dropped; while it runs, one more runs after it. So a fact
   * written just before enqueueing is always seen. Letters, digits, '.' and '-' only.
   */
  jobId?: string;
  /** Milliseconds before the job may start. */
  delay?: number;
}

export interface QueuedJob<N extends JobName> extends EnqueueOptions {
  payload: JobPayloads[N];
}

/**
 * How the rest of the program hands work to the queue. Enqueue after commit, never inside a transaction.
 *
 * Both methods answer within a few seconds and do not throw when the queue cannot be reached: the row that asks
 * for the work is committed already, and the scheduled relay or sweep finds it.
 */
export abstract class JobQueue {
  abstract enqueue<N extends JobName>(
    name: N,
    payload: JobPayloads[N],
    options?: EnqueueOptions,
  ): Promise<void>;

  /** Many jobs of one name in one round trip. */
  abstract enqueueAll<N extends JobName>(name: N, jobs: QueuedJob<N>[]): Promise<void>;
}
