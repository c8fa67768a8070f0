import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import type { Written } from './case-import.service';
import type { Opened } from './source-opening.service';
import { IngestRunRepository, type Reading } from './ingest-run.repository';
import { usualSource } from './ingest-sources.service';
import type { NewNames } from './name-resolver';
import { OtherImportsRepository } from './other-imports.repository';
import { RunClaimRepository } from './run-claim.repository';
import type { ReadingOutcome } from './reading-outcome';
import type { Run } from './run';
import { RunReportRepository } from './run-report.repository';
import { MAX_FAULTS } from './source-batches';

/** Keeps the account of a run while its rows are written, in the transaction that writes them. */
@Injectable()
export class RunRows {
  constructor(
    private readonly runs: IngestRunRepository,
    private readonly claims: RunClaimRepository,
    private readonly reports: RunReportRepository,
    private readonly others: OtherImportsRepository,
  ) {}

  /** The file's shape tells its source when nobody did. @param mappedBy who told what its columns hold */
  async opened(tx: Tx, run: Run, opened: Opened, mappedBy: string | null): Promise<void> {
    const { shape, sheet, columns } = opened;
    const source = run.source ?? usualSource(shape);
    await this.runs.opened(tx, run.id, { shape, sheet, columns, source, mappedBy });
    await this.others.note(tx, run.id);
  }

  /** What the reading found, in place of what an earlier one did. */
  async read(
    tx: Tx,
    id: number,
    reading: Omit<Reading, 'rows' | 'faulty' | 'warned' | 'stagedRows'>,
    found: ReadingOutcome,
  ) {
    await this.reports.deleteFaults(tx, id);
    await this.reports.insertFaults(tx, id, found.faults, 'fault', 'reading');
    await this.reports.insertFaults(tx, id, found.warnings, 'warning', 'reading');
    const { rows, faulty, warnings } = found;
    await this.runs.read(tx, id, {
      ...reading,
      rows,
      faulty,
      warned: warnings.length,
      stagedRows: rows - faulty,
    });
  }

  /** The line up to which the run is written; null when it is another's now. Nobody takes it until the commit. */
  hold(tx: Tx, { id, worker }: Run): Promise<number | null> {
    return this.claims.hold(tx, id, worker);
  }

  named(tx: Tx, id: number, { procedures, departments }: NewNames): Promise<void> {
    return this.runs.named(tx, id, procedures, departments);
  }

  async wrote(tx: Tx, id: number, line: number, written: Written): Promise<void> {
    const { rejected, warnings } = written;
    await this.reports.insertFaults(tx, id, rejected.slice(0, MAX_FAULTS), 'fault', 'comparing');
    await this.reports.insertFaults(tx, id, warnings.slice(0, MAX_FAULTS), 'warning', 'comparing');
    await this.runs.wrote(tx, id, line, {
      ...written,
      faulty: rejected.length,
      warned: Math.min(warnings.length, MAX_FAULTS),
    });
  }
}
