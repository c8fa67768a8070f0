import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCalendars1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table calendar_version (
  id int generated always as identity primary key,
  unit_id int references unit,
  created_at timestamptz not null,
  created_by text not null,
  reason text not null
);

create table calendar_year (
  version_id int not null references calendar_version on delete cascade,
  year int not null,
  -- 'decided': announced; 'forecast': computed by rule, shown as such wherever a date rests on it
  state text not null check (state in ('decided', 'forecast')),
  documents text[] not null default '{}',
  primary key (version_id, year)
);

create table calendar_day (
  version_id int not null references calendar_version on delete cascade,
  day date not null,
  kind text not null check (kind in ('off', 'worked')),
  name text not null,
  document text,
  -- for a worked day: its own intervals, [["07:30", "11:30"]]; null means the hours of a Monday
  hours jsonb,
  -- for a make-up day: the day off it is worked in exchange for
  in_exchange_for date,
  primary key (version_id, day),
  check (in_exchange_for is null or kind = 'worked')
);

create table office_hours (
  version_id int not null references calendar_version on delete cascade,
  weekday smallint not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (version_id, weekday, opens)
);
`;

const DOWN = `
drop table office_hours;
drop table calendar_day;
drop table calendar_year;
drop table calendar_version;
`;
