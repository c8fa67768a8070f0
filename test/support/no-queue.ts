import { JobQueue } from '../../src/jobs/job-queue';

/** For services put together by hand: nobody works here, as when the queue is away. */
export class NoQueue extends JobQueue {
  enqueue = () => Promise.resolve();
  enqueueAll = () => Promise.resolve();
}
