import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { EXCUSED_SQL } from '../cases/case-status';
import type { StepDue } from '../cases/step-due.service';
import type { AlertPlan, PlannedAlert } from './alert-plan';
import { CURRENT, HELD, RUNNING } from './alert-sql';
import type { ConcernedCase } from './staff-directory';

export interface CaseRow extends ConcernedCase {
  id: number;
  procedureId: number;
  /** the clock runs: open and not paused */
  running: boolean;
  /** overdue only by a proven error of a system */
  excused: boolean;
  /** the letter about this deadline is sent, or somebody said that none is needed */
  letterSettled: boolean;
  deadlineAt: Date | null;
  receivedAt: Date;
  /** of a submission that waits to be accepted */
  acceptanceDueAt: Date | null;
  /** papers were asked for and have not come */
  supplementSince: Date | null;
  movedAt: Date | null;
  /** neither a department nor an officer has it */
  unassigned: boolean;
}

export interface ClaimedCase extends CaseRow {
  stepDue: StepDue | null;
}

export interface RaisedAlert {
  id: number;
  recipientId: number;
  ruleId: number;
}

export interface ClimbingAlert extends ConcernedCase {
  id: number;
  caseId: number;
  ruleId: number;
  anchorAt: Date;
  climb: number;
  /** still true, and in nobody's hand */
  climbs: boolean;
}

export type DueParts = Record<'cases' | 'climbing' | 'snoozed', boolean>;

/** Entries that show that somebody works on the case. */
const MOVEMENTS = `('received', 'supplement-requested', 'supplement-received', 'suspended', 'resumed', 'transferred',
  'promised-again', 'consultation-requested', 'consultation-answered', 'noted')`;

/** A case as the ladders see it; $1 is now. */
export const CASE_COLUMNS = `c.id, c.unit_id as "communeId", c.department_id as "departmentId", c.officer_id as "officerId",
  c.procedure_id as "procedureId", ${RUNNING} as running, ${EXCUSED_SQL} as excused,
  exists (select from letter l where l.case_id = c.id and l.deadline_at = c.deadline_at
    and l.state in ('sent', 'not-needed')) as "letterSettled",
  c.deadline_at as "deadlineAt", c.received_at as "receivedAt",
  case when c.status = 1 then c.acceptance_due_at end as "acceptanceDueAt",
  case when c.due_state = 'paused' and (c.status = 5 or exists (select from case_event e where e.case_id = c.id
    and e.kind = 'supplement-requested' and e.at = c.paused_since)) then c.paused_since end as "supplementSince",
  greatest(c.received_at, (select max(e.at) from case_event e where e.case_id = c.id and e.kind in ${MOVEMENTS}
    and e.at <= $1)) as "movedAt",
  c.department_id is null and c.officer_id is null and c.officer_name is null as unassigned`;

/** What falls due, and the rows that say so. */
@Injectable()
export class AlertRepository {
  /** What there is to do; three looks into indexes that hold only what waits. */
  async due(tx: Tx, now: Date): Promise<DueParts> {
    const found = await one<DueParts>(
      tx,
      `select exists (select from case_record where next_alert_at <= $1) as cases,
         exists (select from alert where climb_at <= $1) as climbing,
         exists (select from alert where snoozed_until <= $1) as snoozed`,
      [now],
    );
    return found!;
  }

