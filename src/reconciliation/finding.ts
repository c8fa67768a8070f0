import { isPausedAtSource, isOpen } from '../cases/case-status';
import type { CalendarBook } from '../calendars/calendar-book';
import type { CountingLine } from '../cases/case-ledger';
import { local as localOf } from '../cases/case-deadline';
import { stopsOf } from '../cases/open-stop';
import {
  isFalseOverdue,
  OVERDUE_CAUSES,
  overdueCauses,
  type OverdueCause,
  type OverdueFacts,
} from '../domain/false-overdue';
import { dayOfInstant, parseIsoDay, toLocalSecond, type LocalSecond } from '../domain/local-date';
import type { Suspect } from './reconciliation.repository';
import type { SettlementRow } from './settlement.repository';

/** What a person found out; 'open' while nobody has. */
export type Verdict = 'true-overdue' | 'system-error';
export type FindingState = 'open' | Verdict;
export const FINDING_STATES: readonly FindingState[] = ['open', 'true-overdue', 'system-error'];

/** One suspicion: a case, the cause, and the deadline it is about. */
export interface Finding {
  suspect: Suspect;
  cause: OverdueCause;
  /** The deadline in force, or the promise of a case to which nothing is owed any more. */
  about: Date;
  state: FindingState;
  /** What was found out last; null while nobody has looked. */
  settlement: SettlementRow | null;
  /** The clock stands still and nobody told since when. */
  pauseUntold: boolean;
}

/** What may be said of it: where only two dates differ, nobody is overdue because of it. */
export const verdictsOn = (cause: OverdueCause): Verdict[] =>
  isFalseOverdue(cause) ? ['system-error', 'true-overdue'] : ['system-error'];

interface Ground {
  /** Stops of the clock and their ends by case, oldest first. */
  ledgers: Map<number, CountingLine[]>;
  settlements: SettlementRow[];
  now: LocalSecond;
  book: CalendarBook;
}

/** In the order of the causes, each in the order of the suspects. */
export function findingsOf(suspects: Suspect[], { ledgers, settlements, now, book }: Ground): Finding[] {
  const settled = new Map(settlements.map((s) => [questionOf(s.caseId, s.cause, s.deadlineAt), s]));
  const found = suspects.flatMap((suspect) => {
    const facts = factsOf(suspect, ledgers.get(suspect.id) ?? []);
    const about = suspect.deadlineAt ?? suspect.promisedAt;
    if (about === null) return [];
    const { calendar } = book.of(suspect.calendarUnitId);
    return overdueCauses(facts, now, calendar).map((cause): Finding => {
      const settlement = settled.get(questionOf(suspect.id, cause, about)) ?? null;
      const state = settlement?.verdict ?? 'open';
      return { suspect, cause, about, state, settlement, pauseUntold: facts.pauseUntold };
    });
  });
  const rank = (finding: Finding): number => OVERDUE_CAUSES.indexOf(finding.cause);
  return found.sort((a, b) => rank(a) - rank(b));
}

const questionOf = (caseId: number, cause: OverdueCause, deadlineAt: Date): string =>
  `${caseId} ${cause} ${deadlineAt.getTime()}`;

/** @param lines the stops of the case and their ends, oldest first */
function factsOf(s: Suspect, lines: CountingLine[]): OverdueFacts {
  const local = (at: Date | null): LocalSecond | null => at && toLocalSecond(at);
  const stops = lines.filter(({ kind }) => kind === 'supplement-requested' || kind === 'suspended');
  const standing = isOpen(s.status) && s.dueState === 'paused';
  const atSourceOnly = isPausedAtSource(s.status) && stopsOf(lines).openStop === null;
  return {
    open: isOpen(s.status),
    settledDay: s.settledDay === null ? null : parseIsoDay(s.settledDay),
    deadlineAt: local(s.deadlineAt),
    computedDueAt: local(s.computedDueAt),
    resultDay: s.resultAt && dayOfInstant(s.resultAt),
    pausedFrom: stops[0] ? localOf(stops[0].at) : null,
    standing: standing ? { since: local(s.pausedSince) } : null,
    pauseUntold: stops.some((line) => line.approximate) || (standing && atSourceOnly),
    settledElsewhere: s.twinCode !== null,
    mismatch: s.mismatch ? 'counted-wrong' : s.mismatchCause === null ? 'none' : 'unexplained',
  };
}
