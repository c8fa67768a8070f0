import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { DeliveryRepository, type Asked, type ClaimedMessage, type NewDelivery } from './delivery.repository';
import { LetterPromise } from './letter-promise.service';

/** What is recorded at once, with the entry for the log. */
export interface RecordedDeliveries extends Asked {
  rows: NewDelivery[];
  actor: string;
  subject: string;
  detail: object;
}

/** What follows from a letter that went out, by whichever way: it is sent, and its new date is the promise. */
@Injectable()
export class SendingEffects {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly promise: LetterPromise,
    private readonly deadlines: DeadlineService,
    private readonly jobs: JobQueue,
    private readonly audit: AuditService,
  ) {}

  /** Before the letters are locked. */
  begin(tx: Tx): Promise<void> {
    return this.deadlines.holdGround(tx);
  }

  /** @returns how many cases are promised for another day; for `committed` */
  async recorded(tx: Tx, recorded: RecordedDeliveries): Promise<number> {
    const { rows, actor, subject, detail, by: userId, at: now } = recorded;
    if ((await this.deliveries.add(tx, rows, recorded)) === 0) return 0;
    const ids = rows.map((row) => row.letterId);
    const again = await this.countAsSent(tx, ids, { at: rows[0]!.at, by: actor, now });
    await this.audit.record(tx, { actor, userId, action: 'letter.sent', subject, detail });
    return again;
  }

  /** A server took the message. @returns as `recorded` */
  async sent(tx: Tx, claimed: ClaimedMessage, proof: string, at: Date): Promise<number> {
    const { id, letterId, code, by, userId, channel } = claimed;
    await this.deliveries.lockLetter(tx, letterId);
    if (!(await this.deliveries.markSent(tx, id, at, proof))) return 0;
    const again = await this.countAsSent(tx, [letterId], { at, by, now: at });
    const entry = { action: 'letter.sent', subject: `case:${code}`, detail: { channel, delivery: id } };
    await this.audit.record(tx, { actor: by, userId, ...entry });
    return again;
  }

  async committed(promisedAgain: number): Promise<void> {
    if (promisedAgain > 0) await this.jobs.enqueue('cases.changed', { reason: 'letter' });
  }

  private async countAsSent(
    tx: Tx,
    letterIds: number[],
    { at, by, now }: { at: Date; by: string; now: Date },
  ) {
    const first = await this.deliveries.countAsSent(tx, letterIds, now);
    return first.length === 0 ? 0 : this.promise.takeEffect(tx, first, at, by);
  }
}
