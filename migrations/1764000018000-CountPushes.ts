import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that other systems send one by one are counted together: a run for each day, source and way. */
export class CountPushes1764000018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- The day in Vietnam on which the records came; null: the run is of a file.
alter table ingest_run add pushed_on date;
create unique index uq_ingest_run_pushed on ingest_run (unit_id, source, channel, pushed_on)
  where pushed_on is not null;
`;

const DOWN = `
drop index uq_ingest_run_pushed;
alter table ingest_run drop column pushed_on;
`;
