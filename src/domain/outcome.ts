/**
 * Early, on time or late, and how urgent an open case is.
 *
 * Outcomes compare dates, not hours, as the reports do (production SQL of a provincial one-stop system). A promise
 * for 10:15 is therefore kept by a result at 16:00 of that day, and an open case becomes overdue only when the
 * office closes on its deadline day (or at the deadline itself, where that is later or the office stays shut).
 */
import { atSecond, dayOf, secondOfDay, type EpochDay, type LocalSecond } from './local-date';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export type Outcome = 'early' | 'on-time' | 'late';

/** By date. A case without any deadline counts as on time (report form II.06a). */
export function classifyOutcome(settledDay: EpochDay, deadlineDay: EpochDay | null): Outcome {
  if (deadlineDay === null || settledDay === deadlineDay) return 'on-time';
  return settledDay < deadlineDay ? 'early' : 'late';
}

/** The last instant in time: an open case is overdue from the next second on. */
export function lastInstantInTime(deadlineAt: LocalSecond, calendar: WorkingCalendar): LocalSecond {
  const day = dayOf(deadlineAt);
  const closes = calendar.covers(day) ? calendar.closesAt(day) : null;
  return closes === null ? deadlineAt : Math.max(deadlineAt, closes);
}

export const isOverdue = (deadlineAt: LocalSecond, now: LocalSecond, calendar: WorkingCalendar): boolean =>
  now > lastInstantInTime(deadlineAt, calendar);

/** Office time left, or passed: whole working days, and the rest in office hours. */
export interface TimeLeft {
  /**
   * left: until the office closes on the deadline day, on that day itself until the hour promised;
   * past-hour: since the hour promised, while the day still counts as in time; overdue: since the day closed
   */
  state: 'left' | 'past-hour' | 'overdue';
  days: number;
  hours: number;
  minutes: number;
}

/** Whole working days from a to b, each to the same time of day, and the office seconds that remain. */
function officeTime(
  a: LocalSecond,
  b: LocalSecond,
  calendar: WorkingCalendar,
): { days: number; seconds: number } {
  const dayA = dayOf(a);
  const between = Math.max(0, calendar.workingDaysBetween(dayA, dayOf(b)));
  const after = (days: number): LocalSecond => atSecond(calendar.addWorkingDays(dayA, days), secondOfDay(a));
  const days = after(between) > b ? Math.max(0, between - 1) : between;
  return { days, seconds: Math.max(0, calendar.workingSecondsBetween(after(days), b)) };
}

/** Before the deadline day itself, its office hours from opening to closing are one more whole day. */
function wholeDays(
  time: { days: number; seconds: number },
  now: LocalSecond,
  target: LocalSecond,
  calendar: WorkingCalendar,
): { days: number; seconds: number } {
  const opens = calendar.opensAt(dayOf(target));
  const last = opens === null ? 0 : calendar.workingSecondsBetween(opens, target);
  const whole = last > 0 && time.seconds === last && dayOf(now) < dayOf(target);
  return whole ? { days: time.days + 1, seconds: 0 } : time;
}

/**
 * Time on the badge of a case. Counted from the next opening, so nothing runs at night; an overdue case has been
 * overdue for the whole of a day once the office has closed on it.
 * @returns null when the calendar has no data for the days between
 */
export function timeLeft(
  deadlineAt: LocalSecond,
  now: LocalSecond,
  calendar: WorkingCalendar,
): TimeLeft | null {
  const last = lastInstantInTime(deadlineAt, calendar);
  const state = now > last ? 'overdue' : now > deadlineAt ? 'past-hour' : 'left';
  const target = dayOf(now) === dayOf(deadlineAt) ? deadlineAt : last;
  const opening = (at: LocalSecond): LocalSecond => calendar.nextOpening(at);
  try {
    const { days, seconds } = {
      left: () => wholeDays(officeTime(opening(now), target, calendar), now, target, calendar),
      'past-hour': () => officeTime(opening(deadlineAt), now, calendar),
      overdue: () => officeTime(opening(last), opening(now), calendar),
    }[state]();
    return { state, days, hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60 };
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/** soon: 1–2 working days left; week: 3–5; unknown: no deadline. */
export type UrgencyGroup = 'overdue' | 'today' | 'soon' | 'week' | 'later' | 'paused' | 'unknown';

export interface UrgencyInput {
  deadlineAt: LocalSecond | null;
  paused: boolean;
  now: LocalSecond;
  calendar: WorkingCalendar;
}

/** The group of an open case in the work queue. */
export function urgencyOf({ deadlineAt, paused, now, calendar }: UrgencyInput): UrgencyGroup {
  if (paused) return 'paused';
  if (deadlineAt === null) return 'unknown';
  if (isOverdue(deadlineAt, now, calendar)) return 'overdue';
  const [today, day] = [dayOf(now), dayOf(deadlineAt)];
  if (day === today) return 'today';
  if (!calendar.covers(today) || !calendar.covers(day)) return 'later';
  const days = calendar.workingDaysBetween(today, day);
  if (days <= 2) return 'soon';
  return days <= 5 ? 'week' : 'later';
}
