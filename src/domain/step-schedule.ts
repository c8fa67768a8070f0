/**
 * Who is to be done by when: the steps of a limit laid over what happened to one case.
 *
 * The first step begins with reception, each further one with the handover to it. A handover that names no step means
 * the next step of that department, else an earlier one: the case was handed back. A step handed back to begins anew,
 * and those after it wait again; a step passed over was left out. The term of a step is counted from the instant it
 * began by the same engine as the whole limit, with the pauses of the case, and a supplement restarts the term of the
 * step that asked for it; the cut-off of the procedure concerns reception, so only the first step. A step that has
 * not begun is planned from the planned end of the one before. None is due later than the case.
 *
 * A step in working days is late by date, as the case is; one in working hours by the instant. How much it is late is
 * told in working time of its own calendar, pauses left out. Times are local seconds.
 */
import { closedPauses, foldClock, type ClockEvent } from './case-clock';
import { computeTerm, type ProcessingLimit, type TimeOfDayPolicy } from './deadline';
import { dayOf, type LocalSecond } from './local-date';
import { isOverdue } from './outcome';
import { workingSecondsOutside } from './paused-time';
import type { LimitStep } from './step-limits';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export type StepState = 'done-in-time' | 'done-late' | 'running' | 'running-late' | 'waiting' | 'skipped';

/** A processing step with the calendar it follows. */
export interface ScheduledStep extends LimitStep {
  calendar: WorkingCalendar;
}

export interface Handover {
  at: LocalSecond;
  /** Index among the steps, when it was told. */
  step: number | null;
  department: string | null;
}

export interface ScheduleInput {
  steps: readonly ScheduledStep[];
  /** in the order they happened; departments are named as in the steps */
  handovers: readonly Handover[];
  /** the clock ledger of the case with reception, and with its end when it has ended */
  events: readonly ClockEvent[];
  limit: ProcessingLimit;
  timeOfDay: TimeOfDayPolicy;
  /** what was computed for the whole case; null while there is none */
  caseDueAt: LocalSecond | null;
  now: LocalSecond;
}

/** Where one step stands. */
export interface StepStanding {
  startedAt: LocalSecond | null;
  /** null while the clock stands still, or where the calendar does not reach; then nothing is late */
  dueAt: LocalSecond | null;
  finishedAt: LocalSecond | null;
  state: StepState;
  /** working seconds after the due instant */
  overdueSeconds: number;
}

interface Visit {
  from: LocalSecond | null;
  to: LocalSecond | null;
}

const ENDS: ClockEvent['kind'][] = ['finished', 'withdrawn', 'stopped', 'refused'];

/** The step a handover leads to; null where it changes nothing. */
function target({ step, department }: Handover, current: number, steps: readonly ScheduledStep[]) {
  if (step !== null) return step < steps.length && step !== current ? step : null;
  const own = (i: number): boolean => steps[i]!.department === department;
  if (department === null || own(current)) return null;
  const ahead = steps.findIndex((_, i) => i > current && own(i));
  const found = ahead >= 0 ? ahead : steps.findLastIndex((_, i) => i < current && own(i));
  return found >= 0 ? found : null;
}

function visitsOf({ steps, handovers, events }: ScheduleInput): { visits: Visit[]; current: number } {
  const visits = steps.map((): Visit => ({ from: null, to: null }));
  const receivedAt = events.find((e) => e.kind === 'received')!.at;
  let current = 0;
  visits[0]!.from = receivedAt;
  for (const handover of handovers) {
    const next = target(handover, current, steps);
    if (next === null) continue;
    const at = Math.max(handover.at, receivedAt);
    visits[current]!.to = at;
    visits[next] = { from: at, to: null };
    for (let later = next + 1; later < visits.length; later++) visits[later] = { from: null, to: null };
    current = next;
  }
  const end = events.find((e) => ENDS.includes(e.kind));
  if (end) visits[current]!.to = Math.max(end.at, visits[current]!.from!);
  return { visits, current };
}

/** The clock of one step: that of the case from where the step began to where it ended. */
function clockOf(input: ScheduleInput, from: LocalSecond, to: LocalSecond | null) {
  const within = input.events.filter(
    ({ kind, at }) => kind !== 'received' && !ENDS.includes(kind) && (to === null || at <= to),
  );
  const events: ClockEvent[] = [{ kind: 'received', at: from }, ...within];
  if (to !== null) events.push({ kind: 'finished', at: to });
  return foldClock(events, input.limit.supplementMode);
}

