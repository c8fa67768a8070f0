import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { ClockEventKind } from '../domain/case-clock';
import type { LedgerEntry } from '../domain/ledger';
import type { StoredDeadline } from './case-deadline';
import { CALENDAR_UNIT_SQL } from './case-status';

/** Instants are seconds since 1970 in UTC, days are epoch days: cheap to read by the hundred thousand. */
export interface CaseFacts extends StoredDeadline {
  id: number;
  unitId: number;
  /** whose calendar the case follows */
  calendarUnitId: number;
  procedureId: number;
  status: number;
  received: number;
  promisedFirst: number | null;
  promised: number | null;
  finished: number | null;
  returned: number | null;
  /** online submission */
  submitted: number | null;
  /** The alert sweep will look at the case. */
  armed: boolean;
}

/** An entry of the ledger that stops or starts the clock, or corrects such an entry. */
export interface LedgerLine extends LedgerEntry {
  caseId: number;
  kind: ClockEventKind | 'corrected' | 'deadline-moved';
  ground: string | null;
  legalBasis: string | null;
  /** For 'deadline-moved' by a change of the calendar: the computed due until then. */
  previous: number | null;
}

export interface DeadlineWrite {
  id: number;
  deadline: StoredDeadline;
  /** 'arm': the alert sweep looks at the case again; 'disarm': it never does; 'keep': as it was */
  alert: 'arm' | 'disarm' | 'keep';
}

/** Cases whose deadline a change of the calendar may touch: of these units, and running into these days. */
export interface CaseScope {
  /** units whose calendar changes */
  unitIds: number[];
  /** 'YYYY-MM-DD', the first and the last day that changes */
  firstDay: string;
  lastDay: string;
}

/** Why computed dues move although nothing happened in the cases. */
export interface MoveReason {
  because: 'calendar' | 'limit' | 'hour';
  /** in words, for the history of the case */
  reason: string;
  document: string | null;
  by: string;
  /** as in `case_event.source`: 'user:3' */
  source: string;
}

const seconds = (column: string, alias: string): string =>
  `floor(extract(epoch from ${column}))::int8 as "${alias}"`;
const days = (column: string, alias: string): string => `(${column} - date '1970-01-01') as "${alias}"`;

const FACTS = `c.id, c.unit_id as "unitId", ${CALENDAR_UNIT_SQL} as "calendarUnitId", c.procedure_id as "procedureId", c.status::int,
  ${seconds('c.received_at', 'received')}, ${seconds('c.promised_first_at', 'promisedFirst')},
  ${seconds('c.promised_at', 'promised')}, ${seconds('c.finished_at', 'finished')},
  ${seconds('c.returned_at', 'returned')}, ${seconds('c.submitted_at', 'submitted')}, c.next_alert_at is not null as armed,
  c.limit_id as "limitId", c.calendar_version_id as "calendarVersionId",
  ${seconds('c.computed_due_at', 'computedDue')}, c.due_state as "dueState", c.due_forecast as "dueForecast",
  ${seconds('c.paused_since', 'pausedSince')}, ${seconds('c.deadline_at', 'deadline')},
  ${days('c.deadline_day', 'deadlineDay')}, ${days('c.settled_day', 'settledDay')}, c.outcome,
  c.outcome_first as "outcomeFirst", c.mismatch, c.mismatch_cause as "mismatchCause", ${seconds('c.acceptance_due_at', 'acceptanceDue')}`;

/** What stops or starts the clock, apart from reception and completion, which are facts of the case. */
const LEDGER_KINDS = `('supplement-requested', 'supplement-received', 'suspended', 'resumed')`;

const startOf = (day: string): string => `(${day}::date::timestamp at time zone 'Asia/Ho_Chi_Minh')`;

/** The time between reception and the later of promise and computed due meets the days; without a due it may. */
const IN_SCOPE = `${CALENDAR_UNIT_SQL} = any($1) and c.received_at < ${startOf('($3::date + 1)')}
  and (c.computed_due_at is null or greatest(c.computed_due_at, c.promised_at) >= ${startOf('$2')})`;

const WRITE = `
update case_record c set
  limit_id = n.limit_id, calendar_version_id = n.calendar_version_id,
  computed_due_at = to_timestamp(n.computed_due), due_state = n.due_state, due_forecast = n.due_forecast,
  paused_since = to_timestamp(n.paused_since), deadline_at = to_timestamp(n.deadline),
  deadline_day = date '1970-01-01' + n.deadline_day, settled_day = date '1970-01-01' + n.settled_day,
  outcome = n.outcome, outcome_first = n.outcome_first, mismatch = n.mismatch, mismatch_cause = n.mismatch_cause,
  acceptance_due_at = to_timestamp(n.acceptance_due),
  next_alert_at = case n.alert when 'arm' then $17::timestamptz when 'keep' then c.next_alert_at end
from unnest($1::int8[], $2::int[], $3::int[], $4::int8[], $5::text[], $6::bool[], $7::int8[], $8::int8[],
  $9::int[], $10::int[], $11::text[], $12::text[], $13::bool[], $14::text[], $15::text[], $16::int8[])
  as n(id, limit_id, calendar_version_id, computed_due, due_state, due_forecast, paused_since, deadline,
    deadline_day, settled_day, outcome, outcome_first, mismatch, mismatch_cause, alert, acceptance_due)
where c.id = n.id`;

@Injectable()
export class DeadlineRepository {
  /** Locked until the transaction ends: facts and what is derived from them change together. */
  lockFacts(tx: Tx, ids: number[]): Promise<CaseFacts[]> {
    return rows<CaseFacts>(
      tx,
      `select ${FACTS} from case_record c where c.id = any($1) order by c.id for no key update`,
      [ids],
    );
  }

