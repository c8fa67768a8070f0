import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendLetters1764000023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FORMS);
    await runner.query(LETTERS);
    await runner.query(SENDING);
    await runner.query(OTHER_DOCUMENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const FORMS = `
-- Texts of documents, dated: what was in force on the day of a letter is what it is made with.
create table letter_form (
  id int generated always as identity primary key,
  -- null: comes with the program, for every office
  unit_id int references unit,
  -- 'extension-apology', 'apology-2018', 'stop-notice' …
  form text not null,
  version int not null,
  valid_from date not null,
  valid_to date,
  paper text not null check (paper in ('A4', 'A5')),
  -- document that prescribes the form
  basis text not null,
  source text not null,
  -- shared parts by name, as they were: an old version can be printed again
  parts jsonb not null,
  -- of source and parts
  sha256 text not null,
  saved_by int references user_account,
  saved_at timestamptz not null,
  check (valid_to is null or valid_to >= valid_from)
);
create unique index uq_letter_form on letter_form (coalesce(unit_id, 0), form, version);

-- Reasons offered beside free text. An office without rows uses those of the program.
create table letter_reason (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  nature text not null check (nature in ('objective', 'subjective')),
  text text not null,
  place int not null,
  unique (unit_id, text)
);
`;

const LETTERS = `
alter table letter
  drop constraint letter_form_check,
  add constraint letter_form_check
    check (form in ('extension-apology', 'late-apology', 'past-apology', 'system-error-slip')),
  drop constraint letter_state_check,
  add constraint letter_state_check
    check (state in ('draft', 'ready', 'approved', 'numbered', 'printed', 'sent', 'cancelled', 'not-needed')),
  -- why there is a draft: somebody said that the deadline will be missed, the last day for sending came, it was missed
  add cause text not null default 'overdue'
    check (cause in ('reported', 'last-day', 'overdue', 'settled-late', 'system-error')),
  add reported_by int references user_account,
  add reported_at timestamptz,
  add reason_nature text check (reason_nature in ('objective', 'subjective')),
  -- given back by whoever approves
  add returned_remark text,
  add returned_by int references user_account,
  add returned_at timestamptz,
  -- a second new date, against the rule of one, on somebody's word
  add override_reason text,
  add override_by int references user_account,
  add override_at timestamptz,
  -- the copy signed electronically, and what its signature says
  add signed_sha256 text,
  add signature jsonb,
  add signed_at timestamptz,
  -- printed without a number, for signing: the number follows
  add blank_printed_at timestamptz,
  add check ((override_reason is null) = (override_at is null));

-- The text as approved, without number and date. A change is a new version; the old one stays.
create table letter_version (
  id bigint generated always as identity primary key,
  letter_id bigint not null references letter on delete cascade,
  version int not null,
  form_id int not null references letter_form,
  model jsonb not null,
  -- of form and model: the text that was approved is the text that is printed
  sha256 text not null,
  approved_at timestamptz not null,
  approved_by int references user_account,
  -- why it was opened again
  reopened_reason text,
  unique (letter_id, version)
);
alter table letter add version_id bigint references letter_version;
-- what a message to somebody answerable is about
create table second_promise_notice (
  notification_id bigint primary key references notification on delete cascade,
  letter_id bigint not null references letter on delete cascade
);

alter table letter_series
  -- numbers come from another system: not every one is ours
  add foreign_numbers boolean not null default false;
`;

const SENDING = `
alter table letter_delivery
  drop constraint letter_delivery_channel_check,
  add constraint letter_delivery_channel_check
    check (channel in ('email', 'sms', 'zalo', 'post', 'in-person', 'phone')),
  add result text not null default 'sent' check (result in ('waiting', 'sent', 'failed')),
  add evidence_sha256 text,
  add evidence_name text,
  -- of a message the program sends itself
  add message_id text,
  add attempts int not null default 0,
  add error text,
  add claimed_at timestamptz,
  add next_attempt_at timestamptz,
  add batch_token text,
  alter evidence drop not null,
  add check (result <> 'sent' or evidence is not null or evidence_sha256 is not null);
create index ix_letter_delivery_waiting on letter_delivery (next_attempt_at) where result = 'waiting';

-- Keys an office signs with: a file with its password, or a service that signs for it.
create table signing_key (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  name text not null,
  kind text not null check (kind in ('p12', 'service')),
  -- sealed with the service's key
  secret text not null,
  subject text not null,
  valid_to timestamptz,
  certificate text not null,
  added_by int references user_account,
  added_at timestamptz not null,
  removed_at timestamptz
);
create unique index uq_signing_key on signing_key (unit_id) where removed_at is null;
`;

const OTHER_DOCUMENTS = `
-- Documents of a case that are no apology: supplement request (Mẫu 02), stop notice (Mẫu 05).
create table case_slip (
  id bigint generated always as identity primary key,
  unit_id int not null references unit,
  case_id bigint not null references case_record,
  kind text not null check (kind in ('supplement-request', 'stop-notice')),
  event_id bigint references case_event,
  series_id int not null references letter_series,
  number int not null,
  slip_date date not null,
  form_id int not null references letter_form,
  model jsonb not null,
  sha256 text not null,
  file_sha256 text,
  token text not null,
  made_by int references user_account,
  made_at timestamptz not null,
  unique (series_id, number),
  unique (case_id, token)
);
create index ix_case_slip_case on case_slip (case_id);

-- Large files made in the background: print files, Word files, evidence packs.
create table letter_batch (
  id uuid primary key default gen_random_uuid(),
  unit_id int not null references unit,
  kind text not null check (kind in ('pdf', 'docx', 'pack-zip', 'pack-pdf')),
  request jsonb not null,
  total int not null default 0,
  done int not null default 0,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  file_sha256 text,
  file_name text,
  error text,
  asked_by int references user_account,
  asked_at timestamptz not null,
  beat_at timestamptz,
  finished_at timestamptz
);
create index ix_letter_batch_open on letter_batch (asked_at) where state in ('waiting', 'running');
`;

const DOWN = `
drop table letter_batch;
drop table case_slip;
drop table signing_key;
delete from letter_delivery where result <> 'sent' or channel in ('sms', 'zalo');
update letter_delivery set evidence = coalesce(evidence, evidence_name, '');
drop index ix_letter_delivery_waiting;
alter table letter_delivery
  drop constraint letter_delivery_check, drop constraint letter_delivery_channel_check,
  add constraint letter_delivery_channel_check check (channel in ('email', 'post', 'in-person', 'phone')),
  drop result, drop evidence_sha256, drop evidence_name, drop message_id, drop attempts, drop error,
  drop claimed_at, drop next_attempt_at, drop batch_token, alter evidence set not null;
alter table letter_series drop foreign_numbers;
alter table letter drop version_id;
drop table letter_version;
drop table second_promise_notice;
delete from letter_delivery where letter_id in (select id from letter where form = 'system-error-slip');
delete from letter where form = 'system-error-slip';
update letter set state = 'ready' where state = 'approved';
alter table letter
  drop constraint letter_form_check,
  add constraint letter_form_check
    check (form in ('extension-apology', 'late-apology', 'past-apology', 'apology-2018')),
  drop constraint letter_state_check,
  add constraint letter_state_check
    check (state in ('draft', 'ready', 'numbered', 'printed', 'sent', 'cancelled', 'not-needed')),
  drop cause, drop reported_by, drop reported_at, drop reason_nature, drop returned_remark, drop returned_by,
  drop returned_at, drop override_reason, drop override_by, drop override_at, drop signed_sha256, drop signature,
  drop signed_at, drop blank_printed_at;
drop table letter_reason;
drop table letter_form;
`;
