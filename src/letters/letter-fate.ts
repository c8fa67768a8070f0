import type { CalendarBook } from '../calendars/calendar-book';
import { letterOwed, type LetterOwed } from '../domain/apology';
import { atSecond, dayOfInstant, toInstant, toLocalSecond } from '../domain/local-date';
import type { OwedFacts } from './letter';

/** What becomes of a letter without a number, its case being as it is now. */
export type LetterFate = 'keep' | 'withdraw' | Pick<LetterOwed, 'form' | 'cause'>;

export function owedBy(f: OwedFacts, book: CalendarBook, now: Date): LetterOwed | null {
  const { calendar } = book.of(f.calendarUnitId);
  return letterOwed({
    settled: f.settled,
    outcome: f.outcome,
    paused: f.paused,
    reported: f.reported,
    receivedAt: toLocalSecond(f.receivedAt),
    deadlineAt: f.deadlineAt === null ? null : toLocalSecond(f.deadlineAt),
    systemError: f.excused,
    now: toLocalSecond(now),
    calendar,
  });
}

export function fateOf(f: OwedFacts, letter: LetterOwed | null): LetterFate {
  if (!f.sameDeadline) return 'withdraw';
  if (letter !== null) return letter.form === f.form ? 'keep' : { form: letter.form, cause: letter.cause };
  // a pause after the deadline takes nothing back: the promise was broken before it
  if (f.paused && !f.settled && f.deadlineAt !== null)
    return f.form === 'system-error-slip' ? 'withdraw' : 'keep';
  // what somebody wrote ahead of the day is not thrown away
  return f.touched && !f.settled ? 'keep' : 'withdraw';
}

/** Long enough for the longest rest of a year between a last day for sending and its deadline. */
const AHEAD_DAYS = 20;

/** Deadlines before this instant can have a last day for sending that has come. */
export const forecastUntil = (now: Date): Date => toInstant(atSecond(dayOfInstant(now) + AHEAD_DAYS, 0));
