import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { messageIdOf } from './message-id';
import {
  NotificationRepository,
  type KeyedNotification,
  type Kind,
  type NewNotification,
  type RecentlyWritten,
  type WaitingNotification,
} from './notification.repository';

/** The queue delivers by itself within this many minutes; what is older was left behind. */
const GRACE_MINUTES = 3;
const RELAY_BATCH = 500;

/** What makes a message one of its kind. */
export interface KeyedMessage {
  template: string;
  key: string;
  /** part of the Message-ID, so the same at every call */
  at: Date;
}

/** A message to be written. */
export interface Draft extends Kind {
  userId: number;
  deliverAfter: Date;
  /** With a key it is written once, else it joins the one of its kind that waits for the person. */
  key?: Omit<KeyedMessage, 'template'>;
}

/** The same text for the same name, in the form of a UUID. */
const stableUuid = (name: string): string =>
  createHash('sha256')
    .update(name)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** Messages to persons: the row is written with its cause, delivery comes after the commit. */
@Injectable()
export class NotificationService {
  private readonly from: string;

  constructor(
    private readonly database: Database,
    private readonly repository: NotificationRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    runtime: Runtime,
  ) {
    this.from = runtime.env.MAIL_FROM;
  }

  /**
   * Writes the messages, or finds those they join; nobody sends one of them before the transaction ends. Call
   * `announce` after the commit with those that wait.
   * @returns one for each draft, in their order
   */
  async write(tx: Tx, drafts: Draft[]): Promise<KeyedNotification[]> {
    const once = await this.writeKeyed(
      tx,
      drafts.filter((draft) => draft.key),
    );
    const joined = await this.join(
      tx,
      drafts.filter((draft) => !draft.key),
    );
    return drafts.map((draft) => once.get(draft) ?? joined.get(draft)!);
  }

  /**
   * A message that is written once, however often it is asked for: its key and the person make its Message-ID.
   * Undefined when it exists already; else call `announce` with it after the commit.
   */
  async once(
    tx: Tx,
    userId: number,
    { template, ...key }: KeyedMessage,
    deliverAfter: Date,
  ): Promise<WaitingNotification | undefined> {
    const draft = this.made({ userId, channel: 'email', template, deliverAfter, key });
    return (await this.repository.insert(tx, [draft]))[0];
  }

  /** Of people who were written to like this since the instant: how often, and when first. */
  async writtenSince(
    tx: Tx,
    userIds: number[],
    kind: Kind,
    since: Date,
  ): Promise<Map<number, RecentlyWritten>> {
    const found = await this.repository.writtenSince(tx, userIds, kind, since);
    return new Map(found.map((person) => [person.userId, person]));
  }

  private async writeKeyed(tx: Tx, drafts: Draft[]): Promise<Map<Draft, KeyedNotification>> {
    if (drafts.length === 0) return new Map();
    const made = drafts.map((draft) => this.made(draft));
    const inserted = await this.repository.insert(tx, made);
    const known = new Map<string, KeyedNotification>(
      inserted.map((n) => [n.messageId, { ...n, waiting: true, made: true }]),
    );
    const left = made.map((n) => n.messageId).filter((id) => !known.has(id));
    if (left.length > 0) for (const n of await this.repository.keyed(tx, left)) known.set(n.messageId, n);
    return new Map(drafts.map((draft, i) => [draft, known.get(made[i]!.messageId)!]));
  }

  private async join(tx: Tx, drafts: Draft[]): Promise<Map<Draft, KeyedNotification>> {
    const found = new Map<Draft, KeyedNotification>();
    const kindOf = ({ channel, template }: Kind) => `${channel}/${template}`;
    for (const key of new Set(drafts.map(kindOf))) {
      const own = drafts.filter((draft) => kindOf(draft) === key);
      const waiting = await this.repository.joinable(
        tx,
        own.map((d) => d.userId),
        own[0]!,
      );
      const byReader = new Map<number, WaitingNotification>(waiting.map((n) => [n.userId, n]));
      const missing = new Map(
        own.filter((d) => !byReader.has(d.userId)).map((d) => [d.userId, this.made(d)]),
      );
      const inserted = await this.repository.insert(tx, [...missing.values()]);
      const readerOf = new Map([...missing.values()].map((n) => [n.messageId, n.userId]));
      for (const n of inserted) byReader.set(readerOf.get(n.messageId)!, n);
      for (const draft of own)
        found.set(draft, {
          ...byReader.get(draft.userId)!,
          ...{ waiting: true, made: missing.has(draft.userId) },
        });
    }
    return found;
  }

  private made({ key, ...draft }: Draft): NewNotification {
    const { userId, channel, template } = draft;
    const createdAt = this.clock.now();
    const by = channel === 'email' ? '' : `/${channel}`;
    const unique = key ? stableUuid(`${template}/${key.key}/${userId}${by}`) : randomUUID();
    return { ...draft, createdAt, messageId: messageIdOf(key?.at ?? createdAt, unique, this.from) };
  }

  /** Hands committed messages to the queue. */
  async announce(notifications: WaitingNotification[]): Promise<void> {
    const now = this.clock.now().getTime();
    const jobs = notifications.map(({ id, deliverAfter }) => ({
      payload: { notificationId: id },
      jobId: `notification-${id}`,
      delay: Math.max(0, deliverAfter.getTime() - now),
    }));
    await this.jobs.enqueueAll('notifications.deliver', jobs);
  }

  /** Messages whose job was lost (a crash after the commit, an emptied queue) or gave up are queued again. */
  async relay(): Promise<number> {
    const left = await this.repository.leftBehind(
      this.database.pool,
      this.clock.now(),
      GRACE_MINUTES,
      RELAY_BATCH,
    );
    await this.announce(left);
    return left.length;
  }
}
