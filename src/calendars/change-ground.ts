import { weeklyHours, type CalendarDefinition } from '../domain/calendar-definition';
import { civil, isoDay, type EpochDay } from '../domain/local-date';
import type { OfficeInterval, WorkingCalendar } from '../domain/working-calendar';
import { dayWithWeekday } from '../web/view-helpers';
import type { CalendarForm, Refusals } from './calendar-form';
import type { CalendarDayRow, CalendarRows } from './calendar-rows';
import { clockTime, parseTypedHours, type HourPairs } from './typed-hours';

/** The calendar of an office as it is before a change. */
export interface ChangeGround {
  /** the office's own rows */
  own: CalendarRows;
  /** what it inherits, the nation's rows first; empty for the nation itself */
  above: CalendarRows[];
  definition: CalendarDefinition;
  calendar: WorkingCalendar;
  /** the version to be made again */
  restored: CalendarRows | null;
}

/** What an office's own rows would be, and what the change is called. */
export interface ChangeDraft {
  rows: CalendarRows;
  words: string;
  document: string | null;
}

/** Reads one act; null when it refused something. */
export type ReadAct = (form: CalendarForm, ground: ChangeGround, refusals: Refusals) => ChangeDraft | null;

export const ownRow = ({ own }: ChangeGround, day: EpochDay): CalendarDayRow | undefined =>
  own.days.find((row) => row.day === isoDay(day));

/** A row that decides something about the day; an awaited one gives way. */
export const decidedRow = (ground: ChangeGround, day: EpochDay): CalendarDayRow | undefined => {
  const row = ownRow(ground, day);
  return row?.kind === 'awaited' ? undefined : row;
};

/** The day is entered somewhere, not only computed by rule. */
export const isEntered = (ground: ChangeGround, day: EpochDay): boolean =>
  decidedRow(ground, day) !== undefined ||
  ground.above.some(({ days }) => days.some((row) => row.day === isoDay(day) && row.kind !== 'awaited'));

/** A day that the calendar holds; refuses one it does not. */
export function coveredDay(
  { calendar }: ChangeGround,
  refusals: Refusals,
  field: string,
  day: EpochDay | null,
): EpochDay | null {
  if (day === null || calendar.covers(day)) return day;
  const years = calendar.years();
  const [first, last] = [years[0]!.year, years.at(-1)!.year];
  return refusals.add(field, 'CALENDAR_DAY_OUTSIDE', { day: dayWithWeekday(day), first, last });
}

/** Rows with some replaced or added, in order. */
export function withDays(
  rows: readonly CalendarDayRow[],
  added: readonly CalendarDayRow[],
): CalendarDayRow[] {
  const days = new Map([...rows, ...added].map((row) => [row.day, row]));
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

export const dayRow = (
  day: EpochDay,
  facts: Pick<CalendarDayRow, 'kind' | 'name' | 'document'> & Partial<CalendarDayRow>,
): CalendarDayRow => ({ hours: null, inExchangeFor: null, ...facts, day: isoDay(day) });

export const pairsOf = (hours: readonly OfficeInterval[]): HourPairs =>
  hours.map(({ opens, closes }) => [clockTime(opens), clockTime(closes)]);

/**
 * Hours to store for a make-up day: those typed, or none for a Monday's. A day that the week works anyway (a holiday
 * of the nation on which one office opens) keeps the hours of its weekday.
 */
export function makeUpHours({ definition }: ChangeGround, day: EpochDay, typed: HourPairs): HourPairs | null {
  if (typed.length > 0) return typed;
  const usual = weeklyHours(definition, day);
  return usual.length > 0 ? pairsOf(usual) : null;
}

/** @param what the hours belong to, as a sentence begins with it */
export function readHours(refusals: Refusals, field: string, typed: string, what: string): HourPairs {
  const { pairs, faults } = parseTypedHours(typed);
  for (const { kind, ...args } of faults) {
    const code = {
      unreadable: 'CALENDAR_HOURS_UNREADABLE',
      reversed: 'CALENDAR_HOURS_REVERSED',
      overlap: 'CALENDAR_HOURS_OVERLAP',
    } as const;
    refusals.add(field, code[kind], { what, ...args });
  }
  return pairs;
}

/** "23/11", "02/01": as official notices write it. */
export function shortDay(day: EpochDay): string {
  const { day: n, month } = civil(day);
  return `${String(n).padStart(2, '0')}/${month <= 2 ? `0${month}` : month}`;
}
