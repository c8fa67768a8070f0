import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';

/** 'rollup' in ASCII: one at a time adds up, or counts and mends. */
const TURN_LOCK = 0x726f6c6c7570;

const COUNTS = ['settled', 'early', 'on_time', 'late', 'first_early', 'first_on_time', 'first_late'];
const LIST = COUNTS.join(', ');
const SUMS = COUNTS.map((c) => `sum(${c})::int as ${c}`).join(', ');

type Level = 'day' | 'month';
const keyOf = (level: Level): string =>
  level === 'day' ? 'day' : `date_trunc('month', day::timestamp)::date`;

const is = (column: string, outcome: string): string => `(${column} is not distinct from '${outcome}')::int`;

/** What case_record says, case by case. */
const CASES = `
  select unit_id, settled_day as day, department_id, 1 as settled,
    ${is('outcome', 'early')} as early, ${is('outcome', 'on-time')} as on_time, ${is('outcome', 'late')} as late,
    ${is('outcome_first', 'early')} as first_early, ${is('outcome_first', 'on-time')} as first_on_time,
    ${is('outcome_first', 'late')} as first_late
  from case_record where settled_day is not null`;

/** Groups that add up to nothing are left out; in order, so that the rows of a unit come to lie together. */
const addUp = (level: Level, source: string): string => `
  insert into report_${level} as t (unit_id, ${level}, department_id, ${LIST})
  select unit_id, ${keyOf(level)}, department_id, ${SUMS} from ${source}
  group by 1, 2, 3 having ${COUNTS.map((c) => `sum(${c}) <> 0`).join(' or ')} order by 1, 2, 3
  on conflict (unit_id, ${level}, department_id) do update set
    ${COUNTS.map((c) => `${c} = t.${c} + excluded.${c}`).join(', ')}`;

const lessThan = (table: string, day: string): string =>
  `union all select unit_id, ${day}, department_id, ${COUNTS.map((c) => `-${c}`).join(', ')} from ${table}`;

/** What counting the cases gives, less what is told already. */
const missing = (level: Level): string =>
  `(${CASES} ${lessThan(`report_${level}`, level)} ${lessThan('report_delta', 'day')}) x`;

/** Keeps the counts of settled cases; the triggers of case_record tell every change as a delta. */
@Injectable()
export class ReportRollupRepository {
  /** Held until the transaction ends: what is missing must not be added twice. */
  async takeTurn(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [TURN_LOCK]);
  }

  /** Adds the deltas up. In one statement: whoever reads finds them here or there, never in both. */
  async compact(tx: Tx): Promise<void> {
    await tx.query(
      `with moved as (delete from report_delta returning *), months as (${addUp('month', 'moved')})
       ${addUp('day', 'moved')}`,
    );
  }

  /**
   * Counts every case and adds what is missing. Each statement sees one moment, and what is written after it comes as
   * a delta of its own: nobody has to wait.
   * @returns the number of days and months of a department that were not what the cases give
   */
  async mend(tx: Tx): Promise<number> {
    const mended = async (level: Level): Promise<number> => {
      const added = `with added as (${addUp(level, missing(level))} returning 1)`;
      return (await one<{ n: number }>(tx, `${added} select count(*)::int as n from added`))!.n;
    };
    return (await mended('day')) + (await mended('month'));
  }
}
