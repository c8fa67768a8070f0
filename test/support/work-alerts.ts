/** A worker of its own that raises and sends alerts until it is killed: node work-alerts.ts SETTINGS NOW. */
import 'reflect-metadata';
import { setTimeout as after } from 'node:timers/promises';
import { AlertService } from '../../src/alerts/alert.service';
import { createWebApp } from '../../src/app.factory';
import { NotificationService } from '../../src/notifications/notification.service';
import { readEnvironment } from '../../src/platform/config';
import { Runtime } from '../../src/platform/runtime';
import { FixedClock } from './app';

export interface WorkerSettings {
  databaseUrl: string;
  dataDir: string;
  smtpUrl: string;
  redisUrl: string | null;
}

async function main([settings, now]: string[]): Promise<void> {
  const { databaseUrl, dataDir, smtpUrl, redisUrl } = JSON.parse(settings!) as WorkerSettings;
  const redis: Record<string, string> = redisUrl === null ? {} : { REDIS_URL: redisUrl };
  const env = readEnvironment({
    ...{
      NODE_ENV: 'test',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      ROLE: 'worker',
      SMTP_URL: smtpUrl,
      ...redis,
    },
  });
  const sessionKey = 'a key for tests only, long enough for it';
  const runtime = new Runtime({ env, databaseUrl, dataDir, sessionKey });
  const app = await createWebApp(runtime, new FixedClock(new Date(now!)));
  await app.init();
  process.send?.('ready');
  for (;;) {
    await app.get(AlertService).sweep();
    await app.get(NotificationService).relay();
    await after(50);
  }
}

main(process.argv.slice(2)).catch((e: unknown) => {
  process.stderr.write(`${(e as Error).stack}\n`);
  process.exit(1);
});
