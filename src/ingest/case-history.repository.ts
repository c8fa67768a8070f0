import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import type { MergeContext } from './case-merge.repository';
import { PROGRESS_REASON } from './push-words';
import { STATUS_WORDS } from './vocabulary';

export const FINANCIAL_OBLIGATION = STATUS_WORDS.official[5];

/** Facts whose change from one known value to another is a correction, under the names of the interface. */
const CORRECTABLE = [
  ['procedure', 'procedure_id'],
  ['applicantName', 'applicant_name'],
  ['applicantKind', 'applicant_kind'],
  ['address', 'address'],
  ['phone', 'phone'],
  ['email', 'email'],
  ['summary', 'summary'],
  ['channel', 'channel'],
  ['submittedAt', 'submitted_at'],
];

export const SETTLED = '(9, 10)';
export const CLOSED = '(3, 7, 8)';
/** The result stands, or the case ended otherwise: leaving such a status is a correction, not progress. */
export const ENDED = '(3, 7, 8, 9, 10)';
export const CLOSED_KIND = `case x.status when 3 then 'refused' when 7 then 'withdrawn' else 'stopped' end`;

/** The ledger has one entry of a kind for an instant: what it has already is told by a correction. */
const isNew = (kind: string, at: string): string => `(x.fresh or not exists (select from case_event k
  where k.case_id = x.case_id and k.kind = ${kind} and k.at = ${at}))`;

/**
 * Which entry tells an end, so that the facts of the case follow from its ledger alone (`domain/ledger-facts`).
 * A day of a result that comes while the case is still open ends nothing: it is a correction too.
 */
const FINISHED = `(x.finished_at is not null and x.status in ${SETTLED}
  and (x.fresh or (x.old).finished_at is null or (x.old).status not in ${SETTLED})
  and ${isNew(`'finished'`, 'x.finished_at')})`;
const RETURNED = `(x.returned_at is not null and x.status in ${ENDED}
  and (x.fresh or (x.old).returned_at is null or (x.old).status not in ${ENDED})
  and ${isNew(`'returned'`, 'x.returned_at')})`;
const CLOSING = `(x.status in ${CLOSED}
  and (x.fresh or (x.old).status <> x.status or ((x.old).finished_at is null and x.finished_at is not null))
  and ${isNew(CLOSED_KIND, 'coalesce(x.finished_at, $1)')})`;
/** A list that has no column of days tells that there is a result, not since when. */
const FINISHED_SOME_DAY = `(x.status in ${SETTLED} and x.finished_at is null and x.returned_at is null
  and (x.fresh or (x.old).status not in ${SETTLED}))`;
/** Papers handed back are no result. */
const ENDING = `(${CLOSING} or ${FINISHED} or (${RETURNED} and x.status in ${SETTLED}) or ${FINISHED_SOME_DAY})`;

/** Only what is corrected is asked for: a new case has nothing to correct but the day of a result that is not there. */
const MAY_BE_CORRECTED = `(not x.fresh
  or (x.status not in ${ENDED} and (x.finished_at is not null or x.returned_at is not null)))`;

const SUPPLEMENTS = `jsonb_to_recordset(x.supplements) as s(id text, "requestedAt" timestamptz,
  "receivedAt" timestamptz, "promisedBefore" timestamptz, "promisedAfter" timestamptz, content text, "requestedBy" text)`;

/** Facts that may be corrected: the old value, the new one, and when the change is told otherwise or says nothing. */
const CHANGES: [name: string, old: string, now: string, told: string][] = [
  ...CORRECTABLE.map(([name, column]): [string, string, string, string] => [
    name!,
    `(x.old).${column}`,
    `x.${column}`,
    `(x.old).${column} is null`,
  ]),
  ['receivedAt', '(x.old).received_at', 'x.received_at', '(x.old).received_at is null or (x.old).status = 1'],
  [
    'finishedAt',
    '(x.old).finished_at',
    'x.finished_at',
    `${FINISHED} or (${CLOSING} and x.finished_at is not null)`,
  ],
  ['returnedAt', '(x.old).returned_at', 'x.returned_at', RETURNED],
  [
    'promisedAt',
    '(x.old).promised_at',
    'x.promised_at',
    '(x.old).promised_at is null or x.promised_at is not null',
  ],
  [
    'status',
    '(x.old).status',
    'x.status',
    `x.fresh or ((x.old).status = 9 and x.status = 10)
      or ((x.old).status not in ${ENDED} and (x.status not in ${ENDED} or ${ENDING}))`,
  ],
];

/** Somebody received it: a submission that waits, or was refused unreceived, has no reception. */
export const ACCEPTED = `not (x.status in (1, 3) and x.received_at is not distinct from x.submitted_at)`;

export const SUSPENSION = `jsonb_build_object('ground', $3::text, 'reason', 'nghia-vu', 'approximate', true)`;
export const CLOSING_DATA = `case when x.finished_at is null then '{"approximate": true}'::jsonb else '{}' end`;

