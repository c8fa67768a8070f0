import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendDeadlines1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- Limits: the cut-off holds for every unit, the hour of the due instant may be the procedure's own.
alter table processing_limit rename same_day_cutoff to reception_cutoff;
alter table processing_limit
  add time_of_day text check (time_of_day in ('end-of-office', 'same-hour'));

-- Terms of the offices a case passes through, in their order (NĐ 61/2018 Đ19.5–19.7).
create table limit_step (
  limit_id int not null references processing_limit on delete cascade,
  position smallint not null check (position between 1 and 50),
  name text not null,
  department_name text,
  -- a consultation runs beside the other steps and is no part of their sum
  kind text not null check (kind in ('processing', 'consultation')),
  amount int not null check (amount between 1 and 9999),
  unit text not null check (unit in ('working-days', 'working-hours')),
  primary key (limit_id, position)
);

alter table case_event drop constraint case_event_kind_check;
alter table case_event add constraint case_event_kind_check check (kind in (
  'received', 'supplement-requested', 'supplement-received', 'suspended', 'resumed', 'transferred',
  'consultation-requested', 'consultation-answered', 'promised-again', 'deadline-moved', 'finished', 'returned',
  'withdrawn', 'stopped', 'refused', 'corrected', 'noted'));

alter table case_record
  -- why the source may have promised another day than the calendar gives; null: no difference, or not comparable
  add mismatch_cause text,
  -- online submission, and until when it must be answered
  add submitted_at timestamptz,
  add acceptance_due_at timestamptz;
create index ix_case_record_mismatch on case_record (unit_id, mismatch_cause) where mismatch_cause is not null;
create index ix_case_record_acceptance on case_record (unit_id, acceptance_due_at) where status = 1;

-- Years without a decision are forecast by rule whenever the calendar is built; only decided ones are stored.
delete from calendar_day d using calendar_year y
  where y.version_id = d.version_id and y.year = extract(year from d.day) and y.state = 'forecast';
delete from calendar_year where state = 'forecast';
alter table calendar_year drop column state;

alter table calendar_version
  add document text,
  -- open and closed cases whose computed due moved when the version came into force
  add moved_cases int not null default 0;
create index ix_calendar_version_unit on calendar_version (unit_id, id);

-- 'awaited': a decision on this day has been proposed; it is worked until then
alter table calendar_day drop constraint calendar_day_kind_check;
alter table calendar_day add constraint calendar_day_kind_check check (kind in ('off', 'worked', 'awaited'));

-- Other office hours from one day to another, both included ("giờ mùa hè").
create table office_period (
  version_id int not null references calendar_version on delete cascade,
  period smallint not null check (period > 0),
  name text not null,
  document text,
  from_day date not null,
  to_day date,
  -- the same days of every year from the first on
  yearly boolean not null,
  primary key (version_id, period),
  check (to_day is not null or not yearly)
);
-- period 0: the hours outside every period
alter table office_hours add period smallint not null default 0;
alter table office_hours drop constraint office_hours_pkey;
alter table office_hours add primary key (version_id, period, weekday, opens);
`;

const DOWN = `
delete from office_hours where period <> 0;
alter table office_hours drop constraint office_hours_pkey;
alter table office_hours drop column period;
alter table office_hours add primary key (version_id, weekday, opens);
drop table office_period;
delete from calendar_day where kind = 'awaited';
alter table calendar_day drop constraint calendar_day_kind_check;
alter table calendar_day add constraint calendar_day_kind_check check (kind in ('off', 'worked'));
drop index ix_calendar_version_unit;
alter table calendar_version drop column moved_cases, drop column document;
alter table calendar_year add state text not null default 'decided' check (state in ('decided', 'forecast'));
alter table calendar_year alter column state drop default;
drop index ix_case_record_acceptance;
drop index ix_case_record_mismatch;
alter table case_record drop column acceptance_due_at, drop column submitted_at, drop column mismatch_cause;
delete from case_event where kind in ('consultation-requested', 'consultation-answered', 'deadline-moved');
alter table case_event drop constraint case_event_kind_check;
alter table case_event add constraint case_event_kind_check check (kind in (
  'received', 'supplement-requested', 'supplement-received', 'suspended', 'resumed', 'transferred',
  'promised-again', 'finished', 'returned', 'withdrawn', 'stopped', 'refused', 'corrected', 'noted'));
drop table limit_step;
alter table processing_limit drop column time_of_day;
alter table processing_limit rename reception_cutoff to same_day_cutoff;
`;
