import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { bootstrapFacts } from '../../src/app.bootstrap';
import { createCommandContext } from '../../src/app.factory';
import { migrate } from '../../src/database/migrator';
import { readEnvironment } from '../../src/platform/config';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { Runtime } from '../../src/platform/runtime';
import { DEFAULT_NOW, FixedClock } from '../support/app';

export interface ThrowawayService {
  app: INestApplicationContext;
  db: DataSource;
  clock: FixedClock;
}

/** The service as it runs on one machine: its own PostgreSQL, as durable as in earnest, in a folder that is removed. */
export async function withThrowawayService<T>(
  work: (service: ThrowawayService) => Promise<T>,
  settings: Record<string, string> = {},
): Promise<T> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dung-hen-bench-'));
  // PostgreSQL may run as another account and must be able to enter.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dir: path.join(dataDir, 'postgres') });
  try {
    await migrate(server.url);
    const env = readEnvironment({ DATA_DIR: dataDir, LOG_LEVEL: 'error', ROLE: 'web', ...settings });
    const sessionKey = 'a key for measuring only, long enough for it';
    const clock = new FixedClock(DEFAULT_NOW);
    const app = await createCommandContext(
      new Runtime({ env, databaseUrl: server.url, dataDir, sessionKey }),
      clock,
    );
    try {
      await bootstrapFacts(app);
      return await work({ app, db: app.get(DataSource), clock });
    } finally {
      await app.close();
    }
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
