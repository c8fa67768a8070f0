import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CalendarConsequences,
  type CalendarChange,
  type CaseEffects,
  type ChangeReason,
  type Consequence,
  type MovedCase,
} from '../calendars/calendar-consequences';
import type { Tx } from '../database/transaction';
import { CalendarImpact, NAMED, type CaseImpact } from './calendar-impact.service';
import { CaseRepository } from './case.repository';
import { DeadlineService } from './deadline.service';

const instant = (epoch: number | null): Date | null => (epoch === null ? null : new Date(epoch * 1000));
const count = (impacts: CaseImpact[], holds: (impact: CaseImpact) => boolean): number =>
  impacts.filter(holds).length;

/** What a change of the calendar does to the cases. */
@Injectable()
export class CaseConsequence implements Consequence<CaseEffects>, OnModuleInit {
  constructor(
    private readonly consequences: CalendarConsequences,
    private readonly impact: CalendarImpact,
    private readonly deadlines: DeadlineService,
    private readonly cases: CaseRepository,
  ) {}

  onModuleInit(): void {
    this.consequences.register('cases', this);
  }

  async preview(tx: Tx, change: CalendarChange): Promise<CaseEffects> {
    const { cases: impacts, quiet } = await this.impact.of(tx, change);
    const moved = impacts.filter((i) => i.moves);
    return {
      moved: moved.length + quiet.moved,
      running: count(moved, (i) => i.before.running),
      moves: await this.named(tx, [...moved, ...quiet.first]),
      becomeOverdue: count(impacts, (i) => i.after.overdue && !i.before.overdue),
      stopBeingOverdue: count(impacts, (i) => i.before.overdue && !i.after.overdue),
      mismatchesAppear: count(impacts, (i) => i.deadline.mismatch && !i.facts.mismatch),
      mismatchesVanish: count(impacts, (i) => i.facts.mismatch && !i.deadline.mismatch),
      promisesStay: count(moved, (i) => i.facts.promised !== null) + quiet.promised,
    };
  }

  async apply(tx: Tx, { scope }: CalendarChange, why: ChangeReason): Promise<number> {
    const { moved } = await this.deadlines.recompute(tx, scope, { because: 'calendar', ...why });
    return moved;
  }

  /** Running ones first, then by the due they have now. */
  private async named(tx: Tx, moved: CaseImpact[]): Promise<MovedCase[]> {
    const first = [...moved]
      .sort(
        (a, b) =>
          Number(b.before.running) - Number(a.before.running) ||
          (a.facts.computedDue ?? 0) - (b.facts.computedDue ?? 0) ||
          a.facts.id - b.facts.id,
      )
      .slice(0, NAMED);
    const names = await this.cases.names(
      tx,
      first.map((i) => i.facts.id),
    );
    return first.map(({ facts, deadline, before }) => ({
      ...names.get(facts.id)!,
      running: before.running,
      due: instant(facts.computedDue),
      newDue: instant(deadline.computedDue),
      promised: instant(facts.promised),
    }));
  }
}
