import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { NotificationRepository, type WaitingNotification } from './notification.repository';

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
    userId: number,
    template: string,
    deliverAfter: Date,
  ): Promise<WaitingNotification> {
    const waiting = await this.repository.joinable(tx, userId, template);
    if (waiting) return waiting;
    const createdAt = this.clock.now();
    const messageId = this.messageId(createdAt, randomUUID());
    return (await this.repository.insert(tx, { userId, template, messageId, createdAt, deliverAfter }))!;
  }

  /**
   * A message that is written once, however often it is asked for: its key and the person make its Message-ID.
   * Undefined when it exists already; else call `announce` with it after the commit.
   */
  once(
    tx: Tx,
    userId: number,
    { template, key, at }: KeyedMessage,
    deliverAfter: Date,
  ): Promise<WaitingNotification | undefined> {
    const messageId = this.messageId(at, stableUuid(`${template}/${key}/${userId}`));
    const createdAt = this.clock.now();
    return this.repository.insert(tx, { userId, template, messageId, createdAt, deliverAfter });
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
