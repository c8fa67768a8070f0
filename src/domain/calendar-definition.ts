import { civil, DAY_SECONDS, isoDay, isoWeekday, type EpochDay, type LocalSecond } from './local-date';

/** Minutes since midnight, `opens` < `closes` <= 1440. Whole seconds are allowed (450.5 = 07:30:30). */
export interface OfficeInterval {
  opens: number;
  closes: number;
}

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/** Office hours of a week; a weekday without any is a rest day. */
export type WeeklyHours = Record<Weekday, OfficeInterval[]>;

/** Other hours from one day to another, both included: summer and winter hours. */
export interface OfficePeriod {
  from: EpochDay;
  to: EpochDay;
  weekly: WeeklyHours;
}

/** A dated exception to the weekly office hours. */
export interface CalendarDayRule {
  day: EpochDay;
  kind: 'off' | 'worked';
  name: string;
  /** Number of the decision, null while none is known. */
  document: string | null;
  /** Own hours of a worked day, or of an office day that is worked in part; null = a whole day, as a Monday is. */
  hours: OfficeInterval[] | null;
}

export interface CalendarYear {
  year: number;
  /** 'decided': announced; 'forecast': computed by rule, marked wherever a date rests on it. */
  state: 'decided' | 'forecast';
  documents: string[];
}

export interface CalendarDefinition {
  /** Outside every period. */
  weekly: WeeklyHours;
  /** Apart from each other. */
  periods?: OfficePeriod[];
  days: CalendarDayRule[];
  /** Consecutive years. A year not listed is not covered: asking about it is an error, never a guess. */
  years: CalendarYear[];
  /** Holes in the working time, [from, to). They take time away, the days stay working days. */
  breaks?: [LocalSecond, LocalSecond][];
}

/** Where hours stand: on a weekday (of a period, by its place in the list), or on a dated day. */
export interface HoursPlace {
  weekday: number | null;
  period: number | null;
  day: EpochDay | null;
}

export type CalendarFault =
  | { kind: 'no-working-time' }
  | { kind: 'no-years' }
  | { kind: 'year-gap'; year: number }
  | { kind: 'year-twice'; year: number }
  | ({ kind: 'interval-reversed' | 'intervals-overlap'; interval: OfficeInterval } & HoursPlace)
  | { kind: 'period-reversed'; from: EpochDay; to: EpochDay }
  | { kind: 'periods-overlap'; day: EpochDay }
  | { kind: 'day-twice'; day: EpochDay }
  | { kind: 'day-outside-years'; day: EpochDay }
  | { kind: 'off-with-hours'; day: EpochDay }
  | { kind: 'worked-without-hours'; day: EpochDay }
  | { kind: 'already-working-day'; day: EpochDay }
  | { kind: 'break-reversed'; from: LocalSecond; to: LocalSecond };

/** The definition cannot be a calendar; `faults` lists everything wrong with it, not only the first finding. */
export class CalendarFaults extends Error {
  constructor(readonly faults: CalendarFault[]) {
    super(`not a working calendar: ${faults.map(describeFault).join('; ')}`);
  }
}

const describeFault = (fault: CalendarFault): string => {
  const day = 'day' in fault && fault.day !== null ? ` ${isoDay(fault.day)}` : '';
  const year = 'year' in fault ? ` ${fault.year}` : '';
  return `${fault.kind}${day}${year}`;
};

const byOpening = (a: OfficeInterval, b: OfficeInterval): number => a.opens - b.opens;

/** The week's hours that hold on a day. */
export function weekOn({ weekly, periods }: HoursDefinition, day: EpochDay): WeeklyHours {
  return periods?.find(({ from, to }) => from <= day && day <= to)?.weekly ?? weekly;
}

type HoursDefinition = Pick<CalendarDefinition, 'weekly' | 'periods'>;

/** Hours of the weekday, whatever rule holds on the day itself. */
export const weeklyHours = (definition: HoursDefinition, day: EpochDay): OfficeInterval[] =>
  [...weekOn(definition, day)[isoWeekday(day) as Weekday]].sort(byOpening);

/** A whole day of a week: its Monday, or its first working day where Mondays are rest days. */
const wholeDay = (weekly: WeeklyHours): OfficeInterval[] =>
  WEEKDAYS.map((weekday) => weekly[weekday]).find((hours) => hours.length > 0) ?? [];

