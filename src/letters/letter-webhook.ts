import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { isoLocal } from '../domain/local-date';
import { DeliveryRefused } from '../notifications/delivery-refused';
import { localPartOf } from '../notifications/message-id';
import { WebhookKeys } from '../notifications/webhook-keys';
import { WebhookRepository } from '../notifications/webhook.repository';
import { WebhookSender } from '../notifications/webhook.sender';
import { Clock } from '../platform/clock';
import { sendingLabels } from '../platform/sending-labels';
import { addresseeOf } from './addressee';
import type { ClaimedMessage } from './delivery.repository';
import { LetterComposer } from './letter-composer';
import type { Letter } from './letter';
import { chatText, smsText } from './sending-text';
import { toldLetter } from './sending-told';

export type PhoneChannel = 'sms' | 'zalo';

/** A letter told by SMS or Zalo: through the gateway of the office, signed like every message to it. */
@Injectable()
export class LetterWebhook {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly sender: WebhookSender,
    private readonly keys: WebhookKeys,
    private readonly composer: LetterComposer,
    private readonly clock: Clock,
  ) {}

  async offered(tx: Tx, unitId: number): Promise<boolean> {
    return (await this.webhooks.targetOf(tx, unitId, true)) !== undefined;
  }

  async text(letter: Letter, channel: PhoneChannel): Promise<string> {
    const told = toldLetter(letter, await this.composer.office(letter.unitId), this.clock.now());
    return channel === 'sms' ? smsText(told) : chatText(told);
  }

  /** @returns the proof in words */
  async send(tx: Tx, message: ClaimedMessage, letter: Letter): Promise<string> {
    const target = await this.webhooks.targetOf(tx, letter.unitId, true);
    if (!target) throw new DeliveryRefused('no webhook');
    const channel = message.channel as PhoneChannel;
    const id = localPartOf(message.messageId);
    const text = await this.text(letter, channel);
    const { name } = addresseeOf(letter.applicantName, letter.applicantKind, null);
    const body = JSON.stringify({
      ...{ id, kind: 'apology-letter', channel, recipient: { name, phone: message.recipient }, text },
      letter: `${paddedNumber(letter.number ?? 0)}/${letter.suffix}`,
      code: letter.code,
      sentAt: `${isoLocal(this.clock.now())}+07:00`,
    });
    const secret = this.keys.read(target.sealedSecret);
    const answer = await this.sender.post({ url: target.url, secret, idempotencyKey: id, body });
    return sendingLabels.messageProof({ answer, id, text });
  }
}
