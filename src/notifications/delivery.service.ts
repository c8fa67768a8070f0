import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { MailContents } from './mail-contents';
import { MailRefused, MailSender } from './mail.sender';
import { type ClaimedNotification, NotificationRepository } from './notification.repository';

/** An attempt without end after this many milliseconds was cut off by a crash; longer than any mail server waits. */
const ABANDONED_AFTER = 3 * 60_000;

/** Sends one message. At least once: a crash between the server's acceptance and the mark repeats the Message-ID. */
@Injectable()
export class DeliveryService {
  private readonly log = new Logger('Mail');

  constructor(
    private readonly database: Database,
    private readonly repository: NotificationRepository,
    private readonly contents: MailContents,
    private readonly sender: MailSender,
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
    const { id, messageId, recipient } = claimed;
    const tx = this.database.pool;
    if (!recipient.active) return this.repository.markEnded(tx, id, 'withdrawn', 'account closed');
    if (!recipient.email) throw new MailRefused('account without mail address');
    const mail = await this.contents.of(claimed, tx);
    if (!mail) return this.repository.markEnded(tx, id, 'withdrawn', null);
    const to = { name: recipient.name, address: recipient.email };
    await this.sender.send({ ...mail, messageId, to, date: this.clock.now() });
    await this.repository.markSent(tx, id, this.clock.now());
  }

  private async failed({ id }: ClaimedNotification, error: Error): Promise<void> {
    if (!(error instanceof MailRefused)) {
      await this.repository.release(this.database.pool, id, error.message);
      throw error;
    }
    this.log.warn(`notification ${id} refused: ${error.message}`);
    await this.repository.markEnded(this.database.pool, id, 'failed', error.message);
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
