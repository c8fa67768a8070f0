import type { CalendarLayer } from '../domain/calendar-layers';
import type {
  CalendarDayRule,
  CalendarDefinition,
  CalendarYear,
  OfficeInterval,
  OfficePeriod,
  Weekday,
  WeeklyHours,
} from '../domain/working-calendar';
import { forecastDaysOff, withForecast } from '../domain/holiday-forecast';
import { mergeSpans, outsideHoles, type Span } from '../domain/spans';
import { civil, daysInMonth, epochDay, isoDay, parseIsoDay, type EpochDay } from '../domain/local-date';
import { OFFICE_HOURS, OFFICE_WEEKDAYS, OFFICIAL_YEARS } from './official-days';

/** A day as stored; `hours` are pairs 'HH:MM'. An awaited day is worked until its decision is entered. */
export interface CalendarDayRow {
  day: string;
  kind: 'off' | 'worked' | 'awaited';
  name: string;
  document: string | null;
  hours: [opens: string, closes: string][] | null;
  inExchangeFor: string | null;
}

export interface OfficeHoursRow {
  /** 0: outside every period */
  period: number;
  weekday: Weekday;
  /** 'HH:MM' or 'HH:MM:SS' */
  opens: string;
  closes: string;
}

/** Other office hours for a time ("giờ mùa hè"). */
export interface OfficePeriodRow {
  /** 1, 2, … */
  period: number;
  name: string;
  document: string | null;
  from: string;
  /** null: until further notice, with the periods that have an end inside it */
  to: string | null;
  /** the same days of every year from the first on */
  yearly: boolean;
}

/** A year whose days off are announced. */
export type DecidedYear = Pick<CalendarYear, 'year' | 'documents'>;

/** All rows of one version. The nation's has years; another office's has only what it adds to what it inherits. */
export interface CalendarRows {
  years: DecidedYear[];
  days: CalendarDayRow[];
  hours: OfficeHoursRow[];
  periods: OfficePeriodRow[];
}

export const NO_ROWS: CalendarRows = { years: [], days: [], hours: [], periods: [] };

/** 'HH:MM' or 'HH:MM:SS' as minutes since midnight; '24:00' is the day's end. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
}

const interval = ([opens, closes]: [string, string]): OfficeInterval => ({
  opens: minutesOf(opens),
  closes: minutesOf(closes),
});

function weekOf(rows: readonly OfficeHoursRow[], period: number): WeeklyHours {
  const weekly: WeeklyHours = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const row of rows)
    if (row.period === period) weekly[row.weekday].push(interval([row.opens, row.closes]));
  return weekly;
}

/** A yearly period is written out this far; no calendar reaches further. */
const LAST_YEAR = 2100;

/** The same day of the month in another year; 29 February is the 28th where there is none. */
function inYear(day: EpochDay, year: number): EpochDay {
  const { month, day: n } = civil(day);
  return epochDay(year, month, Math.min(n, daysInMonth(year, month)));
}

/** The days of a period with an end: of every year from the first on, when it comes back yearly. */
function daysOfPeriod({ from, to, yearly }: OfficePeriodRow): Span[] {
  if (to === null) return [];
  const [first, last] = [parseIsoDay(from), parseIsoDay(to)];
  if (!yearly) return [[first, last + 1]];
  const [start, end] = [civil(first).year, civil(last).year];
  return Array.from({ length: LAST_YEAR - start + 1 }, (_, i): Span => [
    inYear(first, start + i),
    inYear(last, end + i) + 1,
  ]);
}

/** Hours that hold from a day on hold until the next such day, except in the periods with an end. */
function daysFromOn(row: OfficePeriodRow, rows: readonly OfficePeriodRow[]): Span[] {
  const later = rows.filter((p) => p.to === null && p.from > row.from).map((p) => parseIsoDay(p.from));
  const end = Math.min(epochDay(LAST_YEAR, 12, 31) + 1, ...later);
  return outsideHoles([parseIsoDay(row.from), end], mergeSpans(rows.flatMap(daysOfPeriod)));
}

/** Where a version's other hours hold, apart from each other unless two periods with an end meet. */
export const periodsOf = ({ periods, hours }: Pick<CalendarRows, 'periods' | 'hours'>): OfficePeriod[] =>
  periods.flatMap((row): OfficePeriod[] => {
    const weekly = weekOf(hours, row.period);
    const spans = row.to === null ? daysFromOn(row, periods) : daysOfPeriod(row);
    return spans.map(([from, to]) => ({ from, to: to - 1, weekly }));
  });

const rulesOf = (days: readonly CalendarDayRow[]): CalendarDayRule[] =>
  days.flatMap(({ day, kind, name, document, hours }) =>
    kind === 'awaited'
      ? []
      : [{ day: parseIsoDay(day), kind, name, document, hours: hours?.map(interval) ?? null }],
  );

/** The nation's rows as the domain reads them, with the years to come by rule. */
export function definitionOf(rows: CalendarRows): CalendarDefinition {
  return withForecast({
    weekly: weekOf(rows.hours, 0),
    periods: periodsOf(rows),
    years: rows.years.map((y) => ({ ...y, state: 'decided' })),
    days: rulesOf(rows.days),
  });
}

/** What another office adds. */
export const layerOf = (rows: CalendarRows): CalendarLayer => ({
  weekly: rows.hours.length > 0 ? weekOf(rows.hours, 0) : null,
  periods: periodsOf(rows),
  days: rulesOf(rows.days),
});

/** The calendar a new installation starts with. */
export function firstCalendar(): CalendarRows {
  const days = OFFICIAL_YEARS.flatMap(({ off, worked }): CalendarDayRow[] => [
    ...off.map((d) => ({ ...d, kind: 'off' as const, hours: null, inExchangeFor: null })),
    ...worked.map((d) => ({ ...d, kind: 'worked' as const, hours: null })),
  ]);
  const hours = OFFICE_WEEKDAYS.flatMap((weekday) =>
    OFFICE_HOURS.map(([opens, closes]) => ({ period: 0, weekday: weekday as Weekday, opens, closes })),
  );
  return {
    years: OFFICIAL_YEARS.map(({ year, documents }) => ({ year, documents })),
    days,
    hours,
    periods: [],
  };
}

/** Days off by rule in the years to come, as rows. */
const forecastRows = (year: number): CalendarDayRow[] =>
  forecastDaysOff(year).map(({ day, name, document }) => ({
    day: isoDay(day),
    kind: 'off',
    name,
    document,
    hours: null,
    inExchangeFor: null,
  }));

/**
 * Every exception that holds for an office, the nearest office's word last, with those by rule for `undecided` years.
 * @param layers the nation's rows first
 */
export function daysOf(layers: readonly CalendarRows[], undecided: readonly number[]): CalendarDayRow[] {
  const days = new Map(undecided.flatMap(forecastRows).map((row) => [row.day, row]));
  for (const { days: own } of layers) for (const row of own) days.set(row.day, row);
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
