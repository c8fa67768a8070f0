import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateIngest1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table ingest_run (
  id int generated always as identity primary key,
  unit_id int references unit,
  channel text not null check (channel in ('page', 'command', 'api', 'sample')),
  actor text not null,
  file_name text not null,
  file_sha256 text not null,
  file_size bigint not null,
  shape text check (shape in ('xlsx', 'csv', 'json', 'procedures')),
  sheet text,
  state text not null check (state in ('running', 'done', 'refused', 'failed')),
  -- why the file as a whole was refused, in the reader's words
  message text,
  remedy text,
  mapping jsonb not null default '[]',
  rows int not null default 0,
  created int not null default 0,
  updated int not null default 0,
  unchanged int not null default 0,
  faulty int not null default 0,
  warned int not null default 0,
  -- what the file named and nobody had heard of: names to be completed
  created_procedures jsonb not null default '[]',
  created_departments jsonb not null default '[]',
  started_at timestamptz not null,
  finished_at timestamptz
);

create index ix_ingest_run_file on ingest_run (file_sha256);

create table ingest_fault (
  id bigint generated always as identity primary key,
  run_id int not null references ingest_run on delete cascade,
  line int not null,
  column_name text not null,
  value text not null,
  message text not null,
  remedy text not null,
  case_code text,
  -- 'warning': the row went in all the same
  severity text not null default 'fault' check (severity in ('fault', 'warning'))
);
create index ix_ingest_fault_run on ingest_fault (run_id, line);

-- What the source said last. A fact that a person recorded here since, or a promise that a letter moved, stands until
-- the source says something new: an export that merely repeats itself takes nothing back.
alter table case_record
  add column said_status smallint,
  add column said_promised_at timestamptz,
  add column said_finished_at timestamptz,
  add column said_returned_at timestamptz;

alter table case_record
  add constraint fk_case_record_first_run foreign key (first_run_id) references ingest_run,
  add constraint fk_case_record_last_run foreign key (last_run_id) references ingest_run;
`;

const DOWN = `
alter table case_record drop constraint fk_case_record_first_run, drop constraint fk_case_record_last_run;
alter table case_record
  drop column said_status, drop column said_promised_at, drop column said_finished_at, drop column said_returned_at;
drop table ingest_fault;
drop table ingest_run;
`;
