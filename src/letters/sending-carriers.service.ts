import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { DeliveryRefused } from '../notifications/delivery-refused';
import type { ErrorCode } from '../platform/errors';
import type { ClaimedMessage } from './delivery.repository';
import { LetterMail } from './letter-mail';
import type { Letter } from './letter';
import { LetterRepository } from './letter.repository';
import { LetterWebhook } from './letter-webhook';
import type { MessageChannel } from './sending-form';

/** The ways a message of the program can take. */
@Injectable()
export class SendingCarriers {
  constructor(
    private readonly letters: LetterRepository,
    private readonly mail: LetterMail,
    private readonly webhook: LetterWebhook,
  ) {}

  get mailsReachPeople(): boolean {
    return this.mail.reachesPeople;
  }

  /** Why nothing can be sent this way; null when it can. */
  async closed(tx: Tx, letters: Letter[], channel: MessageChannel): Promise<ErrorCode | null> {
    if (channel === 'email') return (await this.mail.offered(tx)) ? null : 'MAIL_SERVER_MISSING';
    for (const unitId of new Set(letters.map((l) => l.unitId)))
      if (!(await this.webhook.offered(tx, unitId))) return 'GATEWAY_MISSING';
    return null;
  }

  async texts(letter: Letter): Promise<{ sms: string; zalo: string }> {
    return { sms: await this.webhook.text(letter, 'sms'), zalo: await this.webhook.text(letter, 'zalo') };
  }

  /**
   * @returns the proof in words
   * @throws DeliveryRefused when it will never be taken, another error when it may be at another attempt
   */
  async hand(tx: Tx, claimed: ClaimedMessage): Promise<string> {
    const { letterState, letterId, channel } = claimed;
    if (letterState !== 'numbered' && letterState !== 'printed' && letterState !== 'sent')
      throw new DeliveryRefused(`letter is ${letterState}`);
    const [letter] = await this.letters.byIds(tx, [letterId]);
    return (channel === 'email' ? this.mail : this.webhook).send(tx, claimed, letter!);
  }
}
