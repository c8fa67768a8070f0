import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrator';
import { PROJECT_ROOT } from '../../src/platform/paths';
import { isAlive } from '../../src/platform/process-list';

const PREPARING = 7_240_721;

export const databaseUrl = (adminUrl: string, name: string): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
};

/** Named after the content of the migrations: an edited migration makes a new template. */
export function templateName(): string {
  const folder = path.join(PROJECT_ROOT, 'migrations');
  const hash = createHash('sha256');
  for (const file of fs.readdirSync(folder).sort()) hash.update(fs.readFileSync(path.join(folder, file)));
  return `template_${hash.digest('hex').slice(0, 12)}`;
}

export async function withAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** Migrates the template once; every test database is a copy of it. */
export async function prepareTemplate(adminUrl: string): Promise<void> {
  const name = templateName();
  await withAdmin(adminUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [PREPARING]);
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const scratch = `${name}_new`;
    await admin.query(`drop database if exists ${scratch} with (force)`);
    await admin.query(`create database ${scratch}`);
    await migrate(databaseUrl(adminUrl, scratch));
    await admin.query(`alter database ${scratch} rename to ${name}`);
  });
}

/** Databases of test runs that were killed, recognised by the pid in their name. */
export async function dropAbandoned(adminUrl: string): Promise<void> {
  await withAdmin(adminUrl, async (admin) => {
    const { rows } = await admin.query<{ name: string }>(
      `select datname name from pg_database where datname like 'test\\_%'`,
    );
    for (const { name } of rows) {
      if (!isAlive(Number(name.split('_')[1])))
        await admin.query(`drop database if exists ${name} with (force)`);
    }
  });
}
