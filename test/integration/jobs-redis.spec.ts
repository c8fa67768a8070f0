import { Redis } from 'ioredis';
import * as net from 'node:net';
import { BullBackend } from '../../src/jobs/bull-backend';
import { BullQueue } from '../../src/jobs/bull-queue';
import type { JobName } from '../../src/jobs/catalogue';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeJobs, forgetKeys, startJobs } from './jobs-suite';
import { describeDeliveryByQueue } from './notifications-suite';

const redisUrl = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
const note = 'test.note' as JobName;

describeJobs('redis', redisUrl);
describeDeliveryByQueue('redis', redisUrl);

describe('one Redis', () => {
  let a: TestDatabase;
  let b: TestDatabase;
  beforeAll(async () => {
    [a, b] = [await createTestDatabase(), await createTestDatabase()];
  });
  afterAll(async () => {
    await forgetKeys(redisUrl);
    await a.drop();
    await b.drop();
  });

  it('serves two services with different databases without mixing their jobs', async () => {
    const webA = await startJobs({ databaseUrl: a.url, redisUrl, role: 'web' });
    const webB = await startJobs({ databaseUrl: b.url, redisUrl, role: 'web' });
    await webA.get(BullQueue).enqueue(note, { of: 'a' } as never);
    expect(await webA.get(BullQueue).of(note).getWaitingCount()).toBe(1);
    expect(await webB.get(BullQueue).of(note).getWaitingCount()).toBe(0);
    await webA.get(BullQueue).of(note).obliterate({ force: true });
    await Promise.all([webA.close(), webB.close()]);
  });

  it('carries the same queues for two processes of one database', async () => {
    const [one, two] = [
      await startJobs({ databaseUrl: a.url, redisUrl, role: 'web' }),
      await startJobs({ databaseUrl: a.url, redisUrl, role: 'web' }),
    ];
    await one.get(BullQueue).enqueue(note, {} as never);
    expect(await two.get(BullQueue).of(note).getWaitingCount()).toBe(1);
    await two.get(BullQueue).of(note).obliterate({ force: true });
    await Promise.all([one.close(), two.close()]);
  });

  it('and PostgreSQL are used side by side in one process', async () => {
    const onRedis = await startJobs({ databaseUrl: a.url, redisUrl, role: 'web' });
    const onPostgres = await startJobs({ databaseUrl: a.url, role: 'web' });
    expect([onRedis, onPostgres].map((app) => app.get(BullBackend).kind)).toEqual(['redis', 'postgres']);
    await onPostgres.get(BullQueue).enqueue(note, {} as never);
    expect(await onPostgres.get(BullQueue).of(note).getWaitingCount()).toBe(1);
    expect(await onRedis.get(BullQueue).of(note).getWaitingCount()).toBe(0);
    await Promise.all([onRedis.close(), onPostgres.close()]);
  });

  it('that is away neither stops the start nor fails what is committed already', async () => {
    const closedPort = await freePort();
    const app = await startJobs({ databaseUrl: a.url, redisUrl: `redis://127.0.0.1:${closedPort}` });
    await expect(app.get(BullQueue).enqueue(note, {} as never)).resolves.toBeUndefined();
    await app.close();
  });

  it('keeps all keys of a queue in one slot of a cluster', async () => {
    const app = await startJobs({ databaseUrl: a.url, redisUrl, role: 'web' });
    await app.get(BullQueue).enqueue(note, {} as never);
    const client = new Redis(redisUrl);
    const prefix = app.get(BullQueue).of(note).opts.prefix!;
    const keys = await client.keys(`${prefix}:*`);
    expect(prefix).toMatch(/^\{dung-hen-[0-9a-f]{12}\}$/);
    expect(keys.length).toBeGreaterThan(0);
    await client.quit();
    await app.get(BullQueue).of(note).obliterate({ force: true });
    await app.close();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
