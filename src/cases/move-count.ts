import { toLocalSecond } from '../domain/local-date';
import { isOverdue } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { isRunning, local, type StoredDeadline } from './case-deadline';
import type { DerivedCase } from './case-differences';
import { movesDue } from './deadline.service';

/** What a change would do to the cases it touches. */
export interface Moves {
  /** Cases whose computed due would be another one. */
  moved: number;
  /** Open cases that would become overdue, or would no longer be. */
  becomeOverdue: number;
  ceaseOverdue: number;
  /** Settled cases that would count as late, or would no longer. */
  becomeLate: number;
  ceaseLate: number;
}

export const NO_MOVES: Moves = { moved: 0, becomeOverdue: 0, ceaseOverdue: 0, becomeLate: 0, ceaseLate: 0 };

/** Adds what the change does to one case, known by its state before and after it. */
export function withMove(moves: Moves, derived: DerivedCase, calendar: WorkingCalendar, now: Date): Moves {
  const { facts, deadline } = derived;
  const overdue = (state: StoredDeadline): boolean =>
    isRunning(facts.status, state) && isOverdue(local(state.deadline!), toLocalSecond(now), calendar);
  const turn = (before: boolean, after: boolean): [becomes: number, ceases: number] => [
    Number(!before && after),
    Number(before && !after),
  ];
  const [becomeOverdue, ceaseOverdue] = turn(overdue(facts), overdue(deadline));
  const [becomeLate, ceaseLate] = turn(facts.outcome === 'late', deadline.outcome === 'late');
  return {
    moved: moves.moved + Number(movesDue(derived)),
    becomeOverdue: moves.becomeOverdue + becomeOverdue,
    ceaseOverdue: moves.ceaseOverdue + ceaseOverdue,
    becomeLate: moves.becomeLate + becomeLate,
    ceaseLate: moves.ceaseLate + ceaseLate,
  };
}
