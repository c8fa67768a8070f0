import type { MigrationInterface, QueryRunner } from 'typeorm';

export class MapColumns1764000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- Who told what the columns hold; null: their headings did.
alter table ingest_run add mapped_by text;

-- A list of cells with what they said and what is read instead: what was put right is shown beside the original.
alter table ingest_run alter column corrections set default '[]';
update ingest_run set corrections = '[]';
`;

const DOWN = `
update ingest_run set corrections = '{}';
alter table ingest_run alter column corrections set default '{}';
alter table ingest_run drop column mapped_by;
`;
