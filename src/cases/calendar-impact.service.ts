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

/** What a change of the calendar would do to each case; nothing is written. */
@Injectable()
export class CalendarImpact {
  private readonly known = new WeakMap<CalendarChange, Promise<CaseImpact[]>>();

  constructor(private readonly deadlines: DeadlineService) {}

  /** Running cases and those of which something changes; counted once for every feature that asks. */
  of(tx: Tx, change: CalendarChange): Promise<CaseImpact[]> {
    const known = this.known.get(change) ?? this.computed(tx, change);
    this.known.set(change, known);
    return known;
  }

  private async computed(tx: Tx, change: CalendarChange): Promise<CaseImpact[]> {
    const concerned: CaseImpact[] = [];
    for await (const chunk of this.deadlines.derived(tx, change.scope, change.after))
      for (const derived of chunk) {
        const impact = impactOf(derived, change);
        if (isConcerned(impact)) concerned.push(impact);
      }
    return concerned;
  }
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

const isConcerned = ({ facts, deadline, moves, before, after }: CaseImpact): boolean =>
  moves ||
  before.running ||
  after.running ||
  facts.deadline !== deadline.deadline ||
  facts.outcome !== deadline.outcome ||
  facts.mismatch !== deadline.mismatch;
