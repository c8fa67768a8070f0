import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { CURRENT, HELD } from './alert-sql';

/** One alert of a message, for the page its link opens. */
export interface LinkedAlert {
  id: number;
  code: string;
  procedureName: string;
  deadlineAt: Date | null;
  current: boolean;
  held: boolean;
}

/** What people say about their alerts. */
@Injectable()
export class AlertActsRepository {
  /** @returns how many were not said to be in hand before */
  async acknowledge(tx: Tx, recipientId: number, alertIds: number[], now: Date): Promise<number> {
    const found = await rows(
      tx,
      `update alert set acknowledged_at = $3, acknowledged_by = $1, snoozed_until = null,
         seen_at = coalesce(seen_at, $3)
       where recipient_id = $1 and id = any($2) and acknowledged_at is null returning id`,
      [recipientId, alertIds, now],
    );
    return found.length;
  }

  /** As if nobody had said so; it climbs on at the moment it would have. */
  async release(tx: Tx, recipientId: number, alertIds: number[]): Promise<number> {
    const found = await rows(
      tx,
      `update alert set acknowledged_at = null, acknowledged_by = null
       where recipient_id = $1 and id = any($2) and acknowledged_at is not null returning id`,
      [recipientId, alertIds],
    );
    return found.length;
  }

  /** Told again at the moment; until then it does not climb. */
  async snooze(tx: Tx, recipientId: number, alertIds: number[], until: Date, now: Date): Promise<number> {
    const found = await rows(
      tx,
      `update alert set snoozed_until = $3, climb_at = case when climb_at is not null then greatest(climb_at, $3) end,
         seen_at = coalesce(seen_at, $4)
       where recipient_id = $1 and id = any($2) and acknowledged_at is null returning id`,
      [recipientId, alertIds, until, now],
    );
    return found.length;
  }

  /** Whose message it is, and where the person sits; undefined when there is none. */
  readerOf(
    tx: Tx,
    notificationId: number,
  ): Promise<{ id: number; unitId: number; name: string } | undefined> {
    return one(
      tx,
      `select u.id, u.unit_id as "unitId", u.full_name as name
       from notification n join user_account u on u.id = n.user_id where n.id = $1 and u.active`,
      [notificationId],
    );
  }

  /** What a message told and its reader still has to do; what came up after it stays on the pages. */
  ofMessage(tx: Tx, notificationId: number): Promise<LinkedAlert[]> {
    return rows<LinkedAlert>(
      tx,
      `select a.id, c.code, p.name as "procedureName", c.deadline_at as "deadlineAt", ${CURRENT} as current,
         ${HELD} as held
       from alert_message m cross join lateral (select * from alert k where k.id = m.alert_id offset 0) a
       join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
       join procedure p on p.id = c.procedure_id
       where m.notification_id = $1 and ${CURRENT} and not ${HELD} and a.snoozed_until is null
       order by c.deadline_at, c.code, a.id`,
      [notificationId],
    );
  }
}
