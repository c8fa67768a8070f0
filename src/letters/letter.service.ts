import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { fault } from '../web/form-fault';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { draftFaults, isComplete, readDraft, type Draft, type TypedDraft } from './draft-form';
import { isDraft, type Letter } from './letter';
import { LetterDraftGround } from './letter-draft-ground';
import { cleanReason, reasonFaults, type ReasonNature } from './letter-reason';
import { LetterRepository } from './letter.repository';

/** What people write into letters and decide about them before a text is approved. */
@Injectable()
export class LetterService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly ground: LetterDraftGround,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws LETTER_NOT_FOUND when the case has no letter, or none the reader may see */
  async ofCase(reader: Reader, code: string): Promise<Letter> {
    const [letter] = await this.letters.ofCases(this.database.pool, [code], reader.communeIds);
    if (!letter) throw new AppError('LETTER_NOT_FOUND', { code });
    return letter;
  }

  /**
   * Keeps a draft. An empty field is allowed as long as the letter is not complete; a wrong one never.
   * @returns the faults, empty when it is saved
   */
  async save(reader: Reader, code: string, typed: TypedDraft, complete: boolean): Promise<FormFault[]> {
    const now = this.clock.now();
    return this.change(reader, code, 'letter.drafted', async (tx, letter) => {
      const { calendar, catalogue } = await this.ground.of(tx, letter.unitId);
      const draft = readDraft(typed, calendar, catalogue);
      const faults = draftFaults(letter, typed, draft, { calendar, now, complete });
      if (faults.length === 0) await this.write(tx, reader, letter, draft, now);
      return faults;
    });
  }

  /** One reason for every chosen draft that has none. @returns the faults, or how many got it */
  async giveReason(
    reader: Reader,
    chosen: Letter[],
    { reason: typed, nature: typedNature }: { reason: string; nature: ReasonNature | null },
  ): Promise<FormFault[] | number> {
    const now = this.clock.now();
    const typedDraft = { reason: typed, nature: typedNature, day: '', time: '' };
    return this.database.transaction(async (tx) => {
      const ids = chosen.map((l) => l.id);
      const letters = (await this.letters.lock(tx, ids)).filter((l) => isDraft(l) && l.reason === null);
      const { calendar, catalogue } = await this.ground.of(tx, chosen[0]!.unitId);
      const { reason, nature } = readDraft(typedDraft, calendar, catalogue);
      const faults = reasonFaults(reason ?? '', 'ly_do');
      if (faults.length === 0 && nature === null) faults.push(fault('tinh_chat', 'REASON_NATURE_MISSING'));
      if (faults.length > 0) return faults;
      for (const letter of letters) await this.write(tx, reader, letter, { ...letter, reason, nature }, now);
      const detail = { reason, cases: letters.map((l) => l.code) };
      const entry = { action: 'letter.reason-given', subject: `letters:${letters.length}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
      return letters.length;
    });
  }

  /** The letter is not sent at all, for a reason that is kept. */
  notNeeded(reader: Reader, code: string, typedReason: string): Promise<FormFault[]> {
    const reason = cleanReason(typedReason);
    return this.change(reader, code, 'letter.not-needed', async (tx, letter) => {
      const faults = reasonFaults(reason, 'ly_do_khong_can');
      if (faults.length === 0) await this.letters.markNotNeeded(tx, [letter.id], reason, this.clock.now());
      return faults;
    });
  }

  /** A letter that was numbered and is wrong: the number stays in the register, marked as cancelled. */
  async cancel(reader: Reader, code: string, typedReason: string): Promise<FormFault[]> {
    const reason = cleanReason(typedReason);
    const { id } = await this.ofCase(reader, code);
    return this.database.transaction(async (tx) => {
      const [letter] = await this.letters.lock(tx, [id]);
      if (!letter || (letter.state !== 'numbered' && letter.state !== 'printed'))
        throw new AppError('LETTER_NOT_CANCELLABLE', { code });
      const faults = reasonFaults(reason, 'ly_do_huy');
      if (faults.length > 0) return faults;
      const by = reader.kind === 'user' ? reader.id : null;
      await this.letters.cancel(tx, id, reason, by, this.clock.now());
      const detail = { number: letter.number, suffix: letter.suffix, letterDate: letter.letterDate, reason };
      const entry = { action: 'letter.cancelled', subject: `case:${code}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
      return [];
    });
  }

  private async write(tx: Tx, reader: Reader, letter: Letter, draft: Draft, now: Date): Promise<void> {
    const state = isComplete(letter, draft) ? 'ready' : 'draft';
    const by = reader.kind === 'user' ? reader.id : null;
    const { reason, nature, newDueAt } = draft;
    await this.letters.complete(tx, letter.id, { reason, nature, newDueAt, state, by }, now);
  }

  private async change(
    reader: Reader,
    code: string,
    action: string,
    work: (tx: Tx, letter: Letter) => Promise<FormFault[]>,
  ): Promise<FormFault[]> {
    const { id } = await this.ofCase(reader, code);
    return this.database.transaction(async (tx) => {
      const [letter] = await this.letters.lock(tx, [id]);
      if (!letter || !isDraft(letter)) return [fault('ly_do', 'LETTER_FROZEN', { code })];
      const faults = await work(tx, letter);
      if (faults.length === 0)
        await this.audit.record(tx, { ...actorOf(reader), action, subject: `case:${code}`, detail: {} });
      return faults;
    });
  }
}
