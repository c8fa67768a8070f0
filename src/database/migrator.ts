import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from './data-source';

/** Held while migrating, so that two processes that start at once do it one after the other. */
const MIGRATING = 7_240_720;

/** Brings the schema up to date. @returns names of the migrations that were run. */
export async function migrate(url: string): Promise<string[]> {
  const lock = new Client({ connectionString: url, application_name: 'dung-hen-migrate' });
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATING]);
    return await withDataSource(url, async (source) => (await source.runMigrations()).map((m) => m.name));
  } finally {
    await lock.end();
  }
}

/** Takes every migration back, newest first; for the test that proves each `down`. */
export async function revertAll(url: string): Promise<number> {
  return withDataSource(url, async (source) => {
    const done = await source.query<unknown[]>('select 1 from schema_migration');
    for (let i = 0; i < done.length; i++) await source.undoLastMigration();
    return done.length;
  });
}

async function withDataSource<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = await new DataSource(dataSourceOptions(url, 2)).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
