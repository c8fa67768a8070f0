import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';
import {
  ACCEPTED,
  CLOSED,
  CLOSED_KIND,
  CLOSING_DATA,
  ENDED,
  FINANCIAL_OBLIGATION,
  SETTLED,
  SUSPENSION,
} from './case-history.repository';
import type { MergeContext } from './case-merge.repository';
import type { LineRange, Stage } from './case-stage.repository';
import { FRESH_EXPRESSIONS, MERGED } from './merge-columns';
import { EARLY_COLUMNS } from './stage-columns';
import { EARLY_HOLDS, JOINED_NAMES, ONCE, STRAIGHT, UNNAMED } from './stage-sql';

const ROUGHLY = `'{"approximate": true}'::jsonb`;

/** Entries of such cases: kind, at, data, and which cases have one; $3 is the time of the import. */
const ENTRIES: [kind: string, at: string, data: string, has: string][] = [
  [`'received'`, 'x.received_at', `'{}'::jsonb`, ACCEPTED],
  [`'finished'`, 'x.finished_at', `'{}'`, `x.status in ${SETTLED} and x.finished_at is not null`],
  [`'finished'`, '$3', ROUGHLY, `x.status in ${SETTLED} and x.finished_at is null and x.returned_at is null`],
  [`'returned'`, 'x.returned_at', `'{}'`, `x.returned_at is not null and x.status in ${ENDED}`],
  [CLOSED_KIND, 'coalesce(x.finished_at, $3)', CLOSING_DATA, `x.status in ${CLOSED}`],
  [`'suspended'`, '$3', SUSPENSION.replace('$3', '$9'), 'x.status = 6'],
];

/** A look for each kind: rows of VALUES beside each case would be prepared anew for every case. */
const ALL_ENTRIES = ENTRIES.map(
  ([kind, at, data, has]) =>
    `select x.id, ${kind} as kind, ${at} as at, ${data} as data from made x where ${has}`,
).join(' union all ');

export interface NewCases {
  created: number;
  /** Those whose deadline has to be computed from what is stored now. */
  uncomputed: number[];
}

/**
 * Cases nobody knows yet, with their ledgers, straight from the stage: most rows of a first import, so nothing of them
 * is put down twice.
 */
@Injectable()
export class NewCasesRepository {
  async insert(
    tx: Tx,
    stage: Stage,
    { first, last }: LineRange,
    { runId, source, now, earlyHolds }: MergeContext,
  ): Promise<NewCases> {
    const found = await one<{ created: number; uncomputed: number[] | null }>(
      tx,
      `with made as (
         insert into case_record (unit_id, code, source, first_run_id, last_run_id, created_at, updated_at,
           ${[...MERGED, ...EARLY_COLUMNS].join(', ')}, next_alert_at)
         select s.unit_id, s.code, $1, $2, $2, $3, $3, ${FRESH_EXPRESSIONS}, ${COMPUTED},
           case when e.early and s.armed then $3::timestamptz end
         from ${stage.rows} s left join case_record c on c.code = s.code ${JOINED_NAMES(stage)}
         cross join lateral (select ${EARLY_HOLDS('$4')} as early ${ONCE}) e
         where s.line between $5 and $6 and c.id is null and s.unit_id is not null and not (${UNNAMED}) and ${STRAIGHT}
         order by s.line
         returning id, status, received_at, submitted_at, finished_at, returned_at, due_state),
       told as (
         insert into case_event (case_id, kind, at, recorded_at, source, data)
         select v.id, v.kind, v.at, $3, $7, v.data from (${ALL_ENTRIES}) v order by v.id)
       select count(*)::int as created, array_agg(id::float8) filter (where due_state = $8) as uncomputed from made`,
      [
        ...[source, runId, now, earlyHolds, first, last],
        ...[`import:${runId}`, 'pending', FINANCIAL_OBLIGATION],
      ],
    );
    return { created: found!.created, uncomputed: found!.uncomputed ?? [] };
  }
}

const COMPUTED = EARLY_COLUMNS.map((name) => computed(name)).join(', ');

function computed(name: string): string {
  if (name === 'due_state') return `case when e.early then s.due_state else 'pending' end`;
  return ['due_forecast', 'mismatch'].includes(name)
    ? `e.early and s.${name}`
    : `case when e.early then s.${name} end`;
}
