import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import type { MergeContext } from './case-merge.repository';
import { ImportRules } from './import-rules';
import { IngestRunRepository } from './ingest-run.repository';
import type { Run } from './run';

export interface RunContext {
  context: MergeContext;
  /** A newer list of the same source that was written before. */
  newer: { asOf: Date; fileName: string } | null;
}

/** What comparing and writing the rows of a run depends on besides the rows. */
@Injectable()
export class ImportContexts {
  constructor(
    private readonly runs: IngestRunRepository,
    private readonly rules: ImportRules,
  ) {}

  async of(tx: Tx, run: Run): Promise<RunContext> {
    const newer = run.asOf === null ? null : ((await this.runs.newerList(tx, run)) ?? null);
    return {
      newer,
      context: {
        runId: run.id,
        source: run.source!,
        now: run.startedAt,
        older: newer !== null && !run.overwrite,
        looking: run.state === 'checking',
        earlyHolds: await this.rules.holds(tx, run.unitId, run.groundStamp),
      },
    };
  }
}
