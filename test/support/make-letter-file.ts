/** A process of its own that makes a file of letters until it is killed: node make-letter-file.ts URL FOLDER FILE. */
import 'reflect-metadata';
import { createCommandContext } from '../../src/app.factory';
import { LetterFileMaker } from '../../src/letters/letter-file-maker.service';
import { readEnvironment } from '../../src/platform/config';
import { Runtime } from '../../src/platform/runtime';
import { FixedClock } from './app';

const [databaseUrl, dataDir, batchId] = process.argv.slice(2) as [string, string, string];

async function main(): Promise<void> {
  const env = readEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir, LOG_LEVEL: 'error', ROLE: 'web' });
  const sessionKey = 'a key for tests only, long enough for it';
  const runtime = new Runtime({ env, databaseUrl, dataDir, sessionKey });
  const app = await createCommandContext(runtime, new FixedClock(new Date('2026-08-26T09:42:00+07:00')));
  process.send?.('ready');
  await app.get(LetterFileMaker).make(batchId);
  await app.close();
}

main().then(
  () => process.exit(0),
  (e: unknown) => {
    process.stderr.write(`${(e as Error).stack}\n`);
    process.exit(1);
  },
);
