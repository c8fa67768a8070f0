/**
 * Why a case may be called overdue although nobody was late ("quá hạn ảo"), or be promised for another day than the
 * calendar gives. A provincial review of 9/2025 traced 61 % of its overdue cases to late or wrong synchronisation.
 * The rules only raise the suspicion: a person settles it.
 *
 * Late means late by the deadline in force, which is the promise of the source: a settled case by date, an open one
 * when its last day in time has ended, whether its clock stands still or not, since the source counts it either way.
 */
import { dayOf, type EpochDay, type LocalSecond } from './local-date';
import { isOverdue, lastInstantInTime } from './outcome';
import type { WorkingCalendar } from './working-calendar';

export type OverdueCause =
  /** a result is known on or before the deadline day, the status or the date of the source came later */
  | 'status-not-updated'
  /** in time once the pause is counted out, but the promise was not moved for it */
  | 'pause-not-recorded'
  /** promised for an earlier day than the calendar gives, in time by the calendar */
  | 'wrong-calendar'
  /** the same application is settled in time under another code */
  | 'duplicate-code'
  /** the promise was counted wrongly, which makes no false overdue */
  | 'wrong-promise'
  /** promised later than the calendar gives, no known way to count leads there */
  | 'unexplained-promise';

/** In the order of the list: what falsifies the rate first, what only differs last. */
export const OVERDUE_CAUSES: readonly OverdueCause[] = [
  'status-not-updated',
  'pause-not-recorded',
  'wrong-calendar',
  'duplicate-code',
  'wrong-promise',
  'unexplained-promise',
];

/** True for the causes that make a case overdue by mistake; the others say only that two dates differ. */
export const isFalseOverdue = (cause: OverdueCause): boolean =>
  cause !== 'wrong-promise' && cause !== 'unexplained-promise';

export interface OverdueFacts {
  /** By its status the result is still awaited. */
  open: boolean;
  /** Day of the result that counts; null while there is none. */
  settledDay: EpochDay | null;
  /** null: nothing is owed any more, as for a withdrawn case */
  deadlineAt: LocalSecond | null;
  computedDueAt: LocalSecond | null;
  /** The first day on which any source or the ledger knows a result. */
  resultDay: EpochDay | null;
  /** When the first pause or request for supplement began that the ledger knows. */
  pausedFrom: LocalSecond | null;
  /** The clock stands still now; since null: nobody knows since when. */
  standing: { since: LocalSecond | null } | null;
  /** Of one of the pauses nobody told when it began. */
  pauseUntold: boolean;
  /** Another code of the same application is settled in time. */
  settledElsewhere: boolean;
  /** counted-wrong: by a known way to count wrongly, or too early; unexplained: later, for a reason nobody knows */
  mismatch: 'none' | 'counted-wrong' | 'unexplained';
}

/** Every cause for which the case is to be looked at, in the order of OVERDUE_CAUSES; none for most cases. */
export function overdueCauses(f: OverdueFacts, now: LocalSecond, calendar: WorkingCalendar): OverdueCause[] {
  const late = f.deadlineAt !== null && isLateBy(f, f.deadlineAt, now, calendar);
  const inTimeByCalendar = f.computedDueAt !== null && !isLateBy(f, f.computedDueAt, now, calendar);
  const everPaused = f.pausedFrom !== null || f.pauseUntold || f.standing !== null;
  const excused =
    late && (everPaused ? pauseExcuses(f, f.deadlineAt!, inTimeByCalendar, calendar) : inTimeByCalendar);
  const found: [OverdueCause, boolean][] = [
    ['status-not-updated', late && f.resultDay !== null && f.resultDay <= dayOf(f.deadlineAt!)],
    ['pause-not-recorded', excused && everPaused],
    ['wrong-calendar', excused && !everPaused],
    ['duplicate-code', late && f.settledElsewhere],
    ['wrong-promise', !excused && f.mismatch === 'counted-wrong'],
    ['unexplained-promise', !excused && f.mismatch === 'unexplained'],
  ];
  return found.filter(([, applies]) => applies).map(([cause]) => cause);
}

function isLateBy(
  f: OverdueFacts,
  deadlineAt: LocalSecond,
  now: LocalSecond,
  calendar: WorkingCalendar,
): boolean {
  if (f.settledDay !== null) return f.settledDay > dayOf(deadlineAt);
  return f.open && isOverdue(deadlineAt, now, calendar);
}

/** A pause excuses only what it preceded: one that began after the last day in time came too late. */
function pauseExcuses(
  f: OverdueFacts,
  deadlineAt: LocalSecond,
  inTimeByCalendar: boolean,
  calendar: WorkingCalendar,
): boolean {
  if (f.pauseUntold) return true;
  const last = lastInstantInTime(deadlineAt, calendar);
  if (f.standing !== null) return f.standing.since === null || f.standing.since <= last;
  return inTimeByCalendar && f.pausedFrom !== null && f.pausedFrom <= last;
}
