/**
 * The deadline of a case: a pure function of its ledger, the limit as it stood at reception and the calendar.
 *
 * Counting (BLDS 2015 Đ147.2, Đ148.5; NĐ 118/2025 Đ17.3). The day of reception is day zero, whatever the hour and
 * whether it is a working day or not; the first day counted is the day after. `n` working days end on the n-th
 * working day. `n` days end n calendar days later, `n` months on the same day of the month (or the month's last
 * day); an end on a rest day moves to the next working day. A same-day limit ends on the day of reception, and on
 * the next working day when the case came on a rest day, at or after closing, or later than the cut-off of its
 * procedure (15:00 sharp is still in time). These limits end when the office closes, or at the hour of reception
 * where procedure or unit say so, held within that day's office hours. Working hours run from the next opening and
 * end at the earliest instant by which they have passed: 17:00 at closing, not 07:30 of the next morning. Days are
 * never converted into hours.
 *
 * Cut-off. Only where the procedure itself has one does the hour of reception matter (NĐ 118/2025 Đ18.2 speaks of
 * handing the papers on, not of the deadline): received later than it on a working day, a case counts as received on
 * the next working day, which is then day zero; working hours then run from that day's opening. The same holds for
 * the supplement that starts the term anew.
 *
 * Pauses. A pause that opens before the due instant moves it; one that opens exactly then does not. For working
 * hours the pause is a hole in the calendar. For limits in days the day on which the clock stops still counts and
 * the days after it up to and including the day it runs again do not, as the day of an event never counts:
 * stopped 13/8 16:40 and running again 17/8 16:55 leaves out 14/8 and 17/8. Working-day and same-day limits leave
 * out working days, calendar days and months leave out calendar days. In mode 'extend-calendar-days' the calendar
 * days between request and supplement are added to the end of any limit in days. A deadline never falls at or
 * before the moment the clock runs again: the term then ends with the first office day that ends after it. While a
 * pause is open there is no due date.
 */
import {
  closedPauses,
  foldClock,
  type CaseClock,
  type ClockEvent,
  type ClosedPause,
  type SupplementMode,
} from './case-clock';
import { addMonths, atSecond, dayOf, secondOfDay, type EpochDay, type LocalSecond } from './local-date';
import { addWorkingSecondsAround } from './paused-time';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export type { SupplementMode } from './case-clock';

export type LimitUnit = 'working-days' | 'working-hours' | 'days' | 'months' | 'same-day';

export interface ProcessingLimit {
  /** 0 for a same-day limit */
  amount: number;
  unit: LimitUnit;
  /** Minutes since midnight; received later than this on a working day counts as received the next working day. */
  receptionCutoff: number | null;
  supplementMode: SupplementMode;
  /** null: as the unit counts */
  timeOfDay: TimeOfDayPolicy | null;
}

export type TimeOfDayPolicy = 'end-of-office' | 'same-hour';

export type Due =
  | { state: 'due'; dueAt: LocalSecond; /** rests on a year not decided yet */ forecast: boolean }
  | { state: 'paused'; since: LocalSecond }
  | { state: 'no-limit' }
  | { state: 'no-calendar'; year: number };

export interface DueInput {
  events: readonly ClockEvent[];
  limit: ProcessingLimit | null;
  calendar: WorkingCalendar;
  /** The unit's setting; a limit with one of its own wins. */
  timeOfDay: TimeOfDayPolicy;
}

/** How a due instant came about. */
export interface Term {
  dueAt: LocalSecond;
  /** Day zero: the day of reception, or the next working day after a cut-off. */
  zeroDay: EpochDay;
  /** The last day of the term as if there had been no pause, before it moved off a rest day. */
  unpausedDay: EpochDay;
  /** The same with the pauses. */
  endDay: EpochDay;
  /** The pauses that moved the end. */
  pauses: ClosedPause[];
}

type TermInput = Pick<DueInput, 'calendar' | 'timeOfDay'> & { clock: CaseClock; limit: ProcessingLimit };

/** Seconds since midnight moved into the office hours of a working day: into the next interval, at most to closing. */
function withinOffice(calendar: WorkingCalendar, day: EpochDay, second: number): LocalSecond {
  const interval = calendar.intervalsOf(day).find((i) => second <= i.closes * 60);
  if (!interval) return calendar.closesAt(day)!;
  return atSecond(day, Math.max(second, interval.opens * 60));
}

/**
 * The day that counts as the day of reception.
 * @throws CalendarNotCovered
 */
export function zeroDayOf(
  calendar: WorkingCalendar,
  startedAt: LocalSecond,
  limit: Pick<ProcessingLimit, 'receptionCutoff'>,
): EpochDay {
  const day = dayOf(startedAt);
  const { receptionCutoff } = limit;
  const late = receptionCutoff !== null && secondOfDay(startedAt) > receptionCutoff * 60;
  return late && calendar.isWorkingDay(day) ? calendar.nextWorkingDay(day) : day;
}

/** The working day on which a same-day limit ends. */
function sameDayEnd(calendar: WorkingCalendar, startedAt: LocalSecond, zeroDay: EpochDay): EpochDay {
  const closes = calendar.closesAt(zeroDay);
  return closes !== null && startedAt < closes ? zeroDay : calendar.nextWorkingDay(zeroDay);
}

