import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { fault } from '../web/form-fault';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { EVIDENCE_LIMIT_MB, type EvidenceFile } from './evidence-file';
import { verdictsOn, type Finding } from './finding';
import { FindingsService } from './findings.service';
import { causeOfSlug } from './reconciliation-query';
import { SettlementLedger } from './settlement-ledger.service';

const text = z.string().trim().max(2_000).default('');
export const settlementForm = z.object({
  ket_luan: z.enum(['system-error', 'true-overdue']).nullish().catch(null),
  ghi_chu: text,
  minh_chung: text,
});
export type SettlementForm = z.infer<typeof settlementForm>;

/** What a person found out about suspected false overdue, one finding or several with the same proof. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly database: Database,
    private readonly findings: FindingsService,
    private readonly ledger: SettlementLedger,
    private readonly jobs: JobQueue,
  ) {}

  /**
   * @param keys '<code>/<slug of the cause>' each
   * @throws FINDINGS_NONE_CHOSEN, FINDING_NOT_FOUND when one of them is no finding (any more)
   */
  async chosen(tx: Tx, reader: Reader, keys: string[]): Promise<Finding[]> {
    if (keys.length === 0) throw new AppError('FINDINGS_NONE_CHOSEN');
    const questions = keys.map(questionOf);
    const codes = [...new Set(questions.map(({ code }) => code))];
    const found = await this.findings.of(tx, { communeIds: reader.communeIds, year: null, codes });
    return questions.map(({ code, cause }) => {
      const finding = found.find((f) => f.suspect.code === code && f.cause === cause);
      if (!finding) throw new AppError('FINDING_NOT_FOUND', { code });
      return finding;
    });
  }

  /** @returns the faults of the form, empty when it is written */
  async settle(
    reader: Reader,
    keys: string[],
    form: SettlementForm,
    file: EvidenceFile | null,
  ): Promise<FormFault[]> {
    const faults = await this.database.transaction(async (tx) => {
      await this.ledger.lock(
        tx,
        keys.map((key) => questionOf(key).code),
      );
      const findings = await this.chosen(tx, reader, keys);
      const wrong = faultsOf(findings, form, file);
      if (wrong.length === 0) await this.ledger.write(tx, reader, findings, form, file);
      return wrong;
    });
    // A case confirmed as in time owes no letter, one confirmed as late owes it again.
    if (faults.length === 0) await this.jobs.enqueue('letters.draft-owed', {});
    return faults;
  }
}

function questionOf(key: string): { code: string; cause: Finding['cause'] } {
  const at = key.lastIndexOf('/');
  const code = key.slice(0, Math.max(0, at));
  const cause = causeOfSlug(key.slice(at + 1));
  if (!cause) throw new AppError('FINDING_NOT_FOUND', { code });
  return { code, cause };
}

/** A system error is only believed with a proof: the number and the date of what was done in time. */
function faultsOf(findings: Finding[], form: SettlementForm, file: EvidenceFile | null): FormFault[] {
  const { ket_luan: verdict, ghi_chu, minh_chung } = form;
  const faults: FormFault[] = [];
  if (!verdict) faults.push(fault('ket_luan', 'VERDICT_MISSING'));
  else if (findings.some((f) => !verdictsOn(f.cause).includes(verdict)))
    faults.push(fault('ket_luan', 'VERDICT_NOT_POSSIBLE'));
  if (!ghi_chu) faults.push(fault('ghi_chu', 'VERIFICATION_NOTE_MISSING'));
  if (verdict === 'system-error' && !minh_chung)
    faults.push(fault('minh_chung', 'VERIFICATION_EVIDENCE_MISSING'));
  if (file?.fault) faults.push(fault('tep', file.fault, { limit: EVIDENCE_LIMIT_MB, name: file.name }));
  return faults;
}