/** Null while the clock stands still, and where the calendar does not reach. */
function dueOf(input: ScheduleInput, index: number, from: LocalSecond, to: LocalSecond | null) {
  const { limit, timeOfDay, caseDueAt } = input;
  const step = input.steps[index]!;
  const clock = clockOf(input, from, to);
  if (clock.openPause) return null;
  const { amount, unit, calendar } = step;
  const receptionCutoff = index === 0 ? limit.receptionCutoff : null;
  try {
    const { dueAt } = computeTerm({
      clock,
      calendar,
      timeOfDay,
      limit: { ...limit, amount, unit, receptionCutoff },
    });
    return Math.min(dueAt, caseDueAt ?? dueAt);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/** Whether a term had passed at an instant: when the work was done, or now while it is not. */
function isLate({ unit, calendar }: ScheduledStep, dueAt: LocalSecond, at: LocalSecond, done: boolean) {
  if (unit === 'working-hours') return at > dueAt;
  return done ? dayOf(at) > dayOf(dueAt) : isOverdue(dueAt, at, calendar);
}

function overdueSeconds(
  input: ScheduleInput,
  { calendar }: ScheduledStep,
  from: LocalSecond,
  to: LocalSecond,
) {
  const paused = closedPauses(clockOf(input, from, to));
  return Math.max(0, workingSecondsOutside(calendar, from, to, paused));
}

function standing(
  input: ScheduleInput,
  index: number,
  from: LocalSecond,
  to: LocalSecond | null,
): StepStanding {
  const step = input.steps[index]!;
  const dueAt = dueOf(input, index, from, to);
  const at = to ?? input.now;
  const late = dueAt !== null && isLate(step, dueAt, at, to !== null);
  const state = to === null ? (late ? 'running-late' : 'running') : late ? 'done-late' : 'done-in-time';
  const overdue = late ? overdueSeconds(input, step, dueAt, at) : 0;
  return { startedAt: from, dueAt, finishedAt: to, state, overdueSeconds: overdue };
}

const NOTHING: StepStanding = {
  ...{ startedAt: null, dueAt: null, finishedAt: null },
  ...{ state: 'skipped', overdueSeconds: 0 },
};

/** Where the steps stand, in their order; nothing for a limit without steps. */
export function scheduleSteps(input: ScheduleInput): StepStanding[] {
  if (input.steps.length === 0) return [];
  const { visits, current } = visitsOf(input);
  const ended = visits[current]!.to !== null;
  const found: StepStanding[] = [];
  /** planned end of the step before */
  let planned: LocalSecond | null = null;
  for (const [index, { from, to }] of visits.entries()) {
    let own = NOTHING;
    if (from !== null) own = standing(input, index, from, to);
    else if (index > current && !ended)
      own = {
        ...NOTHING,
        state: 'waiting',
        dueAt: planned === null ? null : dueOf(input, index, planned, null),
      };
    if (own.state !== 'skipped') planned = own.dueAt;
    found.push(own);
  }
  return found;
}

export interface Consultation {
  requestedAt: LocalSecond;
  /** whole working days within which the body was asked to answer */
  workingDays: number;
  /** when it answered; null while it has not */
  answeredAt: LocalSecond | null;
}

/** The end of office on the last working day for an answer; null where the calendar does not reach. */
export function consultationDue(
  { requestedAt, workingDays }: Pick<Consultation, 'requestedAt' | 'workingDays'>,
  calendar: WorkingCalendar,
): LocalSecond | null {
  try {
    return calendar.closesAt(calendar.addWorkingDays(dayOf(requestedAt), workingDays));
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/**
 * Where a consultation stands: it has a due date of its own and does not stop the clock (NĐ 61/2018 Đ19.5).
 * @param caseEndedAt an answer that never came is no longer awaited from then on
 */
export function consultationStanding(
  consultation: Consultation,
  calendar: WorkingCalendar,
  now: LocalSecond,
  caseEndedAt: LocalSecond | null,
): StepStanding {
  const { requestedAt, answeredAt } = consultation;
  const dueAt = consultationDue(consultation, calendar);
  const finishedAt = answeredAt ?? caseEndedAt;
  const at = finishedAt ?? now;
  const late = dueAt !== null && (finishedAt ? dayOf(at) > dayOf(dueAt) : isOverdue(dueAt, at, calendar));
  const done = finishedAt !== null;
  return {
    startedAt: requestedAt,
    dueAt,
    finishedAt,
    state: done ? (late ? 'done-late' : 'done-in-time') : late ? 'running-late' : 'running',
    overdueSeconds: late ? Math.max(0, calendar.workingSecondsBetween(dueAt, at)) : 0,
  };
}
