/**
 * Why a source system may have promised another day than the calendar gives: the known ways to count wrongly are
 * tried one after the other, and the first that leads to the promised day is named.
 */
import type { CaseClock } from './case-clock';
import { computeTerm, type ProcessingLimit } from './deadline';
import { civil, dayOf, type EpochDay } from './local-date';
import { CalendarNotCovered, type CalendarDayRule, type WorkingCalendar } from './working-calendar';

export type MismatchCause =
  /** a make-up day was taken for a rest day */
  | 'worked-day-forgotten'
  /** only the days off of the year of reception were known */
  | 'other-year-days-off-forgotten'
  /** Monday to Friday, no day off at all */
  | 'days-off-forgotten'
  | 'weekend-counted'
  | 'rest-day-not-skipped'
  | 'cutoff-ignored'
  | 'pause-ignored'
  | 'other-limit'
  | 'unknown';

export interface LikelyCause {
  cause: MismatchCause;
  /** For 'other-limit': the working days the promise amounts to. */
  workingDays: number | null;
}

export interface Suspect {
  clock: CaseClock;
  limit: ProcessingLimit;
  calendar: WorkingCalendar;
  promisedDay: EpochDay;
}

type Way = [cause: MismatchCause, day: () => EpochDay | null];

/**
 * The calendars that somebody may have counted with, by what they lack: building one takes milliseconds, and a new day
 * off makes tens of thousands of cases ask for the same few.
 */
const wrongCalendars = new WeakMap<WorkingCalendar, Map<string, WorkingCalendar>>();

function lacking(
  calendar: WorkingCalendar,
  what: string,
  kept: (rule: CalendarDayRule) => boolean,
): WorkingCalendar {
  const known = wrongCalendars.get(calendar) ?? new Map<string, WorkingCalendar>();
  wrongCalendars.set(calendar, known);
  const found = known.get(what) ?? calendar.keeping(kept);
  known.set(what, found);
  return found;
}

/** The day of the due instant; null where a wrong calendar leads out of the years it covers. */
function dueDay(suspect: Suspect, changed: Partial<Suspect>): EpochDay | null {
  try {
    return dayOf(computeTerm({ ...suspect, ...changed, timeOfDay: 'end-of-office' }).dueAt);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

function ways(suspect: Suspect): Way[] {
  const { clock, limit, calendar } = suspect;
  const start = dayOf(clock.startedAt);
  const { year } = civil(start);
  const without = (what: string, kept: (rule: CalendarDayRule) => boolean) =>
    dueDay(suspect, { calendar: lacking(calendar, what, kept) });
  const ownYear = (rule: CalendarDayRule): boolean => civil(rule.day).year === year;
  const found: Way[] = [
    ['worked-day-forgotten', () => without('worked', (rule) => rule.kind === 'off')],
    [
      'other-year-days-off-forgotten',
      () => without(`outside ${year}`, (rule) => rule.kind === 'off' && ownYear(rule)),
    ],
    ['days-off-forgotten', () => without('all', () => false)],
  ];
  if (clock.pauses.length > 0)
    found.unshift([
      'pause-ignored',
      () => dueDay(suspect, { clock: { ...clock, pauses: [], openPause: null } }),
    ]);
  if (limit.unit === 'working-days') found.push(['weekend-counted', () => start + limit.amount]);
  if (limit.unit === 'same-day') found.push(['cutoff-ignored', () => start]);
  else if (limit.receptionCutoff !== null)
    found.push(['cutoff-ignored', () => dueDay(suspect, { limit: { ...limit, receptionCutoff: null } })]);
  if (limit.unit === 'days' || limit.unit === 'months')
    found.push([
      'rest-day-not-skipped',
      () => computeTerm({ ...suspect, timeOfDay: 'end-of-office' }).endDay,
    ]);
  return found;
}

/** @throws CalendarNotCovered when the promise lies outside the calendar */
export function likelyCause(suspect: Suspect): LikelyCause {
  const { clock, limit, calendar, promisedDay } = suspect;
  const found = ways(suspect).find(([, day]) => day() === promisedDay);
  if (found) return { cause: found[0], workingDays: null };
  const startDay = dayOf(clock.startedAt);
  const comparable =
    limit.unit === 'working-days' && promisedDay > startDay && calendar.isWorkingDay(promisedDay);
  if (!comparable || clock.pauses.length > 0) return { cause: 'unknown', workingDays: null };
  return { cause: 'other-limit', workingDays: calendar.workingDaysBetween(startDay, promisedDay) };
}
