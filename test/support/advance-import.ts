/** A process of its own that goes on with an import until it is killed: node advance-import.ts URL FOLDER RUN. */
import 'reflect-metadata';
import { createCommandContext } from '../../src/app.factory';
import { IngestService } from '../../src/ingest/ingest.service';
import { readEnvironment } from '../../src/platform/config';
import { Runtime } from '../../src/platform/runtime';
import { FixedClock } from './app';

const [databaseUrl, dataDir, runId] = process.argv.slice(2) as [string, string, string];

async function main(): Promise<void> {
  const env = readEnvironment({
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    ROLE: 'web',
    IMPORT_CHUNK_ROWS: '250',
  });
  const runtime = new Runtime({
    env,
    databaseUrl,
    dataDir,
    sessionKey: 'a key for tests only, long enough for it',
  });
  const app = await createCommandContext(runtime, new FixedClock(new Date('2026-11-23T09:00:00+07:00')));
  process.send?.('ready');
  await app.get(IngestService).advance(Number(runId));
  await app.close();
}

main().then(
  () => process.exit(0),
  (e: unknown) => {
    process.stderr.write(`${(e as Error).stack}\n`);
    process.exit(1);
  },
);
