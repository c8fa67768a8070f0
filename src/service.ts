import type { INestApplicationContext } from '@nestjs/common';
import { claimDataKind } from './database/data-kind';
import { migrate } from './database/migrator';
import { Database } from './database/transaction';
import { Clock } from './platform/clock';
import { readEnvironment, type Environment } from './platform/config';
import { consoleText } from './platform/console-text';
import { openFolder, serviceFolder, type DataKind } from './platform/data-folder';
import { startInfrastructure } from './platform/infrastructure';
import type { Progress } from './platform/progress';
import { Runtime, sessionKeyOf } from './platform/runtime';
import { Shutdown } from './platform/shutdown';

/** The ground a service stands on: settings, data folder, migrated database. */
export interface Ground {
  runtime: Runtime;
  clock: Clock;
}

/** Reads the settings and opens the data; `shutdown` closes it again. */
export async function openGround(
  kind: DataKind,
  source: NodeJS.ProcessEnv,
  progress: Progress,
  shutdown: Shutdown,
): Promise<Ground> {
  const env = readEnvironment({ ...source, DATA_DIR: serviceFolder(kind, source) });
  openFolder(env.DATA_DIR);
  const infrastructure = await progress.step(consoleText.database, () =>
    startInfrastructure(env, () => lost(progress, shutdown)),
  );
  shutdown.opened(() => infrastructure.stop());
  await progress.step(consoleText.schema, () => migrate(infrastructure.databaseUrl));
  const sessionKey = sessionKeyOf(env, env.DATA_DIR);
  const runtime = new Runtime({
    env,
    databaseUrl: infrastructure.databaseUrl,
    dataDir: env.DATA_DIR,
    sessionKey,
  });
  return { runtime, clock: clockOf(env) };
}

/** Refuses real work on demonstration data and the reverse. */
export function claim(app: INestApplicationContext, kind: DataKind): Promise<void> {
  const { env, dataDir } = app.get(Runtime);
  return claimDataKind(app.get(Database).pool, kind, env.DATABASE_URL ? 'DATABASE_URL' : dataDir);
}

const clockOf = (env: Environment): Clock => {
  const clock = new Clock();
  return env.NOW ? clock.startAt(new Date(env.NOW)) : clock;
};

/** Nothing can be saved any more: no long goodbye. */
const LOST_PATIENCE = 3_000;

/** Without its database the service can only answer with errors: it leaves, and the next start recovers. */
function lost(progress: Progress, shutdown: Shutdown): void {
  progress.line(consoleText.databaseLost);
  setTimeout(() => process.exit(1), LOST_PATIENCE).unref();
  void shutdown.close().finally(() => process.exit(1));
}
