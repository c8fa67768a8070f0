import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateChannels1764000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- A gateway that passes messages on to Zalo or as SMS; unit_id null: for every commune that has none of its own.
create table webhook (
  id int generated always as identity primary key,
  unit_id int references unit,
  name text not null,
  url text not null,
  -- encrypted; needed in clear to sign what is sent
  secret text not null,
  active boolean not null default true,
  created_by text not null,
  created_at timestamptz not null
);
create unique index uq_webhook_active on webhook (coalesce(unit_id, 0)) where active;

-- An address that a mail server refused for good, or that no mail can be sent to.
create table mail_refusal (
  id bigint generated always as identity primary key,
  user_id int not null references user_account,
  -- '' for an account without one
  address text not null,
  day date not null,
  reason text not null,
  refused_at timestamptz not null,
  unique (user_id, address, day)
);
-- The refusal a message tells of.
alter table notification add refusal_id bigint references mail_refusal;
create index ix_notification_refusal on notification (refusal_id) where refusal_id is not null;
create index ix_notification_log on notification (created_at desc, id desc);

-- People whose present address refuses mail: until it is corrected, or a mail arrives there after all.
create view current_mail_refusal as
  select distinct on (r.user_id) r.user_id, r.address, r.reason, r.refused_at
  from mail_refusal r join user_account a on a.id = r.user_id
  where a.active and coalesce(a.email, '') = r.address
    and not exists (select from notification n where n.user_id = r.user_id and n.channel = 'email'
      and n.sent_at > r.refused_at)
  order by r.user_id, r.refused_at desc;

-- What an office says in its mails; versions are kept, the newest counts. words null: the usual words again.
create table mail_wording (
  id int generated always as identity primary key,
  unit_id int not null references unit,
  kind text not null,
  part text not null check (part in ('subject', 'opening', 'closing')),
  version int not null,
  words text,
  saved_by text not null,
  saved_at timestamptz not null,
  unique (unit_id, kind, part, version)
);
`;

const DOWN = `
drop table mail_wording;
drop view current_mail_refusal;
drop index ix_notification_log;
drop index ix_notification_refusal;
delete from notification where template = 'mail-refused';
alter table notification drop column refusal_id;
drop table mail_refusal;
drop table webhook;
`;
