import { acceptanceDue } from '../domain/acceptance';
import { foldClock, type ClockEvent } from '../domain/case-clock';
import { computeDue, type ProcessingLimit, type TimeOfDayPolicy } from '../domain/deadline';
import { dayOf, toInstant, toLocalSecond, type EpochDay, type LocalSecond } from '../domain/local-date';
import { likelyCause, type MismatchCause } from '../domain/mismatch-cause';
import { classifyOutcome, type Outcome } from '../domain/outcome';
import { CalendarNotCovered, type WorkingCalendar } from '../domain/working-calendar';
import { isClosedUnsettled, isExcluded, isOpen, isPausedAtSource, isSettled } from './case-status';
import type { CaseFacts } from './deadline.repository';

export type DueState = 'pending' | 'due' | 'paused' | 'no-limit' | 'no-calendar' | 'excluded';

/** The computed columns of `case_record`; instants in seconds since 1970 UTC, days as epoch days. */
export interface StoredDeadline {
  limitId: number | null;
  calendarVersionId: number | null;
  computedDue: number | null;
  dueState: DueState;
  dueForecast: boolean;
  pausedSince: number | null;
  deadline: number | null;
  deadlineDay: EpochDay | null;
  settledDay: EpochDay | null;
  outcome: Outcome | null;
  outcomeFirst: Outcome | null;
  /** The source counted wrongly. */
  mismatch: boolean;
  /** Why promise and calendar may differ; null where they agree or cannot be compared. */
  mismatchCause: MismatchCause | null;
  /** Until when an online submission must be answered. */
  acceptanceDue: number | null;
}

/** What a deadline rests on besides the case's own facts. */
export interface DeadlineGround {
  calendar: WorkingCalendar;
  calendarVersionId: number;
  limit: (ProcessingLimit & { id: number }) | null;
  timeOfDay: TimeOfDayPolicy;
  /** What the case was due by calendars that have changed since, in seconds since 1970 UTC. */
  formerDues?: readonly number[];
  /** Working hours within which an online submission must be answered. */
  acceptanceHours: number;
}

/** Seconds since 1970 UTC to local seconds and back; only local-date.ts knows the offset. */
export const local = (epoch: number): LocalSecond => toLocalSecond(new Date(epoch * 1000));
export const epochOf = (second: LocalSecond): number => toInstant(second).getTime() / 1000;
export const dayOfEpoch = (epoch: number): EpochDay => dayOf(local(epoch));

/**
 * Everything the program derives about one case's time.
 * @param ledger pauses and their ends, oldest first
 */
export function deriveDeadline(
  facts: CaseFacts,
  ledger: ClockEvent[],
  ground: DeadlineGround,
): StoredDeadline {
  const due = computedDue(facts, ledger, ground);
  const deadline = hasDeadline(facts.status) ? (facts.promised ?? due.computedDue) : null;
  const deadlineDay = deadline === null ? null : dayOfEpoch(deadline);
  const settledDay = settledDayOf(facts);
  const first = facts.promisedFirst ?? deadline;
  return {
    limitId: ground.limit?.id ?? null,
    calendarVersionId: ground.calendarVersionId,
    ...due,
    deadline,
    deadlineDay,
    settledDay,
    outcome: settledDay === null ? null : classifyOutcome(settledDay, deadlineDay),
    outcomeFirst:
      settledDay === null ? null : classifyOutcome(settledDay, first === null ? null : dayOfEpoch(first)),
    ...mismatchOf(facts, due, ledger, ground),
    acceptanceDue: acceptanceDueOf(facts, ground),
  };
}

