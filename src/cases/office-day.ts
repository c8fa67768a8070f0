import { dayOf, isoDay, toLocalSecond, type EpochDay, type LocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';

/** What the clock line says about today and the next days off. */
export interface OfficeDay {
  /** Working time left today, null on a day off. */
  left: { hours: number; minutes: number } | null;
  closesAt: LocalSecond | null;
  /** The next run of days off within a week that is more than a weekend, or the one today belongs to. */
  rest: { from: string; back: string; holiday: boolean; now: boolean } | null;
}

const LOOK_AHEAD = 7;

export function officeDayAt(now: Date, calendar: WorkingCalendar): OfficeDay {
  const second = toLocalSecond(now);
  const today = dayOf(second);
  if (!calendar.covers(today) || !calendar.covers(today + 4 * LOOK_AHEAD))
    return { left: null, closesAt: null, rest: null };
  const closesAt = calendar.closesAt(today);
  const seconds = closesAt === null ? 0 : calendar.workingSecondsBetween(second, Math.max(second, closesAt));
  const minutes = Math.floor(seconds / 60);
  return {
    left: closesAt === null ? null : { hours: Math.floor(minutes / 60), minutes: minutes % 60 },
    closesAt,
    rest: nextRest(today, calendar),
  };
}

function nextRest(today: EpochDay, calendar: WorkingCalendar): OfficeDay['rest'] {
  for (let day = today; day < today + LOOK_AHEAD; day++) {
    if (calendar.isWorkingDay(day)) continue;
    const back = calendar.nextWorkingDay(day);
    const holiday = Array.from({ length: back - day }, (_, i) => day + i).some(
      (d) => calendar.describe(d).kind === 'off',
    );
    if (holiday || day === today)
      return { from: isoDay(day), back: isoDay(back), holiday, now: day === today };
    day = back;
  }
  return null;
}
