import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { atSecond, dayOfInstant, isoDay, toInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { deliveryReason } from '../platform/delivery-words';
import type { Reader } from '../web/reader';
import { MailRefusalRepository } from './mail-refusal.repository';
import type { ClaimedNotification, WaitingNotification } from './notification.repository';
import { NotificationService } from './notification.service';
import { Superiors } from './superiors';

/** Name of the mail: templates/emails/mail-refused. */
export const MAIL_REFUSED = 'mail-refused';

/** Who gets no mail is missed by somebody: the administrators, who can correct the address, and the superior. */
@Injectable()
export class MailRefusals {
  constructor(
    private readonly database: Database,
    private readonly repository: MailRefusalRepository,
    private readonly notifications: NotificationService,
    private readonly superiors: Superiors,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the refusal and writes the messages about it, one a day for person and address. A refused message about
   * a refusal is kept and told to nobody: else two wrong addresses would write about each other for ever.
   * @returns messages to `announce` after the commit
   */
  async record(
    tx: Tx,
    { recipient, template }: ClaimedNotification,
    reason: string,
  ): Promise<WaitingNotification[]> {
    const { id: userId, email, unitId } = recipient;
    const at = this.clock.now();
    const today = dayOfInstant(at);
    const refusal = { userId, address: email ?? '', day: isoDay(today), reason, at };
    const refusalId = await this.repository.record(tx, refusal);
    if (template === MAIL_REFUSED) return [];
    const above = await this.superiors.of(tx, userId);
    const readers = (await this.repository.readers(tx, unitId, above)).filter((id) => id !== userId);
    const message = { template: MAIL_REFUSED, key: `${refusalId}`, at: toInstant(atSecond(today, 0)) };
    const written: WaitingNotification[] = [];
    for (const reader of readers) {
      const made = await this.notifications.once(tx, reader, message, at);
      if (made) written.push(made);
    }
    await this.repository.tellOf(
      tx,
      refusalId,
      written.map((n) => n.id),
    );
    return written;
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.notifications.announce(waiting);
  }

  /** People the reader answers for and whose present address refuses mail. */
  async ofSuperior({ id, communeIds }: Reader) {
    const tx = this.database.pool;
    const own: { name: string; address: string; reason: string }[] = [];
    for (const { userId, name, address, reason } of await this.repository.current(tx, communeIds))
      if ((await this.superiors.of(tx, userId)).includes(id))
        own.push({ name, address, reason: deliveryReason(reason) });
    return own;
  }
}
