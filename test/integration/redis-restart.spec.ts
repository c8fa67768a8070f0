import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Redis } from 'ioredis';
import { AlertService } from '../../src/alerts/alert.service';
import { NotificationService } from '../../src/notifications/notification.service';
import { startTestApp, type TestApp } from '../support/app';
import { startMailServer, type TestMailServer } from '../support/smtp';
import { createCase, createOffice, notifications, useDeadlineRules, type Office } from './alerts-fixture';

const at = (time: string) => new Date(`2026-08-26T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A Redis of this test alone, that keeps nothing. */
class OwnRedis {
  private child: ChildProcess | undefined;
  readonly folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-redis-'));

  constructor(readonly port: number) {}

  async start(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.child = spawn('redis-server', [...settings, '--dir', this.folder], { stdio: 'ignore' });
    const client = new Redis({ port: this.port, maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    await client.ping();
    client.disconnect();
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child!.once('exit', resolve));
    this.child!.kill('SIGKILL');
    await ended;
  }
}

describe('a Redis that is killed and started again, empty', () => {
  let redis: OwnRedis;
  let smtp: TestMailServer;
  let test: TestApp;
  let office: Office;

  beforeAll(async () => {
    redis = new OwnRedis(await freePort());
    await redis.start();
    smtp = await startMailServer();
    const env = { ROLE: 'all', SMTP_URL: smtp.url, REDIS_URL: `redis://127.0.0.1:${redis.port}` };
    test = await startTestApp({ now: at('09:00'), seed: 'none', env });
    office = await createOffice(test.db.manager);
    await useDeadlineRules(test.db.manager);
  });
  afterAll(async () => {
    await test.close();
    await redis.stop();
    rmSync(redis.folder, { recursive: true, force: true });
    await smtp.close();
  });

  const raise = async (code: string) => {
    await createCase(test.db.manager, office, { code, deadline: TODAY });
    await test.app.get(AlertService).sweep();
  };

  it('holds up no sweep, loses no message and repeats none', async () => {
    await raise('A');
    await smtp.waitFor(1);
    await redis.stop();
    await raise('B');
    expect((await notifications(test.db.manager)).map((n) => n.state)).toEqual(['sent', 'pending']);
    await redis.start();
    test.clock.moveTo(at('09:05'));
    // What the queue forgot is queued again; should its connection not stand yet, the next look finds it.
    for (let looks = 0; smtp.received.length < 2 && looks < 60; looks++) {
      await test.app.get(NotificationService).relay();
      await Promise.race([smtp.waitFor(2), new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    expect(smtp.received.map((mail) => mail.text?.match(/^- (\w)/m)?.[1])).toEqual(['A', 'B']);
    expect((await notifications(test.db.manager)).map((n) => n.attempts)).toEqual([1, 1]);
  });
});
