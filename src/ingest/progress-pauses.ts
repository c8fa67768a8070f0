import type { NewEvent } from '../cases/case-act.repository';
import { countingEvents } from '../cases/case-events';
import { isOpen } from '../cases/case-status';
import type { CaseEventRow } from '../cases/case.repository';
import { isProgress } from './progress-told';

export interface PauseMoment {
  kind: string;
  at: Date;
  /** The clock stops here; else it goes on. */
  stops: boolean;
}

/** Which entries begin and end the time in which a case has the status. */
const STOPS = [
  { status: 5, start: 'supplement-requested', end: 'supplement-received' },
  { status: 6, start: 'suspended', end: 'resumed' },
] as const;

/** The newest word about a case: what stops or goes on with it, as the ledger stands until now. */
export function pausesNow(status: number, at: Date, counting: readonly CaseEventRow[]): PauseMoment[] {
  return STOPS.flatMap(({ status: stopped, start, end }): PauseMoment[] => {
    const last = counting.findLast((e) => e.kind === start || e.kind === end);
    const stands = last?.kind === start;
    if (status === stopped) return stands ? [] : [{ kind: start, at, stops: true }];
    // The end of the case ends its pauses by itself.
    return stands && isOpen(status) ? [{ kind: end, at: last.at > at ? last.at : at, stops: false }] : [];
  });
}

export interface Step {
  at: Date;
  status: number;
}

/** Where pauses begin and end along what was told, oldest first. */
function momentsAlong(steps: readonly Step[]): PauseMoment[] {
  let before: number | null = null;
  return steps.flatMap(({ at, status }) => {
    const passed = before;
    before = status;
    return STOPS.flatMap(({ status: stopped, start, end }): PauseMoment[] => {
      if (status === stopped) return passed === stopped ? [] : [{ kind: start, at, stops: true }];
      return passed === stopped && isOpen(status) ? [{ kind: end, at, stops: false }] : [];
    });
  });
}

const has = (moments: readonly PauseMoment[], { kind, at }: Pick<PauseMoment, 'kind' | 'at'>): boolean =>
  moments.some((m) => m.kind === kind && m.at.getTime() === at.getTime());

/** A word that comes late, between others: what it adds to the pauses, and what turns out never to have been. */
export function pausesBetween(
  told: readonly Step[],
  late: Step,
): { added: PauseMoment[]; voided: PauseMoment[] } {
  const before = momentsAlong(told);
  const after = momentsAlong([...told, late].sort((a, b) => a.at.getTime() - b.at.getTime()));
  return { added: after.filter((m) => !has(before, m)), voided: before.filter((m) => !has(after, m)) };
}

/** Takes back entries that progress itself had told. @param reason in words, for the history */
export function takenBack(
  events: CaseEventRow[],
  voided: readonly PauseMoment[],
  told: { source: string; now: Date; reason: string },
): NewEvent[] {
  return countingEvents(events)
    .filter((e) => isProgress(e) && has(voided, e))
    .map(({ id, kind, at }) => ({
      ...{ kind: 'corrected', at: told.now, source: told.source },
      data: { event: id, kind, from: at, trueAt: null, reason: told.reason },
    }));
}
