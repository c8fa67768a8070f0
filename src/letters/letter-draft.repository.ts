import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { CALENDAR_UNIT_SQL, EXCUSED_SQL, OPEN_SQL } from '../cases/case-status';
import type { LetterCause, LetterForm, OwedFacts } from './letter';

const FACTS = `c.id as "caseId", ${CALENDAR_UNIT_SQL} as "calendarUnitId", c.settled_day is not null as settled, c.outcome,
  c.received_at as "receivedAt", c.deadline_at as "deadlineAt",
  c.due_state in ('paused', 'excluded') or c.status not in (2, 4, 5, 6, 9, 10) as paused,
  ${EXCUSED_SQL} as excused`;

/** Written by the program for a case as it is, until it has a number. */
const OPEN = `('draft', 'ready', 'approved')`;

/** A letter of a case, or the word of somebody that none is owed for a deadline. */
export interface LetterOfCase {
  caseId: number;
  /** seconds since 1970 UTC */
  deadline: number;
  /** not numbered yet */
  draft: boolean;
  /** written ahead of the deadline, and not numbered yet */
  forecast: boolean;
}

export interface NewDraft {
  caseId: number;
  form: LetterForm;
  cause: LetterCause;
}

/** Finds what is owed by the stored deadlines and outcomes; the rule itself is domain/apology. */
@Injectable()
export class LetterDraftRepository {
  /** Cases due until `until`, overdue or settled late, without a letter for that deadline; after case id `after`. */
  withoutLetter(tx: Tx, until: Date, after: number, limit: number): Promise<OwedFacts[]> {
    return rows<OwedFacts>(
      tx,
      `select ${FACTS}, null::bigint as "letterId", null::text as form, null::text as state, false as "sameDeadline",
         false as touched, exists (select from letter l where l.case_id = c.id and l.deadline_at = c.deadline_at
           and l.cause = 'reported') as reported
       from (
         select c.id from case_record c where c.settled_day is null and c.deadline_at < $1 and ${OPEN_SQL}
         union all
         select c.id from case_record c where c.outcome = 'late' and c.settled_day is not null
       ) due
       join case_record c on c.id = due.id
       where c.id > $2 and c.deadline_at is not null and not exists (
         select 1 from letter l where l.case_id = c.id and l.deadline_at = c.deadline_at and l.state <> 'cancelled')
       order by c.id limit $3`,
      [until, after, limit],
    );
  }

  /** Letters without a number, locked, with their cases as they are now. */
  drafts(tx: Tx, after: number, limit: number): Promise<OwedFacts[]> {
    return rows<OwedFacts>(
      tx,
      `select ${FACTS}, l.id as "letterId", l.form, l.state, l.cause = 'reported' as reported,
         l.completed_by is not null as touched, l.deadline_at is not distinct from c.deadline_at as "sameDeadline"
       from letter l join case_record c on c.id = l.case_id
       where l.state in ${OPEN} and l.id > $1
       order by l.id limit $2
       for update of l`,
      [after, limit],
    );
  }

  /** What stands for each deadline of the cases already. */
  ofCases(tx: Tx, caseIds: number[]): Promise<LetterOfCase[]> {
    return rows<LetterOfCase>(
      tx,
      `select case_id as "caseId", floor(extract(epoch from deadline_at))::int8 as deadline,
         state in ${OPEN} and form <> 'extension-apology' as draft,
         state in ${OPEN} and form = 'extension-apology' as forecast
       from letter where case_id = any($1) and state <> 'cancelled'
       union all
       select case_id, floor(extract(epoch from deadline_at))::int8, false, false
       from overdue_verdict where case_id = any($1) and excuses`,
      [caseIds],
    );
  }

