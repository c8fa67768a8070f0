import { isoDay, parseIsoDay, type EpochDay } from '../domain/local-date';
import type { UrgencyGroup } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { groupOf, GROUP_SLUGS, type GroupBounds } from './queue-groups';
import type { DayCount } from './queue.repository';

/** One column of the ruler; a field that means nothing for its kind is null. */
export interface RulerCell {
  kind: 'overdue' | 'day' | 'rest' | 'later' | 'paused' | 'unknown';
  urgency: UrgencyGroup | null;
  n: number;
  day: string | null;
  until: string | null;
  holiday: boolean;
  today: boolean;
  /** Value of the filter `han`. */
  han: string | null;
}

/** Columns of days with work, today included; days off between them are merged into one hatched column. */
const WORKING_COLUMNS = 11;
/** A long holiday must not make the walk endless when the calendar ends. */
const FARTHEST = 60;

const blank: Omit<RulerCell, 'kind'> = {
  urgency: null,
  n: 0,
  day: null,
  until: null,
  holiday: false,
  today: false,
  han: null,
};

/** Value of the filter `han` for everything from a day on. */
export const laterThan = (day: string): string => `tu-${day}`;

export function buildRuler(counts: DayCount[], calendar: WorkingCalendar, bounds: GroupBounds): RulerCell[] {
  const total = (of: (c: DayCount) => boolean): number =>
    counts.filter(of).reduce((sum, c) => sum + c.count, 0);
  const { cells, end } = dayCells(counts, calendar, bounds);
  const laterFrom = isoDay(end);
  const paused = total((c) => c.state === 'paused');
  const unknown = total((c) => c.state === 'unknown');
  return [
    group(
      'overdue',
      total((c) => c.state === 'overdue'),
      { day: isoDay(bounds.today) },
    ),
    ...cells,
    {
      ...blank,
      kind: 'later',
      urgency: 'later',
      n: total((c) => c.day !== null && c.day >= laterFrom),
      day: laterFrom,
      han: laterThan(laterFrom),
    },
    group('paused', paused),
    ...(unknown > 0 ? [group('unknown', unknown)] : []),
  ];
}

const group = (
  kind: 'overdue' | 'paused' | 'unknown',
  n: number,
  more: Partial<RulerCell> = {},
): RulerCell => ({
  ...blank,
  kind,
  urgency: kind,
  n,
  han: GROUP_SLUGS[kind],
  ...more,
});

function dayCells(
  counts: DayCount[],
  calendar: WorkingCalendar,
  bounds: GroupBounds,
): { cells: RulerCell[]; end: EpochDay } {
  const due = new Map(counts.filter((c) => c.day !== null).map((c) => [parseIsoDay(c.day!), c]));
  const cells: RulerCell[] = [];
  let day = bounds.today;
  for (
    let shown = 0;
    shown < WORKING_COLUMNS && day < bounds.today + FARTHEST && calendar.covers(day);
    day++
  ) {
    const count = due.get(day);
    // A source may promise a day off: its cases are never hidden in a hatched column.
    if (!count && !calendar.isWorkingDay(day)) {
      rest(cells, day, calendar);
      continue;
    }
    cells.push(dayCell(day, count, bounds));
    shown++;
  }
  return { cells, end: day };
}

function dayCell(day: EpochDay, count: DayCount | undefined, bounds: GroupBounds): RulerCell {
  const iso = isoDay(day);
  const urgency = groupOf(count ?? { state: 'running', day: iso, count: 0 }, bounds);
  return {
    ...blank,
    kind: 'day',
    urgency,
    n: count?.count ?? 0,
    day: iso,
    today: day === bounds.today,
    han: day === bounds.today ? GROUP_SLUGS.today : iso,
  };
}

function rest(cells: RulerCell[], day: EpochDay, calendar: WorkingCalendar): void {
  const holiday = calendar.describe(day).kind === 'off';
  const last = cells.at(-1);
  if (last?.kind === 'rest') Object.assign(last, { until: isoDay(day), holiday: last.holiday || holiday });
  else cells.push({ ...blank, kind: 'rest', day: isoDay(day), until: isoDay(day), holiday });
}
