import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { isMailAddress } from '../notifications/mail-address';
import { messageIdOf } from '../notifications/message-id';
import { Clock } from '../platform/clock';
import { AppError, type ErrorCode } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { assertNumbered, DeliveryService } from './delivery.service';
import { DeliveryRepository, type NewMessage, type WaitingMessage } from './delivery.repository';
import { LetterMail } from './letter-mail';
import { LetterRepository, type Letter } from './letter.repository';
import { LetterWebhook } from './letter-webhook';
import { SendingWork } from './sending-work.service';
import { mobileNumber } from './sending-text';

export const MESSAGE_CHANNELS = ['email', 'sms', 'zalo'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

export const messageForm = z.object({
  kenh: z.enum(MESSAGE_CHANNELS),
  /** typed for one letter; several go where their cases say */
  den: z.string().trim().max(254).optional(),
  lan: z.string().trim().min(8).max(64),
  /** the newest sending the page showed */
  moi_nhat: z.coerce.number().int().min(0).default(0),
});
export type MessageForm = z.infer<typeof messageForm>;

/** Ids of the two inputs. */
export const ADDRESS_FIELD: Record<MessageChannel, string> = {
  email: 'dia_chi_thu',
  sms: 'so_dien_thoai',
  zalo: 'so_dien_thoai',
};

/** Where a message goes, or why it cannot. */
export type Destination = { to: string } | { wrong: ErrorCode; address: string };

export function destinationOf(channel: MessageChannel, typed: string | null): Destination {
  const address = (typed ?? '').trim();
  const mail = channel === 'email';
  if (address === '') return { wrong: mail ? 'MAIL_ADDRESS_MISSING' : 'PHONE_MISSING', address };
  const to = mail ? (isMailAddress(address) ? address : null) : mobileNumber(address);
  return to === null ? { wrong: mail ? 'MAIL_ADDRESS_WRONG' : 'PHONE_WRONG', address } : { to };
}

/** Asks for letters to be sent by the program: row first, delivery after. */
@Injectable()
export class SendingService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly records: DeliveryService,
    private readonly deliveries: DeliveryRepository,
    private readonly mail: LetterMail,
    private readonly webhook: LetterWebhook,
    private readonly work: SendingWork,
    private readonly audit: AuditService,
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  /** @returns the faults, empty when the messages are on their way */
  async ask(reader: Reader, codes: string[], form: MessageForm): Promise<FormFault[]> {
    const chosen = await this.records.sendable(reader, codes);
    const ids = chosen.map((l) => l.id);
    const asked = await this.database.transaction(async (tx) => {
      const letters = await this.letters.lock(tx, ids);
      for (const letter of letters) assertNumbered(letter);
      if (await this.deliveries.taken(tx, ids, form.kenh, form.lan)) return { faults: [], waiting: [] };
      const { messages, faults } = await this.messages(tx, letters, form);
      if (faults.length > 0) return { faults, waiting: [] };
      return { faults, waiting: await this.write(tx, reader, messages, form) };
    });
    await this.work.announce(asked.waiting);
    return asked.faults;
  }

  /** Ends a message that has not gone out: its address was wrong. @throws DELIVERY_NOT_FOUND */
  async withdraw(reader: Reader, id: number): Promise<string> {
    return this.database.transaction(async (tx) => {
      const who = actorOf(reader);
      const by = { by: who.actor, at: this.clock.now() };
      const code = await this.deliveries.withdraw(tx, id, reader.communeIds, by);
      if (code === undefined) throw new AppError('DELIVERY_NOT_FOUND', { id });
      const entry = { action: 'letter.sending-withdrawn', subject: `case:${code}`, detail: { delivery: id } };
      await this.audit.record(tx, { ...who, ...entry });
      return code;
    });
  }

  private async messages(
    tx: Tx,
    letters: Letter[],
    { kenh, den, moi_nhat }: MessageForm,
  ): Promise<{ messages: NewMessage[]; faults: FormFault[] }> {
    const field = ADDRESS_FIELD[kenh];
    const ids = letters.map((l) => l.id);
    const closed = await this.closed(tx, letters, kenh);
    if (closed) return { messages: [], faults: [fault(field, closed)] };
    if ((await this.deliveries.newest(tx, ids)) > moi_nhat)
      return { messages: [], faults: [fault('lan-gui', 'DELIVERY_MEANWHILE')] };
    const contacts = await this.deliveries.contacts(tx, ids);
    const messages: NewMessage[] = [];
    const faults: FormFault[] = [];
    for (const { id: letterId, code } of letters) {
      const known = contacts.find((c) => c.letterId === letterId);
      const own = (kenh === 'email' ? known?.email : known?.phone) ?? null;
      const found = destinationOf(kenh, letters.length === 1 ? (den ?? own) : own);
      if ('wrong' in found) faults.push(fault(field, found.wrong, { code, address: found.address }));
      else messages.push({ letterId, channel: kenh, recipient: found.to, messageId: this.messageId() });
    }
    return { messages, faults };
  }

  private async closed(tx: Tx, letters: Letter[], channel: MessageChannel): Promise<ErrorCode | null> {
    if (channel === 'email') return (await this.mail.offered(tx)) ? null : 'MAIL_SERVER_MISSING';
    for (const unitId of new Set(letters.map((l) => l.unitId)))
      if (!(await this.webhook.offered(tx, unitId))) return 'GATEWAY_MISSING';
    return null;
  }

  private async write(
    tx: Tx,
    reader: Reader,
    messages: NewMessage[],
    { kenh: channel, lan: token }: MessageForm,
  ): Promise<WaitingMessage[]> {
    const who = actorOf(reader);
    const asked = { by: who.userId, at: this.clock.now(), token };
    const waiting = await this.deliveries.addMessages(tx, messages, asked);
    const detail = { channel, deliveries: waiting.map(({ id }) => id) };
    const subject = `letters:${messages.length}`;
    await this.audit.record(tx, { ...who, action: 'letter.sending-asked', subject, detail });
    return waiting;
  }

  private messageId(): string {
    return messageIdOf(this.clock.now(), randomUUID(), this.runtime.env.MAIL_FROM);
  }
}
