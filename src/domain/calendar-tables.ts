import {
  hoursOfRule,
  WEEKDAYS,
  weekOn,
  type CalendarDefinition,
  type OfficeInterval,
  type WeeklyHours,
} from './calendar-definition';
import { atSecond, epochDay, isoWeekday, type EpochDay } from './local-date';
import { mergeSpans, outsideHoles, type Span } from './spans';

/** Working seconds covered by one entry of `jump`. */
export const JUMP_SECONDS = 4096;

/**
 * Prefix sums over the days and over the spans of working time, so that no question needs a walk from day to day.
 * "Before" counts are exclusive; every prefix table has one entry more than the things it counts.
 */
export interface CalendarTables {
  firstDay: EpochDay;
  dayCount: number;
  /** Working days before day i. */
  workingDaysBefore: Int32Array;
  /** The k-th working day. */
  workingDays: Int32Array;
  /** Index of the first span that opens on day i or later. */
  firstSpan: Int32Array;
  opens: Float64Array;
  closes: Float64Array;
  /** Working seconds before span k. */
  secondsBefore: Float64Array;
  /** Index of the span that holds the working second number b * JUMP_SECONDS. */
  jump: Int32Array;
}

function jumpTable(secondsBefore: Float64Array): Int32Array {
  const spans = secondsBefore.length - 1;
  const jump = new Int32Array(Math.floor(secondsBefore[spans]! / JUMP_SECONDS) + 1);
  for (let bucket = 0, span = 0; bucket < jump.length; bucket++) {
    while (span < spans - 1 && secondsBefore[span + 1]! <= bucket * JUMP_SECONDS) span++;
    jump[bucket] = span;
  }
  return jump;
}

/** Office hours of each covered day, in order. */
export function officeHours(definition: CalendarDefinition): (day: EpochDay) => OfficeInterval[] {
  const rules = new Map(definition.days.map((rule) => [rule.day, hoursOfRule(rule, definition)]));
  const inOrder = new Map<WeeklyHours, OfficeInterval[][]>();
  const sorted = (weekly: WeeklyHours): OfficeInterval[][] => {
    const known = inOrder.get(weekly);
    if (known) return known;
    const week = WEEKDAYS.map((day) => [...weekly[day]].sort((a, b) => a.opens - b.opens));
    inOrder.set(weekly, week);
    return week;
  };
  return (day) => rules.get(day) ?? sorted(weekOn(definition, day))[isoWeekday(day) - 1]!;
}

/** @param definition without faults */
export function buildTables(definition: CalendarDefinition): CalendarTables {
  const years = definition.years.map((y) => y.year);
  const firstDay = epochDay(Math.min(...years), 1, 1);
  const dayCount = epochDay(Math.max(...years) + 1, 1, 1) - firstDay;
  const hoursOf = officeHours(definition);
  const holes = mergeSpans(definition.breaks ?? []);
  const workingDaysBefore = new Int32Array(dayCount + 1);
  const firstSpan = new Int32Array(dayCount + 1);
  const workingDays: EpochDay[] = [];
  const spans: Span[] = [];
  for (let i = 0; i < dayCount; i++) {
    const day = firstDay + i;
    const hours = hoursOf(day);
    if (hours.length > 0) workingDays.push(day);
    for (const { opens, closes } of hours)
      spans.push(...outsideHoles([atSecond(day, opens * 60), atSecond(day, closes * 60)], holes));
    workingDaysBefore[i + 1] = workingDays.length;
    firstSpan[i + 1] = spans.length;
  }
  const secondsBefore = new Float64Array(spans.length + 1);
  spans.forEach(([from, to], k) => (secondsBefore[k + 1] = secondsBefore[k]! + to - from));
  return {
    firstDay,
    dayCount,
    workingDaysBefore,
    workingDays: Int32Array.from(workingDays),
    firstSpan,
    opens: Float64Array.from(spans, ([from]) => from),
    closes: Float64Array.from(spans, ([, to]) => to),
    secondsBefore,
    jump: jumpTable(secondsBefore),
  };
}
