import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';
import type { DueState } from './case-deadline';

export interface LockedCase {
  id: number;
  code: string;
  status: number;
  dueState: DueState;
  unitId: number;
  /** Code of the system that named it first. */
  source: string;
  departmentName: string | null;
  officerName: string | null;
  receivedAt: Date;
  promisedAt: Date | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  pausedSince: Date | null;
  /** Names of the processing steps of its limit, in their order. */
  steps: string[];
}

export interface NewEvent {
  kind: string;
  at: Date;
  source: string;
  data: object;
}

export interface CaseChange {
  status?: number;
  finishedAt?: Date;
  returnedAt?: Date;
  promisedAt?: Date;
  /** who has the case now; without a department it stays where it is */
  handler?: { departmentId: number | null; officerName: string | null };
  /** What a correction says of the case, null for what never happened. */
  corrected?: CorrectedFacts;
}

export type CorrectedFacts = Pick<LockedCase, 'status' | 'receivedAt' | 'finishedAt' | 'returnedAt'>;

/** Writes what people record about one case. */
@Injectable()
export class CaseActRepository {
  /** Locked until the transaction ends: what an act checks still holds when it is written. */
  lockByCode(tx: Tx, code: string, communeIds: number[]): Promise<LockedCase | undefined> {
    return one<LockedCase>(
      tx,
      `select c.id, c.code, c.status::int, c.due_state as "dueState", c.received_at as "receivedAt",
         c.promised_at as "promisedAt", c.finished_at as "finishedAt", c.returned_at as "returnedAt",
         c.paused_since as "pausedSince", c.unit_id as "unitId", c.source, c.officer_name as "officerName",
         (select d.name from unit d where d.id = c.department_id) as "departmentName",
         coalesce((select json_agg(s.name order by s.position) from limit_step s
           where s.limit_id = c.limit_id and s.kind = 'processing'), '[]') as steps
       from case_record c where c.code = $1 and c.unit_id = any($2) for no key update`,
      [code, communeIds],
    );
  }

  /** False when the same event at the same instant is in the ledger already. */
  async addEvent(tx: Tx, caseId: number, event: NewEvent, now: Date): Promise<boolean> {
    const made = await one<{ id: number }>(
      tx,
      `insert into case_event (case_id, kind, at, recorded_at, source, data) values ($1, $2, $3, $4, $5, $6)
       on conflict (case_id, kind, at) do nothing returning id`,
      [caseId, event.kind, event.at, now, event.source, JSON.stringify(event.data)],
    );
    return made !== undefined;
  }

  async change(tx: Tx, caseId: number, change: CaseChange, now: Date): Promise<void> {
    await tx.query(
      `update case_record set status = coalesce($2, status), finished_at = coalesce($3, finished_at),
         returned_at = coalesce($4, returned_at), promised_at = coalesce($5, promised_at),
         promised_first_at = coalesce(promised_first_at, promised_at, $5), updated_at = $6
       where id = $1`,
      [
        caseId,
        change.status ?? null,
        change.finishedAt ?? null,
        change.returnedAt ?? null,
        change.promisedAt ?? null,
        now,
      ],
    );
  }

  /** Hands the case to a department; the officer's account is the one of that name, if only one has it. */
  async handOver(
    tx: Tx,
    caseId: number,
    { departmentId, officerName }: NonNullable<CaseChange['handler']>,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `update case_record c set department_id = coalesce($2, department_id), officer_name = $3, updated_at = $4,
         officer_id = (select min(u.id) from user_account u join unit n on n.id = u.unit_id
           where u.active and u.full_name = $3 and c.unit_id in (n.id, n.parent_id) having count(*) = 1)
       where c.id = $1`,
      [caseId, departmentId, officerName, now],
    );
  }

  /** The facts as a correction leaves them. */
  async correct(tx: Tx, caseId: number, facts: CorrectedFacts, now: Date): Promise<void> {
    await tx.query(
      `update case_record set status = $2, received_at = $3, finished_at = $4, returned_at = $5, updated_at = $6
       where id = $1`,
      [caseId, facts.status, facts.receivedAt, facts.finishedAt, facts.returnedAt, now],
    );
  }
}
