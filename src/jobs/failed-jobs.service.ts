import { Injectable } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { BullQueue } from './bull-queue';
import { within } from './patience';

/** A person waits for the page: a store that is away may not hold it longer. */
const PATIENCE = 3_000;

/** Failed jobs of a queue that are listed; there are hardly ever more than a handful. */
const SHOWN = 100;

export interface FailedJob {
  queue: string;
  id: string;
  name: string;
  attempts: number;
  error: string;
  failedAt: Date | null;
}

export interface ScheduledJob {
  name: string;
  next: Date | null;
}

/** Jobs that gave up, what waits, and what comes when; on both stores. */
@Injectable()
export class FailedJobs {
  constructor(private readonly queue: BullQueue) {}

  /** Newest first. @throws QUEUE_AWAY */
  async list(): Promise<FailedJob[]> {
    const found = await this.ask(async () => {
      const lists = this.queue.all().map(async (queue) => {
        const jobs = await queue.getFailed(0, SHOWN - 1);
        return jobs.map((job) => ({
          queue: queue.name,
          id: job.id!,
          name: job.name,
          attempts: job.attemptsMade,
          error: job.failedReason ?? '',
          failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
        }));
      });
      return (await Promise.all(lists)).flat();
    });
    return found.sort((a, b) => (b.failedAt?.getTime() ?? 0) - (a.failedAt?.getTime() ?? 0));
  }

  /** All queues together. @throws QUEUE_AWAY */
  counts(): Promise<Record<'waiting' | 'active' | 'delayed' | 'failed', number>> {
    return this.ask(async () => {
      const asked = this.queue
        .all()
        .map((queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'));
      const total = { waiting: 0, active: 0, delayed: 0, failed: 0 };
      for (const counts of await Promise.all(asked))
        for (const state of Object.keys(total) as (keyof typeof total)[]) total[state] += counts[state] ?? 0;
      return total;
    });
  }

  /** The next one first. @throws QUEUE_AWAY */
  async schedules(): Promise<ScheduledJob[]> {
    const found = await this.ask(() =>
      Promise.all(this.queue.all().map((queue) => queue.getJobSchedulers(0, -1))),
    );
    return found
      .flat()
      .map(({ key, next }) => ({ name: key, next: next ? new Date(next) : null }))
      .sort((a, b) => (a.next?.getTime() ?? Infinity) - (b.next?.getTime() ?? Infinity));
  }

  /** @returns its name; @throws JOB_NOT_FAILED, QUEUE_AWAY */
  retry(queueName: string, id: string): Promise<string> {
    return this.ask(async () => {
      const queue = this.queue.all().find(({ name }) => name === queueName);
      const job = await queue?.getJob(id);
      if (!job || !(await job.isFailed())) throw new AppError('JOB_NOT_FAILED', { id });
      await job.retry('failed');
      return job.name;
    });
  }

  /** @returns how many run again; @throws QUEUE_AWAY */
  retryAll(): Promise<number> {
    return this.ask(async () => {
      let count = 0;
      for (const queue of this.queue.all()) {
        count += await queue.getFailedCount();
        await queue.retryJobs({ state: 'failed' });
      }
      return count;
    });
  }

  private async ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await within(PATIENCE, question());
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('QUEUE_AWAY', { cause: (error as Error).message });
    }
  }
}
