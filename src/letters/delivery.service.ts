import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { Database, type Tx } from '../database/transaction';
import { parseIsoDay, toInstant, atSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import type { EvidenceFile } from '../reconciliation/evidence-file';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { parseTypedInstant } from '../web/typed-instant';
import { addresseeOf } from './addressee';
import type { Letter } from './letter';
import { SendingEffects } from './sending-effects.service';
import { fileFaults, SendingEvidence } from './sending-evidence.service';
import { SendingLetters } from './sending-letters.service';

/** What people record; the program sends e-mails and messages itself and records them without being told. */
export const CHANNELS = ['in-person', 'post', 'email', 'phone'] as const;

const text = z.string().trim().max(1_000).default('');
export const deliveryForm = z.object({
  cach: z.enum(CHANNELS).nullish().catch(null),
  ngay: text,
  gio: text,
  nguoi_nhan: text,
  /** of whoever took the letter for the applicant */
  quan_he: z.string().trim().max(100).optional(),
  minh_chung: text,
  lan: z.string().trim().max(64).optional(),
});
export type DeliveryForm = z.infer<typeof deliveryForm>;

interface Recorded {
  form: DeliveryForm & { cach: (typeof CHANNELS)[number] };
  at: Date;
  file: EvidenceFile | null;
}

/** Records that letters went out. Never without evidence: the evaluation asks for proof (PAR criterion on apologies). */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly letters: SendingLetters,
    private readonly effects: SendingEffects,
    private readonly evidence: SendingEvidence,
    private readonly clock: Clock,
  ) {}

  /** @returns the faults, empty when the delivery is in the register */
  async record(
    reader: Reader,
    codes: string[],
    form: DeliveryForm,
    file: EvidenceFile | null = null,
  ): Promise<FormFault[]> {
    const chosen = await this.letters.of(reader, codes);
    const at = parseTypedInstant(form.ngay, form.gio);
    const faults = [...deliveryFaults(chosen, form, at, this.clock.now()), ...fileFaults(file, 'tep')];
    if (form.minh_chung === '' && file === null) faults.push(fault('minh_chung', 'EVIDENCE_MISSING'));
    if (faults.length > 0 || !at || !form.cach) return faults;
    const recorded = { form: { ...form, cach: form.cach }, at, file };
    const again = await this.database.transaction(async (tx) => {
      await this.effects.begin(tx);
      return this.write(tx, reader, await this.letters.lock(tx, chosen), recorded);
    });
    await this.effects.committed(again);
    return [];
  }

  private async write(
    tx: Tx,
    reader: Reader,
    letters: Letter[],
    { form, at, file }: Recorded,
  ): Promise<number> {
    const kept =
      file === null ? { evidenceSha256: null, evidenceName: null } : await this.evidence.keep(file);
    const common = { channel: form.cach, at, evidence: form.minh_chung || null, ...kept };
    const { actor, userId } = actorOf(reader);
    const numbers = letters.map((l) => `${l.number}/${l.suffix}`);
    return this.effects.recorded(tx, {
      rows: letters.map((l) => ({ ...common, letterId: l.id, recipient: recipientOf(form, l) })),
      ...{ actor, by: userId, at: this.clock.now(), token: form.lan || null },
      subject: letters.length === 1 ? `case:${letters[0]!.code}` : `letters:${letters.length}`,
      detail: { channel: form.cach, at, letters: numbers, evidenceSha256: kept.evidenceSha256 },
    });
  }
}

/** "Lò Văn Pín (con)" where somebody else took it. */
function recipientOf({ nguoi_nhan: name, quan_he: relation }: DeliveryForm, letter: Letter): string {
  const who = name || addresseeOf(letter.applicantName, letter.applicantKind, null).name;
  return relation ? `${who} (${relation})` : who;
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
  if (letters.length === 1 && form.nguoi_nhan === '') faults.push(fault('nguoi_nhan', 'RECIPIENT_MISSING'));
  return faults;
}