  /** The next `count` cases after `id`, locked like `lockFacts`. */
  lockFactsAfter(tx: Tx, id: number, count: number): Promise<CaseFacts[]> {
    return rows<CaseFacts>(
      tx,
      `select ${FACTS} from case_record c where c.id > $1 order by c.id limit $2 for no key update`,
      [id, count],
    );
  }

  /** All at once: no index knows a scope, so that asking for its next cases would read the whole table every time. */
  async idsInScope(tx: Tx, { unitIds, firstDay, lastDay }: CaseScope): Promise<number[]> {
    const found = await rows<{ ids: number[] | null }>(
      tx,
      `select array_agg(c.id::float8 order by c.id) as ids from case_record c where ${IN_SCOPE}`,
      [unitIds, firstDay, lastDay],
    );
    return found[0]?.ids ?? [];
  }

  /**
   * Lets the sweep look again at the running cases whose next reminder a changed calendar moves: reminders are counted
   * from the deadline, so those with a changed day between the two.
   */
  async rearm(tx: Tx, { unitIds, firstDay, lastDay }: CaseScope, now: Date): Promise<number> {
    const armed = await tx.query<[unknown, number]>(
      `update case_record c set next_alert_at = $4
       where c.next_alert_at > $4 and ${CALENDAR_UNIT_SQL} = any($1)
         and greatest(c.next_alert_at, c.deadline_at) >= ${startOf('$2')}
         and least(c.next_alert_at, c.deadline_at) < ${startOf('($3::date + 1)')}`,
      [unitIds, firstDay, lastDay, now],
    );
    return armed[1];
  }

  /** The next `count` cases after `id`, as they stand: nobody has to wait. */
  factsAfter(tx: Tx, id: number, count: number): Promise<CaseFacts[]> {
    return rows<CaseFacts>(tx, `select ${FACTS} from case_record c where c.id > $1 order by c.id limit $2`, [
      id,
      count,
    ]);
  }

  async caseIdsOf(tx: Tx, communeId: number): Promise<number[]> {
    const found = await rows<{ id: number }>(tx, 'select id from case_record where unit_id = $1', [
      communeId,
    ]);
    return found.map((c) => c.id);
  }

  facts(tx: Tx, ids: number[]): Promise<CaseFacts[]> {
    return rows<CaseFacts>(tx, `select ${FACTS} from case_record c where c.id = any($1)`, [ids]);
  }

  /**
   * Pauses, their ends and corrections of them, in the order they happened. Looked up case by case: to read the whole
   * ledger for some hundred cases costs more with every case there is.
   */
  ledger(tx: Tx, caseIds: number[]): Promise<LedgerLine[]> {
    return rows<LedgerLine>(
      tx,
      `select e.case_id as "caseId", e.id, e.kind, ${seconds('e.at', 'at')},
         extract(epoch from e.recorded_at)::float8 as "recordedAt", e.data->>'ground' as ground,
         e.data->>'legalBasis' as "legalBasis", coalesce((e.data->>'approximate')::bool, false) as approximate,
         case when e.data ? 'event' then json_build_object('id', (e.data->>'event')::int8,
           'at', floor(extract(epoch from (e.data->>'trueAt')::timestamptz))::int8) end as corrects,
         floor(extract(epoch from (e.data->>'previous')::timestamptz))::int8 as previous
       from unnest($1::int8[]) n(id) cross join lateral (select * from case_event k where k.case_id = n.id
         and (k.kind in ${LEDGER_KINDS} or (k.kind = 'corrected' and k.data ? 'event')
           or (k.kind = 'deadline-moved' and k.data->>'because' = 'calendar')) offset 0) e
       order by e.case_id, e.at, e.id`,
      [caseIds],
    );
  }

  /** Working hours within which online submissions are answered, by the first day, newest first. */
  acceptanceHours(tx: Tx): Promise<{ from: string; hours: number }[]> {
    return rows<{ from: string; hours: number }>(
      tx,
      `select valid_from as "from", (value #>> '{}')::float8 as hours from dated_setting
       where key = 'acceptance.hours' and unit_id is null order by valid_from desc`,
      [],
    );
  }

  async write(tx: Tx, writes: DeadlineWrite[], now: Date): Promise<void> {
    const column = <T>(of: (d: StoredDeadline) => T): T[] => writes.map((w) => of(w.deadline));
    await tx.query(WRITE, [
      writes.map((w) => w.id),
      column((d) => d.limitId),
      column((d) => d.calendarVersionId),
      column((d) => d.computedDue),
      column((d) => d.dueState),
      column((d) => d.dueForecast),
      column((d) => d.pausedSince),
      column((d) => d.deadline),
      column((d) => d.deadlineDay),
      column((d) => d.settledDay),
      column((d) => d.outcome),
      column((d) => d.outcomeFirst),
      column((d) => d.mismatch),
      column((d) => d.mismatchCause),
      writes.map((w) => w.alert),
      column((d) => d.acceptanceDue),
      now,
    ]);
  }

  /** Tells the ledger of each case why its computed due is another one now. */
  async addMoves(
    tx: Tx,
    moved: { facts: CaseFacts; deadline: StoredDeadline }[],
    { source, ...why }: MoveReason,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       select n.id, 'deadline-moved', $4, $4, $5, $6::jsonb || jsonb_build_object(
         'previous', to_timestamp(n.previous), 'due', to_timestamp(n.due))
       from unnest($1::int8[], $2::int8[], $3::int8[]) as n(id, previous, due)
       on conflict (case_id, kind, at) do nothing`,
      [
        moved.map((m) => m.facts.id),
        moved.map((m) => m.facts.computedDue),
        moved.map((m) => m.deadline.computedDue),
        now,
        source,
        JSON.stringify(why),
      ],
    );
  }
}
