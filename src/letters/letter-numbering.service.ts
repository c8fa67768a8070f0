import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { civil, parseIsoDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { confirmationFaults, type Confirmation } from './confirmation';
import { asksNewDue } from './draft-form';
import { composeLetter } from './letter-composer';
import { LetterSeriesRepository, type LetterSeries, type NumberedLetter } from './letter-series.repository';
import { LetterRepository, type Letter } from './letter.repository';
import type { Office } from './letterhead';

export interface Numbered {
  ids: number[];
  numbers: number[];
  year: number;
  suffix: string;
  /** cases whose current promise moved */
  promisedAgain: number;
}

export interface NumberingContext {
  reader: Reader;
  unitId: number;
  office: Office;
  calendar: WorkingCalendar;
  now: Date;
}

/** Takes numbers: the one place where a draft becomes a document of the office. */
@Injectable()
export class LetterNumbering {
  constructor(
    private readonly letters: LetterRepository,
    private readonly series: LetterSeriesRepository,
    private readonly deadlines: DeadlineService,
    private readonly audit: AuditService,
  ) {}

  /** Runs in the confirming transaction; a fault takes no number. */
  async take(
    tx: Tx,
    ids: number[],
    c: Confirmation,
    context: NumberingContext,
  ): Promise<Numbered | FormFault[]> {
    const { unitId, office, now, calendar } = context;
    const suffix = office.settings.numberSuffix;
    const year = civil(c.letterDate === null ? 0 : parseIsoDay(c.letterDate)).year;
    await this.deadlines.holdGround(tx);
    const series = await this.series.lock(tx, unitId, year, suffix);
    const before = await this.series.confirmed(tx, series.id, c.token);
    if (before.length > 0) return { ...idsAndNumbers(before), year, suffix, promisedAgain: 0 };
    const letters = await this.letters.lock(tx, ids);
    const faults = confirmationFaults(letters, c, { now, calendar, lastDate: series.lastDate });
    if (faults.length > 0) return faults;
    const numbered = numberedLetters(letters, series, c, context);
    await this.series.take(tx, series, numbered, { token: c.token, by: userOf(context.reader), at: now });
    const promisedAgain = await this.promiseAgain(tx, letters, numbered, context);
    await this.record(tx, context.reader, numbered, letters, `${year}/${suffix}`);
    return { ...idsAndNumbers(numbered), year, suffix, promisedAgain };
  }

  /** The new date of a letter becomes the case's promise in the same transaction, with everything that follows. */
  private async promiseAgain(
    tx: Tx,
    letters: Letter[],
    numbered: NumberedLetter[],
    { reader, now, office }: NumberingContext,
  ): Promise<number> {
    const moved = letters.filter((l) => asksNewDue(l) && l.newDueAt !== null);
    for (const letter of moved) {
      const number = numbered.find((n) => n.id === letter.id)?.number;
      const promised = letter.newDueAt!;
      const data = {
        because: 'apology',
        previous: letter.deadlineAt,
        promised,
        letter: `${number}/${office.settings.numberSuffix}`,
        by: reader.name,
      };
      await this.series.promiseAgain(tx, letter.caseId, {
        newDueAt: promised,
        at: now,
        source: `letter:${letter.id}`,
        data,
      });
    }
    if (moved.length > 0)
      await this.deadlines.recompute(
        tx,
        moved.map((l) => l.caseId),
      );
    return moved.length;
  }

  private record(tx: Tx, reader: Reader, numbered: NumberedLetter[], letters: Letter[], subject: string) {
    const detail = {
      from: numbered[0]?.number,
      to: numbered[numbered.length - 1]?.number,
      letterDate: numbered[0]?.letterDate,
      cases: letters.map((l) => l.code),
    };
    return this.audit.record(tx, {
      ...actorOf(reader),
      action: 'letter.numbered',
      subject: `letter-series:${subject}`,
      detail,
    });
  }
}

const userOf = (reader: Reader): number | null => (reader.kind === 'user' ? reader.id : null);

const idsAndNumbers = (letters: { id: number; number: number }[]) => ({
  ids: letters.map((l) => l.id),
  numbers: letters.map((l) => l.number),
});

function numberedLetters(
  letters: Letter[],
  series: LetterSeries,
  c: Confirmation,
  { office, calendar }: NumberingContext,
): NumberedLetter[] {
  return letters.map((letter, i) => {
    const number = series.lastNumber + 1 + i;
    const reason = letter.reason ?? c.commonReason ?? '';
    const newDueAt = asksNewDue(letter) ? letter.newDueAt : null;
    const letterDate = c.letterDate!;
    const model = composeLetter(letter, { number, letterDate, reason, newDueAt }, office, calendar);
    return { id: letter.id, number, letterDate, reason, model };
  });
}
