import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { onTimeRate, type OnTimeRate, type OutcomeCounts } from '../domain/on-time-rate';
import { parScore } from '../domain/par-score';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { OnTimeRepository, type Counted, type Grouping, type Selection } from './on-time.repository';
import { ParRuleRepository } from './par-rule.repository';

export interface Period {
  from: string;
  to: string;
}

export interface RateFigures extends OutcomeCounts, OnTimeRate {}

export interface ParFigures {
  maxPoints: number;
  threshold: number | null;
  thresholdConfirmed: boolean;
  document: string | null;
  formula: number | null;
  recognised: number | null;
  /** How many more late cases the threshold still allows; negative: so many too many. */
  lateAllowed: number | null;
}

export interface OnTimeReport extends Period, RateFigures {
  unit: { code: string; name: string } | null;
  asOf: Date;
  firstPromise: RateFigures;
  par: ParFigures | null;
  groupBy: Grouping | null;
  groups: (RateFigures & { key: string; name: string | null })[];
}

export const figures = (counts: OutcomeCounts): RateFigures => ({
  early: counts.early,
  onTime: counts.onTime,
  ...onTimeRate(counts),
});

const firstPromise = (c: Counted): RateFigures =>
  figures({ early: c.firstEarly, onTime: c.firstOnTime, late: c.firstLate });

/** The on-time rate of a period: settled cases, compared by date with the current promise (domain 4.3, 5.2). */
@Injectable()
export class OnTimeService {
  constructor(
    private readonly database: Database,
    private readonly repository: OnTimeRepository,
    private readonly parRules: ParRuleRepository,
    private readonly clock: Clock,
  ) {}

  async report(reader: Reader, period: Period, unit?: string, groupBy?: Grouping): Promise<OnTimeReport> {
    if (period.from > period.to) throw new AppError('PERIOD_INVALID', { ...period });
    const { selection, unit: asked } = await this.select(reader, period, unit);
    const tx = this.database.pool;
    const total = await this.repository.total(tx, selection);
    const groups = groupBy ? await this.repository.groups(tx, selection, groupBy) : [];
    return {
      ...period,
      unit: asked,
      asOf: this.clock.now(),
      ...figures(total),
      firstPromise: firstPromise(total),
      par: await this.par(total, period.to),
      groupBy: groupBy ?? null,
      groups: groups.map((g) => ({ key: g.key, name: g.name, ...figures(g) })),
    };
  }

  /** PAR points of the counts under the rule in force on `day`; null when no rule is set. */
  async par(counts: OutcomeCounts, day: string): Promise<ParFigures | null> {
    const dated = await this.parRules.ruleOn(this.database.pool, day);
    if (!dated) return null;
    return {
      maxPoints: dated.rule.maxPoints,
      threshold: dated.rule.threshold,
      thresholdConfirmed: dated.confirmed,
      document: dated.document,
      ...parScore(onTimeRate(counts), dated.rule),
    };
  }

  private async select(reader: Reader, period: Period, code?: string) {
    const all: Selection = { communeIds: reader.communeIds, departmentIds: null, ...period };
    if (!code) return { selection: all, unit: null };
    const scope = await this.repository.unitScope(this.database.pool, code);
    const communeIds = scope?.communeIds.filter((id) => reader.communeIds.includes(id)) ?? [];
    if (!scope || communeIds.length === 0) throw new AppError('UNIT_NOT_FOUND', { code });
    return {
      selection: { ...all, communeIds, departmentIds: scope.departmentIds },
      unit: { code: scope.code, name: scope.name },
    };
  }
}
