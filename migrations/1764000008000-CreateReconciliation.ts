import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReconciliation1764000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- What people found out about suspected false overdue. Settling again adds a row, nothing is overwritten.
create table overdue_settlement (
  id bigint generated always as identity primary key,
  case_id bigint not null references case_record,
  cause text not null check (cause in ('status-not-updated', 'pause-not-recorded', 'wrong-calendar',
    'duplicate-code', 'wrong-promise', 'unexplained-promise')),
  -- the deadline it is about: a case that gets another one is open to question again
  deadline_at timestamptz not null,
  verdict text not null check (verdict in ('true-overdue', 'system-error')),
  note text not null check (note <> ''),
  evidence text,
  file_sha256 text,
  file_name text,
  settled_by int references user_account,
  settled_at timestamptz not null,
  check (verdict = 'true-overdue' or evidence is not null),
  check ((file_sha256 is null) = (file_name is null))
);
create index ix_overdue_settlement_case on overdue_settlement (case_id, deadline_at, cause, id desc);
create index ix_overdue_settlement_file on overdue_settlement (file_sha256) where file_sha256 is not null;

-- The newest word on each question. 'excuses': the case was not late by that deadline, the source only said so.
create view overdue_verdict as
  select distinct on (case_id, deadline_at, cause) *,
    verdict = 'system-error' and cause not in ('wrong-promise', 'unexplained-promise') as excuses
  from overdue_settlement order by case_id, deadline_at, cause, id desc;

-- The same application under another code: same procedure, same day. Serves what the narrower index served.
create index ix_case_record_procedure_day on case_record (procedure_id, received_at);
drop index ix_case_record_procedure;
`;

const DOWN = `
create index ix_case_record_procedure on case_record (procedure_id);
drop index ix_case_record_procedure_day;
drop view overdue_verdict;
drop table overdue_settlement;
`;
