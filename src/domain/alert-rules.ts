/**
 * When the rules of alert fall due. A rung is one rule on the ladder of a case; each is climbed once per deadline.
 */
import { dayOf, type LocalSecond } from './local-date';
import { lastInstantInTime } from './outcome';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export interface AlertRule {
  id: number;
  /** before: `amount` working days before the deadline day; overdue: `amount` working days after it */
  kind: 'before' | 'due-day' | 'overdue';
  amount: number;
}

/**
 * The instant from which the rule holds: the opening of the working day it names. A deadline on a rest day counts
 * back from there, and "due today" is then said on the last working day before it, while someone can still act.
 * Overdue is one second after the last instant in time.
 * @throws CalendarNotCovered
 */
export function alertInstants(
  rule: AlertRule,
  deadlineAt: LocalSecond,
  calendar: WorkingCalendar,
): LocalSecond {
  const day = dayOf(deadlineAt);
  if (rule.kind === 'overdue' && rule.amount === 0) return lastInstantInTime(deadlineAt, calendar) + 1;
  if (rule.kind === 'overdue') return calendar.opensAt(calendar.addWorkingDays(day, rule.amount))!;
  if (rule.kind === 'before')
    return calendar.opensAt(calendar.addWorkingDays(day, -Math.max(1, rule.amount)))!;
  return calendar.opensAt(calendar.isWorkingDay(day) ? day : calendar.previousWorkingDay(day))!;
}

export interface Rung {
  /** The highest rung already due. */
  rule: AlertRule | null;
  /** When the next one falls due; null when none is left. */
  nextAt: LocalSecond | null;
}

/** Where a case stands on its ladder. Rules that need a year without calendar are passed over. */
export function dueRung(
  rules: readonly AlertRule[],
  deadlineAt: LocalSecond,
  now: LocalSecond,
  calendar: WorkingCalendar,
): Rung {
  const rungs = rules
    .flatMap((rule) => {
      const at = instantOrNull(rule, deadlineAt, calendar);
      return at === null ? [] : [{ rule, at }];
    })
    .sort((a, b) => a.at - b.at);
  const due = rungs.filter((r) => r.at <= now).at(-1);
  const next = rungs.find((r) => r.at > now);
  return { rule: due?.rule ?? null, nextAt: next?.at ?? null };
}

function instantOrNull(
  rule: AlertRule,
  deadlineAt: LocalSecond,
  calendar: WorkingCalendar,
): LocalSecond | null {
  try {
    return alertInstants(rule, deadlineAt, calendar);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}
