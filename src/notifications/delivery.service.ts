import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { Channels } from './channels';
import { DeliveryRefused } from './delivery-refused';
import { MailRefusals } from './mail-refusals.service';
import { type ClaimedNotification, NotificationRepository } from './notification.repository';

/** An attempt without end after this many milliseconds was cut off by a crash; longer than any mail server waits. */
const ABANDONED_AFTER = 3 * 60_000;

/** Sends one message. At least once: a crash between the server's acceptance and the mark repeats the Message-ID. */
@Injectable()
export class DeliveryService {
  private readonly log = new Logger('Delivery');

  constructor(
    private readonly database: Database,
    private readonly repository: NotificationRepository,
    private readonly channels: Channels,
    private readonly refusals: MailRefusals,
    private readonly clock: Clock,
  ) {}

  /** @throws when the message did not go out but may at another attempt */
  async deliver(id: number): Promise<void> {
    const now = this.clock.now();
    const abandonedBefore = new Date(now.getTime() - ABANDONED_AFTER);
    const claimed = await this.repository.claim(this.database.pool, id, now, abandonedBefore);
    if (!claimed) return this.leaveToOthers(id);
    try {
      await this.send(claimed);
    } catch (error) {
      await this.failed(claimed, error as Error);
    }
  }

  private async send(claimed: ClaimedNotification): Promise<void> {
    const tx = this.database.pool;
    const handover = await this.channels.hand(tx, claimed);
    if (handover.sent) await this.repository.markSent(tx, claimed.id, this.clock.now());
    else await this.repository.markEnded(tx, claimed.id, 'withdrawn', handover.reason);
  }

  private async failed(claimed: ClaimedNotification, error: Error): Promise<void> {
    const { id, channel } = claimed;
    if (!(error instanceof DeliveryRefused)) {
      await this.repository.release(this.database.pool, id, error.message);
      throw error;
    }
    this.log.warn(`notification ${id} refused: ${error.message}`);
    const waiting = await this.database.transaction(async (tx) => {
      await this.repository.markEnded(tx, id, 'failed', error.message);
      return channel === 'email' ? this.refusals.record(tx, claimed, error.message) : [];
    });
    await this.refusals.announce(waiting);
  }

  /**
   * Done, gone, or in another worker's hands: should that one die, the relay repeats it. Only a message before its
   * time is worth another look.
   */
  private async leaveToOthers(id: number): Promise<void> {
    const status = await this.repository.status(this.database.pool, id);
    if (status?.state === 'pending') throw new Error(`notification ${id} is not due yet`);
  }
}
