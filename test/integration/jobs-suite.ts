import { Injectable, type Provider } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { QueueEvents } from 'bullmq';
import { Redis } from 'ioredis';
import * as os from 'node:os';
import { DatabaseModule } from '../../src/database/database.module';
import { BullBackend } from '../../src/jobs/bull-backend';
import { BullQueue } from '../../src/jobs/bull-queue';
import { JOB_DEFINITIONS, type JobDefinitions, type JobName } from '../../src/jobs/catalogue';
import { FailedJobs } from '../../src/jobs/failed-jobs.service';
import { JobSchedules } from '../../src/jobs/job-schedules';
import { JobsModule } from '../../src/jobs/jobs.module';
import { OnJob } from '../../src/jobs/on-job';
import { SCHEDULE_LIST, type Schedule } from '../../src/jobs/schedules';
import { Clock } from '../../src/platform/clock';
import { readEnvironment } from '../../src/platform/config';
import { PlatformModule } from '../../src/platform/platform.module';
import { Runtime } from '../../src/platform/runtime';
import { createTestDatabase, type TestDatabase } from '../support/database';

const BACKOFF = 60;
const ONE_ATTEMPT = {
  attempts: 1,
  backoff: { type: 'exponential', delay: BACKOFF },
  removeOnComplete: { age: 60, count: 9 },
  removeOnFail: { age: 60, count: 9 },
};
const nothing = () => undefined;
const SILENT = { log: nothing, error: nothing, warn: nothing, debug: nothing, verbose: nothing };
const definitions: JobDefinitions = {
  'test.note': { queue: 'cases', attempts: 1, backoff: BACKOFF },
  'test.flaky': { queue: 'alerts', attempts: 4, backoff: BACKOFF },
};
const name = (text: string) => text as JobName;
const payload = (value: object) => value as never;
const schedule = (job: string, cron: string): Schedule => ({ job: name(job), cron, why: 'test' });

/** Two jobs a test can steer and watch. */
@Injectable()
class TestProcessor {
  readonly notes: unknown[] = [];
  readonly flakyAt: number[] = [];
  readonly waitOn: (() => Promise<void>)[] = [];
  private readonly watchers: (() => void)[] = [];

  @OnJob(name('test.note'))
  async note(data: unknown): Promise<void> {
    this.notes.push(data);
    for (const watcher of this.watchers) watcher();
    await this.waitOn.shift()?.();
  }

  @OnJob(name('test.flaky'))
  async flaky({ failures }: { failures: number }): Promise<void> {
    this.flakyAt.push(performance.now());
    if (this.flakyAt.length <= failures) throw new Error(`failure ${this.flakyAt.length}`);
  }

  seen(count: number): Promise<void> {
    return new Promise((resolve) => {
      const check = () => this.notes.length >= count && resolve();
      this.watchers.push(check);
      check();
    });
  }
}

export interface JobsAppOptions {
  databaseUrl: string;
  redisUrl?: string;
  role?: 'all' | 'web' | 'worker';
  schedules?: Schedule[];
  providers?: Provider[];
}

const prefixes = new Set<string>();

/** Leaves nothing of this test file in a Redis that may serve others too. */
export async function forgetKeys(redisUrl: string, ...more: string[]): Promise<void> {
  const client = new Redis(redisUrl);
  for (const prefix of [...prefixes, ...more]) {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.del(keys);
  }
  await client.quit();
}

export async function startJobs(o: JobsAppOptions): Promise<TestingModule> {
  const env = readEnvironment({
    NODE_ENV: 'test',
    DATA_DIR: os.tmpdir(),
    DATABASE_URL: o.databaseUrl,
    REDIS_URL: o.redisUrl,
    ROLE: o.role ?? 'all',
  });
  const facts = { env, databaseUrl: o.databaseUrl, dataDir: os.tmpdir(), sessionKey: 'k'.repeat(32) };
  const builder = Test.createTestingModule({
    imports: [
      PlatformModule.with(new Runtime(facts), new Clock()),
      DatabaseModule.connect(o.databaseUrl),
      JobsModule,
    ],
    providers: o.providers ?? [TestProcessor],
  });
  builder.overrideProvider(JOB_DEFINITIONS).useValue(definitions);
  builder.overrideProvider(SCHEDULE_LIST).useValue(o.schedules ?? []);
  const app = await builder.setLogger(SILENT).compile();
  const prefix = app.get(BullQueue).all()[0]?.opts.prefix;
  if (prefix) prefixes.add(prefix);
  return app.init();
}

/** What several processes ran, as soon as it is `count` jobs together. */
async function seenTogether(apps: TestingModule[], count: number): Promise<unknown[]> {
  const processors = apps.map((app) => app.get(TestProcessor));
  const notes = () => processors.flatMap((p) => p.notes);
  while (notes().length < count) await Promise.race(processors.map((p) => p.seen(p.notes.length + 1)));
  return notes();
}

