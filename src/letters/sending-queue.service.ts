import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { DeliveryRefused } from '../notifications/delivery-refused';
import { Clock } from '../platform/clock';
import {
  DeliveryRepository,
  type ClaimedMessage,
  type NewMessage,
  type WaitingMessage,
} from './delivery.repository';

const MINUTE = 60_000;
/** An attempt without end after this time was cut off by a crash; longer than any server waits. */
const ABANDONED_AFTER = 5 * MINUTE;
/** Minutes between attempts: a greylisting server lets a mail in after some, a broken one is repaired within a day. */
const PAUSES = [1, 5, 15, 30, 60, 120, 240, 240, 240, 240];
const LEFT_AT_ONCE = 500;

/** Messages on their way: rows in the database, the queue only wakes somebody who sends them. */
@Injectable()
export class SendingQueue {
  private readonly log = new Logger('Sending');

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  add(tx: Tx, messages: NewMessage[], by: number | null, token: string): Promise<WaitingMessage[]> {
    return this.deliveries.addMessages(tx, messages, { by, at: this.clock.now(), token });
  }

  /** After the commit; what the queue loses is found by the next sweep. */
  announce(waiting: WaitingMessage[]): Promise<void> {
    const now = this.clock.now().getTime();
    const jobs = waiting.map(({ id, nextAttemptAt }) => ({
      payload: { deliveryId: id },
      jobId: `letter-${id}-${nextAttemptAt.getTime()}`,
      delay: Math.max(0, nextAttemptAt.getTime() - now),
    }));
    return this.jobs.enqueueAll('letters.send', jobs);
  }

  async announceLeft(): Promise<void> {
    const now = this.clock.now();
    const tx = this.database.pool;
    await this.announce(await this.deliveries.leftBehind(tx, now, abandonedBefore(now), LEFT_AT_ONCE));
  }

  /** Undefined when it is done, not due, or in another hand. */
  claim(id: number): Promise<ClaimedMessage | undefined> {
    const now = this.clock.now();
    return this.deliveries.claim(this.database.pool, id, now, abandonedBefore(now));
  }

  /** To be tried again later, unless it was refused or tried too often. */
  async failed({ id, attempts }: ClaimedMessage, error: Error): Promise<void> {
    const tx = this.database.pool;
    const now = this.clock.now();
    const pause = PAUSES[attempts - 1];
    if (error instanceof DeliveryRefused || pause === undefined) {
      this.log.warn(`delivery ${id} failed: ${error.message}`);
      return this.deliveries.markFailed(tx, id, error.message, now);
    }
    const nextAttemptAt = new Date(now.getTime() + pause * MINUTE);
    await this.deliveries.postpone(tx, id, error.message, nextAttemptAt);
    await this.announce([{ id, nextAttemptAt }]);
  }

  /** @returns the case of the letter; undefined when no such message waits for its next attempt */
  withdraw(tx: Tx, id: number, communeIds: number[], by: string): Promise<string | undefined> {
    return this.deliveries.withdraw(tx, id, communeIds, { by, at: this.clock.now() });
  }
}

const abandonedBefore = (now: Date): Date => new Date(now.getTime() - ABANDONED_AFTER);
