import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import type { NewMessage, WaitingMessage } from './delivery.repository';
import type { MessageForm } from './sending-form';
import { SendingLetters } from './sending-letters.service';
import { SendingMessages } from './sending-messages.service';
import { SendingQueue } from './sending-queue.service';

/** Asks for letters to be sent by the program: row first, delivery after. */
@Injectable()
export class SendingService {
  constructor(
    private readonly database: Database,
    private readonly letters: SendingLetters,
    private readonly messages: SendingMessages,
    private readonly queue: SendingQueue,
    private readonly audit: AuditService,
  ) {}

  /** @returns the faults, empty when the messages are on their way */
  async ask(reader: Reader, codes: string[], form: MessageForm): Promise<FormFault[]> {
    const chosen = await this.letters.of(reader, codes);
    const asked = await this.database.transaction(async (tx) => {
      const letters = await this.letters.lock(tx, chosen);
      const made = await this.messages.of(tx, letters, form);
      if (made === null || made.faults.length > 0) return { faults: made?.faults ?? [], waiting: [] };
      return { faults: [], waiting: await this.write(tx, reader, made.messages, form) };
    });
    await this.queue.announce(asked.waiting);
    return asked.faults;
  }

  /** Ends a message that has not gone out: its address was wrong. @throws DELIVERY_NOT_FOUND */
  async withdraw(reader: Reader, id: number): Promise<string> {
    return this.database.transaction(async (tx) => {
      const who = actorOf(reader);
      const code = await this.queue.withdraw(tx, id, reader.communeIds, who.actor);
      if (code === undefined) throw new AppError('DELIVERY_NOT_FOUND', { id });
      const entry = { action: 'letter.sending-withdrawn', subject: `case:${code}`, detail: { delivery: id } };
      await this.audit.record(tx, { ...who, ...entry });
      return code;
    });
  }

  private async write(
    tx: Tx,
    reader: Reader,
    messages: NewMessage[],
    { kenh: channel, lan }: MessageForm,
  ): Promise<WaitingMessage[]> {
    const who = actorOf(reader);
    const waiting = await this.queue.add(tx, messages, who.userId, lan);
    const detail = { channel, deliveries: waiting.map(({ id }) => id) };
    const subject = `letters:${messages.length}`;
    await this.audit.record(tx, { ...who, action: 'letter.sending-asked', subject, detail });
    return waiting;
  }
}
