import { foldClock, type CaseClock, type ClockEvent } from '../domain/case-clock';
import type { TimeOfDayPolicy } from '../domain/deadline';
import { toLocalSecond, type LocalSecond } from '../domain/local-date';
import { scheduleSteps, type Consultation, type Handover, type ScheduledStep } from '../domain/step-schedule';
import type { WorkingCalendar } from '../domain/working-calendar';
import { clockEvents } from './case-deadline';
import { PAUSE_KINDS, textIn } from './case-events';
import { isExcluded } from './case-status';
import type { CaseDetail, CaseEventRow } from './case.repository';
import { toLimit } from './limit-book';
import type { LimitRow } from './procedure.repository';

/** What of a case its steps depend on. */
export type SteppedCase = Pick<
  CaseDetail,
  'status' | 'receivedAt' | 'finishedAt' | 'returnedAt' | 'dueState' | 'computedDueAt' | 'departmentName'
>;

export interface StepGround {
  /** As it stood when the case was received. */
  limit: LimitRow | null;
  timeOfDay: TimeOfDayPolicy;
  calendarOf: (department: string | null) => WorkingCalendar;
  now: LocalSecond;
}

/** @param counting events that count, oldest first */
export function scheduleOf(
  found: SteppedCase,
  counting: CaseEventRow[],
  consultations: Consultation[],
  { limit, timeOfDay, calendarOf, now }: StepGround,
): ScheduledStep[] {
  return scheduleSteps({
    steps: isExcluded(found.status) ? [] : (limit?.steps ?? []),
    clock: clockOf(found, limit, counting),
    limit: limit && toLimit(limit),
    ...{ timeOfDay, calendarOf, consultations, now },
    caseDue: found.computedDueAt && toLocalSecond(found.computedDueAt),
    handovers: counting.filter((e) => e.kind === 'transferred').map(handoverOf),
    heldBy: found.departmentName,
  });
}

const epoch = (at: Date | null): number | null => at && Math.floor(at.getTime() / 1000);

/** A stop that nobody knows the beginning of still stands. */
function clockOf(found: SteppedCase, limit: LimitRow | null, events: CaseEventRow[]): CaseClock {
  const facts = {
    ...{ status: found.status, received: epoch(found.receivedAt)! },
    ...{ finished: epoch(found.finishedAt), returned: epoch(found.returnedAt) },
  };
  const pauses = events.filter((e) => PAUSE_KINDS.has(e.kind));
  const ledger = pauses.map((e) => ({ kind: e.kind as ClockEvent['kind'], at: toLocalSecond(e.at) }));
  const clock = foldClock(clockEvents(facts, ledger), limit?.supplementMode ?? 'restart');
  if (found.dueState !== 'paused' || clock.openPause) return clock;
  return { ...clock, openPause: { kind: 'supplement', from: clock.receivedAt, to: null, ground: '' } };
}

const handoverOf = ({ at, data }: CaseEventRow): Handover => ({
  ...{ at: toLocalSecond(at), step: textIn(data.step), department: textIn(data.departmentTo) },
});
