import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { AlertReason } from '../platform/alert-labels';
import { CURRENT, RUNNING } from './alert-sql';

export interface ListedAlert {
  id: number;
  raisedAt: Date;
  seenAt: Date | null;
  reason: AlertReason;
  /** the supervisors were told as well */
  supervisorTold: boolean;
  standsInFor: string | null;
  acknowledgedAt: Date | null;
  /** who took it in hand */
  heldBy: string | null;
  snoozedUntil: Date | null;
  /** what it was raised for still stands */
  current: boolean;
  code: string;
  procedureName: string;
  applicantName: string;
  status: number;
  paused: boolean;
  running: boolean;
  deadlineAt: Date | null;
}

export interface AlertWindow {
  unseenOnly: boolean;
  limit: number;
  offset: number;
}

/** An alert counts as unseen while it is still true: a settled case needs no look any more. */
const UNSEEN = `(a.seen_at is null and ${CURRENT})`;

@Injectable()
export class AlertListRepository {
  /** A person's alerts, newest first; only of communes the person may see. */
  list(tx: Tx, recipientId: number, communeIds: number[], window: AlertWindow): Promise<ListedAlert[]> {
    return rows(
      tx,
      `select a.id, a.raised_at as "raisedAt", a.seen_at as "seenAt",
         json_build_object('theme', r.theme, 'moment', r.moment, 'amount', r.amount, 'measure', r.measure) as reason,
         exists (select from alert k join user_account u on u.id = k.recipient_id where k.case_id = a.case_id
           and k.rule_id = a.rule_id and k.deadline_at = a.deadline_at and u.role = 'supervisor') as "supervisorTold",
         f.full_name as "standsInFor", a.acknowledged_at as "acknowledgedAt", (select h.full_name from alert k join user_account h on h.id = k.acknowledged_by where k.case_id = a.case_id
           and k.rule_id = a.rule_id and k.deadline_at = a.deadline_at and k.acknowledged_at is not null
           order by k.acknowledged_at limit 1) as "heldBy",
         a.snoozed_until as "snoozedUntil", ${CURRENT} as current, c.code, p.name as "procedureName",
         c.applicant_name as "applicantName", c.status::int, c.due_state = 'paused' as paused, ${RUNNING} as running,
         c.deadline_at as "deadlineAt"
       from alert a
       join alert_rule r on r.id = a.rule_id
       join case_record c on c.id = a.case_id
       join procedure p on p.id = c.procedure_id
       left join user_account f on f.id = a.stands_in_for
       where a.recipient_id = $1 and c.unit_id = any($2) and (not $3::boolean or ${UNSEEN})
       order by a.raised_at desc, c.deadline_at, a.id limit $4 offset $5`,
      [recipientId, communeIds, window.unseenOnly, window.limit, window.offset],
    );
  }

  async count(tx: Tx, recipientId: number, communeIds: number[]): Promise<{ all: number; unseen: number }> {
    const counted = await one<{ all: number; unseen: number }>(
      tx,
      `select count(*)::int as all, count(*) filter (where ${UNSEEN})::int as unseen
       from alert a join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
       where a.recipient_id = $1 and c.unit_id = any($2)`,
      [recipientId, communeIds],
    );
    return counted!;
  }

  async countUnseen(tx: Tx, recipientId: number, communeIds: number[]): Promise<number> {
    const counted = await one<{ count: number }>(
      tx,
      `select count(*)::int as count from alert a join case_record c on c.id = a.case_id
       join alert_rule r on r.id = a.rule_id
       where a.recipient_id = $1 and c.unit_id = any($2) and ${UNSEEN}`,
      [recipientId, communeIds],
    );
    return counted!.count;
  }

  async markSeen(tx: Tx, recipientId: number, alertIds: number[], now: Date): Promise<void> {
    await rows(
      tx,
      `update alert set seen_at = $3 where recipient_id = $1 and id = any($2) and seen_at is null returning id`,
      [recipientId, alertIds, now],
    );
  }

  /** @returns how many were unseen */
  async markAllSeen(tx: Tx, recipientId: number, now: Date): Promise<number> {
    const marked = await rows(
      tx,
      `update alert set seen_at = $2 where recipient_id = $1 and seen_at is null returning id`,
      [recipientId, now],
    );
    return marked.length;
  }

  async markCaseSeen(tx: Tx, recipientId: number, code: string, now: Date): Promise<void> {
    await rows(
      tx,
      `update alert a set seen_at = $3 from case_record c
        where c.id = a.case_id and c.code = $2 and a.recipient_id = $1 and a.seen_at is null returning a.id`,
      [recipientId, code, now],
    );
  }
}
