import { Injectable, Logger } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { DeliveryRefused } from '../notifications/delivery-refused';
import { Clock } from '../platform/clock';
import { DeliveryRepository, type ClaimedMessage, type WaitingMessage } from './delivery.repository';
import { LetterMail } from './letter-mail';
import { LetterRepository } from './letter.repository';
import { LetterWebhook } from './letter-webhook';
import { SendingEffects } from './sending-effects.service';

const MINUTE = 60_000;
/** An attempt without end after this time was cut off by a crash; longer than any server waits. */
const ABANDONED_AFTER = 5 * MINUTE;
/** Minutes between attempts: a greylisting server lets a mail in after some, a broken one is repaired within a day. */
const PAUSES = [1, 5, 15, 30, 60, 120, 240, 240, 240, 240];
const LEFT_AT_ONCE = 500;

/** Sends one letter. At least once: a crash between the server's acceptance and the mark repeats the Message-ID. */
@Injectable()
export class SendingWork {
  private readonly log = new Logger('Sending');

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly letters: LetterRepository,
    private readonly mail: LetterMail,
    private readonly webhook: LetterWebhook,
    private readonly effects: SendingEffects,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  async send(id: number): Promise<void> {
    const now = this.clock.now();
    const claimed = await this.deliveries.claim(this.database.pool, id, now, abandonedBefore(now));
    if (!claimed) return;
    let proof: string;
    try {
      proof = await this.hand(claimed);
    } catch (error) {
      return this.failed(claimed, error as Error);
    }
    await this.sent(claimed, proof);
  }

  /** Hands messages to the queue; what the queue loses is found by the next sweep. */
  announce(waiting: WaitingMessage[]): Promise<void> {
    const now = this.clock.now().getTime();
    const jobs = waiting.map(({ id, nextAttemptAt }) => ({
      payload: { deliveryId: id },
      jobId: `letter-${id}-${nextAttemptAt.getTime()}`,
      delay: Math.max(0, nextAttemptAt.getTime() - now),
    }));
    return this.jobs.enqueueAll('letters.send', jobs);
  }

  async sendLeft(): Promise<void> {
    const now = this.clock.now();
    const tx = this.database.pool;
    await this.announce(await this.deliveries.leftBehind(tx, now, abandonedBefore(now), LEFT_AT_ONCE));
  }

  private async hand(claimed: ClaimedMessage): Promise<string> {
    const { letterState, letterId, channel } = claimed;
    if (letterState !== 'numbered' && letterState !== 'printed' && letterState !== 'sent')
      throw new DeliveryRefused(`letter is ${letterState}`);
    const tx = this.database.pool;
    const [letter] = await this.letters.byIds(tx, [letterId]);
    return (channel === 'email' ? this.mail : this.webhook).send(tx, claimed, letter!);
  }

  private async sent(
    { id, letterId, code, by, userId, channel }: ClaimedMessage,
    proof: string,
  ): Promise<void> {
    const at = this.clock.now();
    const again = await this.database.transaction(async (tx) => {
      await this.effects.begin(tx);
      if (!(await this.deliveries.markSent(tx, id, at, proof))) return 0;
      const moved = await this.effects.take(tx, { letterIds: [letterId], at, by, now: at });
      const entry = { action: 'letter.sent', subject: `case:${code}`, detail: { channel, delivery: id } };
      await this.audit.record(tx, { actor: by, userId, ...entry });
      return moved;
    });
    await this.effects.committed(again);
  }

  private async failed({ id, attempts }: ClaimedMessage, error: Error): Promise<void> {
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
}

const abandonedBefore = (now: Date): Date => new Date(now.getTime() - ABANDONED_AFTER);