  /** Unsent letters of the cases that ask for an extension before the deadline. */
  async countExtensions(tx: Tx, caseIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from letter where case_id = any($1) and form = 'extension-apology'
         and state in ('draft', 'ready', 'approved', 'numbered', 'printed')`,
      [caseIds],
    );
    return found!.n;
  }

  /**
   * A slip says what was proven, so it is complete from the start.
   * @returns how many were new; a letter made meanwhile by another worker is left alone
   */
  async insert(tx: Tx, drafts: NewDraft[], now: Date): Promise<number> {
    const made = await rows(
      tx,
      `insert into letter (unit_id, case_id, form, cause, state, reason, deadline_at, created_at, updated_at)
       select c.unit_id, c.id, d.form, d.cause, case when v.note is null then 'draft' else 'ready' end, v.note,
         c.deadline_at, $2, $2
       from jsonb_to_recordset($1::jsonb) d ("caseId" bigint, form text, cause text)
       join case_record c on c.id = d."caseId"
       left join lateral (select o.note from overdue_verdict o where d.form = 'system-error-slip' and o.excuses
         and o.case_id = c.id and o.deadline_at = c.deadline_at limit 1) v on true
       on conflict (case_id, deadline_at) where state <> 'cancelled' do nothing
       returning id`,
      [JSON.stringify(drafts), now],
    );
    return made.length;
  }

  /** The draft becomes the other form; what was written of the reason stays, a new date only where it is asked. */
  async changeForm(
    tx: Tx,
    ids: number[],
    { form, cause }: { form: LetterForm; cause: LetterCause },
    now: Date,
  ): Promise<void> {
    await rows(
      tx,
      `update letter l set form = $2, cause = $4, version_id = null, signed_sha256 = null, signature = null, signed_at = null,
         blank_printed_at = null, updated_at = $3,
         new_due_at = case when $2 in ('extension-apology', 'late-apology') then new_due_at end,
         reason = case when $2 = 'system-error-slip' then coalesce((select o.note from overdue_verdict o
           where o.excuses and o.case_id = l.case_id and o.deadline_at = l.deadline_at limit 1), reason) else reason end,
         state = case
           when $2 = 'system-error-slip' then 'ready'
           when reason is null or reason_nature is null then 'draft'
           when $2 = 'past-apology' or new_due_at is not null then 'ready'
           else 'draft' end
       where id = any($1)`,
      [ids, form, now, cause],
    );
  }

  /** Approved texts that no longer hold: why the letter was opened again. */
  async reopen(tx: Tx, ids: number[], reason: string): Promise<void> {
    await rows(
      tx,
      `update letter_version v set reopened_reason = $2 from letter l
       where l.id = any($1) and v.id = l.version_id`,
      [ids, reason],
    );
  }

  /** Somebody who works on the case says that the deadline will be missed. @returns id of the letter */
  async report(
    tx: Tx,
    caseId: number,
    draft: { form: LetterForm; by: number | null; at: Date },
  ): Promise<number> {
    const found = await one<{ id: number }>(
      tx,
      `insert into letter (unit_id, case_id, form, cause, state, deadline_at, reported_by, reported_at,
         created_at, updated_at)
       select c.unit_id, c.id, $2, 'reported', 'draft', c.deadline_at, $3, $4, $4, $4 from case_record c where c.id = $1
       on conflict (case_id, deadline_at) where state <> 'cancelled'
       do update set cause = 'reported', reported_by = $3, reported_at = $4, updated_at = $4
       returning id`,
      [caseId, draft.form, draft.by, draft.at],
    );
    return found!.id;
  }

  /** Codes of cases whose letter a person completed, numbered, sent, cancelled or called needless since then. */
  async workedOn(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select distinct c.code from letter l join case_record c on c.id = l.case_id
       where l.case_id = any($1) and l.updated_at >= $2
         and (l.completed_by is not null or l.reported_by is not null or l.state not in ('draft', 'ready'))
       order by c.code`,
      [caseIds, since],
    );
    return found.map((c) => c.code);
  }

  /** The cases will no longer exist; nobody has worked on their letters. */
  async forget(tx: Tx, caseIds: number[]): Promise<void> {
    await tx.query('delete from letter where case_id = any($1)', [caseIds]);
  }

  /** Drafts whose case owes nothing for that deadline any more. */
  async withdraw(tx: Tx, ids: number[]): Promise<void> {
    await rows(tx, 'delete from letter where id = any($1)', [ids]);
  }
}
