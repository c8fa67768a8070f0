import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { Database } from '../database/transaction';
import { Runtime } from '../platform/runtime';
import { BullQueue } from './bull-queue';
import { JobsRepository } from './jobs.repository';
import { within } from './patience';
import { SCHEDULE_LIST, SCHEDULE_ZONE, type Schedule } from './schedules';

/** A tick this many milliseconds overdue has lost its job: the schedule is put in again. */
const STUCK_AFTER = 10 * 60_000;

/** The lock is not held longer for a store that went away. */
const PATIENCE = 10_000;

/**
 * Keeps BullMQ's job schedulers equal to the list. Any number of workers may do it at the same time: they take
 * turns, because two simultaneous upserts of one scheduler collide.
 */
@Injectable()
export class JobSchedules implements OnApplicationBootstrap {
  private readonly log = new Logger('Jobs');

  constructor(
    private readonly runtime: Runtime,
    private readonly database: Database,
    private readonly repository: JobsRepository,
    private readonly queue: BullQueue,
    @Inject(SCHEDULE_LIST) private readonly schedules: Schedule[],
  ) {}

  /** Not awaited by the start: a queue that is away for a minute must not keep the pages from being served. */
  onApplicationBootstrap(): void {
    if (this.runtime.env.ROLE === 'web') return;
    void this.upsertAll().catch((e: Error) => this.log.warn(`schedules not set yet: ${e.message}`));
  }

  /** Sets every schedule anew, so that a changed cron takes effect, and removes the ones no longer listed. */
  upsertAll(): Promise<void> {
    return this.inTurn(async () => {
      for (const schedule of this.schedules) await this.upsert(schedule);
      for (const queue of this.queue.all()) await this.removeUnlisted(queue);
    });
  }

  /** Puts back what is missing or stuck. @returns the jobs whose schedule was put back */
  async restore(): Promise<string[]> {
    const lost: Schedule[] = [];
    for (const schedule of this.schedules) if (!(await this.stands(schedule))) lost.push(schedule);
    if (lost.length === 0) return [];
    await this.inTurn(async () => {
      for (const schedule of lost) if (!(await this.stands(schedule))) await this.upsert(schedule);
    });
    return lost.map((s) => s.job);
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    for (const queue of this.queue.all()) await queue.waitUntilReady();
    await this.database.transaction(async (tx) => {
      await this.repository.lockSchedules(tx);
      await within(PATIENCE, work());
    });
  }

  private async stands({ job, cron }: Schedule): Promise<boolean> {
    const present = await this.queue.of(job).getJobScheduler(job);
    return present?.pattern === cron && (present.next ?? 0) > Date.now() - STUCK_AFTER;
  }

  private async upsert(schedule: Schedule): Promise<void> {
    const { job, cron } = schedule;
    const template = { name: job, data: {}, opts: this.queue.templateOf(job) };
    try {
      await this.queue.of(job).upsertJobScheduler(job, { pattern: cron, tz: SCHEDULE_ZONE }, template);
    } catch (error) {
      // A tick that starts at this moment has made its successor already: then the schedule stands.
      if (!(await this.stands(schedule))) throw error;
    }
  }

  private async removeUnlisted(queue: Queue): Promise<void> {
    const listed = new Set<string>(this.schedules.map((s) => s.job));
    for (const { key } of await queue.getJobSchedulers(0, -1))
      if (!listed.has(key)) await queue.removeJobScheduler(key);
  }
}
