import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { EVIDENCE_LIMIT_MB, mediaTypeOf } from './evidence-file';
import { verdictsOn, type Verdict } from './finding';
import { maySettle, ReconciliationService } from './reconciliation.service';
import { SettlementRepository } from './settlement.repository';
import { SettlementService, type SettlementForm } from './settlement.service';

const VERDICTS: Verdict[] = ['system-error', 'true-overdue'];

/** View models of the form on which findings are settled, and the kept evidence. */
@Injectable()
export class SettlementPages {
  constructor(
    private readonly database: Database,
    private readonly settlements: SettlementService,
    private readonly repository: SettlementRepository,
    private readonly reconciliation: ReconciliationService,
    private readonly files: FileStore,
  ) {}

  async form(reader: Reader, keys: string[], typed: SettlementForm | null): Promise<object> {
    const tx = this.database.pool;
    const findings = await this.settlements.chosen(tx, reader, keys);
    const items = await this.reconciliation.views(tx, findings);
    const [only] = findings.length === 1 ? findings : [];
    const history = only ? await this.repository.history(tx, only.suspect.id, only.cause) : [];
    return {
      items,
      single: only !== undefined,
      history: history.map((h) => ({ ...h, name: labels.reconciliation.state[h.verdict] })),
      verdicts: VERDICTS.filter((verdict) => findings.every((f) => verdictsOn(f.cause).includes(verdict))),
      form: typed ?? { ket_luan: null, ghi_chu: '', minh_chung: '' },
      limitMb: EVIDENCE_LIMIT_MB,
      maySettle: maySettle(reader),
    };
  }

  /** @throws EVIDENCE_NOT_FOUND, also for the evidence of a case the reader does not see */
  async evidence(reader: Reader, sha256: string): Promise<{ name: string; type: string; content: Buffer }> {
    const name = await this.repository.fileName(this.database.pool, sha256, reader.communeIds);
    if (name === null) throw new AppError('EVIDENCE_NOT_FOUND');
    return { name, type: mediaTypeOf(name), content: await this.files.read(sha256) };
  }
}
