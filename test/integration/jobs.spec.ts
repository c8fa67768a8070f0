import { Injectable } from '@nestjs/common';
import { BullQueue } from '../../src/jobs/bull-queue';
import type { JobName } from '../../src/jobs/catalogue';
import { OnJob } from '../../src/jobs/on-job';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeJobs, startJobs } from './jobs-suite';

describeJobs('postgres');

describe('the start is refused', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  @Injectable()
  class Notes {
    @OnJob('test.note' as JobName)
    async note(): Promise<void> {}
  }

  @Injectable()
  class Flaky {
    @OnJob('test.flaky' as JobName)
    async flaky(): Promise<void> {}
  }

  @Injectable()
  class FlakyToo {
    @OnJob('test.flaky' as JobName)
    async again(): Promise<void> {}
  }

  @Injectable()
  class Stranger {
    @OnJob('test.unknown' as JobName)
    async unknown(): Promise<void> {}
  }

  it('when a job of the catalogue has no handler', async () => {
    const started = startJobs({ databaseUrl: database.url, providers: [Notes] });
    await expect(started).rejects.toThrow('test.flaky has no handler');
  });

  it('when a job has two handlers', async () => {
    const started = startJobs({ databaseUrl: database.url, providers: [Notes, Flaky, FlakyToo] });
    await expect(started).rejects.toThrow('test.flaky has 2: Flaky.flaky, FlakyToo.again');
  });

  it('when a handler names a job that is not in the catalogue', async () => {
    const started = startJobs({ databaseUrl: database.url, providers: [Notes, Flaky, Stranger] });
    await expect(started).rejects.toThrow('Stranger.unknown handles test.unknown');
  });

  it('when a schedule names a job that is not in the catalogue', async () => {
    const schedules = [{ job: 'test.gone' as JobName, cron: '* * * * *', why: 'test' }];
    const started = startJobs({ databaseUrl: database.url, providers: [Notes, Flaky], schedules });
    await expect(started).rejects.toThrow('a schedule names test.gone');
  });

  it('but not when all agree', async () => {
    const app = await startJobs({ databaseUrl: database.url, providers: [Notes, Flaky] });
    expect(app.get(BullQueue).all()).toHaveLength(2);
    await app.close();
  });
});
