import {
  civil,
  daysInMonth,
  epochDay,
  isoDay,
  isoWeekday,
  parseIsoDay,
  type EpochDay,
} from '../domain/local-date';
import type { CalendarYear, WorkingCalendar } from '../domain/working-calendar';
import type { CalendarDayRow } from './calendar-rows';

/** How a day looks: 'awaited' is a day off by rule in a year not decided yet. */
type DayTone = 'working' | 'weekend' | 'off' | 'awaited' | 'worked';

export interface DayView {
  number: number;
  day: string;
  tone: DayTone;
  today: boolean;
  name: string | null;
  /** Anchor of the entry in the list of days off; null on plain days. */
  entry: string | null;
}

export interface MonthView {
  month: number;
  workingDays: number;
  /** Rows of seven; null before the first and after the last day. */
  weeks: (DayView | null)[][];
}

/** Days off in a row, with the make-up days worked in exchange for one of them. */
export interface DaysOffEntry {
  anchor: string;
  names: string[];
  from: string;
  to: string;
  days: number;
  documents: string[];
  madeUpOn: string[];
}

export interface YearView {
  year: number;
  state: CalendarYear['state'];
  documents: string[];
  years: { label: string; href: string; current: boolean }[];
  months: MonthView[];
  workingDays: number;
  daysOff: DaysOffEntry[];
  daysOffCount: number;
}

export interface YearSource {
  calendar: WorkingCalendar;
  /** Years that can be opened. */
  years: CalendarYear[];
  /** Exceptions of that year and of those around it. */
  days: CalendarDayRow[];
  year: number;
  today: EpochDay;
}

const unique = (values: (string | null)[]): string[] => [
  ...new Set(values.filter((v): v is string => v !== null)),
];

/** A swapped day off says nothing by itself when it lies beside the holiday it prolongs. */
function entryNames(off: CalendarDayRow[], swapped: ReadonlySet<string>): string[] {
  const own = off.filter((d) => !swapped.has(d.day));
  return unique((own.length > 0 ? own : off).map((d) => d.name));
}

function entryOf(off: CalendarDayRow[], worked: CalendarDayRow[]): DaysOffEntry {
  const [first, last] = [off[0]!, off.at(-1)!];
  const inOff = new Set(off.map((d) => d.day));
  const madeUp = worked.filter((w) => w.inExchangeFor !== null && inOff.has(w.inExchangeFor));
  return {
    anchor: `nghi-${first.day}`,
    names: entryNames(off, new Set(madeUp.map((w) => w.inExchangeFor!))),
    from: first.day,
    to: last.day,
    days: off.length,
    documents: unique(off.map((d) => d.document)),
    madeUpOn: madeUp.map((w) => w.day),
  };
}

/** Days off of one holiday with only rest days between them are one entry. */
function daysOff({ calendar, days, year }: YearSource): DaysOffEntry[] {
  const ofYear = days.filter((d) => d.day.startsWith(`${year}-`));
  const worked = days.filter((d) => d.kind === 'worked');
  const groups: CalendarDayRow[][] = [];
  for (const row of ofYear.filter((d) => d.kind === 'off')) {
    const last = groups.at(-1)?.at(-1);
    const joined = last && calendar.workingDaysBetween(parseIsoDay(last.day), parseIsoDay(row.day)) === 0;
    if (joined) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => entryOf(group, worked));
}

function anchors(entries: DaysOffEntry[], days: CalendarDayRow[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { anchor, from, to, madeUpOn } of entries) {
    for (const { day } of days.filter((d) => d.kind === 'off' && d.day >= from && d.day <= to))
      found.set(day, anchor);
    for (const day of madeUpOn) found.set(day, anchor);
  }
  return found;
}

function dayView(day: EpochDay, source: YearSource, entries: Map<string, string>): DayView {
  const { calendar, today } = source;
  const { kind, name } = calendar.describe(day);
  const tone = kind === 'off' && calendar.isForecast(day) ? 'awaited' : kind;
  const iso = isoDay(day);
  return {
    number: civil(day).day,
    day: iso,
    tone,
    today: day === today,
    name,
    entry: entries.get(iso) ?? null,
  };
}

function monthView(month: number, source: YearSource, entries: Map<string, string>): MonthView {
  const { calendar, year } = source;
  const first = epochDay(year, month, 1);
  const length = daysInMonth(year, month);
  const blanks = isoWeekday(first) - 1;
  const weeks = Array.from({ length: Math.ceil((blanks + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => {
      const n = week * 7 + i - blanks;
      return n < 0 || n >= length ? null : dayView(first + n, source, entries);
    }),
  );
  const days = Array.from({ length }, (_, n) => first + n);
  return { month, weeks, workingDays: days.filter((d) => calendar.isWorkingDay(d)).length };
}

/** One covered year as the calendar page shows it. */
export function yearView(source: YearSource): YearView {
  const { year, years, days } = source;
  const own = years.find((y) => y.year === year)!;
  const list = daysOff(source);
  const entries = anchors(list, days);
  const months = Array.from({ length: 12 }, (_, i) => monthView(i + 1, source, entries));
  return {
    year,
    state: own.state,
    documents: own.documents,
    years: years.map((y) => ({
      label: String(y.year),
      href: `/quan-tri/lich/${y.year}`,
      current: y.year === year,
    })),
    months,
    workingDays: months.reduce((sum, m) => sum + m.workingDays, 0),
    daysOff: list,
    daysOffCount: list.reduce((sum, e) => sum + e.days, 0),
  };
}

/** Years to come that can be opened although nothing is decided for them. */
const AHEAD = 2;

/** The decided years and the next few. */
export function shownYears(calendar: WorkingCalendar): CalendarYear[] {
  const years = calendar.years();
  const forecast = years.filter((y) => y.state === 'forecast').slice(0, AHEAD);
  return [...years.filter((y) => y.state === 'decided'), ...forecast];
}

/** Some day of the year on that weekday, for a template that names weekdays by days. */
export function weekdayIn(year: number, weekday: number): string {
  const first = epochDay(year, 1, 1);
  return isoDay(first + ((weekday - isoWeekday(first) + 7) % 7));
}
