import { Injectable } from '@nestjs/common';
import type { CalendarChange } from '../calendars/calendar-consequences';
import type { Tx } from '../database/transaction';
import { isOverdue } from '../domain/outcome';
import { toLocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { isRunning, local, type StoredDeadline } from './case-deadline';
import type { DerivedCase } from './case-differences';
import { DeadlineService, movesDue } from './deadline.service';

/** A case that a change of the calendar concerns, as it is and as it would be. */
export interface CaseImpact extends DerivedCase {
  moves: boolean;
  before: { calendar: WorkingCalendar; running: boolean; overdue: boolean };
  after: { calendar: WorkingCalendar; running: boolean; overdue: boolean };
}

export interface ChangeImpact {
  /** running cases, and those of which more changes than the computed due */
  cases: CaseImpact[];
  /** settled cases with another computed due and nothing else: told by their number, which may be that of all years */
  quiet: { moved: number; promised: number; first: CaseImpact[] };
}

/** Cases named in a preview. */
export const NAMED = 20;

/** What a change of the calendar would do to each case; nothing is written. */
@Injectable()
export class CalendarImpact {
  private readonly known = new WeakMap<CalendarChange, Promise<ChangeImpact>>();

  constructor(private readonly deadlines: DeadlineService) {}

  /** Counted once for every feature that asks. */
  of(tx: Tx, change: CalendarChange): Promise<ChangeImpact> {
    const known = this.known.get(change) ?? this.computed(tx, change);
    this.known.set(change, known);
    return known;
  }

  private async computed(tx: Tx, change: CalendarChange): Promise<ChangeImpact> {
    const impact: ChangeImpact = { cases: [], quiet: { moved: 0, promised: 0, first: [] } };
    for await (const chunk of this.deadlines.derived(tx, change.scope, change.after))
      for (const derived of chunk) {
        const found = impactOf(derived, change);
        if (isConcerned(found)) impact.cases.push(found);
        else if (found.moves) addQuiet(impact.quiet, found);
      }
    return impact;
  }
}

function addQuiet(quiet: ChangeImpact['quiet'], found: CaseImpact): void {
  quiet.moved += 1;
  if (found.facts.promised !== null) quiet.promised += 1;
  if (quiet.first.length < NAMED) quiet.first.push(found);
}

function impactOf(derived: DerivedCase, { before, after, now }: CalendarChange): CaseImpact {
  const { facts, deadline } = derived;
  const side = (calendar: WorkingCalendar, stored: StoredDeadline) => {
    const running = isRunning(facts.status, stored);
    const overdue = running && isOverdue(local(stored.deadline!), toLocalSecond(now), calendar);
    return { calendar, running, overdue };
  };
  const { calendarUnitId } = facts;
  return {
    ...derived,
    moves: movesDue(derived),
    before: side(before.of(calendarUnitId).calendar, facts),
    after: side(after.of(calendarUnitId).calendar, deadline),
  };
}

const isConcerned = ({ facts, deadline, before, after }: CaseImpact): boolean =>
  before.running ||
  after.running ||
  facts.deadline !== deadline.deadline ||
  facts.outcome !== deadline.outcome ||
  facts.mismatch !== deadline.mismatch;
