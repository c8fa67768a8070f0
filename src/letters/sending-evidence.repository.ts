import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';

@Injectable()
export class SendingEvidenceRepository {
  /** A row keeps the first file: a proof is not exchanged. @returns false when there is no such row */
  async addFile(
    tx: Tx,
    id: number,
    { code, communeIds }: { code: string; communeIds: number[] },
    file: { sha256: string; name: string },
  ): Promise<boolean> {
    const added = await one(
      tx,
      `update letter_delivery d set evidence_sha256 = $4, evidence_name = $5
       from letter l join case_record c on c.id = l.case_id
       where d.id = $1 and l.id = d.letter_id and c.code = $2 and l.unit_id = any($3) and d.result = 'sent'
         and d.evidence_sha256 is null
       returning d.id`,
      [id, code, communeIds, file.sha256, file.name],
    );
    return added !== undefined;
  }

  file(
    tx: Tx,
    id: number,
    { code, communeIds }: { code: string; communeIds: number[] },
  ): Promise<{ sha256: string; name: string } | undefined> {
    return one(
      tx,
      `select d.evidence_sha256 as sha256, d.evidence_name as name
       from letter_delivery d join letter l on l.id = d.letter_id join case_record c on c.id = l.case_id
       where d.id = $1 and c.code = $2 and l.unit_id = any($3) and d.evidence_sha256 is not null`,
      [id, code, communeIds],
    );
  }
}
