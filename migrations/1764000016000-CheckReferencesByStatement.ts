import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A foreign key asks for every row by itself: of an imported case that was half the time of its insertion, of its
 * ledger the same again. Here every statement asks once for all its rows. What a case refers to is never deleted by
 * the program; a guard on the other side refuses it to everybody else.
 */
export class CheckReferencesByStatement1764000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

interface Reference {
  column: string;
  table: string;
  constraint: string;
}

const of = (column: string, table: string, constraint = `case_record_${column}_fkey`): Reference => ({
  column,
  table,
  constraint,
});

const REFERENCES: Reference[] = [
  of('unit_id', 'unit'),
  of('department_id', 'unit'),
  of('procedure_id', 'procedure'),
  of('officer_id', 'user_account'),
  of('limit_id', 'processing_limit'),
  of('calendar_version_id', 'calendar_version'),
  of('first_run_id', 'ingest_run', 'fk_case_record_first_run'),
  of('last_run_id', 'ingest_run', 'fk_case_record_last_run'),
];

/** Refused: all the columns that refer to nothing, by one look at the different values. */
const dangling = ({ column, table }: Reference): string =>
  `case when n.${column} is not null and not exists (select from ${table} o where o.id = n.${column}) then '${column}' end`;

const guard = ({ column, table }: Reference): string => `
create trigger tr_${table}_${column}_kept before delete on ${table}
  for each row execute function refuse_while_cases_refer('${column}');`;

const UP = `
alter table case_record ${REFERENCES.map((r) => `drop constraint ${r.constraint}`).join(', ')};

create function check_case_references() returns trigger language plpgsql as $$
declare wrong text;
begin
  select w.columns into wrong from (
    select distinct ${REFERENCES.map((r) => r.column).join(', ')} from case_after) n
  cross join lateral (select concat_ws(', ', ${REFERENCES.map(dangling).join(', ')}) as columns) w
  where w.columns <> '' limit 1;
  if wrong is not null then
    raise exception 'case_record refers to rows that are not there: %', wrong using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger tr_case_record_refers_inserted after insert on case_record
  referencing new table as case_after for each statement execute function check_case_references();
create trigger tr_case_record_refers_updated after update on case_record
  referencing new table as case_after for each statement execute function check_case_references();

create function refuse_while_cases_refer() returns trigger language plpgsql as $$
declare referred boolean;
begin
  execute format('select exists (select from case_record where %I = $1)', tg_argv[0]) into referred using old.id;
  if referred then
    raise exception 'cases refer to this row of % by %', tg_table_name, tg_argv[0]
      using errcode = 'foreign_key_violation';
  end if;
  return old;
end $$;
${REFERENCES.map(guard).join('')}

alter table case_event drop constraint case_event_case_id_fkey;
create function check_event_case() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct case_id from event_after) n
      left join case_record c on c.id = n.case_id where c.id is null) then
    raise exception 'case_event.case_id refers to no case' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger tr_case_event_refers after insert on case_event
  referencing new table as event_after for each statement execute function check_event_case();

create function refuse_while_events_remain() returns trigger language plpgsql as $$
begin
  if exists (select from case_before b join case_event e on e.case_id = b.id) then
    raise exception 'the ledger of a case outlives it' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger tr_case_record_ledger_gone after delete on case_record
  referencing old table as case_before for each statement execute function refuse_while_events_remain();

create function empty_case_event() returns trigger language plpgsql as $$
begin delete from case_event; return null; end $$;
create trigger tr_case_record_events_emptied after truncate on case_record
  for each statement execute function empty_case_event();

-- New names wait in a list and are worked in together, a hundred thousand at a time instead of some hundred.
alter index ix_case_record_search set (gin_pending_list_limit = 32768);
`;

const restored = ({ column, table, constraint }: Reference): string =>
  `add constraint ${constraint} foreign key (${column}) references ${table}`;

const DOWN = `
alter index ix_case_record_search reset (gin_pending_list_limit);
drop trigger tr_case_record_events_emptied on case_record;
drop function empty_case_event();
drop trigger tr_case_record_ledger_gone on case_record;
drop function refuse_while_events_remain();
drop trigger tr_case_event_refers on case_event;
drop function check_event_case();
alter table case_event add constraint case_event_case_id_fkey foreign key (case_id) references case_record;
${REFERENCES.map(({ column, table }) => `drop trigger tr_${table}_${column}_kept on ${table};`).join('\n')}
drop function refuse_while_cases_refer();
drop trigger tr_case_record_refers_updated on case_record;
drop trigger tr_case_record_refers_inserted on case_record;
drop function check_case_references();
alter table case_record ${REFERENCES.map(restored).join(', ')};
`;
