import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { ClockEventKind } from '../domain/case-clock';
import type { StoredDeadline } from './case-deadline';

/** Instants are seconds since 1970 in UTC, days are epoch days: cheap to read by the hundred thousand. */
export interface CaseFacts extends StoredDeadline {
  id: number;
  unitId: number;
  procedureId: number;
  status: number;
  received: number;
  promisedFirst: number | null;
  promised: number | null;
  finished: number | null;
  returned: number | null;
  /** The alert sweep will look at the case. */
  armed: boolean;
}

export interface LedgerLine {
  caseId: number;
  kind: ClockEventKind;
  at: number;
  ground: string | null;
  legalBasis: string | null;
  /** The source told that it happened but not when; `at` is the import that learnt of it. */
  approximate: boolean;
}

export interface DeadlineWrite {
  id: number;
  deadline: StoredDeadline;
  /** 'arm': the alert sweep looks at the case again; 'disarm': it never does; 'keep': as it was */
  alert: 'arm' | 'disarm' | 'keep';
}

const seconds = (column: string, alias: string): string =>
  `floor(extract(epoch from ${column}))::int8 as "${alias}"`;
const days = (column: string, alias: string): string => `(${column} - date '1970-01-01') as "${alias}"`;

const FACTS = `c.id, c.unit_id as "unitId", c.procedure_id as "procedureId", c.status::int,
  ${seconds('c.received_at', 'received')}, ${seconds('c.promised_first_at', 'promisedFirst')},
  ${seconds('c.promised_at', 'promised')}, ${seconds('c.finished_at', 'finished')},
  ${seconds('c.returned_at', 'returned')}, c.next_alert_at is not null as armed,
  c.limit_id as "limitId", c.calendar_version_id as "calendarVersionId",
  ${seconds('c.computed_due_at', 'computedDue')}, c.due_state as "dueState", c.due_forecast as "dueForecast",
  ${seconds('c.paused_since', 'pausedSince')}, ${seconds('c.deadline_at', 'deadline')},
  ${days('c.deadline_day', 'deadlineDay')}, ${days('c.settled_day', 'settledDay')}, c.outcome,
  c.outcome_first as "outcomeFirst", c.mismatch`;

/** What stops, starts or ends the clock, apart from reception and completion, which are facts of the case. */
const LEDGER_KINDS = `('supplement-requested', 'supplement-received', 'suspended', 'resumed')`;

const WRITE = `
update case_record c set
  limit_id = n.limit_id, calendar_version_id = n.calendar_version_id,
  computed_due_at = to_timestamp(n.computed_due), due_state = n.due_state, due_forecast = n.due_forecast,
  paused_since = to_timestamp(n.paused_since), deadline_at = to_timestamp(n.deadline),
  deadline_day = date '1970-01-01' + n.deadline_day, settled_day = date '1970-01-01' + n.settled_day,
  outcome = n.outcome, outcome_first = n.outcome_first, mismatch = n.mismatch,
  next_alert_at = case n.alert when 'arm' then $15::timestamptz when 'keep' then c.next_alert_at end
from unnest($1::int8[], $2::int[], $3::int[], $4::int8[], $5::text[], $6::bool[], $7::int8[], $8::int8[],
  $9::int[], $10::int[], $11::text[], $12::text[], $13::bool[], $14::text[])
  as n(id, limit_id, calendar_version_id, computed_due, due_state, due_forecast, paused_since, deadline,
    deadline_day, settled_day, outcome, outcome_first, mismatch, alert)
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

  facts(tx: Tx, ids: number[]): Promise<CaseFacts[]> {
    return rows<CaseFacts>(tx, `select ${FACTS} from case_record c where c.id = any($1)`, [ids]);
  }

  /**
   * Pauses and their ends, in the order they happened. A moment that an import could only guess gives way to one that
   * somebody told later.
   */
  ledger(tx: Tx, caseIds: number[]): Promise<LedgerLine[]> {
    return rows<LedgerLine>(
      tx,
      `select e.case_id as "caseId", e.kind, ${seconds('e.at', 'at')}, e.data->>'ground' as ground,
         e.data->>'legalBasis' as "legalBasis", coalesce((e.data->>'approximate')::bool, false) as approximate
       from case_event e where e.case_id = any($1) and e.kind in ${LEDGER_KINDS}
         and not (e.data ? 'approximate' and exists (select from case_event t
           where t.case_id = e.case_id and t.kind = e.kind and t.recorded_at >= e.recorded_at
             and not t.data ? 'approximate'))
       order by e.case_id, e.at, e.id`,
      [caseIds],
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
      writes.map((w) => w.alert),
      now,
    ]);
  }
}
