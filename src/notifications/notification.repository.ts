import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export type NotificationChannel = 'email' | 'webhook';

export interface NewNotification {
  userId: number;
  channel: NotificationChannel;
  template: string;
  messageId: string;
  createdAt: Date;
  deliverAfter: Date;
}

export interface WaitingNotification {
  id: number;
  deliverAfter: Date;
}

/** A message that may be written already. */
export interface KeyedNotification extends WaitingNotification {
  /** nobody has begun to send it */
  waiting: boolean;
}

export interface ClaimedNotification {
  id: number;
  channel: NotificationChannel;
  template: string;
  messageId: string;
  recipient: { name: string; email: string | null; active: boolean };
}

export type NotificationState = 'pending' | 'sending' | 'sent' | 'failed' | 'withdrawn';

export interface NotificationStatus {
  state: NotificationState;
  deliverAfter: Date;
}

@Injectable()
export class NotificationRepository {
  /** A message to this person that has not gone out yet, locked so that more can be added to it. */
  joinable(
    tx: Tx,
    userId: number,
    channel: NotificationChannel,
    template: string,
  ): Promise<WaitingNotification | undefined> {
    return one(
      tx,
      `select id, deliver_after as "deliverAfter" from notification
        where user_id = $1 and template = $2 and channel = $3 and state = 'pending'
        order by id desc limit 1 for update skip locked`,
      [userId, template, channel],
    );
  }

  /** The message with this id, locked so that nobody sends it before the transaction ends. */
  keyed(tx: Tx, messageId: string): Promise<KeyedNotification | undefined> {
    return one(
      tx,
      `select id, deliver_after as "deliverAfter", state = 'pending' as waiting from notification
        where message_id = $1 for update`,
      [messageId],
    );
  }

  /** When the person's messages of this kind since the instant were written, oldest first. */
  async writtenSince(
    tx: Tx,
    userId: number,
    channel: NotificationChannel,
    template: string,
    since: Date,
  ): Promise<Date[]> {
    const found = await rows<{ at: Date }>(
      tx,
      `select created_at as at from notification
        where user_id = $1 and created_at > $4 and template = $2 and channel = $3 order by created_at`,
      [userId, template, channel, since],
    );
    return found.map((row) => row.at);
  }

  /** Undefined when a message with this id exists already. */
  insert(tx: Tx, n: NewNotification): Promise<WaitingNotification | undefined> {
    return one<WaitingNotification>(
      tx,
      `insert into notification (user_id, channel, template, message_id, created_at, deliver_after)
       values ($1, $6, $2, $3, $4, $5) on conflict (message_id) do nothing
       returning id, deliver_after as "deliverAfter"`,
      [n.userId, n.template, n.messageId, n.createdAt, n.deliverAfter, n.channel],
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
         from user_account u
        where n.id = $1 and u.id = n.user_id and n.deliver_after <= $2
          and (n.state = 'pending' or (n.state = 'sending' and n.attempted_at < $3))
       returning n.id, n.channel, n.template, n.message_id as "messageId",
         json_build_object('name', u.full_name, 'email', u.email, 'active', u.active) as recipient`,
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
