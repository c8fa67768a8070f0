import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { CALENDAR_UNIT_SQL, EXCUSED_SQL, OPEN_SQL } from '../cases/case-status';
import type { LetterForm, OwedFacts } from './letter.repository';

const FACTS = `c.id as "caseId", ${CALENDAR_UNIT_SQL} as "calendarUnitId", c.settled_day is not null as settled, c.outcome, c.deadline_at as "deadlineAt",
  c.due_state in ('paused', 'excluded') or c.status not in (2, 4, 5, 6, 9, 10) as paused,
  ${EXCUSED_SQL} as excused`;

/** A letter of a case, or the word of somebody that none is owed for a deadline. */
export interface LetterOfCase {
  caseId: number;
  /** seconds since 1970 UTC */
  deadline: number;
  /** made by the program and not numbered yet */
  draft: boolean;
}

/** Finds what is owed by the stored deadlines and outcomes; the rule itself is domain/apology. */
@Injectable()
export class LetterDraftRepository {
  /** Cases past their deadline, or settled late, without a letter for that deadline; after case id `after`. */
  withoutLetter(tx: Tx, now: Date, after: number, limit: number): Promise<OwedFacts[]> {
    return rows<OwedFacts>(
      tx,
      `select ${FACTS}, null::bigint as "letterId", null::text as form, false as "sameDeadline"
       from (
         select c.id from case_record c where c.settled_day is null and c.deadline_at < $1 and ${OPEN_SQL}
         union all
         select c.id from case_record c where c.outcome = 'late' and c.settled_day is not null
       ) due
       join case_record c on c.id = due.id
       where c.id > $2 and c.deadline_at is not null and not ${EXCUSED_SQL} and not exists (
         select 1 from letter l where l.case_id = c.id and l.deadline_at = c.deadline_at and l.state <> 'cancelled')
       order by c.id limit $3`,
      [now, after, limit],
    );
  }

  /** Drafts that the program made by itself, locked, with their cases as they are now. */
  drafts(tx: Tx, after: number, limit: number): Promise<OwedFacts[]> {
    return rows<OwedFacts>(
      tx,
      `select ${FACTS}, l.id as "letterId", l.form, l.deadline_at is not distinct from c.deadline_at as "sameDeadline"
       from letter l join case_record c on c.id = l.case_id
       where l.state in ('draft', 'ready') and l.form in ('late-apology', 'past-apology') and l.id > $1
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
         state in ('draft', 'ready') and form in ('late-apology', 'past-apology') as draft
       from letter where case_id = any($1) and state <> 'cancelled'
       union all
       select case_id, floor(extract(epoch from deadline_at))::int8, false
       from overdue_verdict where case_id = any($1) and excuses`,
      [caseIds],
    );
  }

  /** Unsent letters of the cases that ask for an extension before the deadline. */
  async countExtensions(tx: Tx, caseIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from letter where case_id = any($1) and form = 'extension-apology'
         and state in ('draft', 'ready', 'numbered', 'printed')`,
      [caseIds],
    );
    return found!.n;
  }

  /** @returns how many were new; a letter made meanwhile by another worker is left alone */
  async insert(tx: Tx, drafts: { caseId: number; form: LetterForm }[], now: Date): Promise<number> {
    const made = await rows(
      tx,
      `insert into letter (unit_id, case_id, form, state, deadline_at, created_at, updated_at)
       select c.unit_id, c.id, d.form, 'draft', c.deadline_at, $3, $3
       from unnest($1::bigint[], $2::text[]) d (case_id, form) join case_record c on c.id = d.case_id
       on conflict (case_id, deadline_at) where state <> 'cancelled' do nothing
       returning id`,
      [drafts.map((d) => d.caseId), drafts.map((d) => d.form), now],
    );
    return made.length;
  }

  /** The draft becomes the other form; what was written of the reason stays, a new date only where it is asked. */
  async changeForm(tx: Tx, ids: number[], form: LetterForm, now: Date): Promise<void> {
    await rows(
      tx,
      `update letter set form = $2, new_due_at = null, updated_at = $3,
         state = case when reason is not null and $2 = 'past-apology' then 'ready' else 'draft' end
       where id = any($1)`,
      [ids, form, now],
    );
  }

  /** Codes of cases whose letter a person completed, numbered, sent, cancelled or called needless since then. */
  async workedOn(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select distinct c.code from letter l join case_record c on c.id = l.case_id
       where l.case_id = any($1) and (l.completed_by is not null or l.state <> 'draft') and l.updated_at >= $2
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
