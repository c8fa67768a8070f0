import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { bootstrapFacts } from '../../src/app.bootstrap';
import { createWebApp } from '../../src/app.factory';
import { SessionService } from '../../src/auth/session.service';
import { UserService } from '../../src/auth/user.service';
import { Database } from '../../src/database/transaction';
import { Clock } from '../../src/platform/clock';
import { readEnvironment } from '../../src/platform/config';
import { Runtime } from '../../src/platform/runtime';
import { SampleOffice } from '../../src/samples/sample-office.service';
import { UnitEditor } from '../../src/units/unit-editor.service';
import { UnitService } from '../../src/units/unit.service';
import type { Role } from '../../src/web/reader';
import { createTestDatabase } from './database';

export interface TestAppOptions {
  /** Where the clock stands; default Monday 23/11/2026 09:00 in Vietnam. It stands still until moved. */
  now?: Date;
  /** 'commune' (default): the commune of the plan, its departments and one account per role. */
  seed?: 'none' | 'commune';
  env?: Record<string, string>;
}

export interface TestApp {
  url: string;
  app: NestFastifyApplication;
  db: DataSource;
  clock: FixedClock;
  runtime: Runtime;
  /** Password of every account of seed 'commune'. */
  password: string;
  close(): Promise<void>;
}

/** Stands still until it is moved. */
export class FixedClock extends Clock {
  private instant: Date;

  constructor(instant: Date) {
    super();
    this.instant = instant;
  }

  override get shifted(): boolean {
    return true;
  }

  override now(): Date {
    return new Date(this.instant);
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }
}

export const DEFAULT_NOW = new Date('2026-11-23T09:00:00+07:00');

/** The whole service on a free port, with a database, a data folder and a clock of its own. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'dung-hen-test-'));
  const env = readEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    DATA_DIR: dataDir,
    ...options.env,
  });
  const sessionKey = 'a key for tests only, long enough for the check';
  const runtime = new Runtime({ env, databaseUrl: database.url, dataDir, sessionKey });
  const clock = new FixedClock(options.now ?? DEFAULT_NOW);
  const app = await createWebApp(runtime, clock);
  const close = async () => {
    await app.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const office = new SampleOffice(app.get(UnitService), app.get(UnitEditor), app.get(UserService), runtime);
    if (options.seed !== 'none') await office.build();
    await bootstrapFacts(app);
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    runtime.listeningAt(url);
    return { url, app, db: app.get(DataSource), clock, runtime, password: office.password(), close };
  } catch (e) {
    await close();
    throw e;
  }
}

/**
 * Signs in the first account of that role (or the named one) without going through the sign-in page.
 * @returns the Cookie header
 */
export async function signIn({ app, db }: TestApp, role: Role, username?: string): Promise<string> {
  const [user] = await db.query<{ id: number }[]>(
    `select id from user_account where role = $1 and ($2::text is null or username = $2) order by id limit 1`,
    [role, username ?? null],
  );
  if (!user) throw new Error(`no account with role ${role}`);
  const sessions = app.get(SessionService);
  return `phien=${await app.get(Database).transaction((tx) => sessions.open(tx, user.id))}`;
}
