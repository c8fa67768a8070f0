import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { isoLocal } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { type Channel, type Handover, SENT, withdrawn } from './channel';
import { DeliveryRefused } from './delivery-refused';
import { MailContents, type MessageCase } from './mail-contents';
import { localPartOf } from './message-id';
import type { ClaimedNotification } from './notification.repository';
import { WebhookKeys } from './webhook-keys';
import { WebhookRepository, type WebhookTarget } from './webhook.repository';
import { WebhookSender } from './webhook.sender';

/** What a gateway is given; it decides whether that becomes a Zalo message or an SMS. */
export interface WebhookPayload {
  /** the same at every attempt */
  id: string;
  kind: string;
  recipient: { name: string; phone: string };
  subject: string;
  text: string;
  cases: MessageCase[];
}

/** '2026-08-26T17:30:00+07:00' */
const instant = (at: Date): string => `${isoLocal(at)}+07:00`;

/** Messages to a gateway of the office, which passes them on. */
@Injectable()
export class WebhookChannel implements Channel {
  constructor(
    private readonly contents: MailContents,
    private readonly webhooks: WebhookRepository,
    private readonly sender: WebhookSender,
    private readonly keys: WebhookKeys,
    private readonly clock: Clock,
  ) {}

  async hand(tx: Tx, claimed: ClaimedNotification): Promise<Handover> {
    const { name, phone, unitId } = claimed.recipient;
    if (!phone) throw new DeliveryRefused('account without phone number');
    const target = await this.webhooks.targetOf(tx, unitId);
    if (!target) return withdrawn('no webhook');
    const told = await this.contents.message(tx, claimed);
    if (!told) return withdrawn(null);
    const id = localPartOf(claimed.messageId);
    await this.post(target, { id, kind: claimed.template, recipient: { name, phone }, ...told });
    return SENT;
  }

  async post({ url, sealedSecret }: WebhookTarget, { cases, ...payload }: WebhookPayload): Promise<void> {
    const body = JSON.stringify({
      ...payload,
      cases: cases.map(({ code, deadlineAt, reason, url: address }) => {
        return { code, deadline: deadlineAt && instant(deadlineAt), reason, url: address };
      }),
      sentAt: instant(this.clock.now()),
    });
    const secret = this.keys.read(sealedSecret);
    await this.sender.post({ url, secret, idempotencyKey: payload.id, body });
  }
}
