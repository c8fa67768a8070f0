import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReportRollup1764000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

/** Settled cases per unit, day, department and pair of outcomes; `sign` is -1 for rows as they were. */
const settledOf = (rows: string, sign: 1 | -1): string => `
  select unit_id, settled_day, department_id, outcome, outcome_first, ${sign} as n
  from ${rows} where settled_day is not null`;

const COUNTS = `
  sum(n)::int as settled,
  coalesce(sum(n) filter (where outcome = 'early'), 0)::int as early,
  coalesce(sum(n) filter (where outcome = 'on-time'), 0)::int as on_time,
  coalesce(sum(n) filter (where outcome = 'late'), 0)::int as late,
  coalesce(sum(n) filter (where outcome_first = 'early'), 0)::int as first_early,
  coalesce(sum(n) filter (where outcome_first = 'on-time'), 0)::int as first_on_time,
  coalesce(sum(n) filter (where outcome_first = 'late'), 0)::int as first_late`;

/** What is the same before and after adds up to nothing and is left out before it is counted. */
const addDelta = (...settled: string[]): string => `
  insert into report_delta
  select unit_id, settled_day, department_id, ${COUNTS}
  from (
    select unit_id, settled_day, department_id, outcome, outcome_first, sum(n) as n
    from (${settled.join(' union all ')}) moved
    group by unit_id, settled_day, department_id, outcome, outcome_first having sum(n) <> 0) changed
  group by unit_id, settled_day, department_id;`;

const NUMBERS = `
  department_id int,
  settled int not null,
  early int not null,
  on_time int not null,
  late int not null,
  first_early int not null,
  first_on_time int not null,
  first_late int not null`;

const UP = `
-- Settled cases by the day they were settled, derived from case_record alone. Every question names its units, so the
-- unit leads. Pages keep room for the next version of a row: only counts ever change.
create table report_day (
  unit_id int not null,
  day date not null, ${NUMBERS},
  unique nulls not distinct (unit_id, day, department_id)
) with (fillfactor = 70);

-- The same by month, under its first day: a year of a whole province is some ten thousand rows.
create table report_month (
  unit_id int not null,
  month date not null, ${NUMBERS},
  unique nulls not distinct (unit_id, month, department_id)
) with (fillfactor = 70);

-- What changed since the two were last brought up to date. Only inserted: writers never wait for each other.
create table report_delta (
  unit_id int not null,
  day date not null, ${NUMBERS}
);

create function add_report_delta() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then ${addDelta(settledOf('case_after', 1))}
  elsif tg_op = 'DELETE' then ${addDelta(settledOf('case_before', -1))}
  else ${addDelta(settledOf('case_after', 1), settledOf('case_before', -1))}
  end if;
  return null;
end $$;

create function empty_report() returns trigger language plpgsql as $$
begin
  truncate report_day, report_month, report_delta;
  return null;
end $$;

-- Before the count below, and in one transaction with it: whoever writes a case from here on waits and tells.
create trigger tr_case_record_inserted after insert on case_record
  referencing new table as case_after for each statement execute function add_report_delta();
create trigger tr_case_record_updated after update on case_record
  referencing old table as case_before new table as case_after for each statement execute function add_report_delta();
create trigger tr_case_record_deleted after delete on case_record
  referencing old table as case_before for each statement execute function add_report_delta();
create trigger tr_case_record_emptied after truncate on case_record
  for each statement execute function empty_report();

insert into report_day
select unit_id, settled_day, department_id, ${COUNTS} from (${settledOf('case_record', 1)}) c
group by unit_id, settled_day, department_id order by unit_id, settled_day;
insert into report_month
select unit_id, date_trunc('month', settled_day::timestamp)::date as month, department_id, ${COUNTS}
from (${settledOf('case_record', 1)}) c
group by unit_id, month, department_id order by unit_id, month;
`;

const DOWN = `
drop trigger tr_case_record_emptied on case_record;
drop trigger tr_case_record_deleted on case_record;
drop trigger tr_case_record_updated on case_record;
drop trigger tr_case_record_inserted on case_record;
drop function empty_report();
drop function add_report_delta();
drop table report_delta;
drop table report_month;
drop table report_day;
`;
