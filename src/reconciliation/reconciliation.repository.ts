import { Injectable } from '@nestjs/common';
import { CALENDAR_UNIT_SQL, EXCUSED_SQL, OPEN_SQL } from '../cases/case-status';
import type { DueState } from '../cases/case-deadline';
import { one, rows, type Tx } from '../database/transaction';
import type { MismatchCause } from '../domain/mismatch-cause';

/** Which cases are looked at. */
export interface SuspectScope {
  communeIds: number[];
  /** Deadlines from the first instant to before the second; null: all. */
  window: { from: Date; to: Date } | null;
  /** Only these cases; null: all. */
  codes: string[] | null;
  /** Without those that are merely promised for another day than the calendar gives. */
  onlyLate: boolean;
}

/** A case that is late, overdue or promised for another day than the calendar gives. */
export interface Suspect {
  id: number;
  code: string;
  /** Settled late, or possibly overdue. */
  late: boolean;
  /** whose calendar the case follows */
  calendarUnitId: number;
  status: number;
  outcome: string | null;
  settledDay: string | null;
  /** Null for a case to which nothing is owed any more. */
  deadlineAt: Date | null;
  promisedAt: Date | null;
  computedDueAt: Date | null;
  dueState: DueState;
  pausedSince: Date | null;
  /** The source counted wrongly. */
  mismatch: boolean;
  mismatchCause: MismatchCause | null;
  /** The earliest moment of a result that the source or the ledger knows. */
  resultAt: Date | null;
  /** The same application under another code, settled in time. */
  twinCode: string | null;
  twinSettledDay: string | null;
}

/** What a list shows of a case besides its dates. */
export interface CaseFace {
  id: number;
  procedureName: string;
  applicantName: string;
  /** Names of the files that brought the case and changed it last. */
  sources: string[];
}

export interface PeriodCounts {
  late: number;
  lateExcused: number;
  overdue: number;
  overdueExcused: number;
}

/** The question a finding is about: the deadline, or the promise of a case to which nothing is owed any more. */
const ABOUT = 'coalesce(c.deadline_at, c.promised_at)';

const IN_SCOPE = `c.unit_id = any($1) and ($3::timestamptz is null or ${ABOUT} >= $3 and ${ABOUT} < $4)
  and ($5::text[] is null or c.code = any($5))`;

/** Settled late, or open with a deadline before $2: the rule decides with the calendar. */
const SETTLED_LATE = `c.outcome = 'late' and c.settled_day is not null`;
const MAYBE_OVERDUE = `c.settled_day is null and ${OPEN_SQL} and c.deadline_at < $2`;

/** $6: with those that are not late but promised for another day than the calendar gives. */
const SUSPECTS = `
with suspect as (
  select c.*, true as late from case_record c where ${SETTLED_LATE} and ${IN_SCOPE}
  union all
  select c.*, true from case_record c where ${MAYBE_OVERDUE} and ${IN_SCOPE}
  union all
  select c.*, false from case_record c
  where $6 and c.mismatch_cause is not null and (${SETTLED_LATE}) is not true and (${MAYBE_OVERDUE}) is not true
    and ${IN_SCOPE})
select c.id, c.code, c.late, c.status::int, c.outcome, c.settled_day as "settledDay", c.deadline_at as "deadlineAt",
  c.promised_at as "promisedAt", c.computed_due_at as "computedDueAt", c.due_state as "dueState",
  c.paused_since as "pausedSince", c.mismatch, c.mismatch_cause as "mismatchCause",
  ${CALENDAR_UNIT_SQL} as "calendarUnitId", least(c.finished_at, c.returned_at, told.at) as "resultAt",
  twin.code as "twinCode", twin.settled_day as "twinSettledDay"
from suspect c
left join lateral (
  select least(min(e.at) filter (where e.kind <> 'corrected'),
      min((e.data #>> '{changes,finishedAt,from}')::timestamptz) filter (where e.kind = 'corrected')) as at
  from case_event e
  where c.late and e.case_id = c.id and (e.kind in ('finished', 'returned')
      and not exists (select from case_event k
        where k.case_id = e.case_id and k.kind = 'corrected' and k.data->>'event' = e.id::text)
    -- a day of the result that the source itself replaced; what a person replaced was wrong
    or e.kind = 'corrected' and e.source like 'import:%')) told on true
left join lateral (
  select t.code, t.settled_day from case_record t
  where c.late and t.procedure_id = c.procedure_id and t.unit_id = c.unit_id and t.id <> c.id
    and t.received_at >= date_trunc('day', c.received_at, 'Asia/Ho_Chi_Minh')
    and t.received_at < date_trunc('day', c.received_at, 'Asia/Ho_Chi_Minh') + interval '1 day'
    and t.outcome in ('early', 'on-time') and search_key(t.applicant_name) = search_key(c.applicant_name)
  order by t.settled_day, t.id limit 1) twin on true
order by ${ABOUT} desc, c.id`;

@Injectable()
export class ReconciliationRepository {
  /** Newest deadline first. */
  suspects(tx: Tx, scope: SuspectScope, now: Date): Promise<Suspect[]> {
    const { communeIds, window, codes, onlyLate } = scope;
    const [from, to] = [window?.from ?? null, window?.to ?? null];
    return rows<Suspect>(tx, SUSPECTS, [communeIds, now, from, to, codes, !onlyLate]);
  }

  /** Years of deadlines about which there may be something to find, newest first. */
  async years(tx: Tx, communeIds: number[]): Promise<number[]> {
    const found = await rows<{ year: number }>(
      tx,
      `select distinct extract(year from ${ABOUT} at time zone 'Asia/Ho_Chi_Minh')::int as year from case_record c
       where c.unit_id = any($1) and (c.outcome = 'late' and c.settled_day is not null or c.mismatch_cause is not null)
       order by year desc`,
      [communeIds],
    );
    return found.map(({ year }) => year);
  }

  async faces(tx: Tx, caseIds: number[]): Promise<Map<number, CaseFace>> {
    const found = await rows<CaseFace>(
      tx,
      `select c.id, p.name as "procedureName", c.applicant_name as "applicantName",
         array(select r.file_name from ingest_run r where r.id in (c.first_run_id, c.last_run_id) order by r.id)
           as sources
       from case_record c join procedure p on p.id = c.procedure_id where c.id = any($1)`,
      [caseIds],
    );
    return new Map(found.map((face) => [face.id, face]));
  }

  /** Settled late in the period, and overdue now: how many, and how many of them by a confirmed system error. */
  async periodCounts(
    tx: Tx,
    communeIds: number[],
    period: { from: string; to: string },
    overdueBefore: Date,
  ): Promise<PeriodCounts> {
    const found = await one<PeriodCounts>(
      tx,
      `select count(*) filter (where settled)::int as late, count(*) filter (where settled and excused)::int as "lateExcused",
         count(*) filter (where not settled)::int as overdue,
         count(*) filter (where not settled and excused)::int as "overdueExcused"
       from (
         select c.settled_day is not null as settled, ${EXCUSED_SQL} as excused
         from case_record c
         where c.unit_id = any($1) and (c.outcome = 'late' and c.settled_day between $2 and $3
           or c.settled_day is null and ${OPEN_SQL} and c.due_state <> 'paused' and c.deadline_at < $4)) cases`,
      [communeIds, period.from, period.to, overdueBefore],
    );
    return found!;
  }
}
