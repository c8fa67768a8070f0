/** Questions of real life for every contender: each working day of three years, the limits of real procedures. */
import { DAY_SECONDS, isoWeekday, type EpochDay, type LocalSecond } from '../../src/domain/local-date';
import type { CalendarDefinition, WorkingCalendar } from '../../src/domain/working-calendar';
import procedures from '../fixtures/data/procedures.json';
import { chanceOf, type Chance } from '../fixtures/calendar/random-cases';

/** The n-th working day after the day. */
export interface DayQuestion {
  day: EpochDay;
  count: number;
}

/** The instant at which so many minutes of office time have passed. */
export interface MinuteQuestion {
  at: LocalSecond;
  minutes: number;
}

/** The office time from reception to a moment on the last day of the limit. */
export interface SpanQuestion {
  from: LocalSecond;
  to: LocalSecond;
}

export interface Questions {
  days: DayQuestion[];
  minutes: MinuteQuestion[];
  spans: SpanQuestion[];
}

/** Minutes of 1, 4, 8 and 16 hours, and of the 36 hours that a procedure of the catalogue allows. */
const MINUTES = [60, 240, 480, 960, 2160];

function shuffled<T>(chance: Chance, list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const k = chance(i + 1);
    [list[i], list[k]] = [list[k]!, list[i]!];
  }
  return list;
}

function workingDaysOf(calendar: WorkingCalendar, from: EpochDay, to: EpochDay): EpochDay[] {
  const days: EpochDay[] = [];
  for (let day = calendar.nextWorkingDay(from); day <= to; day = calendar.nextWorkingDay(day)) days.push(day);
  return days;
}

/** Neither the minute of opening nor the one of closing: the libraries understand those in their own ways. */
function withinOffice(chance: Chance, calendar: WorkingCalendar, day: EpochDay): LocalSecond {
  const { opens, closes } = calendar.intervalsOf(day)[chance(2)]!;
  return day * DAY_SECONDS + (opens + 1 + chance(closes - opens - 2)) * 60;
}

/** Questions about the cases received after `from` and until `to`. */
export function questionsOf(calendar: WorkingCalendar, from: EpochDay, to: EpochDay): Questions {
  const chance = chanceOf(20_261_123);
  const inDays = procedures.map(({ limit }) => limit).filter(({ unit }) => unit === 'working-days');
  const limits = [...new Set(inDays.map(({ amount }) => amount))];
  const received = workingDaysOf(calendar, from, to);
  const days = received.flatMap((day) => limits.map((count) => ({ day, count })));
  const minutes = received.flatMap((day) =>
    MINUTES.map((amount) => ({ at: withinOffice(chance, calendar, day), minutes: amount })),
  );
  const spans = days.map(({ day, count }) => ({
    from: withinOffice(chance, calendar, day),
    to: withinOffice(chance, calendar, calendar.addWorkingDays(day, count)),
  }));
  return {
    days: shuffled(chance, days),
    minutes: shuffled(chance, minutes),
    spans: shuffled(chance, spans),
  };
}

/** The calendar as a list of holidays, which is all that a library takes; and what it cannot take. */
export interface HolidayList {
  /** Days off from Monday to Friday. */
  off: EpochDay[];
  /** Worked Saturdays and Sundays. */
  worked: EpochDay[];
}

export function holidayListOf({ days }: CalendarDefinition): HolidayList {
  const isWeekend = (day: EpochDay) => isoWeekday(day) > 5;
  return {
    off: days.filter(({ kind, day }) => kind === 'off' && !isWeekend(day)).map(({ day }) => day),
    worked: days.filter(({ kind, day }) => kind === 'worked' && isWeekend(day)).map(({ day }) => day),
  };
}

/** True when one of the days lies in from..to, both included. */
export const touches = (days: EpochDay[], from: EpochDay, to: EpochDay): boolean =>
  days.some((day) => day >= from && day <= to);
