import type { MigrationInterface, QueryRunner } from 'typeorm';

export class WatchFolder1764000022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Files in the watched folder: seen once, then taken when they have not changed since.
create table dropped_file (
  -- below the folder: 'a.xlsx', 'mot-cua/a.xlsx'
  path text primary key,
  size bigint not null,
  modified_at timestamptz not null,
  -- the import that took it; the file is moved when that is over
  run_id int references ingest_run
);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table dropped_file');
  }
}
