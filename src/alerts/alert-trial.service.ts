import { Injectable } from '@nestjs/common';
import { StepDues } from '../cases/step-due.service';
import { Database, type Tx } from '../database/transaction';
import { instantOrNull } from '../domain/alert-rules';
import { atSecond, dayOf, isoDay, toLocalSecond, type EpochDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AlertGrounds } from './alert-grounds';
import { anchorsOf, type AlertGround } from './alert-plan';
import { AlertRuleRepository } from './alert-rule.repository';
import type { CaseRow } from './alert.repository';
import type { StoredRule } from './rule-book';

const CHUNK = 2_000;
const DAYS_AHEAD = 5;
const EXAMPLES = 20;
/** More than that on one day is noise: it is said before the rule is saved. */
const MOST_FOR_ONE = 30;
const MOST_OF_CASES = 0.25;
const FEW_CASES = 8;

export interface TrialDay {
  day: EpochDay;
  cases: number;
  alerts: number;
  people: number;
  /** for one person */
  most: number;
}

export interface Trial {
  /** the last working day, today, and the working days after */
  days: TrialDay[];
  /** cases that run today */
  open: number;
  examples: { code: string; day: EpochDay }[];
  /** the day on which it would be too much; null when there is none */
  tooMuch: TrialDay | null;
}

interface Count {
  cases: number;
  byReader: Map<number, number>;
}

interface Tally {
  counts: Map<EpochDay, Count>;
  examples: Trial['examples'];
}

/** What a rule would have told and will tell, computed with the cases of today. */
@Injectable()
export class AlertTrial {
  constructor(
    private readonly database: Database,
    private readonly rules: AlertRuleRepository,
    private readonly grounds: AlertGrounds,
    private readonly steps: StepDues,
    private readonly clock: Clock,
  ) {}

  of(rule: StoredRule, communeIds: number[]): Promise<Trial> {
    return this.database.snapshot(async (tx) => {
      const now = this.clock.now();
      const ground = await this.grounds.at(tx, now);
      const days = daysOf(ground, communeIds[0] ?? 0);
      const tally: Tally = {
        counts: new Map(days.map((day) => [day, { cases: 0, byReader: new Map() }])),
        examples: [],
      };
      let open = 0;
      for (let after = 0; ;) {
        const scope = { communeIds, procedureId: rule.procedureId, since: isoDay(days[0]!) };
        const cases = await this.rules.watchedCases(tx, scope, after, CHUNK, now);
        if (cases.length === 0) break;
        after = cases.at(-1)!.id;
        open += cases.length;
        await this.count(tx, rule, cases, ground, tally);
      }
      const found = days.map((day) => dayOfCount(day, tally.counts.get(day)!));
      const tooMuch = found.find((day) => isTooMuch(day, open)) ?? null;
      return { days: found, open, examples: tally.examples, tooMuch };
    });
  }

  private async count(
    tx: Tx,
    rule: StoredRule,
    cases: (CaseRow & { code: string })[],
    ground: AlertGround,
    { counts, examples }: Tally,
  ): Promise<void> {
    const ids = rule.theme === 'step' ? cases.map((c) => c.id) : [];
    const steps = await this.steps.of(tx, ids, ground.book, ground.now);
    for (const found of cases) {
      const { calendar } = ground.book.of(found.departmentId ?? found.communeId);
      const watched = { ...found, stepDue: steps.get(found.id) ?? null };
      // Anchors as of the first of the days: what has passed since is counted too.
      const anchor = anchorsOf(watched, atSecond(Math.min(...counts.keys()), 0), calendar)[rule.theme];
      const at = anchor && instantOrNull(rule, anchor, calendar);
      const day = at === null || at === undefined ? null : dayOf(at);
      const count = day === null ? undefined : counts.get(day);
      if (!count || day === null) continue;
      count.cases += 1;
      for (const { recipientId } of ground.staff.recipients(rule.recipients, found))
        count.byReader.set(recipientId, (count.byReader.get(recipientId) ?? 0) + 1);
      if (examples.length < EXAMPLES) examples.push({ code: found.code, day });
    }
  }
}

/** The last working day, today, and five working days on. */
function daysOf({ book, now }: AlertGround, unitId: number): EpochDay[] {
  const { calendar } = book.of(unitId);
  const today = dayOf(toLocalSecond(now));
  const days = [calendar.previousWorkingDay(today), today];
  for (let i = 0; i < DAYS_AHEAD; i++) days.push(calendar.nextWorkingDay(days.at(-1)!));
  return days;
}

const dayOfCount = (day: EpochDay, { cases, byReader }: Count): TrialDay => ({
  ...{ day, cases, people: byReader.size },
  alerts: [...byReader.values()].reduce((sum, n) => sum + n, 0),
  most: Math.max(0, ...byReader.values()),
});

const isTooMuch = ({ cases, most }: TrialDay, open: number): boolean =>
  most > MOST_FOR_ONE || (cases > FEW_CASES && cases > open * MOST_OF_CASES);
