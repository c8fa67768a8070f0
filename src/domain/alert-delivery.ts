/**
 * When an alert reaches its reader: within office hours, never on a holiday, in the morning as one message with
 * everything that can wait until then.
 */
import { dayOf, type EpochDay, type LocalSecond } from './local-date';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

/** digest: can wait for the morning; day: by itself when it comes up during the day; urgent: at any hour */
export type Urgency = 'digest' | 'day' | 'urgent';

/** What comes up when the office opens still joins the morning message, which leaves so many seconds after it. */
export const GATHERING_SECONDS = 10 * 60;

export interface DeliveryMoment {
  /** morning: the one message of that day; now: by itself */
  kind: 'morning' | 'now';
  at: LocalSecond;
}

/** When the morning message of a working day leaves; null on a day without office hours. */
export function morningOf(day: EpochDay, calendar: WorkingCalendar): LocalSecond | null {
  const opens = calendar.covers(day) ? calendar.opensAt(day) : null;
  return opens === null ? null : opens + GATHERING_SECONDS;
}

/** How an alert that comes up now is told, by the calendar of its reader. Without a calendar: at once. */
export function deliveryOf(urgency: Urgency, now: LocalSecond, calendar: WorkingCalendar): DeliveryMoment {
  if (urgency === 'urgent') return { kind: 'now', at: now };
  try {
    const today = dayOf(now);
    const morning = morningOf(today, calendar);
    if (morning !== null && now < morning) return { kind: 'morning', at: morning };
    const opening = calendar.nextOpening(now);
    if (urgency === 'day' && dayOf(opening) === today) return { kind: 'now', at: opening };
    return { kind: 'morning', at: morningOf(calendar.nextWorkingDay(today), calendar)! };
  } catch (error) {
    if (error instanceof CalendarNotCovered) return { kind: 'now', at: now };
    throw error;
  }
}

/**
 * When an alert climbs on: so many working hours after it was told.
 * @returns null without a calendar: it never climbs
 */
export function climbAt(toldAt: LocalSecond, hours: number, calendar: WorkingCalendar): LocalSecond | null {
  try {
    return calendar.addWorkingSeconds(calendar.nextOpening(toldAt), hours * 3600);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/** For how long somebody may put an alert off. */
export const SNOOZES = ['two-hours', 'next-morning', 'two-days'] as const;
export type Snooze = (typeof SNOOZES)[number];

/** The working instant until which an alert is put off. @throws CalendarNotCovered */
export function snoozedUntil(snooze: Snooze, now: LocalSecond, calendar: WorkingCalendar): LocalSecond {
  if (snooze === 'two-hours') return calendar.addWorkingSeconds(calendar.nextOpening(now), 2 * 3600);
  return calendar.opensAt(calendar.addWorkingDays(dayOf(now), snooze === 'next-morning' ? 1 : 2))!;
}
