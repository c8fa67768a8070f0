import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { OutcomeCounts } from '../domain/on-time-rate';
import { SETTLED_COUNTS_SQL } from './settled-counts';

export const GROUPINGS = ['field', 'month', 'channel', 'department', 'procedure'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Which settled cases a figure is about; both days belong to the period. */
export interface Selection {
  communeIds: number[];
  /** Departments, or null for every department of the communes. */
  departmentIds: number[] | null;
  from: string;
  to: string;
}

export interface Counted extends OutcomeCounts {
  /** The same cases judged against the first promise. */
  firstEarly: number;
  firstOnTime: number;
  firstLate: number;
}

export interface GroupCounts extends Counted {
  key: string;
  name: string | null;
}

/** What a unit code stands for: whole communes, or departments of one commune. */
export interface UnitScope {
  code: string;
  name: string;
  communeIds: number[];
  departmentIds: number[] | null;
}

const COUNTS = `
  count(*) filter (where c.outcome = 'early')::int as early,
  count(*) filter (where c.outcome = 'on-time')::int as "onTime",
  count(*) filter (where c.outcome = 'late')::int as late,
  count(*) filter (where c.outcome_first = 'early')::int as "firstEarly",
  count(*) filter (where c.outcome_first = 'on-time')::int as "firstOnTime",
  count(*) filter (where c.outcome_first = 'late')::int as "firstLate"`;

const SETTLED = `
  from case_record c
  join procedure p on p.id = c.procedure_id
  where c.unit_id = any($1) and c.settled_day between $2 and $3
    and ($4::int[] is null or c.department_id = any($4))`;

const SUMS = `
  coalesce(sum(c.early), 0)::int as early,
  coalesce(sum(c.on_time), 0)::int as "onTime",
  coalesce(sum(c.late), 0)::int as late,
  coalesce(sum(c.first_early), 0)::int as "firstEarly",
  coalesce(sum(c.first_on_time), 0)::int as "firstOnTime",
  coalesce(sum(c.first_late), 0)::int as "firstLate"`;

const COUNTED = `
  from ${SETTLED_COUNTS_SQL} c
  left join unit d on d.id = c.department_id
  where ($4::int[] is null or c.department_id = any($4))`;

/** What makes a month is not its text, which would be written for every row. */
const MONTH = `date_trunc('month', c.day::timestamp)`;
const MONTH_NAME = `to_char(${MONTH}, 'YYYY-MM')`;

/** Sums may be nothing where cases left the group again. */
const summed = (key: string, name: string, by: string): string =>
  `select ${key} as key, ${name} as name, ${SUMS} ${COUNTED} group by ${by} having sum(c.settled) > 0`;
const counted = (key: string, name: string): string =>
  `select ${key} as key, ${name} as name, ${COUNTS} ${SETTLED} group by 1, 2`;

const GROUPS: Record<Grouping, string> = {
  month: summed(MONTH_NAME, MONTH_NAME, MONTH),
  department: summed(`coalesce(d.code, '')`, 'd.name', 'd.code, d.name'),
  field: counted(`coalesce(p.field_name, '')`, 'p.field_name'),
  channel: counted('c.channel', 'c.channel'),
  procedure: counted('coalesce(p.code, p.id::text)', 'p.name'),
};

const parameters = (s: Selection): unknown[] => [s.communeIds, s.from, s.to, s.departmentIds];

@Injectable()
export class OnTimeRepository {
  async total(tx: Tx, selection: Selection): Promise<Counted> {
    return (await one<Counted>(tx, `select ${SUMS} ${COUNTED}`, parameters(selection)))!;
  }

  groups(tx: Tx, selection: Selection, by: Grouping): Promise<GroupCounts[]> {
    return rows<GroupCounts>(tx, `${GROUPS[by]} order by 2 nulls last, 1`, parameters(selection));
  }

  /** Undefined when no unit has the code. A department is limited to itself, a province spans its communes. */
  unitScope(tx: Tx, code: string): Promise<UnitScope | undefined> {
    return one<UnitScope>(
      tx,
      `with recursive
         asked as (select id, parent_id, kind, code, name from unit where code = $1),
         below as (
           select id, kind from asked
           union all
           select u.id, u.kind from unit u join below b on u.parent_id = b.id),
         above as (
           select id, parent_id, kind from asked
           union all
           select u.id, u.parent_id, u.kind from unit u join above a on u.id = a.parent_id)
       select a.code, a.name,
         array(select id from below where kind = 'commune'
               union select id from above where kind = 'commune') as "communeIds",
         case when a.kind in ('centre', 'department') then array(select id from below) end as "departmentIds"
       from asked a`,
      [code],
    );
  }
}
