import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { FORECAST_SQL, OPEN_SQL } from './case-status';
import { asTyped, matches } from './case-search';

/** Whose work is asked for. */
export interface QueueScope {
  communeIds: number[];
  /** Only the cases this person works on and those of the person's department. */
  mine: { userId: number; name: string; departmentId: number | null } | null;
}

export interface QueueFilter extends QueueScope {
  departmentCode: string | null;
  officer: string | null;
  letterStates: string[] | null;
  text: string | null;
}

export type QueueState = 'overdue' | 'running' | 'paused' | 'unknown';

/** Cases of one state; for running ones the first and last day of the deadline, both included. */
export interface QueueSlice {
  state: QueueState;
  fromDay: string | null;
  toDay: string | null;
}

export interface DayCount {
  state: QueueState;
  /** null unless running */
  day: string | null;
  count: number;
}

export interface QueueRow {
  id: number;
  code: string;
  procedureId: number;
  procedureName: string;
  applicantName: string;
  officerName: string | null;
  departmentName: string | null;
  status: number;
  receivedAt: Date;
  promisedAt: Date | null;
  deadlineAt: Date | null;
  pausedSince: Date | null;
  unitId: number;
  state: QueueState;
  letterState: string | null;
  reminded: number;
  /** the deadline rests on a calendar year not decided yet */
  forecast: boolean;
}

/** $9: a deadline before this instant is overdue (`GroupBounds.overdueBefore`). */
const STATE = `case when c.due_state = 'paused' then 'paused' when c.deadline_at is null then 'unknown'
  when c.deadline_at < $9 then 'overdue' else 'running' end`;

/** A letter answers one deadline; the newest one tells where the case stands. */
const LETTER = `(select l.state from letter l where l.case_id = c.id and l.state <> 'cancelled'
  order by l.deadline_at desc limit 1)`;

const ROW = `c.id, c.code, c.procedure_id as "procedureId", p.name as "procedureName",
  c.applicant_name as "applicantName", c.officer_name as "officerName", d.name as "departmentName",
  c.status::int, c.received_at as "receivedAt", c.promised_at as "promisedAt", c.deadline_at as "deadlineAt",
  c.paused_since as "pausedSince", c.unit_id as "unitId", ${STATE} as state, ${LETTER} as "letterState",
  (select count(distinct a.rule_id) from alert a where a.case_id = c.id
     and a.deadline_at = c.deadline_at)::int as reminded, ${FORECAST_SQL} as forecast`;

/** Parameters $1 to $8: communes, officer id, officer name, department, department code, officer, letters, text. */
const OPEN_CASES = `
  from case_record c
  left join procedure p on p.id = c.procedure_id
  left join unit d on d.id = c.department_id
  where c.unit_id = any($1) and c.settled_day is null and ${OPEN_SQL}
    and ($2::int is null or c.officer_id = $2 or search_key(c.officer_name) = search_key($3)
      or c.department_id = $4)
    and ($5::text is null or c.department_id = (select id from unit where code = $5))
    and ($6::text is null or c.officer_name = $6)
    and ($7::text[] is null or ${LETTER} = any($7))
    and ($8::text is null or ${matches('$8')})`;

/** $9: a deadline before this instant is overdue. Written out, so that the index on deadlines serves. */
const STATES: Record<QueueState, string> = {
  overdue: `c.due_state <> 'paused' and c.deadline_at < $9`,
  running: `c.due_state <> 'paused' and c.deadline_at >= $9`,
  paused: `c.due_state = 'paused'`,
  unknown: `c.due_state <> 'paused' and c.deadline_at is null`,
};

const ORDER: Record<QueueState, string> = {
  overdue: 'c.deadline_at, c.id',
  running: 'c.deadline_at, c.id',
  paused: 'c.paused_since nulls last, c.id',
  unknown: 'c.received_at, c.id',
};

