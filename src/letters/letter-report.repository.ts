import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';
import { CALENDAR_UNIT_SQL, EXCUSED_SQL } from '../cases/case-status';
import type { LetterState, OwedFacts } from './letter';

/** A case as the report of a missed deadline asks about it. */
export interface ReportableCase extends OwedFacts {
  code: string;
  unitId: number;
  applicantName: string;
  procedureName: string;
  promisedAgain: boolean;
  overrideReason: string | null;
  /** of the letter for its present deadline; null: there is none */
  letterState: LetterState | null;
}

const CASE = `select c.id as "caseId", c.code, c.unit_id as "unitId", ${CALENDAR_UNIT_SQL} as "calendarUnitId",
    c.applicant_name as "applicantName", p.name as "procedureName",
    c.settled_day is not null as settled, c.outcome, c.received_at as "receivedAt", c.deadline_at as "deadlineAt",
    c.due_state in ('paused', 'excluded') or c.status not in (2, 4, 5, 6, 9, 10) as paused,
    ${EXCUSED_SQL} as excused, false as reported, l.id as "letterId", l.form, l.state, l.state as "letterState",
    l.id is not null as "sameDeadline", false as touched, l.override_reason as "overrideReason",
    exists (select from case_event e where e.case_id = c.id and e.kind = 'promised-again'
      and e.data ->> 'because' = 'apology' and e.source is distinct from 'letter:' || l.id) as "promisedAgain"
  from case_record c
  join procedure p on p.id = c.procedure_id
  left join letter l on l.case_id = c.id and l.deadline_at = c.deadline_at and l.state <> 'cancelled'`;

@Injectable()
export class LetterReportRepository {
  find(tx: Tx, code: string, communeIds: number[]): Promise<ReportableCase | undefined> {
    return one(tx, `${CASE} where c.code = $1 and c.unit_id = any($2)`, [code, communeIds]);
  }

  /** The case stays as it is until the transaction ends. */
  async lock(tx: Tx, caseId: number): Promise<ReportableCase> {
    return (await one<ReportableCase>(tx, `${CASE} where c.id = $1 for update of c`, [caseId]))!;
  }
}
