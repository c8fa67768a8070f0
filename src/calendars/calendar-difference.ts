import type { CalendarDayRow, CalendarRows, OfficePeriodRow } from './calendar-rows';
import { pairsOn, sharedHours, shownHours, type SharedHours } from './typed-hours';

export interface Change<T> {
  before: T | null;
  after: T | null;
}

export interface PeriodView extends OfficePeriodRow {
  weekHours: SharedHours[];
}

/** What two versions of one office's rows differ in; null where a version has nothing. */
export interface CalendarDifference {
  years: ({ year: number } & Change<string[]>)[];
  days: ({ day: string } & Change<CalendarDayRow>)[];
  /** the usual week; null of a version that inherits its hours */
  hours: ({ weekday: number } & Change<string>)[];
  periods: Change<PeriodView>[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The entries of both sides by their key, in its order, where they are not the same. */
function changes<T>(before: Map<string, T>, after: Map<string, T>): [key: string, change: Change<T>][] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys
    .map((key): [string, Change<T>] => [
      key,
      { before: before.get(key) ?? null, after: after.get(key) ?? null },
    ])
    .filter(([, change]) => !same(change.before, change.after));
}

const yearsOf = ({ years }: CalendarRows) => new Map(years.map((y) => [String(y.year), y.documents]));

/** Keys in a fixed order, whatever wrote the row. */
const dayOf = ({ day, kind, name, document, hours, inExchangeFor }: CalendarDayRow): CalendarDayRow => ({
  ...{ day, kind, name, document },
  hours: hours?.map(([opens, closes]): [string, string] => [opens.slice(0, 5), closes.slice(0, 5)]) ?? null,
  inExchangeFor,
});
const daysOf = ({ days }: CalendarRows) => new Map(days.map((row) => [row.day, dayOf(row)]));

function weekOf({ hours }: CalendarRows, period: number): Map<string, string> {
  const week = new Map<string, string>();
  for (let weekday = 1; weekday <= 7; weekday++) {
    const pairs = pairsOn(
      hours.filter((row) => row.period === period),
      weekday,
    );
    if (pairs.length > 0) week.set(String(weekday), shownHours(pairs));
  }
  return week;
}

/** Numbers of periods mean nothing by themselves: a period is known by its name and its first day. */
function periodViews(rows: CalendarRows): Map<string, PeriodView> {
  const views = rows.periods.map(({ period, name, document, from, to, yearly }): PeriodView => ({
    ...{ period: 0, name, document, from, to, yearly },
    weekHours: sharedHours(rows.hours, period),
  }));
  return new Map(views.map((view) => [`${view.from} ${view.name}`, view]));
}

export function calendarDifference(before: CalendarRows, after: CalendarRows): CalendarDifference {
  return {
    years: changes(yearsOf(before), yearsOf(after)).map(([year, c]) => ({ year: Number(year), ...c })),
    days: changes(daysOf(before), daysOf(after)).map(([day, c]) => ({ day, ...c })),
    hours: changes(weekOf(before, 0), weekOf(after, 0)).map(([weekday, c]) => ({
      weekday: Number(weekday),
      ...c,
    })),
    periods: changes(periodViews(before), periodViews(after)).map(([, c]) => c),
  };
}

/** The two versions say the same. */
export const sameRows = (a: CalendarRows, b: CalendarRows): boolean =>
  Object.values(calendarDifference(a, b)).every((list) => list.length === 0);
