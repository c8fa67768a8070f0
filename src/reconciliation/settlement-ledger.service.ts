import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { FileStore } from '../platform/file-store';
import type { Reader } from '../web/reader';
import type { EvidenceFile } from './evidence-file';
import type { Finding } from './finding';
import type { SettlementForm } from './settlement.service';
import { SettlementRepository } from './settlement.repository';

/** Writes what was found out, with its proof and the audit entry of each case. */
@Injectable()
export class SettlementLedger {
  constructor(
    private readonly settlements: SettlementRepository,
    private readonly files: FileStore,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  lock(tx: Tx, codes: string[]): Promise<void> {
    return this.settlements.lockCases(tx, codes);
  }

  /** The form has been checked. */
  async write(
    tx: Tx,
    reader: Reader,
    findings: Finding[],
    form: SettlementForm,
    file: EvidenceFile | null,
  ): Promise<void> {
    // Before the commit: a row that names a kept file must find it. A file without a row does no harm.
    const kept = file && { sha256: (await this.files.put(file.content)).sha256, name: file.name };
    const told = {
      verdict: form.ket_luan!,
      note: form.ghi_chu,
      evidence: form.minh_chung || null,
      file: kept,
    };
    const settlements = findings.map(({ suspect, cause, about }) => ({
      caseId: suspect.id,
      cause,
      deadlineAt: about,
      ...told,
    }));
    const by = reader.kind === 'user' ? reader.id : null;
    await this.settlements.add(tx, settlements, by, this.clock.now());
    for (const { suspect, cause, about } of findings) {
      const detail = { cause, deadlineAt: about, verdict: told.verdict, evidence: told.evidence, file: kept };
      const subject = `case:${suspect.code}`;
      await this.audit.record(tx, { ...actorOf(reader), action: 'overdue.settled', subject, detail });
    }
  }
}
