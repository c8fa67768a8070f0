import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Tx } from '../database/transaction';
import { messageIdOf } from '../notifications/message-id';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { DeliveryRepository, type Contact, type NewMessage } from './delivery.repository';
import type { Letter } from './letter';
import { SendingCarriers } from './sending-carriers.service';
import { ADDRESS_FIELD, destinationOf, type MessageChannel, type MessageForm } from './sending-form';

/** Which messages can be made of letters, and to whom. */
@Injectable()
export class SendingMessages {
  constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly carriers: SendingCarriers,
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  /** Null when the form with this token was taken already. */
  async of(
    tx: Tx,
    letters: Letter[],
    form: MessageForm,
  ): Promise<{ messages: NewMessage[]; faults: FormFault[] } | null> {
    const { kenh, den, lan } = form;
    const ids = letters.map((l) => l.id);
    if (await this.deliveries.taken(tx, ids, kenh, lan)) return null;
    const hindrance = await this.hindrance(tx, letters, form);
    if (hindrance) return { messages: [], faults: [hindrance] };
    const contacts = await this.deliveries.contacts(tx, ids);
    return this.made(letters, kenh, (letter) => {
      const known = addressOf(contacts, letter.id, kenh);
      return letters.length === 1 ? (den ?? known) : known;
    });
  }

  /** Why nothing is sent, wherever it shall go. */
  private async hindrance(
    tx: Tx,
    letters: Letter[],
    { kenh, moi_nhat }: MessageForm,
  ): Promise<FormFault | null> {
    const ids = letters.map((l) => l.id);
    const field = letters.length === 1 ? 'lan-gui' : ADDRESS_FIELD[kenh];
    const closed = await this.carriers.closed(tx, letters, kenh);
    if (closed) return fault(ADDRESS_FIELD[kenh], closed);
    if ((await this.deliveries.newest(tx, ids)) > moi_nhat) return fault(field, 'DELIVERY_MEANWHILE');
    const underWay = await this.deliveries.underWay(tx, ids, kenh);
    if (underWay.length === 0) return null;
    return fault(field, 'DELIVERY_UNDER_WAY', { codes: underWay.join(', ') });
  }

  /** What the page offers. */
  async reach(tx: Tx, letters: Letter[]) {
    const ids = letters.map((l) => l.id);
    const contacts = await this.deliveries.contacts(tx, ids);
    const offers = async (channel: MessageChannel) =>
      (await this.carriers.closed(tx, letters, channel)) === null;
    const mail = reachOf(letters, contacts, 'email');
    const phone = reachOf(letters, contacts, 'sms');
    const texts = await this.carriers.texts(letters[0]!);
    return {
      newest: await this.deliveries.newest(tx, ids),
      mail: { ...mail, offered: await offers('email'), reaches: this.carriers.mailsReachPeople },
      phone: { ...phone, offered: await offers('sms'), ...texts },
    };
  }

  private made(letters: Letter[], channel: MessageChannel, addressFor: (letter: Letter) => string | null) {
    const messages: NewMessage[] = [];
    const faults: FormFault[] = [];
    for (const letter of letters) {
      const found = destinationOf(channel, addressFor(letter));
      if ('wrong' in found) {
        const args = { code: letter.code, address: found.address };
        faults.push(fault(ADDRESS_FIELD[channel], found.wrong, args));
      } else {
        const messageId = messageIdOf(this.clock.now(), randomUUID(), this.runtime.env.MAIL_FROM);
        messages.push({ letterId: letter.id, channel, recipient: found.to, messageId });
      }
    }
    return { messages, faults };
  }
}

function addressOf(contacts: Contact[], letterId: number, channel: MessageChannel): string | null {
  const known = contacts.find((c) => c.letterId === letterId);
  return (channel === 'email' ? known?.email : known?.phone) ?? null;
}

/** Which of the letters a message can reach, and what stands in the way of the others. */
function reachOf(letters: Letter[], contacts: Contact[], channel: MessageChannel) {
  const ready: string[] = [];
  const unready: string[] = [];
  for (const { id, code } of letters) {
    const found = destinationOf(channel, addressOf(contacts, id, channel));
    if ('to' in found) ready.push(code);
    else unready.push(fault('', found.wrong, { code, address: found.address }).text);
  }
  return { address: addressOf(contacts, letters[0]!.id, channel) ?? '', ready, unready };
}