/** Each query gives case_id, kind, at, data; `x` is a change, $1 the time of the import. */
const EVENTS: string[] = [
  `select x.case_id, 'received', x.received_at, '{}'::jsonb from ingest_diff x
   where ${ACCEPTED} and (x.fresh or (x.old).status = 1)`,

  `select x.case_id, 'finished', x.finished_at, '{}' from ingest_diff x where ${FINISHED}`,

  `select x.case_id, 'finished', $1, '{"approximate": true}' from ingest_diff x where ${FINISHED_SOME_DAY}`,

  `select x.case_id, 'returned', x.returned_at, '{}' from ingest_diff x where ${RETURNED}`,

  `select x.case_id, ${CLOSED_KIND}, coalesce(x.finished_at, $1),
     ${CLOSING_DATA}
   from ingest_diff x where ${CLOSING}`,

  // A list tells that the clock stands, not since when: the import is the first to know.
  `select x.case_id, 'suspended', $1, ${SUSPENSION}
   from ingest_diff x where x.status = 6 and (x.fresh or (x.old).status <> 6)`,

  `select x.case_id, 'resumed', greatest(stop.at, least($1, coalesce(x.finished_at, $1))),
     jsonb_build_object('approximate', true)
   from ingest_diff x
   cross join lateral (select max(e.at) as at from case_event e
     where e.case_id = x.case_id and e.kind = 'suspended') stop
   where not x.fresh and (x.old).status = 6 and x.status <> 6 and stop.at is not null`,

  `select x.case_id, 'supplement-requested', s."requestedAt",
     jsonb_strip_nulls(jsonb_build_object('id', s.id, 'ground', s.content, 'by', s."requestedBy"))
   from ingest_diff x cross join lateral ${SUPPLEMENTS}`,

  `select x.case_id, 'supplement-received', s."receivedAt",
     jsonb_strip_nulls(jsonb_build_object('id', s.id, 'previous', s."promisedBefore", 'promised', s."promisedAfter"))
   from ingest_diff x cross join lateral ${SUPPLEMENTS} where s."receivedAt" is not null`,

  // A promise that a supplement moved is told by the supplement.
  `select x.case_id, 'promised-again', $1,
     jsonb_build_object('previous', (x.old).promised_at, 'promised', x.promised_at, 'because', 'source')
   from ingest_diff x
   where not x.fresh and (x.old).promised_at <> x.promised_at
     and not exists (select from ${SUPPLEMENTS} where s."promisedAfter" = x.promised_at)`,

  `select x.case_id, 'transferred', $1, jsonb_strip_nulls(jsonb_build_object('departmentFrom', a.name,
     'departmentTo', b.name, 'officerFrom', (x.old).officer_name, 'officerTo', x.officer_name))
   from ingest_diff x left join unit a on a.id = (x.old).department_id left join unit b on b.id = x.department_id
   where not x.fresh and ((x.old).department_id <> x.department_id or (x.old).officer_name <> x.officer_name)`,

  `select x.case_id, 'corrected', $1, jsonb_build_object('changes', f.changes)
   from ingest_diff x cross join lateral (
     select jsonb_object_agg(v.name, jsonb_build_object('from', v.old, 'to', v.new)) as changes
     from (values ${CHANGES.map(([name, old, now, told]) => `('${name}', to_jsonb(${old}), to_jsonb(${now}), ${told})`).join(',\n')}
     ) as v(name, old, new, told)
     where v.old is distinct from v.new and not v.told) f
   where ${MAY_BE_CORRECTED} and f.changes is not null`,
];

/** Entries about papers that progress told, of a day on which the list of the source tells the same at its own moment. */
const TOLD_BY_PROGRESS = `e.kind in ('supplement-requested', 'supplement-received') and e.data ->> 'progress' = 'true'
  and not exists (select from case_event k where k.case_id = e.case_id and k.kind = 'corrected'
    and k.data ->> 'event' = e.id::text)
  and exists (select from ${SUPPLEMENTS}
    cross join lateral (select case e.kind when 'supplement-requested' then s."requestedAt" else s."receivedAt" end as at) l
    where l.at <> e.at
      and (l.at at time zone 'Asia/Ho_Chi_Minh')::date = (e.at at time zone 'Asia/Ho_Chi_Minh')::date)`;

/** Writes into the ledger what the changes of `ingest_diff` mean. */
@Injectable()
export class CaseHistoryRepository {
  async addEvents(tx: Tx, { runId, now }: MergeContext): Promise<void> {
    await tx.query(
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       select e.case_id, e.kind, e.at, $1, $2, e.data
       from (${EVENTS.join('\nunion all\n')}) as e(case_id, kind, at, data)
       order by e.case_id, e.at
       on conflict (case_id, kind, at) do nothing`,
      [now, `import:${runId}`, FINANCIAL_OBLIGATION],
    );
    // One request for papers must not count twice because two messages tell of it.
    await tx.query(
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       select x.case_id, 'corrected', $1::timestamptz + row_number() over (order by e.id) * interval '1 millisecond', $1, $2,
         jsonb_build_object('event', e.id, 'kind', e.kind, 'from', e.at, 'trueAt', null, 'reason', $3::text)
       from ingest_diff x join case_event e on e.case_id = x.case_id
       where not x.fresh and x.supplements is not null and ${TOLD_BY_PROGRESS}
       on conflict (case_id, kind, at) do nothing`,
      [now, `import:${runId}`, PROGRESS_REASON],
    );
  }
}
