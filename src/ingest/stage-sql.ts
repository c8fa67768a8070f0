import { ENDED } from './case-history.repository';
import { PROCEDURE_KEY, type Stage } from './case-stage.repository';

/** Keeps PostgreSQL from putting an expression wherever its result is named, to be computed each time. */
export const ONCE = 'offset 0';

/** No case can be without these; on a staged row `s`. */
export const UNNAMED = `s.applicant_name is null or s.received_at is null
  or coalesce(s.procedure_code, s.procedure_name) is null`;

/** A new case that was never stopped for papers and whose facts agree: each of its entries stands for itself. */
export const STRAIGHT = `s.supplements is null and not (coalesce(s.status, 2) not in ${ENDED}
  and (s.finished_at is not null or s.returned_at is not null))`;

/** The deadline that came along holds. The calendar of the commune counts for departments that have none of their own. */
export const EARLY_HOLDS = (holds: string): string => `${holds}::boolean and s.due_state is not null
  and s.assumed_procedure is not distinct from p.id
  and not exists (select from calendar_version v where v.unit_id = d.id)`;

/** What the names of the rows mean. */
export const JOINED_NAMES = ({ names }: Stage): string => `
  left join ${names} p on p.kind = 'procedure' and p.key = ${PROCEDURE_KEY}
  left join ${names} d on d.kind = 'department' and d.key = s.unit_id || '/' || s.department_name
  left join ${names} o on o.kind = 'officer' and o.key = s.unit_id || '/' || s.officer_name`;
