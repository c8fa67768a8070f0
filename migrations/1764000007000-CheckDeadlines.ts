import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CheckDeadlines1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- One comparison of every stored case with what its ledger, its limit and its calendar give.
create table deadline_check (
  id int generated always as identity primary key,
  state text not null default 'running' check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  cases int not null default 0,
  -- exact, also where not every difference is kept
  differences int not null default 0,
  -- differences by column
  columns jsonb not null default '{}',
  -- newest version of the calendars when the comparison began
  calendar_version_id int references calendar_version
);

create table deadline_difference (
  id bigint generated always as identity primary key,
  check_id int not null references deadline_check on delete cascade,
  case_id bigint not null references case_record on delete cascade,
  column_name text not null,
  stored text,
  derived text
);
create index ix_deadline_difference_check on deadline_difference (check_id, id);

-- A source that told no day of an end left the day of the import: a guess, as a stop without its day is one.
update case_event e set data = e.data || '{"approximate": true}'
from case_record c
where c.id = e.case_id and e.kind in ('refused', 'withdrawn', 'stopped') and e.source like 'import:%'
  and e.at = e.recorded_at and c.finished_at is distinct from e.at;
`;

const DOWN = `
drop table deadline_difference;
drop table deadline_check;
`;
