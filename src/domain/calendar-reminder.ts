/**
 * When to remind of a year whose days off are not decided: deadlines that run into it are only forecast.
 *
 * From 1 November on the next year is awaited. The reminder goes out on the first working day of November and of
 * December and on every Monday after 15 December; a year that began without its decision is the most urgent one, so
 * the Mondays go on.
 */
import { civil, epochDay, isoWeekday, type EpochDay } from './local-date';
import type { WorkingCalendar } from './working-calendar';

/** First month, and the day of December after which every Monday reminds. */
const [NOVEMBER, DECEMBER, MONDAYS_AFTER] = [11, 12, 15];

type Years = Pick<WorkingCalendar, 'years'>;
type WorkingDays = Pick<WorkingCalendar, 'isWorkingDay'>;

const isUndecided = (year: number, calendar: Years): boolean =>
  calendar.years().some((y) => y.year === year && y.state === 'forecast');

/** The year whose decision is missed on that day; null when there is none. */
export function missedYear(today: EpochDay, calendar: Years): number | null {
  const { year, month } = civil(today);
  if (isUndecided(year, calendar)) return year;
  return month >= NOVEMBER && isUndecided(year + 1, calendar) ? year + 1 : null;
}

function isFirstWorkingDay(day: EpochDay, calendar: WorkingDays): boolean {
  const first = day - civil(day).day + 1;
  for (let d = first; d < day; d++) if (calendar.isWorkingDay(d)) return false;
  return calendar.isWorkingDay(day);
}

/** Whether that day is one on which the decision about `year` is asked for. */
export function isReminderDay(day: EpochDay, year: number, calendar: WorkingDays): boolean {
  const at = civil(day);
  if (at.year === year) return isoWeekday(day) === 1;
  if (at.year !== year - 1 || at.month < NOVEMBER) return false;
  if (at.month === DECEMBER && at.day > MONDAYS_AFTER) return isoWeekday(day) === 1;
  return isFirstWorkingDay(day, calendar);
}

/**
 * The newest reminder day up to today: a service that stood still on the day itself catches up with it.
 * Null when none has come yet.
 */
export function lastReminderDay(today: EpochDay, year: number, calendar: WorkingDays): EpochDay | null {
  const from = epochDay(year - 1, NOVEMBER, 1);
  for (let day = today; day >= from; day--) if (isReminderDay(day, year, calendar)) return day;
  return null;
}
