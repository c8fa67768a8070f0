import { Injectable } from '@nestjs/common';
import { columnLabel } from '../cases/case-column';
import { one, rows, type Tx } from '../database/transaction';
import { MERGED } from './merge-columns';
import type { SampleChange } from './run';

/** Columns a person knows. */
const SHOWN = MERGED.filter((name) => columnLabel(name) !== null);
const changes = (name: string): string => `x.${name} is distinct from (x.old).${name}`;
const CHANGES = SHOWN.map(changes).join(' or ');

const DAY = (instant: string): string => `(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`;
const RUNNING = (row: string): string => `${row}.status in (2, 4) and ${row}.finished_at is null`;
const DUE_DAY = `coalesce(case when x.early then x.deadline_day end, ${DAY('x.promised_at')},
  case when not x.fresh then (x.old).deadline_day end)`;

/** Questions about the transaction's `ingest_diff`: what an import would do. */
@Injectable()
export class ImportComparisonRepository {
  async overdue(tx: Tx, now: Date): Promise<{ overdueNew: number; overdueChanged: number }> {
    const found = await one<{ overdueNew: number; overdueChanged: number }>(
      tx,
      `select count(*) filter (where x.fresh)::int as "overdueNew",
         count(*) filter (where not x.fresh
           and not (${RUNNING('(x.old)')} and (x.old).deadline_day < ${DAY('$1::timestamptz')}))::int as "overdueChanged"
       from ingest_diff x where ${RUNNING('x')} and ${DUE_DAY} < ${DAY('$1::timestamptz')}`,
      [now],
    );
    return found!;
  }

  /** column -> known cases in which it changes */
  async columns(tx: Tx): Promise<Record<string, number>> {
    const counts = SHOWN.map((name) => `count(*) filter (where ${changes(name)})::int as ${name}`);
    const found = await one<Record<string, number>>(
      tx,
      `select ${counts.join(', ')} from ingest_diff x where not x.fresh`,
    );
    return Object.fromEntries(Object.entries(found!).filter(([, count]) => count > 0));
  }

  /** Known cases whose columns all stay: the source is noted, or a supplement added. */
  async onlyNoted(tx: Tx): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from ingest_diff x where not x.fresh and not (${CHANGES})`,
    );
    return found!.n;
  }

  /** The first known cases that change, with what changes. Names stand for procedures and departments. */
  samples(tx: Tx, limit: number): Promise<SampleChange[]> {
    const values = SHOWN.map((name) => `('${name}', ${shown('(x.old)', name)}, ${shown('x', name)})`);
    return rows<SampleChange>(
      tx,
      `select x.line, x.code, v.changes from (select * from ingest_diff x where not x.fresh
         and (${CHANGES}) order by x.line limit $1) x
       cross join lateral (
         select coalesce(json_agg(json_build_object('column', v.name, 'from', v.old, 'to', v.new)), '[]') as changes
         from (values ${values.join(', ')}) v(name, old, new) where v.old is distinct from v.new) v
       order by x.line`,
      [limit],
    );
  }
}

function shown(row: string, name: string): string {
  if (name === 'procedure_id') return `(select name::text from procedure where id = ${row}.procedure_id)`;
  if (name === 'department_id') return `(select name::text from unit where id = ${row}.department_id)`;
  return `${row}.${name}::text`;
}
