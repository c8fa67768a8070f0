import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { DeadlineCheckMail } from './deadline-check-mail';
import { DeadlineCheckRepository, type CheckResult } from './deadline-check.repository';
import { DeadlineComparison } from './deadline-comparison.service';

const DAY_MS = 86_400_000;
const KEPT_DAYS = 90;

/** Checks by night that what is stored is what would be computed, and keeps what it found. */
@Injectable()
export class DeadlineCheckService {
  constructor(
    private readonly database: Database,
    private readonly checks: DeadlineCheckRepository,
    private readonly comparison: DeadlineComparison,
    private readonly mail: DeadlineCheckMail,
    private readonly clock: Clock,
  ) {}

  /**
   * One check, from the beginning. A check that lost its process is closed as failed.
   * @returns null while another check runs
   */
  run(): Promise<CheckResult | null> {
    return this.database.transaction(async (turn) => {
      if (!(await this.checks.takeTurn(turn))) return null;
      const { pool } = this.database;
      await this.checks.closeAbandoned(pool, this.clock.now());
      const id = await this.checks.start(pool, this.clock.now());
      try {
        return await this.check(id);
      } catch (error) {
        await this.checks.closeAbandoned(pool, this.clock.now());
        throw error;
      }
    });
  }

  private async check(id: number): Promise<CheckResult> {
    const result = await this.comparison.compare();
    const now = this.clock.now();
    const waiting = await this.database.transaction(async (tx) => {
      await this.checks.end(tx, id, result, now);
      await this.checks.removeBefore(tx, new Date(now.getTime() - KEPT_DAYS * DAY_MS));
      return result.differences === 0 ? [] : this.mail.write(tx, id, now);
    });
    await this.mail.announce(waiting);
    return result;
  }
}
