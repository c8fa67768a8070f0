import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { XLSX } from '../documents/sheet-cell';
import { parseIsoDay, toInstant, atSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { EVIDENCE_LIMIT_MB, mediaTypeOf, type EvidenceFile } from '../reconciliation/evidence-file';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { parseTypedInstant } from '../web/typed-instant';
import { addresseeOf } from './addressee';
import { DeliveryRepository, type NewDelivery } from './delivery.repository';
import { LetterRepository, type Letter } from './letter.repository';
import { SendingEffects } from './sending-effects.service';

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
    private readonly letters: LetterRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly effects: SendingEffects,
    private readonly files: FileStore,
    private readonly audit: AuditService,
    private readonly clock: Clock,
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
  async record(
    reader: Reader,
    codes: string[],
    form: DeliveryForm,
    file: EvidenceFile | null = null,
  ): Promise<FormFault[]> {
    const chosen = await this.sendable(reader, codes);
    const at = parseTypedInstant(form.ngay, form.gio);
    const faults = [...deliveryFaults(chosen, form, at, this.clock.now()), ...fileFaults(file, 'tep')];
    if (form.minh_chung === '' && file === null) faults.push(fault('minh_chung', 'EVIDENCE_MISSING'));
    if (faults.length > 0 || !at || !form.cach) return faults;
    const recorded = { form: { ...form, cach: form.cach }, at, file };
    const again = await this.database.transaction(async (tx) => {
      await this.effects.begin(tx);
      const letters = await this.letters.lock(
        tx,
        chosen.map((l) => l.id),
      );
      for (const letter of letters) assertNumbered(letter);
      return this.write(tx, reader, letters, recorded);
    });
    await this.effects.committed(again);
    return [];
  }

  /** A file for a row that has none. @throws DELIVERY_NOT_FOUND */
  async addFile(reader: Reader, code: string, id: number, file: EvidenceFile | null): Promise<FormFault[]> {
    const field = `tep-${id}`;
    if (file === null) return [fault(field, 'LETTER_EVIDENCE_FILE_MISSING')];
    const faults = fileFaults(file, field);
    if (faults.length > 0) return faults;
    const { sha256 } = await this.files.put(file.content);
    await this.database.transaction(async (tx) => {
      const place = { code, communeIds: reader.communeIds };
      const added = await this.deliveries.addFile(tx, id, place, { sha256, name: file.name });
      if (!added) throw new AppError('DELIVERY_NOT_FOUND', { id });
      const detail = { delivery: id, sha256 };
      const entry = { action: 'letter.evidence-added', subject: `case:${code}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
    });
    return [];
  }

  /** @throws EVIDENCE_NOT_FOUND, also for that of a letter the reader does not see */
  async file(reader: Reader, code: string, id: number) {
    const place = { code, communeIds: reader.communeIds };
    const kept = await this.deliveries.file(this.database.pool, id, place);
    if (!kept) throw new AppError('EVIDENCE_NOT_FOUND');
    return { name: kept.name, type: mediaTypeOf(kept.name), content: await this.files.read(kept.sha256) };
  }

  private async write(
    tx: Tx,
    reader: Reader,
    letters: Letter[],
    { form, at, file }: Recorded,
  ): Promise<number> {
    const now = this.clock.now();
    const { actor, userId } = actorOf(reader);
    const kept = file === null ? null : await this.files.put(file.content);
    const common = {
      ...{ channel: form.cach, at, evidence: form.minh_chung || null },
      ...{ evidenceSha256: kept?.sha256 ?? null, evidenceName: file?.name ?? null },
    };
    const rows: NewDelivery[] = letters.map((letter) => ({
      ...common,
      letterId: letter.id,
      recipient: recipientOf(form, letter),
    }));
    const added = await this.deliveries.add(tx, rows, { by: userId, at: now, token: form.lan || null });
    if (added === 0) return 0;
    const letterIds = letters.map((l) => l.id);
    const again = await this.effects.take(tx, { letterIds, at, by: actor, now });
    const numbers = letters.map((l) => `${l.number}/${l.suffix}`);
    const detail = { channel: form.cach, at, letters: numbers, evidenceSha256: common.evidenceSha256 };
    const subject = letters.length === 1 ? `case:${letters[0]!.code}` : `letters:${letters.length}`;
    await this.audit.record(tx, { actor, userId, action: 'letter.sent', subject, detail });
    return again;
  }
}

export function assertNumbered({ state, code }: Letter): void {
  if (state !== 'numbered' && state !== 'printed' && state !== 'sent')
    throw new AppError('LETTER_NOT_NUMBERED', { code });
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

function fileFaults(file: EvidenceFile | null, field: string): FormFault[] {
  if (file === null) return [];
  const { name, fault: wrong } = file;
  if (wrong === 'EVIDENCE_FILE_TOO_LARGE') return [fault(field, wrong, { limit: EVIDENCE_LIMIT_MB })];
  const kind = wrong !== null || mediaTypeOf(name) === XLSX;
  return kind ? [fault(field, 'LETTER_EVIDENCE_KIND', { name })] : [];
}
