import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { type Channel, type Handover, SENT, withdrawn } from './channel';
import { DeliveryRefused } from './delivery-refused';
import { MailContents } from './mail-contents';
import { MailSender } from './mail.sender';
import type { ClaimedNotification } from './notification.repository';

@Injectable()
export class MailChannel implements Channel {
  constructor(
    private readonly contents: MailContents,
    private readonly sender: MailSender,
    private readonly clock: Clock,
  ) {}

  async hand(tx: Tx, claimed: ClaimedNotification): Promise<Handover> {
    const { messageId, recipient } = claimed;
    if (!recipient.email) throw new DeliveryRefused('account without mail address');
    const mail = await this.contents.mail(tx, claimed);
    if (!mail) return withdrawn(null);
    const to = { name: recipient.name, address: recipient.email };
    await this.sender.send({ ...mail, messageId, to, date: this.clock.now() });
    return SENT;
  }
}
