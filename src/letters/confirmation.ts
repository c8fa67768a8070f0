import { fault } from '../web/form-fault';
import { civil, dayOf, parseIsoDay, toLocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import { asksNewDue } from './draft-form';
import { reasonFaults } from './letter-reason';
import type { Letter } from './letter.repository';
import { newDueFaults, shortDay } from './new-due';

/** What the confirm page asks: numbers for these letters, on this day. */
export interface Confirmation {
  codes: string[];
  /** 'YYYY-MM-DD', null when what was typed is no day */
  letterDate: string | null;
  /** for every chosen letter that has none of its own */
  commonReason: string | null;
  /** from the form: the same token asks for the same numbers */
  token: string;
}

/** Why a letter cannot be chosen for numbering; a missing reason is no hindrance, the confirm page asks for it. */
export type Hindrance = 'numbered' | 'not-needed' | 'new-due';

export function hindranceOf(letter: Letter): Hindrance | null {
  if (letter.state === 'not-needed') return 'not-needed';
  if (letter.state !== 'draft' && letter.state !== 'ready') return 'numbered';
  return asksNewDue(letter) && letter.newDueAt === null ? 'new-due' : null;
}

export interface ConfirmationContext {
  now: Date;
  calendar: WorkingCalendar;
  /** the series' last letter */
  lastDate: string | null;
}

/** Everything that must hold in the transaction that takes the numbers. */
export function confirmationFaults(
  letters: Letter[],
  c: Confirmation,
  context: ConfirmationContext,
): FormFault[] {
  const faults = letterDateFaults(c.letterDate, context);
  const lacking = letters.some((l) => l.reason === null);
  if (lacking || c.commonReason !== null) {
    const own = lacking ? (c.commonReason ?? '') : c.commonReason;
    if (own !== null) faults.push(...reasonFaults(own, 'ly_do_chung'));
  }
  for (const letter of letters) faults.push(...letterFaults(letter, context));
  return faults;
}

function letterDateFaults(letterDate: string | null, { now, lastDate }: ConfirmationContext): FormFault[] {
  if (letterDate === null) return [fault('ngay', 'LETTER_DATE_UNREADABLE')];
  const [day, today] = [parseIsoDay(letterDate), dayOf(toLocalSecond(now))];
  if (day > today) return [fault('ngay', 'LETTER_DATE_FUTURE', { today: shortDay(today, today) })];
  if (civil(day).year < civil(today).year - 1) return [fault('ngay', 'LETTER_DATE_UNREADABLE')];
  if (lastDate !== null && letterDate < lastDate)
    return [fault('ngay', 'LETTER_DATE_BEFORE_LAST', { last: shortDay(parseIsoDay(lastDate), today) })];
  return [];
}

function letterFaults(letter: Letter, { now, calendar }: ConfirmationContext): FormFault[] {
  const { code } = letter;
  switch (hindranceOf(letter)) {
    case 'numbered':
      return [
        fault('thu', 'LETTER_NUMBERED', { code, number: letter.number ?? 0, suffix: letter.suffix ?? '' }),
      ];
    case 'not-needed':
      return [fault('thu', 'LETTER_FROZEN', { code })];
    case 'new-due':
      return [fault('thu', 'LETTER_INCOMPLETE', { code })];
    default:
      return letter.newDueAt === null || !asksNewDue(letter)
        ? []
        : newDueFaults(letter.newDueAt, { ...letter, now, calendar }).map(({ text }) => ({
            field: 'thu',
            text: `${code}: ${text}`,
          }));
  }
}
