import { Injectable, Logger } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { ReportRollupRepository } from './report-rollup.repository';

/** Keeps the counts of settled cases short to read, and right. */
@Injectable()
export class ReportRollupService {
  private readonly log = new Logger('Reports');

  constructor(
    private readonly database: Database,
    private readonly repository: ReportRollupRepository,
    private readonly audit: AuditService,
  ) {}

  compact(): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.repository.takeTurn(tx);
      await this.repository.compact(tx);
    });
  }

  /** Proves the counts by counting the cases. @returns how many were wrong, and are right now */
  async verify(): Promise<number> {
    const mended = await this.database.transaction(async (tx) => {
      await this.repository.takeTurn(tx);
      const counts = await this.repository.mend(tx);
      if (counts > 0) await this.audit.record(tx, { ...MENDED, detail: { counts } });
      return counts;
    });
    if (mended > 0) this.log.error(`${mended} counts of settled cases were wrong and have been mended`);
    return mended;
  }
}

const MENDED = { actor: 'reports', userId: null, action: 'reports.mended', subject: 'report:settled' };
