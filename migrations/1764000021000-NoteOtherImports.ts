import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoteOtherImports1764000021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- What other imports had written when the reading began; what a check found holds until they write more.
alter table ingest_run add others_written text;
`;

const DOWN = `
alter table ingest_run drop column others_written;
`;
