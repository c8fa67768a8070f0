import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { Letter } from './letter';
import type { ReasonNature } from './letter-reason';

const LETTER = `select l.id, l.unit_id as "unitId", l.case_id as "caseId", l.form, l.state, l.cause,
    l.deadline_at as "deadlineAt", l.reason, l.reason_nature as "reasonNature", l.new_due_at as "newDueAt", l.number,
    s.suffix, l.letter_date as "letterDate", l.model, l.file_sha256 as "fileSha256",
    l.signed_sha256 as "signedSha256", l.numbered_at as "numberedAt", l.blank_printed_at as "blankPrintedAt",
    l.sent_at as "sentAt", rb.full_name as "reportedBy", l.reported_at as "reportedAt",
    l.returned_remark as "returnedRemark", tb.full_name as "returnedBy", l.override_reason as "overrideReason",
    ob.full_name as "overrideBy",
    case when v.id is not null then jsonb_build_object('versionId', v.id, 'version', v.version, 'formId', v.form_id,
      'model', v.model, 'sha256', v.sha256, 'approvedAt', v.approved_at, 'approvedBy', vb.full_name) end as approved,
    c.code, c.applicant_name as "applicantName", c.applicant_kind as "applicantKind",
    c.address, p.name as "procedureName", p.code as "procedureCode", d.name as "departmentName",
    coalesce(d.kind = 'centre', false) as "departmentIsCentre", c.received_at as "receivedAt",
    c.settled_day as "settledDay", pl.amount as "limitAmount", pl.unit as "limitUnit",
    exists (select 1 from case_event e where e.case_id = c.id and e.kind = 'promised-again'
      and e.data ->> 'because' = 'apology' and e.source <> 'letter:' || l.id) as "promisedAgain",
    (select o.evidence from overdue_verdict o where o.case_id = c.id and o.deadline_at = l.deadline_at and o.excuses
      limit 1) as evidence
  from letter l
  join case_record c on c.id = l.case_id
  join procedure p on p.id = c.procedure_id
  left join unit d on d.id = c.department_id
  left join processing_limit pl on pl.id = c.limit_id
  left join letter_series s on s.id = l.series_id
  left join letter_version v on v.id = l.version_id
  left join user_account vb on vb.id = v.approved_by
  left join user_account rb on rb.id = l.reported_by
  left join user_account tb on tb.id = l.returned_by
  left join user_account ob on ob.id = l.override_by`;

/** Order of the desk and of numbers: oldest broken promise first. */
const ORDER = 'l.deadline_at, l.id';
/** A slip is done when it is printed: nobody outside waits for it. */
const ON_DESK = `l.state in ('draft', 'ready', 'approved', 'numbered', 'printed')
  and not (l.form = 'system-error-slip' and l.state = 'printed')`;

const read = async (tx: Tx, sql: string, values: unknown[]): Promise<Letter[]> =>
  (await rows<Letter>(tx, sql, values)).map((l) =>
    l.approved === null
      ? l
      : { ...l, approved: { ...l.approved, approvedAt: new Date(l.approved.approvedAt) } },
  );

@Injectable()
export class LetterRepository {
  /** Letters still to be written or sent. */
  onDesk(tx: Tx, communeIds: number[], limit: number): Promise<Letter[]> {
    return read(tx, `${LETTER} where l.unit_id = any($1) and ${ON_DESK} order by ${ORDER} limit $2`, [
      communeIds,
      limit,
    ]);
  }

  async countUnsent(tx: Tx, communeIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from letter l where l.unit_id = any($1) and ${ON_DESK}`,
      [communeIds],
    );
    return found?.n ?? 0;
  }

  /** The newest letter of each case, in the order of the desk; cancelled ones only when there is no other. */
  ofCases(tx: Tx, codes: string[], communeIds: number[]): Promise<Letter[]> {
    return read(
      tx,
      `${LETTER} where l.id in (
         select distinct on (x.case_id) x.id from letter x join case_record y on y.id = x.case_id
         where y.code = any($1) and x.unit_id = any($2)
         order by x.case_id, x.state = 'cancelled', x.deadline_at desc, x.id desc)
       order by ${ORDER}`,
      [codes, communeIds],
    );
  }

  byIds(tx: Tx, ids: number[]): Promise<Letter[]> {
    return read(tx, `${LETTER} where l.id = any($1) order by l.series_id, l.number, l.id`, [ids]);
  }

  /** Letters of a year's register by their numbers. */
  byNumbers(
    tx: Tx,
    communeIds: number[],
    { year, from, to }: { year: number; from: number; to: number },
  ): Promise<Letter[]> {
    return read(
      tx,
      `${LETTER} where l.unit_id = any($1) and s.year = $2 and l.number between $3 and $4
         and l.state <> 'cancelled'
       order by s.id, l.number`,
      [communeIds, year, from, to],
    );
  }

  /** The rows stay as they are until the transaction ends. */
  async lock(tx: Tx, ids: number[]): Promise<Letter[]> {
    await rows(tx, 'select 1 from letter where id = any($1) order by id for update', [ids]);
    return read(tx, `${LETTER} where l.id = any($1) order by ${ORDER}`, [ids]);
  }

  /** Writes what somebody typed. */
  async complete(
    tx: Tx,
    id: number,
    draft: {
      reason: string | null;
      nature: ReasonNature | null;
      newDueAt: Date | null;
      state: 'draft' | 'ready';
      by: number | null;
    },
    now: Date,
  ): Promise<void> {
    await rows(
      tx,
      `update letter set reason = $2, reason_nature = $7, new_due_at = $3, state = $4, completed_by = $5,
         updated_at = $6 where id = $1`,
      [id, draft.reason, draft.newDueAt, draft.state, draft.by, now, draft.nature],
    );
  }

  async markNotNeeded(tx: Tx, ids: number[], reason: string, now: Date): Promise<void> {
    await rows(
      tx,
      `update letter set state = 'not-needed', not_needed_reason = $2, updated_at = $3 where id = any($1)`,
      [ids, reason, now],
    );
  }

  async cancel(tx: Tx, id: number, reason: string, by: number | null, now: Date): Promise<void> {
    await rows(
      tx,
      `update letter set state = 'cancelled', cancel_reason = $2, cancelled_by = $3, cancelled_at = $4,
         updated_at = $4 where id = $1`,
      [id, reason, by, now],
    );
  }

  async markPrinted(tx: Tx, ids: number[], now: Date): Promise<void> {
    await rows(
      tx,
      `update letter set state = 'printed', printed_at = $2, updated_at = $2
       where id = any($1) and state = 'numbered'`,
      [ids, now],
    );
  }

  /** Printed without a number, to be signed first. */
  async markBlankPrinted(tx: Tx, ids: number[], now: Date): Promise<void> {
    await rows(
      tx,
      `update letter set blank_printed_at = $2, updated_at = $2 where id = any($1) and state = 'approved'`,
      [ids, now],
    );
  }

  async keepFile(tx: Tx, id: number, sha256: string): Promise<void> {
    await rows(tx, 'update letter set file_sha256 = $2 where id = $1', [id, sha256]);
  }

  /** Numbered letters whose file was never written: a crash fell between number and file. */
  async withoutFile(tx: Tx, limit: number): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      'select id from letter where number is not null and file_sha256 is null order by id limit $1',
      [limit],
    );
    return found.map(({ id }) => id);
  }
}
