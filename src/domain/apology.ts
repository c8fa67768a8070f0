/**
 * Which letter of apology a case owes, and what a new promise must satisfy (NĐ 61/2018 Đ19.9, carried into
 * NĐ 118/2025): the letter goes out at the latest one day before the deadline, and a case is promised again at
 * most once.
 */
import { addMonths, type EpochDay, type LocalSecond } from './local-date';
import { isOverdue, type Outcome } from './outcome';
import type { WorkingCalendar } from './working-calendar';

/**
 * extension-apology: before the deadline, asks for an extension; late-apology: already overdue, still open;
 * past-apology: settled late without an apology, no new date.
 */
export type LetterForm = 'extension-apology' | 'late-apology' | 'past-apology';

export interface LetterOwed {
  form: LetterForm;
  /** late: sent after the day it should have been; past: after the case was settled */
  timing: 'late' | 'past';
}

export interface LetterInput {
  settled: boolean;
  outcome: Outcome | null;
  deadlineAt: LocalSecond | null;
  paused: boolean;
  now: LocalSecond;
  calendar: WorkingCalendar;
}

/** The letter owed without anybody asking for it; null while the deadline can still be kept. */
export function letterOwed(i: LetterInput): LetterOwed | null {
  if (i.settled) return i.outcome === 'late' ? { form: 'past-apology', timing: 'past' } : null;
  if (i.paused || i.deadlineAt === null || !isOverdue(i.deadlineAt, i.now, i.calendar)) return null;
  return { form: 'late-apology', timing: 'late' };
}

/**
 * Last day to send the letter before the deadline. "01 ngày" is not said to be a working day: where the day before
 * is a rest day, the working day before it keeps both readings.
 * @throws CalendarNotCovered
 */
export const lastSendingDay = (deadlineDay: EpochDay, calendar: WorkingCalendar): EpochDay =>
  calendar.previousWorkingDay(deadlineDay);

export type NewDueFault =
  | { fault: 'promised-again-already' }
  | { fault: 'not-later'; than: EpochDay }
  | { fault: 'in-the-past'; today: EpochDay }
  | { fault: 'too-far'; latest: EpochDay }
  | { fault: 'no-calendar'; day: EpochDay }
  | { fault: 'not-working-day'; name: string | null; next: EpochDay | null };

export interface NewDueInput {
  newDay: EpochDay;
  /** The deadline the letter apologises for. */
  deadlineDay: EpochDay;
  today: EpochDay;
  promisedAgainBefore: boolean;
  calendar: WorkingCalendar;
}

/** The first reason why a case cannot be promised for `newDay`; null when it can. */
export function checkNewDue(i: NewDueInput): NewDueFault | null {
  const latest = addMonths(Math.max(i.deadlineDay, i.today), 12);
  if (i.promisedAgainBefore) return { fault: 'promised-again-already' };
  if (i.newDay <= i.deadlineDay) return { fault: 'not-later', than: i.deadlineDay };
  if (i.newDay < i.today) return { fault: 'in-the-past', today: i.today };
  if (i.newDay > latest) return { fault: 'too-far', latest };
  if (!i.calendar.covers(i.newDay)) return { fault: 'no-calendar', day: i.newDay };
  if (i.calendar.isWorkingDay(i.newDay)) return null;
  const next = i.calendar.covers(i.newDay + 31) ? i.calendar.nextWorkingDay(i.newDay) : null;
  return { fault: 'not-working-day', name: i.calendar.describe(i.newDay).name, next };
}