const finished = (events: QueueEvents, kind: 'completed' | 'failed'): Promise<void> =>
  new Promise((resolve) => events.on(kind, () => resolve()));

/** What both stores must do. */
export function describeJobs(kind: 'postgres' | 'redis', redisUrl?: string): void {
  describe(`jobs on ${kind}`, () => {
    let database: TestDatabase;
    const apps: TestingModule[] = [];

    beforeAll(async () => {
      database = await createTestDatabase();
    });
    afterEach(async () => {
      for (const app of apps)
        for (const queue of app.get(BullQueue).all()) await queue.obliterate({ force: true });
      await Promise.all(apps.splice(0).map((app) => app.close()));
    });
    afterAll(async () => {
      if (redisUrl) await forgetKeys(redisUrl);
      await database.drop();
    });

    const start = async (o: Partial<JobsAppOptions> = {}): Promise<TestingModule> => {
      const app = await startJobs({ databaseUrl: database.url, redisUrl, ...o });
      apps.push(app);
      return app;
    };

    it('run on this store', async () => {
      expect((await start()).get(BullBackend).kind).toBe(kind);
    });

    it('reach their one handler with the payload', async () => {
      const app = await start();
      await app.get(BullQueue).enqueue(name('test.note'), payload({ id: 7 }));
      const processor = app.get(TestProcessor);
      await processor.seen(1);
      expect(processor.notes).toEqual([{ id: 7 }]);
    });

    it('that fail are tried again, each time after a longer delay', async () => {
      const app = await start();
      const events = app.get(BullBackend).events('alerts');
      await events.waitUntilReady();
      const completed = finished(events, 'completed');
      await app.get(BullQueue).enqueue(name('test.flaky'), payload({ failures: 3 }));
      await completed;
      const at = app.get(TestProcessor).flakyAt;
      const gaps = at.slice(1).map((t, i) => t - at[i]!);
      expect(gaps).toHaveLength(3);
      gaps.forEach((gap, i) => expect(gap).toBeGreaterThanOrEqual(BACKOFF * 2 ** i - 5));
    });

    it('that fail at every attempt are kept with the reason', async () => {
      const app = await start();
      const events = app.get(BullBackend).events('alerts');
      await events.waitUntilReady();
      const failed = finished(events, 'failed');
      await app.get(BullQueue).enqueue(name('test.flaky'), payload({ failures: 99 }));
      await failed;
      const [job] = await app.get(BullQueue).of('test.flaky').getFailed();
      expect(job).toMatchObject({ name: 'test.flaky', failedReason: 'failure 4', attemptsMade: 4 });
    });

    it('that gave up are listed and run again, one or all of them', async () => {
      const app = await start();
      const [failedJobs, queue] = [app.get(FailedJobs), app.get(BullQueue)];
      const events = app.get(BullBackend).events('alerts');
      await events.waitUntilReady();
      const processor = app.get(TestProcessor);
      const failOnce = async () => {
        const failed = finished(events, 'failed');
        const template = jest.spyOn(queue, 'templateOf').mockReturnValue(ONE_ATTEMPT);
        processor.flakyAt.length = 0;
        await queue.enqueue(name('test.flaky'), payload({ failures: 1 }));
        await failed;
        template.mockRestore();
      };
      await failOnce();
      const [job] = await failedJobs.list();
      expect(job).toMatchObject({ queue: 'alerts', name: 'test.flaky', attempts: 1, error: 'failure 1' });
      expect(job!.failedAt).toBeInstanceOf(Date);
      expect((await failedJobs.counts()).failed).toBe(1);
      let completed = finished(events, 'completed');
      expect(await failedJobs.retry(job!.queue, job!.id)).toBe('test.flaky');
      await completed;
      expect(await failedJobs.list()).toEqual([]);
      await expect(failedJobs.retry(job!.queue, job!.id)).rejects.toMatchObject({ code: 'JOB_NOT_FAILED' });

      await failOnce();
      completed = finished(events, 'completed');
      expect(await failedJobs.retryAll()).toBe(1);
      await completed;
      expect(await failedJobs.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
    });

    it('on a timetable say when they come next', async () => {
      const app = await start({ schedules: [schedule('test.note', '0 5 1 1 *')] });
      await app.get(JobSchedules).upsertAll();
      const [next] = await app.get(FailedJobs).schedules();
      expect(next!.name).toBe('test.note');
      expect(next!.next!.toISOString()).toMatch(/-12-31T22:00:00\.000Z$/);
    });

    it('with one id wait once, and run once more when asked for while running', async () => {
      const app = await start();
      const queue = app.get(BullQueue);
      const processor = app.get(TestProcessor);
      let release = () => {};
      processor.waitOn.push(() => new Promise((resolve) => (release = resolve)));
      await queue.enqueue(name('test.note'), payload({ n: 1 }), { jobId: 'same' });
      await processor.seen(1);
      for (const n of [2, 3, 4]) await queue.enqueue(name('test.note'), payload({ n }), { jobId: 'same' });
      await queue.enqueue(name('test.note'), payload({ n: 'other' }));
      release();
      await processor.seen(3);
      expect(processor.notes).toEqual(expect.arrayContaining([{ n: 1 }, { n: 'other' }, { n: 4 }]));

      await queue.enqueue(name('test.note'), payload({ n: 5 }), { jobId: 'same' });
      await processor.seen(4);
      expect(processor.notes).toHaveLength(4);
    });

    it('queued in bulk run each once, shared by two processes', async () => {
      const [a, b] = [await start(), await start()];
      const jobs = Array.from({ length: 200 }, (_, id) => ({ payload: payload({ id }), jobId: `n-${id}` }));
      await a.get(BullQueue).enqueueAll(name('test.note'), jobs);
      const notes = await seenTogether([a, b], 200);
      expect(notes.map((n) => (n as { id: number }).id).sort((x, y) => x - y)).toEqual(
        jobs.map((_, id) => id),
      );
    });

    it('with a delay wait for it', async () => {
      const app = await start();
      await app.get(BullQueue).enqueue(name('test.note'), payload({ n: 'later' }), { delay: 3_600_000 });
      await app.get(BullQueue).enqueue(name('test.note'), payload({ n: 'now' }));
      await app.get(TestProcessor).seen(1);
      expect(app.get(TestProcessor).notes).toEqual([{ n: 'now' }]);
      expect(await app.get(BullQueue).of('test.note').getDelayedCount()).toBe(1);
    });

    it('running when the service stops are finished first', async () => {
      const app = await startJobs({ databaseUrl: database.url, redisUrl });
      const processor = app.get(TestProcessor);
      let release = () => {};
      let done = false;
      processor.waitOn.push(async () => {
        await new Promise<void>((resolve) => (release = resolve));
        done = true;
      });
      await app.get(BullQueue).enqueue(name('test.note'), payload({}));
      await processor.seen(1);
      const closed = app.close();
      setImmediate(() => release());
      await closed;
      expect(done).toBe(true);
    });

    it('are only queued, not run, by the role web', async () => {
      const web = await start({ role: 'web' });
      await web.get(BullQueue).enqueue(name('test.note'), payload({ from: 'web' }));
      expect(await web.get(BullQueue).of('test.note').getWaitingCount()).toBe(1);
      const worker = await start({ role: 'worker' });
      await worker.get(TestProcessor).seen(1);
      expect(web.get(TestProcessor).notes).toEqual([]);
    });

    describe('schedules', () => {
      const schedulersOf = async (app: TestingModule, job: string) =>
        (await app.get(BullQueue).of(job).getJobSchedulers(0, -1)).map(({ key, pattern, tz }) => ({
          key,
          pattern,
          tz,
        }));
      const nightly = { key: 'test.note', pattern: '20 3 * * *', tz: 'Asia/Ho_Chi_Minh' };

      it('are set in Vietnamese time, once, by any number of workers', async () => {
        const schedules = [schedule('test.note', '20 3 * * *')];
        const [a, b] = [await start({ schedules }), await start({ schedules })];
        await Promise.all([a, b, a, b].map((app) => app.get(JobSchedules).upsertAll()));
        expect(await schedulersOf(a, 'test.note')).toEqual([nightly]);
        const [tick, ...more] = await a.get(BullQueue).of('test.note').getDelayed();
        expect(more).toEqual([]);
        // 03:20 at +07:00 is 20:20 UTC
        expect(new Date(tick!.timestamp + tick!.delay).toISOString()).toMatch(/T20:20:00/);
      });

      it('no longer listed are removed, changed ones take effect', async () => {
        const before = await start({
          schedules: [schedule('test.note', '* * * * *'), schedule('test.flaky', '0 0 1 1 *')],
        });
        await before.get(JobSchedules).upsertAll();
        const after = await start({ schedules: [schedule('test.note', '20 3 * * *')] });
        await after.get(JobSchedules).upsertAll();
        expect(await schedulersOf(after, 'test.note')).toEqual([nightly]);
        expect(await schedulersOf(after, 'test.flaky')).toEqual([]);
      });

      it('are put back after the store was emptied, and left alone when present', async () => {
        const app = await start({ schedules: [schedule('test.note', '20 3 * * *')] });
        await app.get(JobSchedules).upsertAll();
        expect(await app.get(JobSchedules).restore()).toEqual([]);
        const queue = app.get(BullQueue).of('test.note');
        await queue.removeJobScheduler('test.note');
        await queue.obliterate({ force: true });
        expect(await app.get(JobSchedules).restore()).toEqual(['test.note']);
        expect(await schedulersOf(app, 'test.note')).toEqual([nightly]);
      });
    });
  });
}
