import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { fault } from '../web/form-fault';
import { parseTypedInstant } from '../web/typed-instant';
import { Database, type Tx } from '../database/transaction';
import { parseIsoDay, toInstant, atSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { addresseeOf } from './addressee';
import { RegisterRepository } from './register.repository';
import type { Letter } from './letter';
import { LetterPromise } from './letter-promise.service';
import { LetterRepository } from './letter.repository';

export const CHANNELS = ['in-person', 'post', 'email', 'phone'] as const;

const text = z.string().trim().max(1_000).default('');
export const deliveryForm = z.object({
  cach: z.enum(CHANNELS).nullish().catch(null),
  ngay: text,
  gio: text,
  nguoi_nhan: text,
  minh_chung: text,
});
export type DeliveryForm = z.infer<typeof deliveryForm>;

/** Records that letters went out. Never without evidence: the evaluation asks for proof (PAR criterion on apologies). */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly register: RegisterRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly promise: LetterPromise,
  ) {}

  /** @throws LETTER_NOT_FOUND, LETTER_NOT_NUMBERED */
  async sendable(reader: Reader, codes: string[]): Promise<Letter[]> {
    const letters = await this.letters.ofCases(this.database.pool, codes, reader.communeIds);
    const missing = codes.find((code) => !letters.some((l) => l.code === code));
    if (missing !== undefined) throw new AppError('LETTER_NOT_FOUND', { code: missing });
    if (letters.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    for (const letter of letters) assertNumbered(letter);
    return letters;
  }

  /** @returns the faults, empty when the delivery is in the register */
  async record(reader: Reader, codes: string[], form: DeliveryForm): Promise<FormFault[]> {
    const chosen = await this.sendable(reader, codes);
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const ids = chosen.map((l) => l.id);
      const letters = await this.letters.lock(tx, ids);
      for (const letter of letters) assertNumbered(letter);
      const at = parseTypedInstant(form.ngay, form.gio);
      const faults = deliveryFaults(letters, form, at, now);
      if (faults.length === 0 && at && form.cach)
        await this.write(tx, reader, letters, { ...form, cach: form.cach, at });
      return faults;
    });
  }

  private async write(
    tx: Tx,
    reader: Reader,
    letters: Letter[],
    {
      cach: channel,
      at,
      nguoi_nhan,
      minh_chung: evidence,
    }: DeliveryForm & { cach: (typeof CHANNELS)[number]; at: Date },
  ): Promise<void> {
    const deliveries = letters.map((letter) => ({
      letterId: letter.id,
      channel,
      at,
      recipient: nguoi_nhan || addresseeOf(letter.applicantName, letter.applicantKind, null).name,
      evidence,
    }));
    const by = reader.kind === 'user' ? reader.id : null;
    await this.register.addDeliveries(tx, deliveries, by, this.clock.now());
    await this.promise.takeEffect(
      tx,
      letters.map((l) => l.id),
      at,
      reader.name,
    );
    const detail = { channel, at, letters: letters.map((l) => `${l.number}/${l.suffix}`) };
    const subject = letters.length === 1 ? `case:${letters[0]!.code}` : `letters:${letters.length}`;
    await this.audit.record(tx, { ...actorOf(reader), action: 'letter.sent', subject, detail });
  }
}

function assertNumbered({ state, code }: Letter): void {
  if (state !== 'numbered' && state !== 'printed' && state !== 'sent')
    throw new AppError('LETTER_NOT_NUMBERED', { code });
}

/** A letter is signed on its date, so it cannot have gone out before. */
function deliveryFaults(letters: Letter[], form: DeliveryForm, at: Date | null, now: Date): FormFault[] {
  const faults: FormFault[] = [];
  const dates = letters.map((l) => l.letterDate).filter((d) => d !== null);
  const earliest =
    dates.length === 0 ? null : toInstant(atSecond(parseIsoDay(dates.reduce((a, b) => (a > b ? a : b))), 0));
  if (!form.cach) faults.push(fault('cach', 'DELIVERY_CHANNEL_MISSING'));
  if (at === null) faults.push(fault('ngay', 'TIME_UNREADABLE'));
  else if (at > now) faults.push(fault('ngay', 'TIME_IN_FUTURE'));
  else if (earliest !== null && at < earliest) faults.push(fault('ngay', 'DELIVERY_BEFORE_LETTER'));
  if (form.minh_chung === '') faults.push(fault('minh_chung', 'EVIDENCE_MISSING'));
  if (letters.length === 1 && form.nguoi_nhan === '') faults.push(fault('nguoi_nhan', 'RECIPIENT_MISSING'));
  return faults;
}