@Injectable()
export class QueueRepository {
  /** Online submissions that wait to be accepted, and how many of them too long. */
  async awaiting(tx: Tx, communeIds: number[], now: Date): Promise<{ waiting: number; overdue: number }> {
    const found = await one<{ waiting: number; overdue: number }>(
      tx,
      `select count(*)::int as waiting, count(*) filter (where acceptance_due_at < $2)::int as overdue
       from case_record where unit_id = any($1) and status = 1 and submitted_at is not null`,
      [communeIds, now],
    );
    return found!;
  }

  dayCounts(tx: Tx, filter: QueueFilter, overdueBefore: Date): Promise<DayCount[]> {
    return rows<DayCount>(
      tx,
      `select ${STATE} as state, case when ${STATE} = 'running' then c.deadline_day end as day,
         count(*)::int as count ${OPEN_CASES} group by 1, 2`,
      [...parameters(filter), overdueBefore],
    );
  }

  /** Most urgent first. */
  page(
    tx: Tx,
    filter: QueueFilter,
    overdueBefore: Date,
    slice: QueueSlice,
    window: { limit: number; offset: number },
  ): Promise<QueueRow[]> {
    return rows<QueueRow>(
      tx,
      `select ${ROW}
       ${OPEN_CASES} and ${STATES[slice.state]}
         and ($10::date is null or c.deadline_day >= $10) and ($11::date is null or c.deadline_day <= $11)
       order by ${ORDER[slice.state]} limit $12 offset $13`,
      [...parameters(filter), overdueBefore, slice.fromDay, slice.toDay, window.limit, window.offset],
    );
  }

  /** Values for the filter selects: departments and officers that have open cases in the scope. */
  async choices(
    tx: Tx,
    scope: QueueScope,
  ): Promise<{ departments: { code: string; name: string }[]; officers: string[] }> {
    const found = await rows<{ code: string | null; name: string | null; officer: string | null }>(
      tx,
      `select u.code, u.name, o.officer from (
         select c.department_id, c.officer_name as officer ${OPEN_CASES} group by 1, 2) o
       left join unit u on u.id = o.department_id order by u.name, o.officer`,
      parameters({ ...scope, ...NO_FILTER }),
    );
    const departments = new Map(found.flatMap((f) => (f.code && f.name ? [[f.code, f.name]] : [])));
    const officers = new Set(found.flatMap((f) => (f.officer ? [f.officer] : [])));
    return {
      departments: [...departments].map(([code, name]) => ({ code, name })),
      officers: [...officers].sort((a, b) => a.localeCompare(b, 'vi')),
    };
  }

  /** Overdue or due by the end of `today`: the number in the header. */
  async countUrgent(tx: Tx, communeIds: number[], today: string): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from case_record c where c.unit_id = any($1) and c.settled_day is null
         and ${OPEN_SQL} and c.due_state <> 'paused' and c.deadline_day <= $2`,
      [communeIds, today],
    );
    return found!.n;
  }

  /** Open cases whose deadline rests on a calendar year not decided yet. */
  async countForecast(tx: Tx, communeIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from case_record c where c.unit_id = any($1) and c.settled_day is null
         and ${OPEN_SQL} and ${FORECAST_SQL}`,
      [communeIds],
    );
    return found!.n;
  }

  /** Rows picked by hand, in the order of urgency. */
  picked(tx: Tx, communeIds: number[], codes: string[], overdueBefore: Date): Promise<QueueRow[]> {
    return rows<QueueRow>(
      tx,
      `select ${ROW} ${OPEN_CASES} and c.code = any($10)
       order by c.due_state = 'paused', c.deadline_at nulls last, c.id`,
      [...parameters({ communeIds, mine: null, ...NO_FILTER }), overdueBefore, codes],
    );
  }
}

const NO_FILTER = { departmentCode: null, officer: null, letterStates: null, text: null };

function parameters(filter: QueueFilter): unknown[] {
  const { mine } = filter;
  return [
    filter.communeIds,
    mine?.userId ?? null,
    mine?.name ?? null,
    mine?.departmentId ?? null,
    filter.departmentCode,
    filter.officer,
    filter.letterStates,
    asTyped(filter.text),
  ];
}
