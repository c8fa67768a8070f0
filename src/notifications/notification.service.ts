import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import {
  NotificationRepository,
  type KeyedNotification,
  type NotificationChannel,
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

/** One kind of message to one person by one channel. */
export interface Addressed {
  userId: number;
  channel: NotificationChannel;
  template: string;
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
  private readonly host: string;

  constructor(
    private readonly database: Database,
    private readonly repository: NotificationRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    runtime: Runtime,
  ) {
    this.host = /@([^\s>@]+)/.exec(runtime.env.MAIL_FROM)?.[1] ?? 'localhost';
  }

  /**
   * The message of this kind that waits for the person, or a new one: what comes up before it goes out joins it.
   * Call `announce` with the result after the commit.
   */
  async waitingFor(
    tx: Tx,
    { userId, channel, template }: Addressed,
    deliverAfter: Date,
  ): Promise<WaitingNotification> {
    const waiting = await this.repository.joinable(tx, userId, channel, template);
    if (waiting) return waiting;
    const createdAt = this.clock.now();
    const messageId = this.messageId(createdAt, randomUUID());
    const made = { userId, channel, template, messageId, createdAt, deliverAfter };
    return (await this.repository.insert(tx, made))!;
  }

  /**
   * A message that is written once, however often it is asked for: its key and the person make its Message-ID.
   * Undefined when it exists already; else call `announce` with it after the commit.
   */
  once(
    tx: Tx,
    userId: number,
    message: KeyedMessage,
    deliverAfter: Date,
  ): Promise<WaitingNotification | undefined> {
    const addressed = { userId, channel: 'email' as const, template: message.template };
    return this.insertOnce(tx, addressed, message, deliverAfter);
  }

  /**
   * The same, whether it was written now or before; nobody sends it before the transaction ends. Call `announce` with
   * it after the commit when it waits.
   */
  async theOne(
    tx: Tx,
    addressed: Addressed,
    message: Omit<KeyedMessage, 'template'>,
    deliverAfter: Date,
  ): Promise<KeyedNotification> {
    const made = await this.insertOnce(tx, addressed, message, deliverAfter);
    if (made) return { ...made, waiting: true };
    return (await this.repository.keyed(tx, this.keyedId(addressed, message)))!;
  }

  /** When messages of this kind to the person were written since the instant, oldest first. */
  writtenSince(tx: Tx, { userId, channel, template }: Addressed, since: Date): Promise<Date[]> {
    return this.repository.writtenSince(tx, userId, channel, template, since);
  }

  private insertOnce(
    tx: Tx,
    addressed: Addressed,
    message: Omit<KeyedMessage, 'template'>,
    deliverAfter: Date,
  ): Promise<WaitingNotification | undefined> {
    const messageId = this.keyedId(addressed, message);
    return this.repository.insert(tx, { ...addressed, messageId, createdAt: this.clock.now(), deliverAfter });
  }

  private keyedId({ userId, channel, template }: Addressed, { key, at }: Omit<KeyedMessage, 'template'>) {
    const by = channel === 'email' ? '' : `/${channel}`;
    return this.messageId(at, stableUuid(`${template}/${key}/${userId}${by}`));
  }

  private messageId(at: Date, unique: string): string {
    return `<${at.toISOString().replace(/\D/g, '')}.${unique}@${this.host}>`;
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
