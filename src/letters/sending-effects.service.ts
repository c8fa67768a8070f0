import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { DeliveryRepository } from './delivery.repository';
import { LetterPromise } from './letter-promise.service';

export interface Sending {
  letterIds: number[];
  at: Date;
  by: string;
  now: Date;
}

/** What follows from a letter that went out, by whichever way: it is sent, and its new date is the promise. */
@Injectable()
export class SendingEffects {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly promise: LetterPromise,
    private readonly deadlines: DeadlineService,
    private readonly jobs: JobQueue,
  ) {}

  /** Before the letters are locked. */
  begin(tx: Tx): Promise<void> {
    return this.deadlines.holdGround(tx);
  }

  /** @returns how many cases are promised for another day; for `committed` */
  async take(tx: Tx, { letterIds, at, by, now }: Sending): Promise<number> {
    const first = await this.deliveries.countAsSent(tx, letterIds, now);
    return first.length === 0 ? 0 : this.promise.takeEffect(tx, first, at, by);
  }

  async committed(promisedAgain: number): Promise<void> {
    if (promisedAgain > 0) await this.jobs.enqueue('cases.changed', { reason: 'letter' });
  }
}