  /** Locked until the transaction ends; cases in another sweep's hand are passed over. */
  claimDue(tx: Tx, now: Date, limit: number): Promise<CaseRow[]> {
    return rows(
      tx,
      `with due as (select c.id from case_record c where c.next_alert_at <= $1
         order by c.next_alert_at limit $2 for no key update skip locked)
       select ${CASE_COLUMNS} from due join case_record c on c.id = due.id`,
      [now, limit],
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
  raise(tx: Tx, alerts: PlannedAlert[], now: Date): Promise<RaisedAlert[]> {
    if (alerts.length === 0) return Promise.resolve([]);
    return rows(
      tx,
      `insert into alert (case_id, rule_id, deadline_at, recipient_id, stands_in_for, climb, climb_at,
         case_deadline_at, raised_at)
       select n.*, c.deadline_at, $8 from unnest($1::int8[], $2::int[], $3::timestamptz[], $4::int[], $5::int[],
         $6::int[], $7::timestamptz[]) n(case_id, rule_id, anchor_at, recipient_id, stands_in_for, climb, climb_at)
       join case_record c on c.id = n.case_id
       on conflict (case_id, rule_id, deadline_at, recipient_id) do nothing
       returning id, recipient_id as "recipientId", rule_id as "ruleId"`,
      [
        alerts.map((a) => a.caseId),
        alerts.map((a) => a.ruleId),
        alerts.map((a) => a.anchorAt),
        alerts.map((a) => a.recipientId),
        alerts.map((a) => a.standsInFor),
        alerts.map((a) => a.climb),
        alerts.map((a) => a.climbAt),
        now,
      ],
    );
  }

  /**
   * Alerts that climb on because nobody said that they are in hand; each climbs once. One that is in hand, or not
   * true any more, stops climbing.
   */
  claimClimbing(tx: Tx, now: Date, limit: number): Promise<ClimbingAlert[]> {
    return rows(
      tx,
      `with due as (select id from alert where climb_at <= $1 order by climb_at limit $2 for no key update skip locked),
       stopped as (update alert a set climb_at = null from due where a.id = due.id returning a.*)
       select a.id, a.case_id as "caseId", a.rule_id as "ruleId", a.deadline_at as "anchorAt", a.climb,
         c.unit_id as "communeId", c.department_id as "departmentId", c.officer_id as "officerId",
         ${CURRENT} and not ${HELD} as climbs
       from stopped a join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id`,
      [now, limit],
    );
  }

  /** Alerts that were put off until now. @returns those that are still true and in nobody's hand */
  claimSnoozed(tx: Tx, now: Date, limit: number): Promise<(RaisedAlert & { wakes: boolean })[]> {
    return rows(
      tx,
      `with due as (select id from alert where snoozed_until <= $1 order by snoozed_until limit $2
         for no key update skip locked),
       woken as (update alert a set snoozed_until = null, seen_at = null from due where a.id = due.id
         returning a.*)
       select a.id, a.recipient_id as "recipientId", a.rule_id as "ruleId", ${CURRENT} and not ${HELD} as wakes
       from woken a join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id`,
      [now, limit],
    );
  }

  /**
   * One sweep at a time writes messages for a person, so that two make one message; in ascending order, so that none
   * waits for the other.
   */
  async lockRecipients(tx: Tx, recipientIds: number[]): Promise<void> {
    await rows(
      tx,
      `select pg_advisory_xact_lock(hashtext('alert recipient'), id)
       from (select distinct id from unnest($1::int[]) id order by id) readers`,
      [recipientIds],
    );
  }

  /** Alerts of the cases that are still true and wait for their message to leave. */
  async countUndelivered(tx: Tx, caseIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(distinct a.id)::int as n from alert a
       join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
       join alert_message m on m.alert_id = a.id join notification n on n.id = m.notification_id
       where a.case_id = any($1) and n.state = 'pending' and ${CURRENT}`,
      [caseIds],
    );
    return found!.n;
  }

  /** The cases will no longer exist. A message that waits and has nothing else to tell is not sent. */
  async forget(tx: Tx, caseIds: number[]): Promise<void> {
    await tx.query(
      `with told as (select m.notification_id from alert a join alert_message m on m.alert_id = a.id
         where a.case_id = any($1))
       update notification n set state = 'withdrawn'
       where n.state = 'pending' and n.id in (select notification_id from told)
         and not exists (select from alert_message m join alert a on a.id = m.alert_id
           where m.notification_id = n.id and a.case_id <> all($1))`,
      [caseIds],
    );
    await tx.query('delete from alert where case_id = any($1)', [caseIds]);
  }
}
