import { Injectable } from '@nestjs/common';
import { CALENDAR_UNIT_SQL, FORECAST_SQL, OPEN_SQL } from '../cases/case-status';
import { one, rows, type Tx } from '../database/transaction';
import type { AlertPlan } from './alert-plan';
import type { StoredRule } from './rule-book';
import type { ConcernedCase, StaffMember } from './staff-directory';

export interface ClaimedCase extends ConcernedCase {
  id: number;
  deadlineAt: Date | null;
  /** the clock runs: open and not paused */
  running: boolean;
}

export interface RaisedAlert {
  id: number;
  recipientId: number;
}

export type DefaultRule = Pick<StoredRule, 'key' | 'kind' | 'amount' | 'recipients'>;

export interface DigestRow {
  calendarUnitId: number;
  code: string;
  procedureName: string;
  applicantName: string;
  departmentName: string | null;
  deadlineAt: Date;
  /** the deadline rests on a calendar year not decided yet */
  forecast: boolean;
}

export const RUNNING = `(c.settled_day is null and ${OPEN_SQL} and c.due_state <> 'paused')`;

/** The alert still tells the truth: the case runs and has the deadline the alert was raised for. */
export const CURRENT = `(${RUNNING} and c.deadline_at = a.deadline_at)`;

/** Each unit with the commune it belongs to; offices above the communes are left out. */
const PLACES = `with recursive place as (
    select id, id as commune_id from unit where kind = 'commune'
    union all
    select u.id, p.commune_id from unit u join place p on p.id = u.parent_id where u.kind <> 'commune')`;

@Injectable()
export class AlertRepository {
  /** Locked until the transaction ends; cases in another sweep's hand are passed over. */
  claimDue(tx: Tx, now: Date, limit: number): Promise<ClaimedCase[]> {
    return rows(
      tx,
      `select c.id, c.unit_id as "communeId", c.department_id as "departmentId", c.officer_id as "officerId",
         c.deadline_at as "deadlineAt", ${RUNNING} as running
       from case_record c where c.next_alert_at <= $1
       order by c.next_alert_at limit $2 for no key update skip locked`,
      [now, limit],
    );
  }

  rules(tx: Tx): Promise<StoredRule[]> {
    return rows(
      tx,
      `select id, unit_id as "unitId", key, kind, amount, recipients, active from alert_rule order by id`,
    );
  }

  /** Everybody who can be reminded. */
  staff(tx: Tx): Promise<StaffMember[]> {
    return rows(
      tx,
      `${PLACES}
       select a.id, a.role, a.unit_id as "unitId", u.kind as "unitKind", p.commune_id as "communeId",
         coalesce(a.email, '') <> '' as "hasMail"
       from user_account a join unit u on u.id = a.unit_id join place p on p.id = a.unit_id
       where a.active and a.role in ('officer', 'supervisor')`,
    );
  }

  async setNext(tx: Tx, plans: AlertPlan[]): Promise<void> {
    await rows(
      tx,
      `update case_record c set next_alert_at = n.next_at
       from unnest($1::int8[], $2::timestamptz[]) as n(id, next_at) where c.id = n.id`,
      [plans.map((p) => p.caseId), plans.map((p) => p.nextAt)],
    );
  }

  /** The row is the claim: an alert that exists already is not raised again. @returns the new ones */
  raise(tx: Tx, plans: AlertPlan[], now: Date): Promise<RaisedAlert[]> {
    const lines = plans.flatMap(({ caseId, ruleId, recipients }) =>
      recipients.map((recipientId) => ({ caseId, ruleId, recipientId })),
    );
    return rows(
      tx,
      `insert into alert (case_id, rule_id, deadline_at, recipient_id, raised_at)
       select c.id, n.rule_id, c.deadline_at, n.recipient_id, $4
       from unnest($1::int8[], $2::int[], $3::int[]) as n(case_id, rule_id, recipient_id)
       join case_record c on c.id = n.case_id
       on conflict (case_id, rule_id, deadline_at, recipient_id) do nothing
       returning id, recipient_id as "recipientId"`,
      [lines.map((l) => l.caseId), lines.map((l) => l.ruleId), lines.map((l) => l.recipientId), now],
    );
  }

  /** One sweep at a time writes messages for a person, so that two make one message. */
  async lockRecipient(tx: Tx, recipientId: number): Promise<void> {
    await rows(tx, `select pg_advisory_xact_lock(hashtext('alert recipient'), $1)`, [recipientId]);
  }

  async link(tx: Tx, alertIds: number[], notificationId: number): Promise<void> {
    await rows(tx, `update alert set notification_id = $2 where id = any($1)`, [alertIds, notificationId]);
  }

  /** Alerts of the cases that are still true and wait for their message to leave. */
  async countUndelivered(tx: Tx, caseIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from alert a
       join case_record c on c.id = a.case_id
       join notification n on n.id = a.notification_id
       where a.case_id = any($1) and n.state = 'pending' and ${CURRENT}`,
      [caseIds],
    );
    return found!.n;
  }

  /** Cases a message is still about, the most urgent first. */
  digest(tx: Tx, notificationId: number): Promise<DigestRow[]> {
    return rows(
      tx,
      `select distinct c.deadline_at as "deadlineAt", c.code, ${CALENDAR_UNIT_SQL} as "calendarUnitId", p.name as "procedureName",
         c.applicant_name as "applicantName", d.name as "departmentName",
         ${FORECAST_SQL} as forecast
       from alert a
       join case_record c on c.id = a.case_id
       join procedure p on p.id = c.procedure_id
       left join unit d on d.id = c.department_id
       where a.notification_id = $1 and ${CURRENT}
       order by "deadlineAt", c.code`,
      [notificationId],
    );
  }

  /** The cases will no longer exist. A message that waits and has nothing else to tell is not sent. */
  async forget(tx: Tx, caseIds: number[]): Promise<void> {
    await tx.query(
      `with gone as (delete from alert where case_id = any($1) returning id, notification_id)
       update notification n set state = 'withdrawn'
       where n.state = 'pending' and n.id in (select notification_id from gone)
         and not exists (select from alert a where a.notification_id = n.id
           and a.id not in (select id from gone))`,
      [caseIds],
    );
  }

  async insertDefaults(tx: Tx, rules: DefaultRule[]): Promise<number> {
    const inserted = await rows(
      tx,
      `insert into alert_rule (key, kind, amount, recipients)
       select key, kind, amount, array(select jsonb_array_elements_text(recipients))
       from jsonb_to_recordset($1) as n(key text, kind text, amount int, recipients jsonb)
       on conflict do nothing returning id`,
      [JSON.stringify(rules)],
    );
    return inserted.length;
  }
}
