import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOrganisation1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create extension if not exists unaccent;
create extension if not exists pg_trgm;
create collation if not exists vi_vn (provider = icu, locale = 'vi-VN');

-- Search key: no marks, no case. unaccent is only 'stable', an index needs 'immutable': the dictionary is fixed.
create function search_key(value text) returns text
  language sql immutable parallel safe strict
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFC))) $$;

create table unit (
  id int generated always as identity primary key,
  parent_id int references unit,
  kind text not null check (kind in ('province', 'commune', 'centre', 'department')),
  code text not null unique,
  name text collate vi_vn not null,
  settings jsonb not null default '{}',
  -- made by an import because the file named it: listed for completion
  incomplete boolean not null default false,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index uq_unit_name on unit (parent_id, search_key(name));

create table user_account (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  username text not null,
  full_name text collate vi_vn not null,
  title text,
  email text,
  phone text,
  role text not null check (role in ('officer', 'supervisor', 'clerk', 'administrator')),
  password_hash text not null,
  must_change_password boolean not null default false,
  letter_keys boolean not null default true,
  active boolean not null default true,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index uq_user_account_username on user_account (lower(username));

create table session (
  token_hash bytea primary key,
  user_id int not null references user_account on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index ix_session_expiry on session (expires_at);

create table api_key (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  role text not null check (role in ('officer', 'supervisor', 'clerk', 'administrator')),
  created_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Append-only; each row carries the hash of the one before it.
create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  user_id int references user_account,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}',
  previous_hash bytea,
  hash bytea not null
);
create index ix_audit_entry_subject on audit_entry (subject, id);

create function refuse_change_of_audit() returns trigger language plpgsql
  as $$ begin raise exception 'audit_entry is append-only' using errcode = 'restrict_violation'; end $$;
create trigger tr_audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change_of_audit();

-- Official facts with a period of validity: thresholds, maximum points, letter rules.
create table dated_setting (
  id int generated always as identity primary key,
  key text not null,
  unit_id int references unit,
  valid_from date not null,
  valid_to date,
  value jsonb not null,
  document text,
  confirmed boolean not null default false,
  unique nulls not distinct (key, unit_id, valid_from)
);
`;

const DOWN = `
drop table dated_setting;
drop table audit_entry;
drop function refuse_change_of_audit;
drop table api_key;
drop table session;
drop table user_account;
drop table unit;
drop function search_key(text);
drop collation vi_vn;
drop extension pg_trgm;
drop extension unaccent;
`;
