import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { FileRefused } from './file-refused';
import { ImportSteps } from './import-steps.service';
import { RunTakenAway } from './chunk-writer.service';
import { RunClaimRepository, type Seen } from './run-claim.repository';
import type { Run } from './run';
import { Turnstile } from './turnstile';

/** Each import holds a connection and a thread; more at once would starve the pages. */
const AT_ONCE = 2;
const BEAT_MS = 2_000;
/** A run that ended its process so often is not tried any more by itself. */
const MAX_ATTEMPTS = 5;

/** Whoever works on a run, so that exactly one does, and somebody else when that one is gone. */
@Injectable()
export class ImportRunner {
  private readonly turnstile = new Turnstile(AT_ONCE);

  constructor(
    private readonly database: Database,
    private readonly runs: RunClaimRepository,
    private readonly steps: ImportSteps,
  ) {}

  /**
   * Does what the run's state asks for until it is over or waits for a person.
   * @returns whether cases were changed, or taken back
   */
  advance(id: number): Promise<boolean> {
    return this.turnstile.pass(async () => {
      const run = await this.runs.claim(this.database.pool, id, randomUUID());
      if (!run) return false;
      await this.work(run);
      return this.runs.changedCases(this.database.pool, id);
    });
  }

  /** Runs whose process is gone. */
  unattended(): Promise<number[]> {
    return this.runs.unattended(this.database.pool);
  }

  private async work(run: Run): Promise<void> {
    const { pool } = this.database;
    const beat = new Heartbeat((seen) => this.runs.seen(pool, run.id, run.worker, seen));
    try {
      if (run.attempts > MAX_ATTEMPTS) throw new Error(`import ${run.id} was begun ${run.attempts} times`);
      await this.steps.advance(run, (progress, rows) => beat.tell(progress, rows));
    } catch (e) {
      if (e instanceof RunTakenAway) return;
      if (e instanceof FileRefused) return await this.steps.refuse(run, e);
      if (run.direct || run.attempts >= MAX_ATTEMPTS) await this.steps.fail(run);
      else await this.runs.letGo(pool, run.id, run.worker);
      throw e;
    } finally {
      await beat.stop();
    }
  }
}

const NOTHING_NEW: Seen = { progress: null, rows: null };

/** Says every few seconds that somebody is at work, and how far the work is. */
class Heartbeat {
  private seen: Seen = NOTHING_NEW;
  private saying: Promise<unknown> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(say: (seen: Seen) => Promise<unknown>) {
    this.timer = setInterval(() => {
      // Told once: what a chunk says of the progress, in the row itself, is not taken back by the next beat.
      const told = this.seen;
      this.seen = NOTHING_NEW;
      this.saying = this.saying.then(() => say(told)).catch(() => undefined);
    }, BEAT_MS);
    this.timer.unref();
  }

  tell(progress: number, rows: number | null = null): void {
    this.seen = { progress, rows };
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.saying;
  }
}
