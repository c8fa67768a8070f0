import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source';
import { databaseUrl, templateName, withAdmin } from './template';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

const adminUrl = (): string => {
  const url = process.env.TEST_DATABASE_URL;
  if (!url)
    throw new Error('TEST_DATABASE_URL is set by jest for test/integration, test/e2e and test/browser only');
  return url;
};

/** A fresh, migrated database of its own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  const admin = adminUrl();
  await withAdmin(admin, (client) => client.query(`create database ${name} template ${templateName()}`));
  return {
    url: databaseUrl(admin, name),
    drop: async () => {
      await withAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** An empty database, without any migration. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(5).toString('hex')}`;
  const admin = adminUrl();
  await withAdmin(admin, (client) => client.query(`create database ${name} template template0`));
  return {
    url: databaseUrl(admin, name),
    drop: async () => {
      await withAdmin(admin, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** TypeORM over a test database; the caller destroys it before dropping the database. */
export const connect = (url: string): Promise<DataSource> =>
  new DataSource(dataSourceOptions(url, 5)).initialize();
