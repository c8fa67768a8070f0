import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { NotificationChannel, NotificationState } from './notification.repository';

/** Whose messages somebody may see: people of the communes, and of the unit with what is below it. */
export interface LogReach {
  communeIds: number[];
  unitId: number;
}

export interface LogFilter {
  state: NotificationState | null;
  channel: NotificationChannel | null;
  template: string | null;
  userId: number | null;
  /** 'YYYY-MM-DD' in Vietnam */
  day: string | null;
}

export interface LoggedNotification {
  id: number;
  channel: NotificationChannel;
  template: string;
  state: NotificationState;
  attempts: number;
  error: string | null;
  /** when it was sent or last tried; while it waits, when it is due */
  at: Date;
  recipient: string;
  unitName: string;
  address: string | null;
}

const FROM = `from notification n join user_account a on a.id = n.user_id join unit u on u.id = a.unit_id`;

const IN_REACH = `(u.id = any($1) or u.parent_id = any($1) or u.id = $2 or u.parent_id = $2)`;

const WHERE = `where ${IN_REACH} and ($3::text is null or n.state = $3) and ($4::text is null or n.channel = $4)
  and ($5::text is null or n.template = $5) and ($6::int is null or n.user_id = $6)
  and ($7::date is null or n.created_at >= $7::date::timestamp at time zone 'Asia/Ho_Chi_Minh'
    and n.created_at < ($7::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')`;

const parameters = ({ communeIds, unitId }: LogReach, f: LogFilter): unknown[] => [
  communeIds,
  unitId,
  ...[f.state, f.channel, f.template, f.userId, f.day],
];

/** What was sent to whom, and what was not. */
@Injectable()
export class DeliveryLogRepository {
  /** Newest first. */
  page(
    tx: Tx,
    reach: LogReach,
    filter: LogFilter,
    window: { limit: number; offset: number },
  ): Promise<LoggedNotification[]> {
    return rows(
      tx,
      `select n.id, n.channel, n.template, n.state, n.attempts, n.error,
         case n.state when 'pending' then n.deliver_after else coalesce(n.sent_at, n.attempted_at, n.created_at) end as at,
         a.full_name as recipient, u.name as "unitName",
         case n.channel when 'email' then a.email else a.phone end as address
       ${FROM} ${WHERE} order by n.created_at desc, n.id desc limit $8 offset $9`,
      [...parameters(reach, filter), window.limit, window.offset],
    );
  }

  async count(tx: Tx, reach: LogReach, filter: LogFilter): Promise<number> {
    const counted = await one<{ n: number }>(
      tx,
      `select count(*)::int as n ${FROM} ${WHERE}`,
      parameters(reach, filter),
    );
    return counted!.n;
  }

  /** People of the reach that have an account. */
  people(tx: Tx, { communeIds, unitId }: LogReach): Promise<{ id: number; name: string }[]> {
    return rows(
      tx,
      `select a.id, a.full_name as name from user_account a join unit u on u.id = a.unit_id
       where ${IN_REACH} order by a.full_name, a.id`,
      [communeIds, unitId],
    );
  }

  /** A message that failed for good waits again, and is due now. Undefined when it is in another state or out of reach. */
  takeUpAgain(
    tx: Tx,
    { communeIds, unitId }: LogReach,
    id: number,
    now: Date,
  ): Promise<{ id: number; deliverAfter: Date } | undefined> {
    return one(
      tx,
      `update notification set state = 'pending', error = null, deliver_after = $4
       where id = (select n.id ${FROM} where ${IN_REACH} and n.id = $3 and n.state = 'failed' for update of n)
       returning id, deliver_after as "deliverAfter"`,
      [communeIds, unitId, id, now],
    );
  }
}
