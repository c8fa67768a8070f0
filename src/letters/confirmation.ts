import { fault } from '../web/form-fault';
import { civil, dayOf, dayOfInstant, isoDay, parseIsoDay, toLocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import { asksNewDue, type Letter } from './letter';
import type { FormText } from './letter-forms.service';
import { newDueFaults, shortDay } from './new-due';
import { textHash } from './text-hash';

/** What the confirm page asks: numbers for these letters, on this day. */
export interface Confirmation {
  codes: string[];
  /** 'YYYY-MM-DD', null when what was typed is no day */
  letterDate: string | null;
  /** from the form: the same token asks for the same numbers */
  token: string;
  /** numbers given by the document-management system, by case code; null: the office's own series gives them */
  given: Map<string, number | null> | null;
}

/** Why a letter cannot be chosen for numbering. */
export type Hindrance = 'numbered' | 'not-needed' | 'not-approved';

export function hindranceOf(letter: Pick<Letter, 'state'>): Hindrance | null {
  if (letter.state === 'approved') return null;
  if (letter.state === 'not-needed') return 'not-needed';
  return letter.state === 'draft' || letter.state === 'ready' ? 'not-approved' : 'numbered';
}

export interface ConfirmationContext {
  now: Date;
  calendar: WorkingCalendar;
  /** the series' last letter */
  lastDate: string | null;
  /** forms of the approved texts, by id, and the form in force on the letter's day, by kind */
  forms: Map<number, FormText>;
  inForce: Map<string, number>;
  /** of those given: already in the book */
  taken: Set<number>;
}

/** Everything that must hold in the transaction that takes the numbers. */
export function confirmationFaults(
  letters: Letter[],
  c: Confirmation,
  context: ConfirmationContext,
): FormFault[] {
  const faults = c.given === null ? letterDateFaults(c.letterDate, context) : foreignDateFaults(c, context);
  if (c.given !== null) faults.push(...givenFaults(letters, c.given, context.taken));
  for (const letter of letters) faults.push(...letterFaults(letter, c, context));
  return faults;
}

/** Numbers of one's own follow the days (Decree 30/2020, Điều 15). */
function letterDateFaults(letterDate: string | null, context: ConfirmationContext): FormFault[] {
  const { now, lastDate } = context;
  const today = dayOf(toLocalSecond(now));
  const faults = dayFaults(letterDate, now);
  if (faults.length > 0 || letterDate === null) return faults;
  if (lastDate !== null && letterDate < lastDate)
    return [fault('ngay', 'LETTER_DATE_BEFORE_LAST', { last: shortDay(parseIsoDay(lastDate), today) })];
  return [];
}

const foreignDateFaults = (c: Confirmation, { now }: ConfirmationContext): FormFault[] =>
  dayFaults(c.letterDate, now);

function dayFaults(letterDate: string | null, now: Date): FormFault[] {
  if (letterDate === null) return [fault('ngay', 'LETTER_DATE_UNREADABLE')];
  const [day, today] = [parseIsoDay(letterDate), dayOf(toLocalSecond(now))];
  if (day > today) return [fault('ngay', 'LETTER_DATE_FUTURE', { today: shortDay(today, today) })];
  if (civil(day).year < civil(today).year - 1) return [fault('ngay', 'LETTER_DATE_UNREADABLE')];
  return [];
}

function givenFaults(letters: Letter[], given: Map<string, number | null>, taken: Set<number>): FormFault[] {
  const seen = new Set<number>();
  return letters.flatMap(({ code }) => {
    const number = given.get(code) ?? null;
    if (number === null) return [fault('thu', 'NUMBER_MISSING', { code })];
    if (taken.has(number) || seen.has(number)) return [fault('thu', 'NUMBER_TAKEN', { code, number })];
    seen.add(number);
    return [];
  });
}

function letterFaults(letter: Letter, c: Confirmation, context: ConfirmationContext): FormFault[] {
  const { code } = letter;
  switch (hindranceOf(letter)) {
    case 'numbered':
      return [
        fault('thu', 'LETTER_NUMBERED', { code, number: letter.number ?? 0, suffix: letter.suffix ?? '' }),
      ];
    case 'not-needed':
      return [fault('thu', 'LETTER_FROZEN', { code })];
    case 'not-approved':
      return [fault('thu', 'LETTER_NOT_APPROVED', { code })];
    default:
      return textFaults(letter, c, context);
  }
}

/** The approved text must still be the one to print: unchanged, its form in force, its date possible. */
function textFaults(letter: Letter, { letterDate, given }: Confirmation, context: ConfirmationContext) {
  const { code } = letter;
  const approved = letter.approved!;
  const form = context.forms.get(approved.formId);
  if (!form || textHash(form.sha256, approved.model) !== approved.sha256)
    return [fault('thu', 'LETTER_TEXT_CHANGED', { code })];
  if (letterDate !== null && context.inForce.get(letter.form) !== approved.formId)
    return [fault('thu', 'LETTER_FORM_CHANGED', { code, name: form.name })];
  const approvedOn = isoDay(dayOfInstant(approved.approvedAt));
  if (given === null && letterDate !== null && letterDate < approvedOn)
    return [fault('ngay', 'LETTER_DATE_BEFORE_APPROVAL', { code })];
  if (letter.newDueAt === null || !asksNewDue(letter)) return [];
  return newDueFaults(letter.newDueAt, { ...letter, ...context }).map(({ text }) => ({
    field: 'thu',
    text: `${code}: ${text}`,
  }));
}
