import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLetters1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table letter_series (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  year int not null,
  suffix text not null,
  last_number int not null default 0,
  unique (unit_id, year, suffix)
);

create table letter (
  id bigint generated always as identity primary key,
  unit_id int not null references unit,
  case_id bigint not null references case_record,
  form text not null check (form in ('extension-apology', 'late-apology', 'past-apology', 'apology-2018')),
  state text not null check (state in ('draft', 'ready', 'numbered', 'printed', 'sent', 'cancelled', 'not-needed')),
  -- the deadline this letter apologises for
  deadline_at timestamptz not null,
  reason text,
  new_due_at timestamptz,
  series_id int references letter_series,
  number int,
  letter_date date,
  -- the text as numbered, frozen: what was printed can be shown again
  model jsonb,
  -- the same token asks for the same numbers: a double click is harmless
  confirm_token text,
  file_sha256 text,
  not_needed_reason text,
  -- a cancelled letter keeps its number
  cancel_reason text,
  cancelled_at timestamptz,
  cancelled_by int references user_account,
  created_at timestamptz not null,
  completed_by int references user_account,
  numbered_at timestamptz,
  numbered_by int references user_account,
  printed_at timestamptz,
  sent_at timestamptz,
  updated_at timestamptz not null,
  unique (series_id, number),
  check ((number is null) = (numbered_at is null)),
  check ((state = 'cancelled') = (cancelled_at is not null))
);
create unique index uq_letter_case on letter (case_id, deadline_at) where state <> 'cancelled';
create index ix_letter_unit on letter (unit_id, state);
create index ix_letter_token on letter (series_id, confirm_token) where confirm_token is not null;
-- cases settled late: each owes a letter
create index ix_case_record_late on case_record (unit_id, deadline_at) where outcome = 'late';

create table letter_delivery (
  id bigint generated always as identity primary key,
  letter_id bigint not null references letter,
  channel text not null check (channel in ('email', 'post', 'in-person', 'phone')),
  at timestamptz not null,
  recipient text not null,
  evidence text not null,
  recorded_by int references user_account,
  recorded_at timestamptz not null,
  -- the second click of a double click records nothing
  unique (letter_id, channel, at)
);
`;

const DOWN = `
drop index ix_case_record_late;
drop table letter_delivery;
drop table letter;
drop table letter_series;
`;
