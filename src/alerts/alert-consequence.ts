import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CalendarConsequences,
  type AlertEffects,
  type CalendarChange,
  type Consequence,
} from '../calendars/calendar-consequences';
import { local } from '../cases/case-deadline';
import { CalendarImpact, type CaseImpact } from '../cases/calendar-impact.service';
import { DeadlineRepository } from '../cases/deadline.repository';
import type { Tx } from '../database/transaction';
import { dueRungs } from '../domain/alert-rules';
import { toLocalSecond, type LocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { AlertRuleRepository } from './alert-rule.repository';
import { AlertRepository } from './alert.repository';
import { RuleBook } from './rule-book';

/** What a change of the calendar does to the reminders. */
@Injectable()
export class AlertConsequence implements Consequence<AlertEffects>, OnModuleInit {
  constructor(
    private readonly consequences: CalendarConsequences,
    private readonly impact: CalendarImpact,
    private readonly alerts: AlertRepository,
    private readonly rules: AlertRuleRepository,
    private readonly deadlines: DeadlineRepository,
  ) {}

  onModuleInit(): void {
    this.consequences.register('alerts', this);
  }

  async preview(tx: Tx, change: CalendarChange): Promise<AlertEffects> {
    const rules = new RuleBook(await this.rules.rules(tx));
    const now = toLocalSecond(change.now);
    const { cases: impacts } = await this.impact.of(tx, change);
    const outdated = impacts.filter((i) => i.before.running && deadlineMoves(i)).map((i) => i.facts.id);
    return {
      reminders: impacts.filter((i) => remindedAnew(i, rules, now)).length,
      withdrawn: await this.alerts.countUndelivered(tx, outdated),
    };
  }

  /** The sweep after the commit finds the next moment of each; nothing to add to the cases that moved. */
  async apply(tx: Tx, { scope, now }: CalendarChange): Promise<number> {
    await this.deadlines.rearm(tx, scope, now);
    return 0;
  }
}

/** An alert is about a deadline: with another one, or when the clock stops, it is no longer true. */
const deadlineMoves = ({ facts, deadline, after }: CaseImpact): boolean =>
  facts.deadline !== deadline.deadline || !after.running;

function remindedAnew({ facts, deadline, before, after }: CaseImpact, rules: RuleBook, now: LocalSecond) {
  const ladder = rules.of(facts.unitId, facts.procedureId).filter((rule) => rule.theme === 'deadline');
  const from = local(facts.received);
  const next = (at: number | null, calendar: WorkingCalendar): LocalSecond | null =>
    at === null
      ? null
      : dueRungs(ladder, { deadline: { at: local(at), from, byDay: true } }, now, calendar).nextAt;
  const moved = facts.deadline !== deadline.deadline || before.running !== after.running;
  const old = before.running && facts.armed ? next(facts.deadline, before.calendar) : null;
  const anew = after.running && (facts.armed || moved) ? next(deadline.deadline, after.calendar) : null;
  return old !== anew;
}
