import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import { resultOf, type ImportResult } from './import-result';
import type { RunDetail, RunFault, RunLine } from './run';
import { OtherImportsRepository } from './other-imports.repository';
import { RunReportRepository, type RunFilter, type Severity } from './run-report.repository';
import { MAX_FAULTS } from './source-batches';

/** The log of imports: every file that was ever offered, and what became of it. */
@Injectable()
export class RunLog {
  constructor(
    private readonly database: Database,
    private readonly reports: RunReportRepository,
    private readonly others: OtherImportsRepository,
  ) {}

  /** @throws AppError IMPORT_NOT_FOUND */
  async detail(id: number, communeIds: number[]): Promise<RunDetail> {
    const run = await this.reports.byId(this.database.pool, id, communeIds);
    if (!run) throw new AppError('IMPORT_NOT_FOUND', { id });
    return run;
  }

  async result(id: number, communeIds: number[]): Promise<ImportResult> {
    const run = await this.detail(id, communeIds);
    const faults = await this.faults(id, 'fault', MAX_FAULTS);
    return resultOf(run, faults, await this.faults(id, 'warning', MAX_FAULTS));
  }

  /** A checked file, and another import has written to the same communes since. */
  async isOutdated({ id, state }: RunDetail): Promise<boolean> {
    return state === 'checked' && (await this.others.haveWritten(this.database.pool, id));
  }

  faults(id: number, severity: Severity, limit: number, offset = 0): Promise<RunFault[]> {
    return this.reports.faults(this.database.pool, id, severity, limit, offset);
  }

  countFaults(id: number, severity: Severity): Promise<number> {
    return this.reports.countFaults(this.database.pool, id, severity);
  }

  /** How many faults could be put right as suggested. */
  async countSuggestions(id: number): Promise<number> {
    return this.reports.countSuggestions(this.database.pool, id);
  }

  latest(
    communeIds: number[],
    filter: RunFilter,
    window: { limit: number; offset: number },
  ): Promise<RunLine[]> {
    return this.reports.latest(this.database.pool, communeIds, filter, window);
  }

  count(communeIds: number[], filter: RunFilter): Promise<number> {
    return this.reports.count(this.database.pool, communeIds, filter);
  }
}
