import type { EndKind } from '../domain/ledger-facts';

/**
 * The national status codes (TrangThaiHoSo): 1 registered, 2 accepted, 3 not accepted, 4 in process,
 * 5 supplement requested, 6 financial obligation, 7 withdrawn, 8 stopped, 9 finished, 10 returned.
 */
export type CaseStatus = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/** Not a case yet, or refused at the counter: no deadline runs. */
export const isExcluded = (status: number): boolean => status === 1 || status === 3;

/** The source itself says that the clock stands still. */
export const isPausedAtSource = (status: number): boolean => status === 5 || status === 6;

/** Ended without a result. */
export const isClosedUnsettled = (status: number): boolean => status === 7 || status === 8;

export const isSettled = (status: number): boolean => status === 9 || status === 10;

export const isOpen = (status: number): boolean =>
  !isExcluded(status) && !isClosedUnsettled(status) && !isSettled(status);

const ENDS: Partial<Record<number, EndKind>> = {
  3: 'refused',
  7: 'withdrawn',
  8: 'stopped',
  9: 'finished',
  10: 'finished',
};

/** What ended a case of this status; null while it is open. */
export const endOf = (status: number): EndKind | null => ENDS[status] ?? null;

/** The same as `isOpen`, for a `where` clause on `case_record c`. */
export const OPEN_SQL = 'c.status in (2, 4, 5, 6)';

/** The unit whose calendar a case follows: the department that has it, else its commune; on `case_record c`. */
export const CALENDAR_UNIT_SQL = 'coalesce(c.department_id, c.unit_id)';

/** Somebody confirmed that the case is overdue only by an error of a system; on `case_record c`. */
export const EXCUSED_SQL = `exists (select from overdue_verdict v
  where v.case_id = c.id and v.deadline_at = c.deadline_at and v.excuses)`;

/** The deadline is a day we computed with a calendar year not decided yet; on `case_record c`. */
export const FORECAST_SQL = `(c.due_forecast
  and c.deadline_day = (c.computed_due_at at time zone 'Asia/Ho_Chi_Minh')::date)`;
