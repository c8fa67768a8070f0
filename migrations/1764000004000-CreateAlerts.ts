import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAlerts1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
create table alert_rule (
  id int generated always as identity primary key,
  unit_id int references unit,
  key text not null,
  kind text not null check (kind in ('before', 'due-day', 'overdue')),
  -- working days before the deadline, for kind 'before'
  amount int not null default 0,
  recipients text[] not null,
  active boolean not null default true,
  unique nulls not distinct (unit_id, key)
);

-- One message to one person; its alerts are the lines in it. The row is the claim, delivery comes after.
create table notification (
  id bigint generated always as identity primary key,
  user_id int not null references user_account,
  channel text not null check (channel in ('email')),
  template text not null,
  message_id text not null unique,
  state text not null default 'pending' check (state in ('pending', 'sending', 'sent', 'failed', 'withdrawn')),
  attempts int not null default 0,
  -- start of the last attempt; an attempt that never ended may be taken over some minutes later
  attempted_at timestamptz,
  error text,
  created_at timestamptz not null,
  deliver_after timestamptz not null,
  sent_at timestamptz
);
create index ix_notification_pending on notification (deliver_after) where state in ('pending', 'sending');
create index ix_notification_joinable on notification (user_id) where state = 'pending';

create table alert (
  id bigint generated always as identity primary key,
  case_id bigint not null references case_record,
  rule_id int not null references alert_rule,
  deadline_at timestamptz not null,
  recipient_id int not null references user_account,
  raised_at timestamptz not null,
  seen_at timestamptz,
  notification_id bigint references notification,
  unique (case_id, rule_id, deadline_at, recipient_id)
);
create index ix_alert_recipient on alert (recipient_id, raised_at desc);
create index ix_alert_unseen on alert (recipient_id) where seen_at is null;
create index ix_alert_notification on alert (notification_id) where notification_id is not null;
`;

const DOWN = `
drop table alert;
drop table notification;
drop table alert_rule;
`;
