import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StageImports1764000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- The systems in which cases are born. A case keeps the one that named it first; others are in case_source.
create table ingest_source (
  code text primary key check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text collate vi_vn not null,
  created_at timestamptz not null default now()
);
create unique index uq_ingest_source_name on ingest_source (search_key(name));
insert into ingest_source (code, name) values
  ('mot-cua', 'Hệ thống một cửa của tỉnh'),
  ('cong-quoc-gia', 'Cổng Dịch vụ công quốc gia'),
  ('bo-nganh', 'Hệ thống của bộ, ngành'),
  ('danh-sach', 'Danh sách tự lập');

update case_record set source = case source when 'portal' then 'cong-quoc-gia' else 'mot-cua' end;

-- A case that a second system names too, and what that system last said of it.
create table case_source (
  case_id bigint not null references case_record on delete cascade,
  source text not null references ingest_source,
  first_run_id int not null references ingest_run,
  last_run_id int not null references ingest_run,
  said_status smallint,
  said_promised_at timestamptz,
  said_finished_at timestamptz,
  said_returned_at timestamptz,
  primary key (case_id, source)
);

-- checking -> checked -> writing -> done -> undoing -> undone; refused, failed and cancelled wrote nothing.
alter table ingest_run drop constraint ingest_run_state_check, drop constraint ingest_run_shape_check,
  drop constraint ingest_run_channel_check;
update ingest_run set state = 'failed', finished_at = coalesce(finished_at, now()) where state = 'running';
alter table ingest_run
  add constraint ingest_run_state_check check (state in (
    'checking', 'checked', 'writing', 'done', 'refused', 'failed', 'cancelled', 'undoing', 'undone')),
  add constraint ingest_run_shape_check check (shape in ('xlsx', 'xls', 'csv', 'json', 'ndjson', 'procedures')),
  add constraint ingest_run_channel_check check (channel in ('page', 'command', 'api', 'sample', 'portal', 'folder')),
  add source text references ingest_source,
  -- the moment the list was made, as it says itself
  add as_of timestamptz,
  -- older facts of the file replace newer ones because somebody said so
  add overwrite boolean not null default false,
  -- true: written as soon as it is read; false: a person confirms it
  add direct boolean not null default true,
  add columns jsonb not null default '[]',
  add corrections jsonb not null default '{}',
  add summary jsonb,
  -- everything up to this line is in the cases
  add written_line int not null default 0,
  add staged_rows int,
  -- of what the deadlines that came with the rows rest on
  add ground_stamp text,
  add progress real not null default 0,
  -- who works on it and when it last said so, by the server's own clock
  add worker text,
  add seen_at timestamptz,
  add phase_at timestamptz,
  add attempts int not null default 0,
  add user_id int references user_account,
  add undone_by text,
  add undone_at timestamptz;
update ingest_run set source = case when shape = 'json' then 'cong-quoc-gia' else 'mot-cua' end;
create index ix_ingest_run_unfinished on ingest_run (state) where state in ('checking', 'writing', 'undoing');
create index ix_ingest_run_unit on ingest_run (unit_id, id);

alter table ingest_fault
  add field text,
  -- what the cell probably should say; never applied by itself
  add suggestion text,
  -- a fault of the file itself, or one that only the stored cases tell
  add found_by text not null default 'reading' check (found_by in ('reading', 'comparing'));

-- How the columns of a list are meant, as a person said, for the next list of the same source.
create table ingest_mapping (
  unit_id int not null references unit,
  source text not null references ingest_source,
  -- key of all headings in their order
  layout text not null,
  columns jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (unit_id, source, layout)
);

-- What an import replaced in a case that was known before: column -> value until then.
create table ingest_change (
  run_id int not null references ingest_run,
  case_id bigint not null references case_record on delete cascade,
  before jsonb not null,
  primary key (case_id, run_id)
);
create index ix_ingest_change_run on ingest_change (run_id);

-- Rows on their way into the cases: one table for each run, dropped when it ends.
create schema staging;
`;

const DOWN = `
drop schema staging cascade;
drop table ingest_change;
drop table ingest_mapping;
alter table ingest_fault drop column field, drop column suggestion, drop column found_by;
drop index ix_ingest_run_unit;
drop index ix_ingest_run_unfinished;
update ingest_run set channel = 'api' where channel in ('portal', 'folder');
update ingest_run set shape = 'xlsx' where shape = 'xls';
update ingest_run set shape = 'json' where shape = 'ndjson';
alter table ingest_run drop constraint ingest_run_state_check, drop constraint ingest_run_shape_check,
  drop constraint ingest_run_channel_check;
update ingest_run set state = case when state in ('done', 'undoing', 'undone') then 'done' else 'failed' end
  where state not in ('done', 'refused', 'failed');
alter table ingest_run
  add constraint ingest_run_state_check check (state in ('running', 'done', 'refused', 'failed')),
  add constraint ingest_run_shape_check check (shape in ('xlsx', 'csv', 'json', 'procedures')),
  add constraint ingest_run_channel_check check (channel in ('page', 'command', 'api', 'sample')),
  drop column source, drop column as_of, drop column overwrite, drop column direct, drop column columns,
  drop column corrections, drop column summary, drop column written_line, drop column staged_rows, drop column ground_stamp, drop column progress, drop column worker, drop column seen_at,
  drop column phase_at, drop column attempts, drop column user_id, drop column undone_by, drop column undone_at;
drop table case_source;
update case_record set source = case source when 'cong-quoc-gia' then 'portal' else 'list' end;
drop table ingest_source;
`;
