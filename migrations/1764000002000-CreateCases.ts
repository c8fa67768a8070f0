import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCases1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table procedure (
  id int generated always as identity primary key,
  code text unique,
  name text collate vi_vn not null,
  field_name text collate vi_vn,
  field_code text,
  department_name text,
  -- named by a file but not yet in the catalogue: no limit, so no computed due
  incomplete boolean not null default false,
  created_at timestamptz not null default now()
);
create index ix_procedure_name on procedure (search_key(name));

create table processing_limit (
  id int generated always as identity primary key,
  procedure_id int not null references procedure,
  valid_from date not null,
  amount int not null check (amount between 0 and 9999),
  unit text not null check (unit in ('working-days', 'working-hours', 'days', 'months', 'same-day')),
  -- received after this time of day, a same-day procedure is due the next working day; null: no cut-off
  same_day_cutoff time,
  supplement_mode text not null default 'restart'
    check (supplement_mode in ('restart', 'extend-working-days', 'extend-calendar-days')),
  document text,
  unique (procedure_id, valid_from),
  check ((unit = 'same-day') = (amount = 0))
);

create table case_record (
  id bigint generated always as identity primary key,
  unit_id int not null references unit,
  code text not null unique,
  procedure_id int not null references procedure,
  department_id int references unit,
  officer_name text collate vi_vn,
  officer_id int references user_account,
  applicant_name text collate vi_vn not null,
  applicant_kind text check (applicant_kind in ('person', 'organisation', 'household-business')),
  address text,
  phone text,
  email text,
  summary text,
  channel text not null check (channel in ('direct', 'online', 'postal')),
  -- national status code 1 to 10 (TrangThaiHoSo)
  status smallint not null check (status between 1 and 10),
  received_at timestamptz not null,
  -- the return appointment as the source says it
  promised_first_at timestamptz,
  promised_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  source text not null,
  first_run_id int,
  last_run_id int,
  created_at timestamptz not null,
  updated_at timestamptz not null,

  -- computed from the ledger, the limit at reception and the calendar version; rebuilt by 'npm run recompute'
  limit_id int references processing_limit,
  calendar_version_id int references calendar_version,
  computed_due_at timestamptz,
  due_state text not null default 'pending'
    check (due_state in ('pending', 'due', 'paused', 'no-limit', 'no-calendar', 'excluded')),
  due_forecast boolean not null default false,
  paused_since timestamptz,
  deadline_at timestamptz,
  deadline_day date,
  settled_day date,
  outcome text check (outcome in ('early', 'on-time', 'late')),
  outcome_first text check (outcome_first in ('early', 'on-time', 'late')),
  mismatch boolean not null default false,
  next_alert_at timestamptz
);
create index ix_case_record_settled on case_record (unit_id, settled_day)
  include (outcome, procedure_id, department_id, channel) where settled_day is not null;
create index ix_case_record_open on case_record (unit_id, deadline_at) where settled_day is null;
create index ix_case_record_alert on case_record (next_alert_at) where next_alert_at is not null;
create index ix_case_record_procedure on case_record (procedure_id);
create index ix_case_record_search on case_record
  using gin (search_key(code || ' ' || applicant_name) gin_trgm_ops);

-- The ledger: append-only, a correction is a new event.
create table case_event (
  id bigint generated always as identity primary key,
  case_id bigint not null references case_record,
  kind text not null check (kind in (
    'received', 'supplement-requested', 'supplement-received', 'suspended', 'resumed', 'transferred',
    'promised-again', 'finished', 'returned', 'withdrawn', 'stopped', 'refused', 'corrected', 'noted')),
  at timestamptz not null,
  recorded_at timestamptz not null,
  -- who or what told it: 'import:12', 'user:3', 'letter:7'
  source text not null,
  data jsonb not null default '{}',
  unique (case_id, kind, at)
);
`;

const DOWN = `
drop table case_event;
drop table case_record;
drop table processing_limit;
drop table procedure;
`;
