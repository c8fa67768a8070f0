import { Injectable } from '@nestjs/common';
import { EXCUSED_SQL, OPEN_SQL } from '../cases/case-status';
import { rows, type Tx } from '../database/transaction';
import type { OutcomeCounts } from '../domain/on-time-rate';
import { SETTLED_COUNTS_SQL } from './settled-counts';

export interface DepartmentMonth extends OutcomeCounts {
  departmentId: number | null;
  name: string | null;
  month: string;
}

export interface LateCase {
  procedureId: number;
  deadlineDay: string;
  settledDay: string;
}

export interface ProcedureOutcome extends OutcomeCounts {
  procedureId: number;
  name: string;
  departmentName: string | null;
}

export interface UnapologisedCase {
  code: string;
  procedureName: string;
  applicantName: string;
  officerName: string | null;
  deadlineAt: Date;
  settledDay: string | null;
  deadlineDay: string;
  letterState: string | null;
}

/** Open cases whose clock runs towards a deadline. */
const RUNNING = `c.unit_id = any($1) and c.settled_day is null and ${OPEN_SQL} and c.due_state <> 'paused'
  and c.deadline_at is not null`;

@Injectable()
export class DashboardRepository {
  outcomesByDepartmentAndMonth(tx: Tx, communeIds: number[], from: string, to: string) {
    return rows<DepartmentMonth>(
      tx,
      `select c.department_id as "departmentId", d.name, to_char(c.day, 'YYYY-MM') as month,
         sum(c.early)::int as early, sum(c.on_time)::int as "onTime", sum(c.late)::int as late
       from ${SETTLED_COUNTS_SQL} c left join unit d on d.id = c.department_id
       group by 1, 2, 3 having sum(c.settled) > 0 order by d.name, 3`,
      [communeIds, from, to],
    );
  }

  /** Open cases whose clock runs, per deadline day and department. */
  openByDeadlineDay(tx: Tx, communeIds: number[]) {
    return rows<{ day: string; departmentId: number | null; count: number }>(
      tx,
      `select c.deadline_day as day, c.department_id as "departmentId", count(*)::int as count
       from case_record c where ${RUNNING}
       group by 1, 2 order by 1`,
      [communeIds],
    );
  }

  async openOverdueCount(tx: Tx, communeIds: number[], overdueBefore: Date): Promise<number> {
    const [row] = await rows<{ count: number }>(
      tx,
      `select count(*)::int as count from case_record c where ${RUNNING} and c.deadline_at < $2`,
      [communeIds, overdueBefore],
    );
    return row!.count;
  }

  async pausedCount(tx: Tx, communeIds: number[]): Promise<number> {
    const [row] = await rows<{ count: number }>(
      tx,
      `select count(*)::int as count from case_record c
       where c.unit_id = any($1) and c.settled_day is null and ${OPEN_SQL} and c.due_state = 'paused'`,
      [communeIds],
    );
    return row!.count;
  }

  outcomesByProcedure(tx: Tx, communeIds: number[], from: string, to: string) {
    return rows<ProcedureOutcome>(
      tx,
      `select p.id as "procedureId", p.name, p.department_name as "departmentName",
         count(*) filter (where c.outcome = 'early')::int as early,
         count(*) filter (where c.outcome = 'on-time')::int as "onTime",
         count(*) filter (where c.outcome = 'late')::int as late
       from case_record c join procedure p on p.id = c.procedure_id
       where c.unit_id = any($1) and c.settled_day between $2 and $3
       group by 1, 2, 3 order by late desc, count(*) desc, p.name`,
      [communeIds, from, to],
    );
  }

  lateCases(tx: Tx, communeIds: number[], from: string, to: string) {
    return rows<LateCase>(
      tx,
      `select procedure_id as "procedureId", deadline_day as "deadlineDay", settled_day as "settledDay"
       from case_record
       where unit_id = any($1) and settled_day between $2 and $3 and outcome = 'late'`,
      [communeIds, from, to],
    );
  }

  /**
   * No letter sent though settled late in the period, or still overdue: in a running period whatever is overdue now,
   * else what was due in it. Most urgent first.
   */
  unapologised(
    tx: Tx,
    communeIds: number[],
    period: { from: string; to: string; running: boolean },
    overdueBefore: Date,
  ) {
    return rows<UnapologisedCase>(
      tx,
      `select c.code, p.name as "procedureName", c.applicant_name as "applicantName",
         c.officer_name as "officerName", c.deadline_at as "deadlineAt", c.deadline_day as "deadlineDay",
         c.settled_day as "settledDay", l.state as "letterState"
       from case_record c
       join procedure p on p.id = c.procedure_id
       left join lateral (
         select state from letter where case_id = c.id and state <> 'cancelled' order by id desc limit 1) l on true
       where c.unit_id = any($1) and coalesce(l.state, '') not in ('sent', 'not-needed') and not ${EXCUSED_SQL}
         and ((${RUNNING} and c.deadline_at < $4 and ($5 or c.deadline_day between $2 and $3)) or (c.outcome = 'late' and c.settled_day between $2 and $3))
       order by (c.settled_day is null) desc, c.deadline_at, c.code`,
      [communeIds, period.from, period.to, overdueBefore, period.running],
    );
  }
}
