import * as path from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { PROJECT_ROOT } from '../../src/platform/paths';
import { dropAbandoned, prepareTemplate } from './template';

/** One throw-away server for all test files of this clone; durability is given up for speed. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
};

export default async function setUp(): Promise<void> {
  const dir = path.join(process.env.TEST_DATA_DIR ?? path.join(PROJECT_ROOT, '.data', 'test'), 'postgres');
  const server = await startEmbeddedPostgres({ dir, database: 'admin', settings: SETTINGS });
  process.env.TEST_DATABASE_URL = server.url;
  await dropAbandoned(server.url);
  await prepareTemplate(server.url);
  (globalThis as { stopTestServer?: () => Promise<void> }).stopTestServer = () => server.stop();
}
