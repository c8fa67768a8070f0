import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ConfirmCalendarOnce1764000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // The same token asks for the same version: a double click is harmless.
    await runner.query('alter table calendar_version add confirmation text unique');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table calendar_version drop column confirmation');
  }
}
