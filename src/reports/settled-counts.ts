/** The first day of the first whole month of the period $2 to $3, and the day after the last one. */
const WHOLE_FROM = `date_trunc('month', $2::date::timestamp - interval '1 day' + interval '1 month')::date`;
const WHOLE_UNTIL = `date_trunc('month', $3::date::timestamp + interval '1 day')::date`;

const COLUMNS = `unit_id, department_id, settled, early, on_time, late, first_early, first_on_time, first_late`;

const IN_PERIOD = `unit_id = any($1) and day between $2::date and $3::date`;

/**
 * Counts of the cases of the units $1 that were settled from $2 to $3, both included: whole months as such, the days
 * before and after them one by one, and what has not been added to either yet. Add the rows up; read in one statement
 * they are exact, whether or not somebody adds deltas up meanwhile. `day` of a month is its first.
 */
export const SETTLED_COUNTS_SQL = `(
  select month as day, ${COLUMNS} from report_month
  where unit_id = any($1) and month >= ${WHOLE_FROM} and month < ${WHOLE_UNTIL}
  union all
  select day, ${COLUMNS} from report_day where ${IN_PERIOD} and day < ${WHOLE_FROM}
  union all
  select day, ${COLUMNS} from report_day where ${IN_PERIOD} and day >= greatest(${WHOLE_FROM}, ${WHOLE_UNTIL})
  union all
  select day, ${COLUMNS} from report_delta where ${IN_PERIOD})`;
