/**
 * Which letter of apology a case owes, and what a new promise must satisfy (NĐ 61/2018 Đ19.9, carried into
 * NĐ 118/2025): the letter goes out at the latest one day before the deadline, and a case is promised again at
 * most once.
 */
import { addMonths, dayOf, type EpochDay, type LocalSecond } from './local-date';
import { isOverdue, type Outcome } from './outcome';
import type { WorkingCalendar } from './working-calendar';

/**
 * extension-apology: before the deadline, asks for an extension; late-apology: already overdue, still open;
 * past-apology: settled late without an apology, no new date; system-error-slip: late only by a proven error of a
 * system, no letter to the applicant, but the case stays listed.
 */
export type LetterForm = 'extension-apology' | 'late-apology' | 'past-apology' | 'system-error-slip';

/** Why there is a letter to write. */
export type LetterCause = 'reported' | 'last-day' | 'overdue' | 'settled-late' | 'system-error';

export interface LetterOwed {
  form: LetterForm;
  cause: LetterCause;
  /** in-time: can still leave a day before the deadline; late: that day has passed; past: the case is settled */
  timing: 'in-time' | 'late' | 'past' | null;
}

export interface LetterInput {
  settled: boolean;
  outcome: Outcome | null;
  receivedAt: LocalSecond;
  deadlineAt: LocalSecond | null;
  paused: boolean;
  /** Somebody who works on the case said that the deadline will be missed. */
  reported: boolean;
  /** Somebody proved that only a system says so: the result was signed in time, or the clock had been stopped. */
  systemError: boolean;
  now: LocalSecond;
  calendar: WorkingCalendar;
}

const PAST: LetterOwed = { form: 'past-apology', cause: 'settled-late', timing: 'past' };
const LATE: LetterOwed = { form: 'late-apology', cause: 'overdue', timing: 'late' };
const SLIP: LetterOwed = { form: 'system-error-slip', cause: 'system-error', timing: null };

/** The letter owed now; null while nothing says that the deadline will not be kept. */
export function letterOwed(i: LetterInput): LetterOwed | null {
  const broken = i.settled ? (i.outcome === 'late' ? PAST : null) : openCase(i);
  return broken !== null && broken.form !== 'extension-apology' && i.systemError ? SLIP : broken;
}

function openCase(i: LetterInput): LetterOwed | null {
  if (i.paused || i.deadlineAt === null) return null;
  if (isOverdue(i.deadlineAt, i.now, i.calendar)) return LATE;
  const lastDay = knownLastDay(dayOf(i.deadlineAt), i.calendar);
  const [today, received] = [dayOf(i.now), dayOf(i.receivedAt)];
  const timing = lastDay === null || today <= lastDay ? 'in-time' : 'late';
  if (i.reported) return { form: 'extension-apology', cause: 'reported', timing };
  // received after its own last day for sending: a term of hours, which nobody can apologise for a day ahead
  const lastDayCame = lastDay !== null && received <= lastDay && lastDay <= today;
  return lastDayCame ? { form: 'extension-apology', cause: 'last-day', timing } : null;
}

function knownLastDay(deadlineDay: EpochDay, calendar: WorkingCalendar): EpochDay | null {
  return calendar.covers(deadlineDay) && calendar.covers(deadlineDay - 31)
    ? lastSendingDay(deadlineDay, calendar)
    : null;
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
  /** Somebody answerable allowed a second new date, with a reason. */
  allowedAgain?: boolean;
  calendar: WorkingCalendar;
}

/** The first reason why a case cannot be promised for `newDay`; null when it can. */
export function checkNewDue(i: NewDueInput): NewDueFault | null {
  const latest = addMonths(Math.max(i.deadlineDay, i.today), 12);
  if (i.promisedAgainBefore && !i.allowedAgain) return { fault: 'promised-again-already' };
  if (i.newDay <= i.deadlineDay) return { fault: 'not-later', than: i.deadlineDay };
  if (i.newDay < i.today) return { fault: 'in-the-past', today: i.today };
  if (i.newDay > latest) return { fault: 'too-far', latest };
  if (!i.calendar.covers(i.newDay)) return { fault: 'no-calendar', day: i.newDay };
  if (i.calendar.isWorkingDay(i.newDay)) return null;
  const next = i.calendar.covers(i.newDay + 31) ? i.calendar.nextWorkingDay(i.newDay) : null;
  return { fault: 'not-working-day', name: i.calendar.describe(i.newDay).name, next };
}
