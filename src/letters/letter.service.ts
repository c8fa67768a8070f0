import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { fault } from '../web/form-fault';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { CalendarService } from '../calendars/calendar.service';
import { draftFaults, isComplete, readDraft, type TypedDraft } from './draft-form';
import { cleanReason, reasonFaults } from './letter-reason';
import { LetterRepository, type Letter } from './letter.repository';

/** What people write into letters and decide about them, one letter at a time. */
@Injectable()
export class LetterService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly calendars: CalendarService,
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
      const { calendar } = await this.calendars.of(letter.unitId, tx);
      const draft = readDraft(typed, calendar);
      const faults = draftFaults(letter, typed, draft, { calendar, now, complete });
      if (faults.length > 0) return faults;
      const state = isComplete(letter, draft) ? 'ready' : 'draft';
      const by = reader.kind === 'user' ? reader.id : null;
      await this.letters.complete(tx, letter.id, { ...draft, state, by }, now);
      return [];
    });
  }

  /** The letter is not sent at all, for a reason that is kept. */
  notNeeded(reader: Reader, code: string, typedReason: string): Promise<FormFault[]> {
    const reason = cleanReason(typedReason);
    return this.change(reader, code, 'letter.not-needed', async (tx, letter) => {
      const faults = reasonFaults(reason, 'ly_do_khong_can');
      if (faults.length === 0) await this.letters.markNotNeeded(tx, letter.id, reason, this.clock.now());
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
      await this.audit.record(tx, {
        ...actorOf(reader),
        action: 'letter.cancelled',
        subject: `case:${code}`,
        detail,
      });
      return [];
    });
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

export const isDraft = ({ state }: Pick<Letter, 'state'>): boolean => state === 'draft' || state === 'ready';
export const isUnsent = ({ state }: Pick<Letter, 'state'>): boolean =>
  state === 'numbered' || state === 'printed';
