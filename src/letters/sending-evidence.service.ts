import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { XLSX } from '../documents/sheet-cell';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { EVIDENCE_LIMIT_MB, mediaTypeOf, type EvidenceFile } from '../reconciliation/evidence-file';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { SendingEvidenceRepository } from './sending-evidence.repository';

/** Photos and scans that prove a sending, kept by their checksum. */
@Injectable()
export class SendingEvidence {
  constructor(
    private readonly database: Database,
    private readonly repository: SendingEvidenceRepository,
    private readonly files: FileStore,
    private readonly audit: AuditService,
  ) {}

  async keep({ name, content }: EvidenceFile): Promise<{ evidenceSha256: string; evidenceName: string }> {
    const { sha256 } = await this.files.put(content);
    return { evidenceSha256: sha256, evidenceName: name };
  }

  /** A file for a row that has none. @throws DELIVERY_NOT_FOUND */
  async add(reader: Reader, code: string, id: number, file: EvidenceFile | null): Promise<FormFault[]> {
    const field = `tep-${id}`;
    if (file === null) return [fault(field, 'LETTER_EVIDENCE_FILE_MISSING')];
    const faults = fileFaults(file, field);
    if (faults.length > 0) return faults;
    const kept = await this.keep(file);
    const { evidenceSha256: sha256 } = kept;
    await this.database.transaction(async (tx) => {
      const place = { code, communeIds: reader.communeIds };
      const added = await this.repository.addFile(tx, id, place, { sha256, name: file.name });
      if (!added) throw new AppError('DELIVERY_NOT_FOUND', { id });
      const detail = { delivery: id, sha256 };
      const entry = { action: 'letter.evidence-added', subject: `case:${code}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
    });
    return [];
  }

  /** @throws EVIDENCE_NOT_FOUND, also for that of a letter the reader does not see */
  async file(reader: Reader, code: string, id: number) {
    const place = { code, communeIds: reader.communeIds };
    const kept = await this.repository.file(this.database.pool, id, place);
    if (!kept) throw new AppError('EVIDENCE_NOT_FOUND');
    return { name: kept.name, type: mediaTypeOf(kept.name), content: await this.files.read(kept.sha256) };
  }
}

/** Of what can be looked at: a workbook proves nothing. */
export function fileFaults(file: EvidenceFile | null, field: string): FormFault[] {
  if (file === null) return [];
  const { name, fault: wrong } = file;
  if (wrong === 'EVIDENCE_FILE_TOO_LARGE') return [fault(field, wrong, { limit: EVIDENCE_LIMIT_MB })];
  const refused = wrong !== null || mediaTypeOf(name) === XLSX;
  return refused ? [fault(field, 'LETTER_EVIDENCE_KIND', { name })] : [];
}
