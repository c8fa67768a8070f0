import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FindTwinsByCommune1764000008500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

// A province receives hundreds of cases of one procedure a day, a commune two or three.
const UP = `
create index ix_case_record_twin on case_record (procedure_id, unit_id, received_at);
drop index ix_case_record_procedure_day;
`;

const DOWN = `
create index ix_case_record_procedure_day on case_record (procedure_id, received_at);
drop index ix_case_record_twin;
`;
