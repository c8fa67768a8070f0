import * as path from 'node:path';
import { Client } from 'pg';
import type { Environment } from './config';
import { startEmbeddedPostgres } from './embedded-postgres';
import { AppError } from './errors';

export interface Infrastructure {
  databaseUrl: string;
  stop(): Promise<void>;
}

/** The database of DATABASE_URL when given, else a server of our own below the data folder. */
export async function startInfrastructure(env: Environment, onLost?: () => void): Promise<Infrastructure> {
  if (!env.DATABASE_URL) {
    const server = await startEmbeddedPostgres({ dir: path.join(env.DATA_DIR, 'postgres'), onLost });
    return { databaseUrl: server.url, stop: () => server.stop() };
  }
  await reach(env.DATABASE_URL);
  return { databaseUrl: env.DATABASE_URL, stop: async () => undefined };
}

async function reach(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (e) {
    // Without the password: this text is shown and logged.
    throw new AppError('DATABASE_UNREACHABLE', { host: new URL(url).host, cause: (e as Error).message });
  } finally {
    await client.end().catch(() => undefined);
  }
}
