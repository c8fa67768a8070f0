import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export type NotificationChannel = 'email' | 'webhook';

export interface NewNotification extends Kind {
  userId: number;
  messageId: string;
  createdAt: Date;
  deliverAfter: Date;
}

export interface WaitingNotification {
  id: number;
  deliverAfter: Date;
}

/** One kind of message by one channel. */
export interface Kind {
  channel: NotificationChannel;
  template: string;
}

export interface AddressedNotification extends WaitingNotification {
  userId: number;
}

export interface RecentlyWritten {
  userId: number;
  count: number;
  first: Date;
}

/** A message that may be written already. */
export interface KeyedNotification extends WaitingNotification {
  /** nobody has begun to send it */
  waiting: boolean;
  /** written now, not before */
  made: boolean;
}

export interface Recipient {
  id: number;
  name: string;
  email: string | null;
  phone: string | null;
  active: boolean;
  unitId: number;
  unitName: string;
}

export interface ClaimedNotification {
  id: number;
  channel: NotificationChannel;
  template: string;
  messageId: string;
  recipient: Recipient;
}

export type NotificationState = 'pending' | 'sending' | 'sent' | 'failed' | 'withdrawn';

export interface NotificationStatus {
  state: NotificationState;
  deliverAfter: Date;
}

@Injectable()
export class NotificationRepository {
  /** Messages to these people that have not gone out yet, locked so that more can be added to them. */
  joinable(tx: Tx, userIds: number[], { channel, template }: Kind): Promise<AddressedNotification[]> {
    return rows(
      tx,
      `select id, user_id as "userId", deliver_after as "deliverAfter" from notification
        where user_id = any($1) and template = $2 and channel = $3 and state = 'pending'
        order by user_id, id for update skip locked`,
      [userIds, template, channel],
    );
  }

  /** The messages with these ids, locked so that nobody sends them before the transaction ends. */
  keyed(tx: Tx, messageIds: string[]): Promise<(KeyedNotification & { messageId: string })[]> {
    return rows(
      tx,
      `select id, message_id as "messageId", deliver_after as "deliverAfter", state = 'pending' as waiting,
         false as made
        from notification where message_id = any($1) order by id for update`,
      [messageIds],
    );
  }

  /** Of people who were written to like this since the instant: how often, and when first. */
  writtenSince(
    tx: Tx,
    userIds: number[],
    { channel, template }: Kind,
    since: Date,
  ): Promise<RecentlyWritten[]> {
    return rows(
      tx,
      `select user_id as "userId", count(*)::int as count, min(created_at) as first from notification
        where user_id = any($1) and created_at > $4 and template = $2 and channel = $3 group by user_id`,
      [userIds, template, channel, since],
    );
  }

  /** Those whose id is new. */
  insert(tx: Tx, made: NewNotification[]): Promise<(WaitingNotification & { messageId: string })[]> {
    return rows(
      tx,
      `insert into notification (user_id, channel, template, message_id, created_at, deliver_after)
       select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
       on conflict (message_id) do nothing
       returning id, message_id as "messageId", deliver_after as "deliverAfter"`,
      [
        made.map((n) => n.userId),
        made.map((n) => n.channel),
        made.map((n) => n.template),
        made.map((n) => n.messageId),
        made.map((n) => n.createdAt),
        made.map((n) => n.deliverAfter),
      ],
    );
  }

  /** Everybody who administers and can get a mail. */
  administrators(tx: Tx): Promise<{ id: number; unitId: number }[]> {
    return rows(
      tx,
      `select id, unit_id as "unitId" from user_account
        where active and role = 'administrator' and coalesce(email, '') <> '' order by id`,
    );
  }

  /** Where the reader of the message sits. */
  async recipientUnit(tx: Tx, id: number): Promise<number> {
    const found = await one<{ unitId: number }>(
      tx,
      `select u.unit_id as "unitId" from notification n join user_account u on u.id = n.user_id where n.id = $1`,
      [id],
    );
    return found!.unitId;
  }

  /**
   * Takes the message for one attempt; nobody else gets it until the attempt ends or is older than `abandonedBefore`.
   * Undefined when it is not due, done, or in another hand.
   */
  claim(tx: Tx, id: number, now: Date, abandonedBefore: Date): Promise<ClaimedNotification | undefined> {
    return one(
      tx,
      `update notification n set state = 'sending', attempts = attempts + 1, attempted_at = $2
         from user_account u join unit o on o.id = u.unit_id
        where n.id = $1 and u.id = n.user_id and n.deliver_after <= $2
          and (n.state = 'pending' or (n.state = 'sending' and n.attempted_at < $3))
       returning n.id, n.channel, n.template, n.message_id as "messageId",
         json_build_object('id', u.id, 'name', u.full_name, 'email', u.email, 'phone', u.phone, 'active', u.active,
           'unitId', o.id, 'unitName', o.name) as recipient`,
      [id, now, abandonedBefore],
    );
  }

  status(tx: Tx, id: number): Promise<NotificationStatus | undefined> {
    return one(tx, `select state, deliver_after as "deliverAfter" from notification where id = $1`, [id]);
  }

  async markSent(tx: Tx, id: number, now: Date): Promise<void> {
    await rows(tx, `update notification set state = 'sent', sent_at = $2, error = null where id = $1`, [
      id,
      now,
    ]);
  }

  async markEnded(tx: Tx, id: number, state: 'failed' | 'withdrawn', reason: string | null): Promise<void> {
    await rows(tx, `update notification set state = $2, error = $3 where id = $1`, [id, state, reason]);
  }

  /** Back to waiting after an attempt that failed for now. */
  async release(tx: Tx, id: number, reason: string): Promise<void> {
    await rows(
      tx,
      `update notification set state = 'pending', error = $2 where id = $1 and state = 'sending'`,
      [id, reason],
    );
  }

  /**
   * Messages nobody works on any more: never tried `graceMinutes` after they were due, or the last attempt long ago.
   * The wait grows with the attempts, from 20 minutes to 6 hours, because the queue has tried several times before.
   */
  leftBehind(tx: Tx, now: Date, graceMinutes: number, limit: number): Promise<WaitingNotification[]> {
    return rows(
      tx,
      `select id, deliver_after as "deliverAfter" from notification
        where state in ('pending', 'sending')
          and deliver_after <= $1::timestamptz - make_interval(mins => $2::int)
          and (attempted_at is null
            or attempted_at <= $1::timestamptz - make_interval(mins => least(20 * greatest(1, attempts / 8), 360)))
        order by deliver_after limit $3`,
      [now, graceMinutes, limit],
    );
  }
}
