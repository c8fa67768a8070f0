import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { BullBackend } from './bull-backend';
import { JOB_DEFINITIONS, type JobDefinitions, type JobName, type JobPayloads } from './catalogue';
import { type EnqueueOptions, JobQueue, type QueuedJob } from './job-queue';
import { within } from './patience';

/** A person waits for the answer behind most enqueues: a store that is away may not hold the page longer. */
const PATIENCE = 2_000;

const DAY_SECONDS = 86_400;
const RETENTION = {
  removeOnComplete: { age: DAY_SECONDS, count: 500 },
  removeOnFail: { age: 30 * DAY_SECONDS, count: 2_000 },
};

@Injectable()
export class BullQueue extends JobQueue {
  private readonly log = new Logger('Jobs');
  private readonly queues = new Map<string, Queue>();

  constructor(
    backend: BullBackend,
    @Inject(JOB_DEFINITIONS) private readonly definitions: JobDefinitions,
  ) {
    super();
    for (const { queue } of Object.values(definitions))
      if (!this.queues.has(queue)) this.queues.set(queue, backend.queue(queue));
  }

  enqueue<N extends JobName>(name: N, payload: JobPayloads[N], options: EnqueueOptions = {}): Promise<void> {
    return this.enqueueAll(name, [{ payload, ...options }]);
  }

  async enqueueAll<N extends JobName>(name: N, jobs: QueuedJob<N>[]): Promise<void> {
    if (jobs.length === 0) return;
    const bulk = jobs.map((job) => ({ name, data: job.payload, opts: this.optionsOf(name, job) }));
    try {
      await within(PATIENCE, this.of(name).addBulk(bulk));
    } catch (error) {
      this.log.warn(
        `${jobs.length} × ${name} not queued, the next sweep finds it: ${(error as Error).message}`,
      );
    }
  }

  /** The BullMQ queue that carries the job. */
  of(name: string): Queue {
    const queue = this.queues.get(this.definitions[name]?.queue ?? '');
    if (!queue) throw new Error(`job ${name} is not in the catalogue`);
    return queue;
  }

  all(): Queue[] {
    return [...this.queues.values()];
  }

  /** Attempts, back-off and retention of a job, also for the jobs a schedule makes. */
  templateOf(name: string) {
    const { attempts, backoff } = this.definitions[name]!;
    return { attempts, backoff: { type: 'exponential', delay: backoff }, ...RETENTION };
  }

  private optionsOf(name: string, { jobId, delay }: EnqueueOptions) {
    return {
      ...this.templateOf(name),
      ...(delay && delay > 0 ? { delay: Math.ceil(delay) } : {}),
      ...(jobId ? { deduplication: { id: jobId, keepLastIfActive: true } } : {}),
    };
  }
}
