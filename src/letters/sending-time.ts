import { lastSendingDay } from '../domain/apology';
import { dayOfInstant } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';

/**
 * Đ19.9: the letter leaves at the latest one day before the deadline. Where the calendar does not reach so far back,
 * the day before is asked for.
 */
export function sendingTiming(sentAt: Date, deadlineAt: Date, calendar: WorkingCalendar): 'before' | 'late' {
  const deadline = dayOfInstant(deadlineAt);
  const last = calendar.covers(deadline) ? lastSendingDay(deadline, calendar) : deadline - 1;
  return dayOfInstant(sentAt) <= last ? 'before' : 'late';
}
