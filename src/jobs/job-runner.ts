import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job, Worker } from 'bullmq';
import { Runtime } from '../platform/runtime';
import { BullBackend } from './bull-backend';
import { BullQueue } from './bull-queue';
import { CONCURRENCY, type QueueName } from './catalogue';
import { JobHandlers } from './job-handlers';
import { within } from './patience';

/** A job that still runs after this many milliseconds is left to another process (its lock expires). */
const DRAIN_PATIENCE = 20_000;
/** With no job running, only a store that is away can keep a worker from closing. */
const IDLE_PATIENCE = 2_000;

/** One worker per queue in the roles 'worker' and 'all'; the role 'web' only enqueues. */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('Jobs');
  private workers: Worker[] = [];
  private running = 0;
  private stopping = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly backend: BullBackend,
    private readonly queue: BullQueue,
    private readonly handlers: JobHandlers,
  ) {}

  /** The workers follow when the store answers: pages are served meanwhile. */
  onApplicationBootstrap(): void {
    if (this.runtime.env.ROLE === 'web') return;
    void this.startWorkers().catch((e: Error) => this.log.error(`no job will run: ${e.message}`, e.stack));
  }

  /** Takes no new job and waits for the running ones, while database and mail transport are still open. */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    const closing = Promise.allSettled(this.workers.map((worker) => worker.close()));
    const patience = this.running > 0 ? DRAIN_PATIENCE : IDLE_PATIENCE;
    await within(patience, closing).catch((e: Error) => this.log.warn(`workers still busy: ${e.message}`));
  }

  /** A worker whose store never answered could not be closed again, so it is not made before. */
  private async startWorkers(): Promise<void> {
    for (const queue of this.queue.all()) {
      await queue.waitUntilReady().catch((e: Error) => this.stopping || Promise.reject(e));
      if (this.stopping) return;
      const concurrency = CONCURRENCY[queue.name as QueueName];
      this.workers.push(this.backend.worker(queue.name, concurrency, (job) => this.run(job)));
    }
  }

  /** Rethrows: only a failed job is tried again. */
  private async run(job: Job): Promise<void> {
    this.running++;
    try {
      const handler = this.handlers.of(job.name);
      if (!handler) throw new Error(`no handler for ${job.name}; it may come from another version`);
      await handler(job.data);
    } catch (error) {
      this.record(job, error as Error);
      throw error;
    } finally {
      this.running--;
    }
  }

  private record(job: Job, error: Error): void {
    const attempt = job.attemptsMade + 1;
    const attempts = job.opts.attempts ?? 1;
    const line = `${job.name} ${JSON.stringify(job.data)} attempt ${attempt}/${attempts}: ${error.message}`;
    if (attempt < attempts) this.log.warn(line);
    else this.log.error(line, error.stack);
  }
}
