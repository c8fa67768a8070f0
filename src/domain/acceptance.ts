/**
 * The acceptance clock: an online submission is accepted or answered within so many working hours, counted from the
 * next opening of the office. The hours are a dated setting of the office's rules.
 */
import type { LocalSecond } from './local-date';
import type { WorkingCalendar } from './working-calendar';

export type AcceptanceState = 'in-time' | 'late' | 'waiting' | 'overdue';

/**
 * Until when a submission has to be answered: 8 working hours after Friday 16:00 end on Monday.
 * @param hours working hours, at least 1
 * @throws CalendarNotCovered when it needs a year without data
 */
export const acceptanceDue = (
  submittedAt: LocalSecond,
  calendar: WorkingCalendar,
  hours: number,
): LocalSecond => calendar.addWorkingSeconds(submittedAt, hours * 3600);

/**
 * @param answeredAt reception or refusal, null while neither happened
 */
export function acceptanceState(
  dueAt: LocalSecond,
  answeredAt: LocalSecond | null,
  now: LocalSecond,
): AcceptanceState {
  if (answeredAt !== null) return answeredAt <= dueAt ? 'in-time' : 'late';
  return now <= dueAt ? 'waiting' : 'overdue';
}
