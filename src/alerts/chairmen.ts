import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { dayOfInstant, isoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AlertRuleRepository } from './alert-rule.repository';
import { StaffDirectory } from './staff-directory';

/** Who answers for everything in a commune. */
@Injectable()
export class Chairmen {
  constructor(
    private readonly rules: AlertRuleRepository,
    private readonly clock: Clock,
  ) {}

  /** Ids of accounts, whoever stands in for those who are away. */
  async of(tx: Tx, communeId: number): Promise<number[]> {
    const today = isoDay(dayOfInstant(this.clock.now()));
    const staff = new StaffDirectory(await this.rules.staff(tx), await this.rules.absent(tx, today));
    const told = staff.recipients(['chairman'], { communeId, departmentId: null, officerId: null });
    return told.map(({ recipientId }) => recipientId);
  }
}
