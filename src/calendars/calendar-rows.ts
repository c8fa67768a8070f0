import type { CalendarDefinition, CalendarYear, OfficeInterval, Weekday } from '../domain/working-calendar';
import { isoDay, parseIsoDay } from '../domain/local-date';
import { forecastDaysOff } from '../domain/holiday-forecast';
import { FORECAST_YEARS, OFFICE_HOURS, OFFICE_WEEKDAYS, OFFICIAL_YEARS } from './official-days';

/** A day as stored; `hours` are pairs 'HH:MM'. */
export interface CalendarDayRow {
  day: string;
  kind: 'off' | 'worked';
  name: string;
  document: string | null;
  hours: [opens: string, closes: string][] | null;
  inExchangeFor: string | null;
}

export interface OfficeHoursRow {
  weekday: Weekday;
  /** 'HH:MM' or 'HH:MM:SS' */
  opens: string;
  closes: string;
}

/** All rows of one version of the calendar. */
export interface CalendarRows {
  years: CalendarYear[];
  days: CalendarDayRow[];
  hours: OfficeHoursRow[];
}

/** 'HH:MM' or 'HH:MM:SS' as minutes since midnight; '24:00' is the day's end. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
}

const interval = ([opens, closes]: [string, string]): OfficeInterval => ({
  opens: minutesOf(opens),
  closes: minutesOf(closes),
});

/** The rows as the domain's calendar reads them. */
export function definitionOf({ years, days, hours }: CalendarRows): CalendarDefinition {
  const weekly: CalendarDefinition['weekly'] = { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] };
  for (const { weekday, opens, closes } of hours) weekly[weekday].push(interval([opens, closes]));
  return {
    weekly,
    years,
    days: days.map(({ day, kind, name, document, hours: own }) => ({
      day: parseIsoDay(day),
      kind,
      name,
      document,
      hours: own?.map(interval) ?? null,
    })),
  };
}

/** The calendar a new installation starts with. */
export function firstCalendar(): CalendarRows {
  const announced = OFFICIAL_YEARS.flatMap(({ off, worked }): CalendarDayRow[] => [
    ...off.map((d) => ({ ...d, kind: 'off' as const, hours: null, inExchangeFor: null })),
    ...worked.map((d) => ({ ...d, kind: 'worked' as const, hours: null })),
  ]);
  const forecast = FORECAST_YEARS.flatMap(forecastDaysOff).map(
    ({ day, kind, name, document }): CalendarDayRow => ({
      day: isoDay(day),
      kind,
      name,
      document,
      hours: null,
      inExchangeFor: null,
    }),
  );
  const decided = OFFICIAL_YEARS.map(({ year, documents }) => ({
    year,
    state: 'decided' as const,
    documents,
  }));
  const undecided = FORECAST_YEARS.map((year) => ({ year, state: 'forecast' as const, documents: [] }));
  const hours = OFFICE_WEEKDAYS.flatMap((weekday) =>
    OFFICE_HOURS.map(([opens, closes]) => ({ weekday: weekday as Weekday, opens, closes })),
  );
  return { years: [...decided, ...undecided], days: [...announced, ...forecast], hours };
}
