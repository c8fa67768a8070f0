import { Injectable } from '@nestjs/common';
import { CALENDAR_UNIT_SQL, FORECAST_SQL } from '../cases/case-status';
import { one, rows, type Tx } from '../database/transaction';
import type { AlertMeasure, AlertMoment, AlertTheme } from '../domain/alert-rules';
import { CURRENT, HELD, OFF } from './alert-sql';

/** One alert as a message tells it. */
export interface ToldAlert {
  id: number;
  calendarUnitId: number;
  code: string;
  procedureName: string;
  applicantName: string;
  departmentName: string | null;
  officerName: string | null;
  /** null where the case has none */
  deadlineAt: Date | null;
  /** the deadline rests on a calendar year not decided yet */
  forecast: boolean;
  theme: AlertTheme;
  moment: AlertMoment;
  amount: number;
  measure: AlertMeasure;
  anchorAt: Date;
  climb: number;
  /** for whom the reader stands in */
  standsInFor: string | null;
}

const TOLD = `a.id, c.code, ${CALENDAR_UNIT_SQL} as "calendarUnitId", p.name as "procedureName",
  c.applicant_name as "applicantName", d.name as "departmentName", c.officer_name as "officerName",
  c.deadline_at as "deadlineAt", ${FORECAST_SQL} as forecast, r.theme, r.moment, r.amount, r.measure,
  a.deadline_at as "anchorAt", a.climb, f.full_name as "standsInFor"`;

const FROM = `join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
  join procedure p on p.id = c.procedure_id left join unit d on d.id = c.department_id
  left join user_account f on f.id = a.stands_in_for`;

/**
 * The messages that tell of alerts. Those of one message or reader are looked up by themselves: right behind a burst
 * no statistics tell how few they are.
 */
@Injectable()
export class AlertMessageRepository {
  async link(tx: Tx, links: { alertId: number; notificationId: number }[]): Promise<void> {
    await rows(
      tx,
      `insert into alert_message (alert_id, notification_id) select * from unnest($1::int8[], $2::int8[])
       on conflict do nothing returning alert_id`,
      [links.map((l) => l.alertId), links.map((l) => l.notificationId)],
    );
  }

  /** What a message was written for and is still true, in nobody's hand. */
  linked(tx: Tx, notificationId: number, now: Date): Promise<ToldAlert[]> {
    return rows(
      tx,
      `select ${TOLD} from alert_message m
       cross join lateral (select * from alert k where k.id = m.alert_id offset 0) a ${FROM}
       where m.notification_id = $2 and ${CURRENT} and not ${HELD} and not ${OFF}
       order by c.deadline_at, c.code, a.id`,
      [now, notificationId],
    );
  }

  /** Everything its reader still has to do. */
  ofReader(tx: Tx, notificationId: number, now: Date): Promise<ToldAlert[]> {
    return rows(
      tx,
      `select ${TOLD} from notification n cross join lateral (select * from alert k
         where k.recipient_id = n.user_id and k.acknowledged_at is null offset 0) a ${FROM}
       where n.id = $2 and ${CURRENT} and not ${HELD} and not ${OFF}
       order by c.deadline_at, c.code, a.id`,
      [now, notificationId],
    );
  }

  /** Of what the reader was told something is in somebody's hand. */
  async countHeld(tx: Tx, notificationId: number): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(distinct a.case_id)::int as n from notification n join alert a on a.recipient_id = n.user_id ${FROM}
       where n.id = $1 and ${CURRENT} and ${HELD}`,
      [notificationId],
    );
    return found!.n;
  }

  /** People with something left to do that they were told of before the instant. */
  async withWork(tx: Tx, before: Date): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select distinct a.recipient_id as id from alert a
       join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
       where c.settled_day is null and a.acknowledged_at is null and a.raised_at <= $1 and ${CURRENT} and not ${HELD} and not ${OFF} order by 1`,
      [before],
    );
    return found.map((row) => row.id);
  }
}
