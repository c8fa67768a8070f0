import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { differencesOf, type Difference } from './case-differences';
import { DeadlineCheckRepository, type CheckResult } from './deadline-check.repository';
import { DeadlineService } from './deadline.service';

/** Cases that are read together, in one short transaction that locks nothing. */
const CHUNK = 2_000;
/** Differences that are kept; the rest is counted. */
const KEPT = 1_000;

/** Compares what is stored of every case with what its ledger, its limit and its calendar give. Writes nothing. */
@Injectable()
export class DeadlineComparison {
  constructor(
    private readonly database: Database,
    private readonly checks: DeadlineCheckRepository,
    private readonly deadlines: DeadlineService,
  ) {}

  async compare(): Promise<CheckResult> {
    const result: CheckResult = { cases: 0, differences: 0, columns: {}, kept: [] };
    for (let last = 0; ;) {
      const chunk = await this.database.snapshot((tx) => this.chunkAfter(tx, last));
      if (chunk.ids.length === 0) return result;
      result.cases += chunk.ids.length;
      result.differences += chunk.differences.length;
      for (const { column } of chunk.differences) result.columns[column] = (result.columns[column] ?? 0) + 1;
      result.kept.push(...chunk.differences.slice(0, KEPT - result.kept.length));
      last = chunk.ids.at(-1)!;
    }
  }

  private async chunkAfter(tx: Tx, last: number): Promise<{ ids: number[]; differences: Difference[] }> {
    const derived = await this.deadlines.derivedAfter(tx, last, CHUNK);
    const ids = derived.map((d) => d.facts.id);
    const ledgers = await this.checks.factLedgers(tx, ids);
    return { ids, differences: derived.flatMap((d) => differencesOf(d, ledgers.get(d.facts.id)!)) };
  }
}
