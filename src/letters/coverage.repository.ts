import { Injectable } from '@nestjs/common';
import { CALENDAR_UNIT_SQL, OPEN_SQL } from '../cases/case-status';
import { rows, type Tx } from '../database/transaction';

/** A promise that was not kept, with the letter for it. */
export interface PromiseRow {
  caseId: number;
  code: string;
  applicantName: string;
  procedureName: string;
  calendarUnitId: number;
  deadlineAt: Date;
  deadlineDay: string;
  settledDay: string | null;
  excused: boolean;
  letterId: number | null;
  form: string | null;
  state: string | null;
  number: number | null;
  suffix: string | null;
  year: number | null;
  letterDate: string | null;
  reason: string | null;
  notNeededReason: string | null;
  signer: string | null;
  sentAt: Date | null;
  fileSha256: string | null;
  signedSha256: string | null;
}

/** Both days belong to it; told by the day the promise was not kept. */
export interface CoverageSpan {
  from: string;
  to: string;
  today: string;
}

const DAY_OF_LETTER = `(l.deadline_at at time zone 'Asia/Ho_Chi_Minh')::date`;

/** Settled late; open and overdue by date; moved by the letter itself, so that the case is not overdue any more. */
const BROKEN = `
  select c.id, c.deadline_at, c.deadline_day as day from case_record c
  where c.unit_id = any($1) and c.outcome = 'late' and c.settled_day is not null and c.deadline_day between $2 and $3
  union
  select c.id, c.deadline_at, c.deadline_day from case_record c
  where c.unit_id = any($1) and c.settled_day is null and ${OPEN_SQL} and c.due_state not in ('paused', 'excluded')
    and c.deadline_day between $2 and least($3::date, $4::date - 1)
  union
  select c.id, l.deadline_at, ${DAY_OF_LETTER} from letter l join case_record c on c.id = l.case_id
  where l.unit_id = any($1) and l.form <> 'system-error-slip' and l.state not in ('cancelled', 'not-needed')
    and ${DAY_OF_LETTER} between $2 and $3 and l.deadline_at is distinct from c.deadline_at
    and ((l.state = 'sent' and l.new_due_at is not null)
      or exists (select from case_event e
        where e.case_id = c.id and e.kind = 'promised-again' and e.source = 'letter:' || l.id))
    and (c.settled_day is null or c.settled_day > ${DAY_OF_LETTER})`;

@Injectable()
export class CoverageRepository {
  /** Oldest first. */
  brokenPromises(tx: Tx, communeIds: number[], { from, to, today }: CoverageSpan): Promise<PromiseRow[]> {
    return rows<PromiseRow>(
      tx,
      `select c.id as "caseId", c.code, c.applicant_name as "applicantName", p.name as "procedureName",
         ${CALENDAR_UNIT_SQL} as "calendarUnitId", b.deadline_at as "deadlineAt", b.day as "deadlineDay",
         c.settled_day as "settledDay",
         exists (select from overdue_verdict v
           where v.case_id = b.id and v.deadline_at = b.deadline_at and v.excuses) as excused,
         l.id as "letterId", l.form, l.state, l.number, s.suffix, s.year, l.letter_date as "letterDate", l.reason,
         l.not_needed_reason as "notNeededReason", l.model -> 'signer' ->> 'name' as signer, l.sent_at as "sentAt",
         l.file_sha256 as "fileSha256", l.signed_sha256 as "signedSha256"
       from (${BROKEN}) b
       join case_record c on c.id = b.id
       join procedure p on p.id = c.procedure_id
       left join letter l on l.case_id = b.id and l.deadline_at = b.deadline_at and l.state <> 'cancelled'
       left join letter_series s on s.id = l.series_id
       order by b.deadline_at, c.code`,
      [communeIds, from, to, today],
    );
  }
}
