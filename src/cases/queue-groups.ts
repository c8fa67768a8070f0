import { atSecond, dayOf, isoDay, toInstant, toLocalSecond, type EpochDay } from '../domain/local-date';
import type { UrgencyGroup } from '../domain/outcome';
import { CalendarNotCovered, type WorkingCalendar } from '../domain/working-calendar';
import type { DayCount, QueueSlice } from './queue.repository';

/** Most urgent first, the order of the list. */
export const GROUPS: UrgencyGroup[] = ['overdue', 'today', 'soon', 'week', 'later', 'paused', 'unknown'];

/** How a group is called in an address. */
export const GROUP_SLUGS: Record<UrgencyGroup, string> = {
  overdue: 'qua-han',
  today: 'hom-nay',
  soon: '1-2-ngay',
  week: 'trong-tuan',
  later: 'con-han',
  paused: 'tam-dung',
  unknown: 'chua-co-han',
};

/** The borders of the groups at one moment: what `urgencyOf` says of a case, for a whole query. */
export interface GroupBounds {
  /** An open case with an earlier deadline is overdue: in office hours the deadlines of today are still in time. */
  overdueBefore: Date;
  today: EpochDay;
  soonTo: EpochDay;
  weekTo: EpochDay;
}

/** The queue must open even when next year's calendar is still missing: then plain days stand in. */
export function workingDayAfter(calendar: WorkingCalendar, day: EpochDay, n: number): EpochDay {
  try {
    return calendar.addWorkingDays(day, n);
  } catch (e) {
    if (e instanceof CalendarNotCovered) return day + n;
    throw e;
  }
}

export function boundsAt(now: Date, calendar: WorkingCalendar): GroupBounds {
  const second = toLocalSecond(now);
  const today = dayOf(second);
  const closes = calendar.covers(today) ? calendar.closesAt(today) : null;
  const officeOver = closes === null || second > closes;
  return {
    overdueBefore: officeOver ? now : toInstant(atSecond(today, 0)),
    today,
    // Up to the eve of the next working day: a promise for a Sunday goes with the Friday before.
    soonTo: workingDayAfter(calendar, today, 3) - 1,
    weekTo: workingDayAfter(calendar, today, 6) - 1,
  };
}

/** Which rows of the database make up a group. */
export function sliceOf(group: UrgencyGroup, { today, soonTo, weekTo }: GroupBounds): QueueSlice {
  const running = (from: EpochDay | null, to: EpochDay | null): QueueSlice => ({
    state: 'running',
    fromDay: from === null ? null : isoDay(from),
    toDay: to === null ? null : isoDay(to),
  });
  switch (group) {
    case 'today':
      return running(null, today);
    case 'soon':
      return running(today + 1, soonTo);
    case 'week':
      return running(soonTo + 1, weekTo);
    case 'later':
      return running(weekTo + 1, null);
    default:
      return { state: group, fromDay: null, toDay: null };
  }
}

export const inSlice = (count: DayCount, slice: QueueSlice): boolean =>
  count.state === slice.state &&
  (slice.fromDay === null || (count.day !== null && count.day >= slice.fromDay)) &&
  (slice.toDay === null || (count.day !== null && count.day <= slice.toDay));

export const countIn = (counts: DayCount[], slice: QueueSlice): number =>
  counts.filter((c) => inSlice(c, slice)).reduce((sum, c) => sum + c.count, 0);

export const groupOf = (count: DayCount, bounds: GroupBounds): UrgencyGroup =>
  GROUPS.find((group) => inSlice(count, sliceOf(group, bounds)))!;
