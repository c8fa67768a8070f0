import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { type Handover, withdrawn } from './channel';
import { MailChannel } from './mail-channel';
import type { ClaimedNotification } from './notification.repository';
import { WebhookChannel } from './webhook-channel';

/** Hands a message to the channel it is meant for. */
@Injectable()
export class Channels {
  constructor(
    private readonly mail: MailChannel,
    private readonly webhook: WebhookChannel,
  ) {}

  async hand(tx: Tx, claimed: ClaimedNotification): Promise<Handover> {
    if (!claimed.recipient.active) return withdrawn('account closed');
    return (claimed.channel === 'email' ? this.mail : this.webhook).hand(tx, claimed);
  }
}
