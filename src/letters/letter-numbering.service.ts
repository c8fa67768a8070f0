import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import { civil, parseIsoDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { AppError } from '../platform/errors';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { confirmationFaults, type Confirmation } from './confirmation';
import type { Letter } from './letter';
import { numberedModel } from './letter-composer';
import { LetterForms, type FormText } from './letter-forms.service';
import { LetterSeriesRepository, type LetterSeries, type NumberedLetter } from './letter-series.repository';
import { LetterRepository } from './letter.repository';
import { seriesSuffix } from './series-suffix';
import type { UnitSettings } from '../units/unit-settings';

export interface Numbered {
  ids: number[];
  numbers: number[];
  year: number;
  suffix: string;
}

export interface NumberingContext {
  reader: Reader;
  unitId: number;
  settings: UnitSettings;
  calendar: WorkingCalendar;
  now: Date;
}

/** Takes numbers: the one place where an approved text becomes a document of the office. */
@Injectable()
export class LetterNumbering {
  constructor(
    private readonly letters: LetterRepository,
    private readonly series: LetterSeriesRepository,
    private readonly forms: LetterForms,
    private readonly audit: AuditService,
  ) {}

  /** Runs in the confirming transaction; a fault takes no number. */
  async take(
    tx: Tx,
    chosen: Letter[],
    c: Confirmation,
    context: NumberingContext,
  ): Promise<Numbered | FormFault[]> {
    const { unitId, settings, now } = context;
    const suffix = suffixOf(chosen, settings);
    if (c.letterDate === null) return [fault('ngay', 'LETTER_DATE_UNREADABLE')];
    const year = civil(parseIsoDay(c.letterDate)).year;
    const series = await this.series.lock(tx, unitId, year, suffix);
    const before = await this.series.confirmed(tx, series.id, c.token);
    if (before.length > 0) return { ...idsAndNumbers(before), year, suffix };
    const letters = await this.letters.lock(
      tx,
      chosen.map((l) => l.id),
    );
    const faults = await this.faults(tx, letters, c, { ...context, series });
    if (faults.length > 0) return faults;
    const numbered = numberedLetters(letters, series, c);
    const confirmed = { token: c.token, by: userOf(context.reader), at: now, foreign: c.given !== null };
    await this.series.take(tx, series, numbered, confirmed);
    await this.record(tx, context.reader, numbered, letters, `${year}/${suffix}`);
    return { ...idsAndNumbers(numbered), year, suffix };
  }

  private async faults(
    tx: Tx,
    letters: Letter[],
    c: Confirmation,
    { unitId, now, calendar, series }: NumberingContext & { series: LetterSeries },
  ): Promise<FormFault[]> {
    const approved = letters.flatMap((l) => l.approved?.formId ?? []);
    const forms = new Map(
      (await this.forms.byIds(tx, [...new Set(approved)])).map((form) => [form.id, form]),
    );
    const inForce = new Map<string, number>();
    for (const kind of new Set(letters.map((l) => l.form))) {
      const form = c.letterDate && (await this.inForce(tx, kind, c.letterDate, unitId));
      if (form) inForce.set(kind, form.id);
    }
    const given = [...(c.given?.values() ?? [])].filter((n) => n !== null);
    const taken = given.length === 0 ? new Set<number>() : await this.series.taken(tx, series.id, given);
    return confirmationFaults(letters, c, {
      now,
      calendar,
      lastDate: series.lastDate,
      forms,
      inForce,
      taken,
    });
  }

  private async inForce(tx: Tx, kind: Letter['form'], day: string, unitId: number): Promise<FormText | null> {
    try {
      return await this.forms.inForce(tx, kind, day, unitId);
    } catch (e) {
      if (e instanceof AppError && e.code === 'LETTER_FORM_MISSING') return null;
      throw e;
    }
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

/** @throws LETTERS_OF_SEVERAL_SERIES */
export function suffixOf(letters: Letter[], settings: UnitSettings): string {
  const suffixes = new Set(letters.map((l) => seriesSuffix(l.form, settings.numberSuffix)));
  const [suffix] = suffixes;
  if (suffixes.size > 1 || suffix === undefined) throw new AppError('LETTERS_OF_SEVERAL_SERIES');
  return suffix;
}

const idsAndNumbers = (letters: { id: number; number: number }[]) => ({
  ids: letters.map((l) => l.id),
  numbers: letters.map((l) => l.number),
});

function numberedLetters(letters: Letter[], series: LetterSeries, c: Confirmation): NumberedLetter[] {
  const letterDate = c.letterDate!;
  return letters.map((letter, i) => {
    const number = c.given?.get(letter.code) ?? series.lastNumber + 1 + i;
    const model = numberedModel(letter.approved!.model, { number, letterDate });
    return { id: letter.id, number, letterDate, model };
  });
}
