import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';

export interface PackDelivery {
  letterId: number;
  channel: string;
  at: Date;
  recipient: string;
  evidence: string | null;
  fileSha256: string | null;
  fileName: string | null;
}

/** What proves that a case is late only by an error of a system. */
export interface PackExcuse {
  caseId: number;
  evidence: string | null;
  fileSha256: string | null;
  fileName: string | null;
}

@Injectable()
export class EvidencePackRepository {
  /** What was really sent, in the order it went out. */
  deliveries(tx: Tx, letterIds: number[]): Promise<PackDelivery[]> {
    return rows<PackDelivery>(
      tx,
      `select letter_id as "letterId", channel, at, recipient, evidence, evidence_sha256 as "fileSha256",
         evidence_name as "fileName"
       from letter_delivery where letter_id = any($1) and result = 'sent' order by letter_id, at, id`,
      [letterIds],
    );
  }

  excuses(tx: Tx, caseIds: number[]): Promise<PackExcuse[]> {
    return rows<PackExcuse>(
      tx,
      `select case_id as "caseId", evidence, file_sha256 as "fileSha256", file_name as "fileName"
       from overdue_verdict where case_id = any($1) and excuses order by case_id, id`,
      [caseIds],
    );
  }
}
