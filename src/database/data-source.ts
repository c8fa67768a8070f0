import * as path from 'node:path';
import { types } from 'pg';
import type { DataSourceOptions } from 'typeorm';

// Days stay 'YYYY-MM-DD' (never a Date), counts and ids are numbers: all stay far below 2^53.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, (text) => Number(text));

const built = path.join(__dirname, '..', '..');

/** One description of the database for the service, the command line and the tests. */
export const dataSourceOptions = (url: string, poolSize = 10) =>
  ({
    type: 'postgres' as const,
    url,
    applicationName: 'dung-hen',
    migrations: [path.join(built, 'migrations', '*.{ts,js}')],
    migrationsTransactionMode: 'each' as const,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    extra: { max: poolSize },
  }) satisfies DataSourceOptions;
