import type { MigrationInterface, QueryRunner } from 'typeorm';

export class FormsOfOffices1764000024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- Word of an office that from valid_from on the text of the program is used again.
alter table letter_form add usual boolean not null default false;
alter table letter_form add check (unit_id is not null or not usual);
`;

const DOWN = `
delete from letter_form where usual;
alter table letter_form drop usual;
`;
