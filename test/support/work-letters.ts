/** A worker of its own that sends letters until it is killed: node work-letters.ts SETTINGS NOW. */
import 'reflect-metadata';
import { setTimeout as after } from 'node:timers/promises';
import { createWebApp } from '../../src/app.factory';
import { Database } from '../../src/database/transaction';
import { DeliveryRepository } from '../../src/letters/delivery.repository';
import { SendingWork } from '../../src/letters/sending-work.service';
import { readEnvironment } from '../../src/platform/config';
import { Runtime } from '../../src/platform/runtime';
import { FixedClock } from './app';
import type { WorkerSettings } from './work-alerts';

const AT_ONCE = 20;
const ABANDONED = 5 * 60_000;

async function main([settings, now]: string[]): Promise<void> {
  const { databaseUrl, dataDir, smtpUrl } = JSON.parse(settings!) as WorkerSettings;
  const env = readEnvironment({
    ...{ NODE_ENV: 'test', DATA_DIR: dataDir, LOG_LEVEL: 'error', ROLE: 'web', SMTP_URL: smtpUrl },
  });
  const sessionKey = 'a key for tests only, long enough for it';
  const clock = new FixedClock(new Date(now!));
  const app = await createWebApp(new Runtime({ env, databaseUrl, dataDir, sessionKey }), clock);
  await app.init();
  process.send?.('ready');
  const tx = app.get(Database).pool;
  const abandonedBefore = new Date(clock.now().getTime() - ABANDONED);
  for (;;) {
    const left = await app.get(DeliveryRepository).leftBehind(tx, clock.now(), abandonedBefore, AT_ONCE);
    await Promise.all(left.map(({ id }) => app.get(SendingWork).send(id)));
    await after(20);
  }
}

main(process.argv.slice(2)).catch((e: unknown) => {
  process.stderr.write(`${(e as Error).stack}\n`);
  process.exit(1);
});