function unpausedEnd({ clock, limit, calendar }: TermInput, day: EpochDay): EpochDay {
  switch (limit.unit) {
    case 'same-day':
      return sameDayEnd(calendar, clock.startedAt, day);
    case 'working-days':
      return calendar.addWorkingDays(day, limit.amount);
    case 'months':
      return addMonths(day, limit.amount);
    default:
      return day + limit.amount;
  }
}

/** True when the calendar days of the pause are added to a limit in working days, whose days count on meanwhile. */
export const pushesEnd = (limit: ProcessingLimit, pause: Pick<ClosedPause, 'kind'>): boolean =>
  limit.unit !== 'days' &&
  limit.unit !== 'months' &&
  pause.kind === 'supplement' &&
  limit.supplementMode === 'extend-calendar-days';

/** True when the pause leaves out working days, false when it leaves out, or adds, calendar days. */
export const pausesWorkingDays = (limit: ProcessingLimit, pause: Pick<ClosedPause, 'kind'>): boolean =>
  limit.unit !== 'days' && limit.unit !== 'months' && !pushesEnd(limit, pause);

/** Moves the n-th day past the days left out; a pause that begins on or after it leaves out none before it. */
function movedEnd(
  end: EpochDay,
  pause: ClosedPause,
  zeroDay: EpochDay,
  { limit, calendar }: TermInput,
): EpochDay {
  const from = Math.max(zeroDay, dayOf(pause.from));
  const to = Math.max(zeroDay, dayOf(pause.to));
  const added = pause.kind === 'supplement' && limit.supplementMode === 'extend-calendar-days';
  if (from >= end && !added) return end;
  if (!pausesWorkingDays(limit, pause)) return end + to - from;
  return calendar.addWorkingDays(end, calendar.workingDaysBetween(from, to));
}

function termOfDays(input: TermInput): Term {
  const { calendar, clock, limit } = input;
  const sameHour = (limit.timeOfDay ?? input.timeOfDay) === 'same-hour' && limit.unit !== 'same-day';
  const instantOn = (day: EpochDay): LocalSecond =>
    sameHour ? withinOffice(calendar, day, secondOfDay(clock.startedAt)) : calendar.closesAt(day)!;
  const firstInstantAfter = (runsAgain: LocalSecond): LocalSecond => {
    const day = calendar.rollForward(dayOf(runsAgain));
    return instantOn(day) > runsAgain ? instantOn(day) : instantOn(calendar.nextWorkingDay(day));
  };
  const applied: ClosedPause[] = [];
  const zeroDay = zeroDayOf(calendar, clock.startedAt, limit);
  const unpausedDay = unpausedEnd(input, zeroDay);
  let endDay = unpausedDay;
  let dueAt = instantOn(calendar.rollForward(endDay));
  let earliest = dueAt;
  for (const pause of closedPauses(clock)) {
    if (pause.from >= dueAt) break;
    applied.push(pause);
    endDay = movedEnd(endDay, pause, zeroDay, input);
    earliest = Math.max(earliest, firstInstantAfter(pause.to));
    dueAt = Math.max(earliest, instantOn(calendar.rollForward(endDay)));
  }
  return { dueAt, zeroDay, unpausedDay, endDay, pauses: applied };
}

/** Where a limit in hours begins to run: at reception, or with the opening of the day that counts as its day. */
export const startOfHours = (
  calendar: WorkingCalendar,
  startedAt: LocalSecond,
  zeroDay: EpochDay,
): LocalSecond => (zeroDay === dayOf(startedAt) ? startedAt : calendar.opensAt(zeroDay)!);

function termOfHours({ calendar, clock, limit }: TermInput): Term {
  const pauses = closedPauses(clock);
  const zeroDay = zeroDayOf(calendar, clock.startedAt, limit);
  const start = startOfHours(calendar, clock.startedAt, zeroDay);
  const dueAt = addWorkingSecondsAround(calendar, start, limit.amount * 3600, pauses);
  const endDay = dayOf(dueAt);
  return { dueAt, zeroDay, unpausedDay: endDay, endDay, pauses: pauses.filter((p) => p.from < dueAt) };
}

/**
 * The term of a case whose clock is not standing still.
 * @throws CalendarNotCovered when it needs a year without data
 */
export const computeTerm = (input: TermInput): Term =>
  input.limit.unit === 'working-hours' ? termOfHours(input) : termOfDays(input);

/** The due instant as the law and the calendar give it, or the reason why there is none. */
export function computeDue({ events, limit, calendar, timeOfDay }: DueInput): Due {
  const clock = foldClock(events, limit?.supplementMode ?? 'restart');
  if (clock.openPause) return { state: 'paused', since: clock.openPause.from };
  if (!limit) return { state: 'no-limit' };
  try {
    const { dueAt } = computeTerm({ clock, limit, calendar, timeOfDay });
    const forecast = calendar.forecastYears(dayOf(clock.startedAt), dayOf(dueAt)).length > 0;
    return { state: 'due', dueAt, forecast };
  } catch (error) {
    if (error instanceof CalendarNotCovered) return { state: 'no-calendar', year: error.year };
    throw error;
  }
}
