import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { countingByCase } from '../cases/case-ledger';
import { DeadlineRepository } from '../cases/deadline.repository';
import type { Tx } from '../database/transaction';
import { atSecond, epochDay, toInstant, toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { findingsOf, type Finding } from './finding';
import { ReconciliationRepository } from './reconciliation.repository';
import { SettlementRepository } from './settlement.repository';

/** Which findings are wanted: of one year of deadlines, or of some cases; null: all. */
export interface Wanted {
  communeIds: number[];
  year: number | null;
  codes: string[] | null;
  /** Only what may be a false overdue. */
  onlyLate?: boolean;
}

/** Gathers what is known of suspected cases and lets the rules of the domain judge. */
@Injectable()
export class FindingsService {
  constructor(
    private readonly repository: ReconciliationRepository,
    private readonly settlements: SettlementRepository,
    private readonly deadlines: DeadlineRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** In the order of the causes, newest deadline first. */
  async of(tx: Tx, { communeIds, year, codes, onlyLate = false }: Wanted): Promise<Finding[]> {
    const now = this.clock.now();
    const window = year === null ? null : { from: startOf(year), to: startOf(year + 1) };
    const suspects = await this.repository.suspects(tx, { communeIds, window, codes, onlyLate }, now);
    const late = suspects.filter((s) => s.late).map(({ id }) => id);
    const ledgers = countingByCase(await this.deadlines.ledger(tx, late));
    const settlements = await this.settlements.latest(
      tx,
      suspects.map(({ id }) => id),
    );
    const book = await this.calendars.book(tx);
    return findingsOf(suspects, { ledgers, settlements, now: toLocalSecond(now), book });
  }
}

const startOf = (year: number): Date => toInstant(atSecond(epochDay(year, 1, 1), 0));
