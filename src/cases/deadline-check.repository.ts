import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { FactEntry } from '../domain/ledger-facts';
import type { ColumnCounts, Difference } from './case-differences';
import { changedFacts } from './case-events';

export type CheckState = 'running' | 'done' | 'failed';

export interface DeadlineCheck {
  id: number;
  state: CheckState;
  startedAt: Date;
  finishedAt: Date | null;
  cases: number;
  /** values that differ, counted exactly */
  differences: number;
  /** the same by column */
  columns: ColumnCounts;
  calendarVersionId: number | null;
}

export interface CheckResult {
  cases: number;
  differences: number;
  columns: ColumnCounts;
  /** at most KEPT of the differences */
  kept: Difference[];
}

export interface ShownDifference {
  code: string;
  column: string;
  stored: string | null;
  derived: string | null;
}

interface FactLine extends Omit<FactEntry, 'changes'> {
  caseId: number;
  /** new values by the names of the interface, instants as ISO texts */
  changes: Record<string, unknown> | null;
}

/** 'deadl' in ASCII: one comparison at a time, whoever asks for it. */
const TURN_LOCK = 0x646561646c;

const secondOf = (instant: Date): number => Math.floor(instant.getTime() / 1000);

const CHECK = `id, state, started_at as "startedAt", finished_at as "finishedAt", cases, differences, columns,
  calendar_version_id as "calendarVersionId"`;

/** What tells the facts of a case, and what corrects them. */
const TELLING = `e.kind in ('received', 'finished', 'returned', 'refused', 'withdrawn', 'stopped')
  or (e.kind = 'corrected' and (e.data ? 'event' or e.data ? 'changes'))`;

@Injectable()
export class DeadlineCheckRepository {
  /** Held until the transaction ends, also by a process that dies. @returns false while another one has it */
  async takeTurn(tx: Tx): Promise<boolean> {
    const found = await one<{ taken: boolean }>(tx, 'select pg_try_advisory_xact_lock($1) as taken', [
      TURN_LOCK,
    ]);
    return found!.taken;
  }

  /** With the turn in hand, what still says "running" lost its process. */
  async closeAbandoned(tx: Tx, now: Date): Promise<void> {
    await tx.query(`update deadline_check set state = 'failed', finished_at = $1 where state = 'running'`, [
      now,
    ]);
  }

  async start(tx: Tx, now: Date): Promise<number> {
    const made = await one<{ id: number }>(
      tx,
      `insert into deadline_check (started_at, calendar_version_id)
       values ($1, (select max(id) from calendar_version)) returning id`,
      [now],
    );
    return made!.id;
  }

  async end(
    tx: Tx,
    id: number,
    { cases, differences, columns, kept }: CheckResult,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `insert into deadline_difference (check_id, case_id, column_name, stored, derived)
       select $1, d.case_id, d.column_name, d.stored, d.derived
       from unnest($2::int8[], $3::text[], $4::text[], $5::text[]) as d(case_id, column_name, stored, derived)
       where exists (select from case_record c where c.id = d.case_id)`,
      [
        id,
        kept.map((d) => d.caseId),
        kept.map((d) => d.column),
        kept.map((d) => d.stored),
        kept.map((d) => d.derived),
      ],
    );
    await tx.query(
      `update deadline_check set state = 'done', finished_at = $2, cases = $3, differences = $4, columns = $5
       where id = $1`,
      [id, now, cases, differences, JSON.stringify(columns)],
    );
  }

  async removeBefore(tx: Tx, before: Date): Promise<void> {
    await tx.query('delete from deadline_check where started_at < $1', [before]);
  }

  /** Newest first. */
  latest(tx: Tx, count: number): Promise<DeadlineCheck[]> {
    return rows(tx, `select ${CHECK} from deadline_check order by id desc limit $1`, [count]);
  }

  lastDone(tx: Tx): Promise<DeadlineCheck | undefined> {
    return one(tx, `select ${CHECK} from deadline_check where state = 'done' order by id desc limit 1`);
  }

  byId(tx: Tx, id: number): Promise<DeadlineCheck | undefined> {
    return one(tx, `select ${CHECK} from deadline_check where id = $1`, [id]);
  }

  /** When the first case came in; null while there is none. */
  async since(tx: Tx): Promise<Date | null> {
    const first = await one<{ at: Date }>(tx, 'select created_at as at from case_record order by id limit 1');
    return first?.at ?? null;
  }

  differences(
    tx: Tx,
    checkId: number,
    communeIds: number[],
    window: { limit: number; offset: number },
  ): Promise<ShownDifference[]> {
    return rows(
      tx,
      `select c.code, d.column_name as "column", d.stored, d.derived
       from deadline_difference d join case_record c on c.id = d.case_id
       where d.check_id = $1 and c.unit_id = any($2) order by d.id limit $3 offset $4`,
      [checkId, communeIds, window.limit, window.offset],
    );
  }

  async countDifferences(tx: Tx, checkId: number, communeIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from deadline_difference d join case_record c on c.id = d.case_id
       where d.check_id = $1 and c.unit_id = any($2)`,
      [checkId, communeIds],
    );
    return found!.n;
  }

  /** What the ledgers of the cases tell of their facts, by case; instants in seconds since 1970 UTC. */
  async factLedgers(tx: Tx, caseIds: number[]): Promise<Map<number, FactEntry[]>> {
    const lines = await rows<FactLine>(
      tx,
      `select e.case_id as "caseId", e.id, e.kind, floor(extract(epoch from e.at))::int8 as at,
         extract(epoch from e.recorded_at)::float8 as "recordedAt",
         coalesce((e.data->>'approximate')::bool, false) as approximate,
         case when e.data ? 'event' then json_build_object('id', (e.data->>'event')::int8,
           'at', floor(extract(epoch from (e.data->>'trueAt')::timestamptz))::int8) end as corrects,
         case when e.data ? 'changes' then (select json_object_agg(v.key, v.value->'to')
           from jsonb_each(e.data->'changes') v
           where v.key in ('receivedAt', 'finishedAt', 'returnedAt', 'status')) end as changes
       from case_event e where e.case_id = any($1) and (${TELLING})`,
      [caseIds],
    );
    const ledgers = new Map<number, FactEntry[]>(caseIds.map((id) => [id, []]));
    for (const { caseId, changes, ...line } of lines)
      ledgers.get(caseId)!.push({ ...line, changes: changes && changedFacts(changes, secondOf) });
    return ledgers;
  }
}
