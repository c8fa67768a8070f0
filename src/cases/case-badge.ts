import { toLocalSecond } from '../domain/local-date';
import { timeLeft, urgencyOf } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { isOpen, isSettled } from './case-status';
import type { CaseListRow } from './case.repository';

/** Where the case stands, for the badge beside its name. */
export function badgeOf(
  row: Pick<CaseListRow, 'status' | 'outcome' | 'deadlineAt' | 'dueState'>,
  calendar: WorkingCalendar,
  at: Date,
) {
  const { status, outcome, deadlineAt } = row;
  const now = toLocalSecond(at);
  const paused = row.dueState === 'paused';
  if (!isOpen(status))
    return { kind: isSettled(status) ? 'settled' : 'closed', urgency: null, left: null, outcome };
  const deadline = deadlineAt && toLocalSecond(deadlineAt);
  const urgency = urgencyOf({ deadlineAt: deadline, paused, now, calendar });
  const left = paused || deadline === null ? null : timeLeft(deadline, now, calendar);
  return { kind: paused ? 'paused' : 'open', urgency, left, outcome: null };
}
