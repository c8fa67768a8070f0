import { toInstant, toLocalSecond } from '../domain/local-date';
import { CalendarNotCovered, type WorkingCalendar } from '../domain/working-calendar';

/**
 * A mail that waits for the office to open leaves this many milliseconds after it. Deadlines end with the office
 * hours and "due today" begins with them: so the evening's and the morning's alerts go out as one message.
 */
const AFTER_OPENING = 2 * 60_000;

/** Mails go out while the office is open. */
export function deliverAfter(now: Date, calendar: WorkingCalendar): Date {
  try {
    const at = toLocalSecond(now);
    const opening = calendar.nextOpening(at);
    return opening <= at ? now : new Date(toInstant(opening).getTime() + AFTER_OPENING);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return now;
    throw error;
  }
}
