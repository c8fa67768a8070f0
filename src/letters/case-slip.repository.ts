import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { SlipKind } from './case-slip-kinds';
import type { SlipModel } from './case-slip-model';

export interface CaseSlip {
  id: number;
  kind: SlipKind;
  number: number;
  suffix: string;
  slipDate: string;
  formId: number;
  model: SlipModel;
  fileSha256: string | null;
  madeAt: Date;
  madeBy: string | null;
}

export interface NewSlip {
  unitId: number;
  caseId: number;
  kind: SlipKind;
  eventId: number;
  seriesId: number;
  number: number;
  slipDate: string;
  formId: number;
  model: SlipModel;
  sha256: string;
  token: string;
  madeBy: number | null;
  madeAt: Date;
}

const SLIP = `select p.id, p.kind, p.number, s.suffix, to_char(p.slip_date, 'YYYY-MM-DD') as "slipDate", p.form_id as "formId",
    p.model, p.file_sha256 as "fileSha256", p.made_at as "madeAt", u.full_name as "madeBy"
  from case_slip p join letter_series s on s.id = p.series_id left join user_account u on u.id = p.made_by`;

@Injectable()
export class CaseSlipRepository {
  /** Newest first. */
  ofCase(tx: Tx, caseId: number, kind: SlipKind): Promise<CaseSlip[]> {
    return rows(tx, `${SLIP} where p.case_id = $1 and p.kind = $2 order by p.id desc`, [caseId, kind]);
  }

  byId(tx: Tx, caseId: number, id: number): Promise<CaseSlip | undefined> {
    return one(tx, `${SLIP} where p.case_id = $1 and p.id = $2`, [caseId, id]);
  }

  /** The document of the first click of a double click. */
  byToken(tx: Tx, caseId: number, token: string): Promise<CaseSlip | undefined> {
    return one(tx, `${SLIP} where p.case_id = $1 and p.token = $2`, [caseId, token]);
  }

  /** The series must be locked: numbers have no gaps. */
  async takeNumber(tx: Tx, seriesId: number): Promise<number> {
    const taken = await one<{ n: number }>(
      tx,
      'update letter_series set last_number = last_number + 1 where id = $1 returning last_number as n',
      [seriesId],
    );
    return taken!.n;
  }

  async insert(tx: Tx, slip: NewSlip): Promise<number> {
    const made = await one<{ id: number }>(
      tx,
      `insert into case_slip (unit_id, case_id, kind, event_id, series_id, number, slip_date, form_id, model, sha256, token,
         made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning id`,
      [
        ...[
          slip.unitId,
          slip.caseId,
          slip.kind,
          slip.eventId,
          slip.seriesId,
          slip.number,
          slip.slipDate,
          slip.formId,
        ],
        ...[JSON.stringify(slip.model), slip.sha256, slip.token, slip.madeBy, slip.madeAt],
      ],
    );
    return made!.id;
  }

  async keepFile(tx: Tx, id: number, sha256: string): Promise<void> {
    await tx.query('update case_slip set file_sha256 = $2 where id = $1', [id, sha256]);
  }

  /** Codes of cases with a document made since then. */
  async madeSince(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select distinct c.code from case_slip p join case_record c on c.id = p.case_id
       where p.case_id = any($1) and p.made_at >= $2 order by c.code`,
      [caseIds, since],
    );
    return found.map((c) => c.code);
  }
}
