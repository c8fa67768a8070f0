import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ExtendAlerts1764000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- A rule: so long before, on, or after an instant of the theme, for these people, by these channels.
alter table alert_rule
  add procedure_id int references procedure,
  add name text,
  add theme text check (theme in ('deadline', 'letter', 'step', 'acceptance', 'supplement', 'idle', 'unassigned')),
  add moment text check (moment in ('before', 'on-day', 'after')),
  add measure text not null default 'working-days' check (measure in ('working-days', 'working-hours', 'percent')),
  -- digest: in the morning; day: by itself when it comes up during office hours; urgent: at any hour
  add urgency text not null default 'day' check (urgency in ('digest', 'day', 'urgent')),
  add channels text[] not null default '{email}' check (channels <@ '{email,webhook}'),
  -- whom it climbs to, one after the other, when nobody says within so many working hours that it is in hand
  add climb_to text[] not null default '{}',
  add climb_hours int not null default 4 check (climb_hours between 1 and 80),
  add updated_at timestamptz,
  add updated_by text;
update alert_rule set theme = 'deadline', name = key,
  moment = case kind when 'before' then 'before' when 'due-day' then 'on-day' else 'after' end,
  recipients = array(select case r when 'department' then 'officer' when 'supervisor' then 'director' else r end
    from unnest(recipients) r);
alter table alert_rule
  alter theme set not null, alter moment set not null, alter name set not null,
  drop column kind,
  drop constraint alert_rule_unit_id_key_key;
-- A rule of an office, or of a procedure, stands for the general one of the same key.
create unique index uq_alert_rule_scope on alert_rule (key, coalesce(unit_id, 0), coalesce(procedure_id, 0));

-- deadline_at: the instant the rule counts from, by its theme the deadline, the due of a step, the last movement.
alter table alert
  -- the deadline the case had then: with another one the alert says nothing any more
  add case_deadline_at timestamptz,
  -- the person who is away and for whom the recipient stands in
  add stands_in_for int references user_account,
  -- 0: told first; 1, 2, …: it climbed so often
  add climb int not null default 0,
  -- when it climbs on unless somebody says that it is in hand
  add climb_at timestamptz,
  add acknowledged_at timestamptz,
  add acknowledged_by int references user_account,
  add snoozed_until timestamptz;
update alert set case_deadline_at = deadline_at;
create index ix_alert_climb on alert (climb_at) where climb_at is not null;
create index ix_alert_snoozed on alert (snoozed_until) where snoozed_until is not null;
create index ix_alert_open on alert (recipient_id) where acknowledged_at is null;

-- A message may tell of several alerts, and an alert may be told by several messages.
create table alert_message (
  alert_id bigint not null references alert on delete cascade,
  notification_id bigint not null references notification on delete cascade,
  primary key (notification_id, alert_id)
);
create index ix_alert_message_alert on alert_message (alert_id);
insert into alert_message (alert_id, notification_id)
  select id, notification_id from alert where notification_id is not null;
drop index ix_alert_notification;
alter table alert drop column notification_id;

update notification set state = 'withdrawn', error = 'replaced' where state in ('pending', 'sending') and template = 'alert-digest';
alter table notification drop constraint notification_channel_check,
  add constraint notification_channel_check check (channel in ('email', 'webhook'));
drop index ix_notification_joinable;
create index ix_notification_joinable on notification (user_id, template) where state = 'pending';
create index ix_notification_recent on notification (user_id, created_at);

-- Who is away, and who stands in.
create table absence (
  id int generated always as identity primary key,
  user_id int not null references user_account,
  substitute_id int references user_account,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  recorded_by text not null,
  recorded_at timestamptz not null,
  check (substitute_id <> user_id)
);
create index ix_absence_user on absence (user_id, last_day);
`;

const DOWN = `
drop table absence;
drop index ix_notification_recent;
drop index ix_notification_joinable;
create index ix_notification_joinable on notification (user_id) where state = 'pending';
alter table alert add notification_id bigint references notification;
update alert a set notification_id = m.notification_id
  from (select alert_id, min(notification_id) as notification_id from alert_message group by alert_id) m
  where m.alert_id = a.id;
create index ix_alert_notification on alert (notification_id) where notification_id is not null;
drop table alert_message;
delete from notification where channel <> 'email';
alter table notification drop constraint notification_channel_check,
  add constraint notification_channel_check check (channel in ('email'));
alter table alert drop column case_deadline_at, drop column stands_in_for, drop column climb, drop column climb_at, drop column acknowledged_at,
  drop column acknowledged_by, drop column snoozed_until;
delete from alert where rule_id in (select id from alert_rule where theme <> 'deadline' or procedure_id is not null
  or measure <> 'working-days');
delete from alert_rule where theme <> 'deadline' or procedure_id is not null or measure <> 'working-days';
alter table alert_rule add kind text;
update alert_rule set
  kind = case moment when 'before' then 'before' when 'on-day' then 'due-day' else 'overdue' end,
  recipients = array(select distinct case when r in ('officer', 'desk', 'clerk') then 'department' else 'supervisor' end
    from unnest(recipients) r);
alter table alert_rule alter kind set not null,
  add constraint alert_rule_kind_check check (kind in ('before', 'due-day', 'overdue'));
drop index uq_alert_rule_scope;
alter table alert_rule add constraint alert_rule_unit_id_key_key unique nulls not distinct (unit_id, key);
alter table alert_rule drop column procedure_id, drop column name, drop column theme, drop column moment,
  drop column measure, drop column urgency, drop column channels, drop column climb_to, drop column climb_hours,
  drop column updated_at, drop column updated_by;
`;
