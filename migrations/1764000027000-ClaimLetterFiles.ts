import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who makes a file: when that process is gone, another takes the work over, a few times at most. */
export class ClaimLetterFiles1764000027000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table letter_batch add worker uuid, add attempts int not null default 0;
create index ix_letter_batch_unit on letter_batch (unit_id, asked_at desc);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index ix_letter_batch_unit;
alter table letter_batch drop worker, drop attempts;`);
  }
}