/** Hours the rule gives to its day; a make-up day without hours of its own is a whole day of the week then. */
export function hoursOfRule(rule: CalendarDayRule, definition: HoursDefinition): OfficeInterval[] {
  if (rule.kind === 'off') return [];
  return [...(rule.hours ?? wholeDay(weekOn(definition, rule.day)))].sort(byOpening);
}

function intervalFaults(intervals: OfficeInterval[], place: HoursPlace): CalendarFault[] {
  const sorted = [...intervals].sort(byOpening);
  return sorted.flatMap((interval, i): CalendarFault[] => {
    const { opens, closes } = interval;
    const whole = Number.isInteger(opens * 60) && Number.isInteger(closes * 60);
    if (!whole || opens < 0 || opens >= closes || closes * 60 > DAY_SECONDS)
      return [{ kind: 'interval-reversed', ...place, interval }];
    const before = sorted[i - 1];
    return before && before.closes > opens ? [{ kind: 'intervals-overlap', ...place, interval }] : [];
  });
}

function yearFaults(years: CalendarYear[]): CalendarFault[] {
  if (years.length === 0) return [{ kind: 'no-years' }];
  const sorted = years.map((y) => y.year).sort((a, b) => a - b);
  return sorted.flatMap((year, i): CalendarFault[] => {
    const before = sorted[i - 1];
    if (before === year) return [{ kind: 'year-twice', year }];
    return before !== undefined && before + 1 < year ? [{ kind: 'year-gap', year: before + 1 }] : [];
  });
}

function ruleFaults(rule: CalendarDayRule, definition: CalendarDefinition): CalendarFault[] {
  const { day, hours } = rule;
  if (rule.kind === 'off') return hours === null ? [] : [{ kind: 'off-with-hours', day }];
  if (hoursOfRule(rule, definition).length === 0) return [{ kind: 'worked-without-hours', day }];
  const already = hours === null && weeklyHours(definition, day).length > 0;
  const faults = intervalFaults(hours ?? [], { weekday: null, period: null, day });
  return already ? [{ kind: 'already-working-day', day }, ...faults] : faults;
}

function dayFaults(definition: CalendarDefinition): CalendarFault[] {
  const covered = new Set(definition.years.map((y) => y.year));
  const seen = new Set<EpochDay>();
  return definition.days.flatMap((rule): CalendarFault[] => {
    const faults = ruleFaults(rule, definition);
    if (seen.has(rule.day)) faults.push({ kind: 'day-twice', day: rule.day });
    if (!covered.has(civil(rule.day).year)) faults.push({ kind: 'day-outside-years', day: rule.day });
    seen.add(rule.day);
    return faults;
  });
}

const weekFaults = (weekly: WeeklyHours, period: number | null): CalendarFault[] =>
  Object.entries(weekly).flatMap(([weekday, hours]) =>
    intervalFaults(hours, { weekday: Number(weekday), period, day: null }),
  );

function periodFaults(periods: OfficePeriod[]): CalendarFault[] {
  const inOrder = [...periods].sort((a, b) => a.from - b.from);
  return [
    ...periods.flatMap(({ weekly }, i) => weekFaults(weekly, i)),
    ...periods
      .filter(({ from, to }) => to < from)
      .map(({ from, to }): CalendarFault => ({ kind: 'period-reversed', from, to })),
    ...inOrder
      .filter(({ from }, i) => i > 0 && inOrder[i - 1]!.to >= from)
      .map(({ from }): CalendarFault => ({ kind: 'periods-overlap', day: from })),
  ];
}

const isEmptyWeek = (weekly: WeeklyHours): boolean =>
  Object.values(weekly).every((hours) => hours.length === 0);

/** Everything wrong with a definition; empty when a calendar can be built from it. */
export function calendarFaults(definition: CalendarDefinition): CalendarFault[] {
  const { weekly, periods = [] } = definition;
  const faults = [...weekFaults(weekly, null), ...periodFaults(periods)];
  const noWeek = [weekly, ...periods.map((p) => p.weekly)].every(isEmptyWeek);
  if (noWeek && !definition.days.some((rule) => hoursOfRule(rule, definition).length > 0))
    faults.push({ kind: 'no-working-time' });
  const breaks = (definition.breaks ?? [])
    .filter(([from, to]) => !(from < to))
    .map(([from, to]): CalendarFault => ({ kind: 'break-reversed', from, to }));
  return [...faults, ...yearFaults(definition.years), ...dayFaults(definition), ...breaks];
}
