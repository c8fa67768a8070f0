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
import { shownHours } from './typed-hours';

/** How a day looks: 'awaited' waits for a document, by proposal or in a year not decided yet. */
type DayTone = 'working' | 'weekend' | 'off' | 'awaited' | 'worked' | 'half';

export interface DayView {
  number: number;
  day: string;
  tone: DayTone;
  today: boolean;
  name: string | null;
  /** What the name alone does not say: a day off by rule, or one that is worked until its decision comes. */
  state: 'forecast' | 'awaited' | null;
  href: string;
}

export interface MonthView {
  month: number;
  workingDays: number;
  /** Rows of seven; null before the first and after the last day. */
  weeks: (DayView | null)[][];
}

/** Days off in a row, with the make-up days worked in exchange for one of them. */
export interface DaysOffEntry {
  /** The day's own page. */
  href: string;
  names: string[];
  from: string;
  to: string;
  days: number;
  documents: string[];
  madeUpOn: string[];
  /** Entered at an office above this one. */
  inherited: boolean;
}

/** A day with hours of its own, or one worked without a day off in exchange. */
export interface WorkedEntry {
  day: string;
  href: string;
  name: string;
  document: string | null;
  hours: string | null;
  inherited: boolean;
}

export interface YearView {
  year: number;
  state: CalendarYear['state'];
  documents: string[];
  years: { label: string; href: string; current: boolean; decided: boolean }[];
  months: MonthView[];
  workingDays: number;
  daysOff: DaysOffEntry[];
  daysOffCount: number;
  worked: WorkedEntry[];
}

export interface YearSource {
  calendar: WorkingCalendar;
  /** Years that can be opened. */
  years: CalendarYear[];
  /** Exceptions of that year and of those around it. */
  days: CalendarDayRow[];
  /** Days entered at an office above. */
  inherited: ReadonlySet<string>;
  year: number;
  today: EpochDay;
  /** Goes at the end of every link: whose calendar it is. */
  query: string;
}

const unique = (values: (string | null)[]): string[] => [
  ...new Set(values.filter((v): v is string => v !== null)),
];

/** A swapped day off says nothing by itself when it lies beside the holiday it prolongs. */
function entryNames(off: CalendarDayRow[], swapped: ReadonlySet<string>): string[] {
  const own = off.filter((d) => !swapped.has(d.day));
  return unique((own.length > 0 ? own : off).map((d) => d.name));
}

const dayHref = (day: string, { query }: Pick<YearSource, 'query'>): string =>
  `/quan-tri/lich/${day.slice(0, 4)}/${day}${query}`;

function entryOf(off: CalendarDayRow[], worked: CalendarDayRow[], source: YearSource): DaysOffEntry {
  const [first, last] = [off[0]!, off.at(-1)!];
  const inOff = new Set(off.map((d) => d.day));
  const madeUp = worked.filter((w) => w.inExchangeFor !== null && inOff.has(w.inExchangeFor));
  return {
    href: dayHref(first.day, source),
    names: entryNames(off, new Set(madeUp.map((w) => w.inExchangeFor!))),
    from: first.day,
    to: last.day,
    days: off.length,
    documents: unique(off.map((d) => d.document)),
    madeUpOn: madeUp.map((w) => w.day),
    inherited: off.every((d) => source.inherited.has(d.day)),
  };
}

/** Days off of one holiday with only rest days between them are one entry. */
function daysOff(source: YearSource): DaysOffEntry[] {
  const { calendar, days, year } = source;
  const ofYear = days.filter((d) => d.day.startsWith(`${year}-`));
  const worked = days.filter((d) => d.kind === 'worked');
  const groups: CalendarDayRow[][] = [];
  for (const row of ofYear.filter((d) => d.kind === 'off')) {
    const last = groups.at(-1)?.at(-1);
    const joined = last && calendar.workingDaysBetween(parseIsoDay(last.day), parseIsoDay(row.day)) === 0;
    if (joined) groups.at(-1)!.push(row);
    else groups.push([row]);
  }
  return groups.map((group) => entryOf(group, worked, source));
}

function workedDays(source: YearSource): WorkedEntry[] {
  return source.days
    .filter((d) => d.kind === 'worked' && d.inExchangeFor === null && d.day.startsWith(`${source.year}-`))
    .map(({ day, name, document, hours }) => ({
      ...{ day, name, document, href: dayHref(day, source), inherited: source.inherited.has(day) },
      hours: hours && shownHours(hours),
    }));
}

function dayView(day: EpochDay, source: YearSource, awaited: ReadonlyMap<string, string>): DayView {
  const { calendar, today } = source;
  const { kind, name } = calendar.describe(day);
  const iso = isoDay(day);
  const proposed = awaited.get(iso);
  const forecast = kind === 'off' && calendar.isForecast(day);
  const half = kind === 'working' && name !== null;
  return {
    number: civil(day).day,
    day: iso,
    tone: proposed !== undefined || forecast ? 'awaited' : half ? 'half' : kind,
    today: day === today,
    name: proposed ?? name,
    state: proposed !== undefined ? 'awaited' : forecast ? 'forecast' : null,
    href: dayHref(iso, source),
  };
}

function monthView(month: number, source: YearSource, awaited: ReadonlyMap<string, string>): MonthView {
  const { calendar, year } = source;
  const first = epochDay(year, month, 1);
  const length = daysInMonth(year, month);
  const blanks = isoWeekday(first) - 1;
  const weeks = Array.from({ length: Math.ceil((blanks + length) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => {
      const n = week * 7 + i - blanks;
      return n < 0 || n >= length ? null : dayView(first + n, source, awaited);
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
  const awaited = new Map(days.filter((d) => d.kind === 'awaited').map((d) => [d.day, d.name]));
  const months = Array.from({ length: 12 }, (_, i) => monthView(i + 1, source, awaited));
  return {
    year,
    state: own.state,
    documents: own.documents,
    years: years.map((y) => ({
      label: String(y.year),
      href: `/quan-tri/lich/${y.year}${source.query}`,
      current: y.year === year,
      decided: y.state === 'decided',
    })),
    months,
    workingDays: months.reduce((sum, m) => sum + m.workingDays, 0),
    daysOff: list,
    daysOffCount: list.reduce((sum, e) => sum + e.days, 0),
    worked: workedDays(source),
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
