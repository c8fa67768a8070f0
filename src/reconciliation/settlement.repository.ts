import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { OverdueCause } from '../domain/false-overdue';
import type { Verdict } from './finding';

export interface NewSettlement {
  caseId: number;
  cause: OverdueCause;
  deadlineAt: Date;
  verdict: Verdict;
  note: string;
  evidence: string | null;
  file: { sha256: string; name: string } | null;
}

/** What somebody found out once. */
export interface SettlementRow {
  caseId: number;
  cause: OverdueCause;
  deadlineAt: Date;
  verdict: Verdict;
  note: string;
  evidence: string | null;
  fileSha256: string | null;
  fileName: string | null;
  settledBy: string | null;
  settledAt: Date;
}

const ROW = `s.case_id as "caseId", s.cause, s.deadline_at as "deadlineAt", s.verdict, s.note, s.evidence,
  s.file_sha256 as "fileSha256", s.file_name as "fileName", u.full_name as "settledBy", s.settled_at as "settledAt"`;

@Injectable()
export class SettlementRepository {
  /** The cases stay as they are until the transaction ends. */
  async lockCases(tx: Tx, codes: string[]): Promise<void> {
    await rows(tx, 'select 1 from case_record where code = any($1) order by id for no key update', [codes]);
  }

  async add(tx: Tx, settlements: NewSettlement[], by: number | null, now: Date): Promise<void> {
    await tx.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, evidence, file_sha256, file_name,
         settled_by, settled_at)
       select s."caseId", s.cause, s."deadlineAt", s.verdict, s.note, s.evidence, s.file->>'sha256', s.file->>'name',
         $2, $3
       from jsonb_to_recordset($1::jsonb) as s("caseId" bigint, cause text, "deadlineAt" timestamptz, verdict text,
         note text, evidence text, file jsonb)`,
      [JSON.stringify(settlements), by, now],
    );
  }

  /** Codes of cases about which somebody found something out since then. */
  async settledSince(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select distinct c.code from overdue_settlement s join case_record c on c.id = s.case_id
       where s.case_id = any($1) and s.settled_at >= $2 order by c.code`,
      [caseIds, since],
    );
    return found.map((c) => c.code);
  }

  /** The newest word on each question about the cases. */
  latest(tx: Tx, caseIds: number[]): Promise<SettlementRow[]> {
    return rows<SettlementRow>(
      tx,
      `select ${ROW} from overdue_verdict s left join user_account u on u.id = s.settled_by
       where s.case_id = any($1)`,
      [caseIds],
    );
  }

  /** Everything that was ever said about the case and the cause, newest first. */
  history(tx: Tx, caseId: number, cause: OverdueCause): Promise<SettlementRow[]> {
    return rows<SettlementRow>(
      tx,
      `select ${ROW} from overdue_settlement s left join user_account u on u.id = s.settled_by
       where s.case_id = $1 and s.cause = $2 order by s.id desc`,
      [caseId, cause],
    );
  }

  /** The name of a kept piece of evidence, if it belongs to a case the reader may see. */
  async fileName(tx: Tx, sha256: string, communeIds: number[]): Promise<string | null> {
    const found = await one<{ name: string }>(
      tx,
      `select s.file_name as name from overdue_settlement s join case_record c on c.id = s.case_id
       where s.file_sha256 = $1 and c.unit_id = any($2) order by s.id desc limit 1`,
      [sha256, communeIds],
    );
    return found?.name ?? null;
  }
}
