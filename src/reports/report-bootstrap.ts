import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { ParRuleRepository } from './par-rule.repository';

/**
 * The PAR criterion as read from the plan KH 1254/KH-UBND: 3 points at most, rate × maximum. The threshold of 98 %
 * explains "2,93 (không có điểm)" but stands in no text seen, hence it starts unconfirmed.
 */
@Injectable()
export class ReportBootstrap {
  constructor(
    private readonly database: Database,
    private readonly rules: ParRuleRepository,
  ) {}

  async run(): Promise<void> {
    const rule = { maxPoints: 3, threshold: 0.98, mode: 'rate*max', roundTo: 2 } as const;
    await this.rules.insertWhenAbsent(
      this.database.pool,
      '2018-01-01',
      rule,
      'KH 1254/KH-UBND ngày 16/6/2026',
    );
  }
}