function acceptanceDueOf({ submitted }: CaseFacts, ground: DeadlineGround): number | null {
  if (submitted === null) return null;
  try {
    return epochOf(acceptanceDue(local(submitted), ground.calendar, ground.acceptanceHours));
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/** Nobody waits for the result of a case that was refused, withdrawn or stopped. */
const hasDeadline = (status: number): boolean => !isExcluded(status) && !isClosedUnsettled(status);

type DuePart = Pick<StoredDeadline, 'computedDue' | 'dueState' | 'dueForecast' | 'pausedSince'>;

function computedDue(facts: CaseFacts, ledger: ClockEvent[], ground: DeadlineGround): DuePart {
  const nothing = { computedDue: null, dueForecast: false, pausedSince: null };
  if (isExcluded(facts.status)) return { ...nothing, dueState: 'excluded' };
  const due = computeDue({ events: clockEvents(facts, ledger), ...ground });
  if (due.state === 'paused') return { ...nothing, dueState: 'paused', pausedSince: epochOf(due.since) };
  if (isPausedAtSource(facts.status))
    return { ...nothing, dueState: 'paused', pausedSince: lastStopOf(ledger) };
  if (due.state !== 'due') return { ...nothing, dueState: due.state };
  return { computedDue: epochOf(due.dueAt), dueState: 'due', dueForecast: due.forecast, pausedSince: null };
}

/** The ledger as the domain counts it: reception and completion are facts of the case, corrected by its source. */
export function clockEvents(
  facts: Pick<CaseFacts, 'status' | 'received' | 'finished' | 'returned'>,
  ledger: ClockEvent[],
): ClockEvent[] {
  const events: ClockEvent[] = [{ kind: 'received', at: local(facts.received) }, ...ledger];
  const end = isOpen(facts.status) ? null : (facts.finished ?? facts.returned);
  if (end !== null) events.push({ kind: 'finished', at: local(end) });
  return events;
}

function lastStopOf(ledger: ClockEvent[]): number | null {
  const stop = ledger.findLast((e) => e.kind === 'supplement-requested' || e.kind === 'suspended');
  return stop ? epochOf(stop.at) : null;
}

/** A result that is ready ends the clock; handing it over counts only when the source tells nothing else. */
function settledDayOf(facts: CaseFacts): EpochDay | null {
  const settled = facts.finished ?? facts.returned;
  return isSettled(facts.status) && settled !== null ? dayOfEpoch(settled) : null;
}

/**
 * The promise that tells how the source counts: not one that was made anew, which is later on purpose, none where a
 * supplement started the clock again, and none that was right until the calendar changed.
 */
export function comparablePromise(
  { promised, promisedFirst }: Pick<CaseFacts, 'promised' | 'promisedFirst'>,
  ledger: ClockEvent[],
  formerDues: readonly number[] = [],
): number | null {
  if (promised === null || (promisedFirst !== null && promisedFirst !== promised)) return null;
  const restarted = ledger.some((e) => e.kind === 'supplement-requested');
  const wasRight = formerDues.some((due) => dayOfEpoch(due) === dayOfEpoch(promised));
  return restarted || wasRight ? null : promised;
}

/** What a later promise tells nothing about: it may rest on a supplement the source kept to itself. */
const UNEXPLAINED: MismatchCause[] = ['unknown', 'other-limit'];

/**
 * Whether the source counted wrongly: it promised an earlier day than the calendar gives, or a later one that a known
 * way to count wrongly leads to. By date only: sources print the hour of reception, offices close at another.
 */
function mismatchOf(
  facts: CaseFacts,
  due: DuePart,
  ledger: ClockEvent[],
  ground: DeadlineGround,
): Pick<StoredDeadline, 'mismatch' | 'mismatchCause'> {
  const promised = comparablePromise(facts, ledger, ground.formerDues);
  const { limit, calendar } = ground;
  const none = { mismatch: false, mismatchCause: null };
  if (due.computedDue === null || promised === null || !limit) return none;
  const [promisedDay, dueDay] = [dayOfEpoch(promised), dayOfEpoch(due.computedDue)];
  if (promisedDay === dueDay) return none;
  const clock = foldClock(clockEvents(facts, ledger), limit.supplementMode);
  const { cause } = calendar.covers(promisedDay)
    ? likelyCause({ clock, limit, calendar, promisedDay })
    : { cause: 'unknown' as const };
  return { mismatch: promisedDay < dueDay || !UNEXPLAINED.includes(cause), mismatchCause: cause };
}

/** True when the case may still be reminded of. */
export const isRunning = (status: number, deadline: StoredDeadline): boolean =>
  isOpen(status) && deadline.dueState !== 'paused' && deadline.deadline !== null;

/**
 * True when the sweep has to look at the case: it may run, wait for papers, or wait to be accepted. Ended cases owe
 * nobody a reminder.
 */
export const isWatched = (status: number, deadline: StoredDeadline): boolean =>
  deadline.settledDay === null && (isOpen(status) || (status === 1 && deadline.acceptanceDue !== null));

/** All but the calendar version: a row that another version leaves as it is needs no rewriting. */
export const COMPARED_COLUMNS = [
  'limitId',
  'computedDue',
  'dueState',
  'dueForecast',
  'pausedSince',
  'deadline',
  'deadlineDay',
  'settledDay',
  'outcome',
  'outcomeFirst',
  'mismatch',
  'mismatchCause',
  'acceptanceDue',
] as const satisfies (keyof StoredDeadline)[];

export type ComparedColumn = (typeof COMPARED_COLUMNS)[number];

export const differingColumns = (a: StoredDeadline, b: StoredDeadline): ComparedColumn[] =>
  COMPARED_COLUMNS.filter((c) => a[c] !== b[c]);
