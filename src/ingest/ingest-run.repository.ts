import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { Fault } from './faults';
import type { MappedHeading } from './headings';

export type RunChannel = 'page' | 'command' | 'api' | 'sample';
export type RunShape = 'xlsx' | 'csv' | 'json' | 'procedures';
export type RunState = 'running' | 'done' | 'refused' | 'failed';

export interface NewRun {
  unitId: number;
  channel: RunChannel;
  actor: string;
  fileName: string;
  sha256: string;
  size: number;
  startedAt: Date;
}

export interface RunCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  faulty: number;
}

export interface RunEnd extends RunCounts {
  shape: RunShape | null;
  sheet: string | null;
  state: 'done' | 'refused' | 'failed';
  message: string | null;
  remedy: string | null;
  mapping: MappedHeading[];
  warned: number;
  createdProcedures: string[];
  createdDepartments: string[];
  finishedAt: Date;
}

export interface RunLine extends RunCounts {
  id: number;
  channel: RunChannel;
  actor: string;
  fileName: string;
  fileSize: number;
  shape: RunShape | null;
  state: RunState;
  startedAt: Date;
  finishedAt: Date | null;
}

export interface RunDetail extends RunLine {
  sheet: string | null;
  message: string | null;
  remedy: string | null;
  mapping: MappedHeading[];
  warned: number;
  createdProcedures: string[];
  createdDepartments: string[];
}

const LINE = `r.id, r.channel, r.actor, r.file_name as "fileName", r.file_size as "fileSize", r.shape, r.state, r.rows,
  r.created, r.updated, r.unchanged, r.faulty, r.started_at as "startedAt", r.finished_at as "finishedAt"`;

/** A run older than this that still says "running" lost its process. */
const ABANDONED = `interval '1 hour'`;

@Injectable()
export class IngestRunRepository {
  async insert(tx: Tx, run: NewRun): Promise<number> {
    const found = await one<{ id: number }>(
      tx,
      `insert into ingest_run (unit_id, channel, actor, file_name, file_sha256, file_size, state, started_at)
       values ($1, $2, $3, $4, $5, $6, 'running', $7) returning id`,
      [run.unitId, run.channel, run.actor, run.fileName, run.sha256, run.size, run.startedAt],
    );
    return found!.id;
  }

  async end(tx: Tx, id: number, end: RunEnd): Promise<void> {
    await tx.query(
      `update ingest_run set shape = $2, sheet = $3, state = $4, message = $5, remedy = $6, mapping = $7, rows = $8,
         created = $9, updated = $10, unchanged = $11, faulty = $12, warned = $13, created_procedures = $14,
         created_departments = $15, finished_at = $16
       where id = $1`,
      [
        id,
        end.shape,
        end.sheet,
        end.state,
        end.message,
        end.remedy,
        JSON.stringify(end.mapping),
        end.rows,
        end.created,
        end.updated,
        end.unchanged,
        end.faulty,
        end.warned,
        JSON.stringify(end.createdProcedures),
        JSON.stringify(end.createdDepartments),
        end.finishedAt,
      ],
    );
  }

  async insertFaults(tx: Tx, runId: number, faults: Fault[], severity: 'fault' | 'warning'): Promise<void> {
    if (faults.length === 0) return;
    await tx.query(
      `insert into ingest_fault (run_id, line, column_name, value, message, remedy, case_code, severity)
       select $1, f.line, f.column_name, f.value, f.message, f.remedy, f.case_code, $2
       from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
         as f(line, column_name, value, message, remedy, case_code)`,
      [
        runId,
        severity,
        faults.map((f) => f.line),
        faults.map((f) => f.column),
        faults.map((f) => f.value),
        faults.map((f) => f.message),
        faults.map((f) => f.remedy),
        faults.map((f) => f.caseCode),
      ],
    );
  }

  /** When the same bytes were last taken in for the commune. */
  async lastDone(tx: Tx, sha256: string, unitId: number): Promise<Date | null> {
    const found = await one<{ at: Date | null }>(
      tx,
      `select max(finished_at) as at from ingest_run where file_sha256 = $1 and unit_id = $2 and state = 'done'`,
      [sha256, unitId],
    );
    return found?.at ?? null;
  }

  async closeAbandoned(tx: Tx, now: Date): Promise<void> {
    await tx.query(
      `update ingest_run set state = 'failed', finished_at = $1
       where state = 'running' and started_at < $1::timestamptz - ${ABANDONED}`,
      [now],
    );
  }

  /** Newest first. */
  latest(tx: Tx, communeIds: number[], limit: number, offset: number): Promise<RunLine[]> {
    return rows<RunLine>(
      tx,
      `select ${LINE} from ingest_run r where r.unit_id = any($1) order by r.id desc limit $2 offset $3`,
      [communeIds, limit, offset],
    );
  }

  async count(tx: Tx, communeIds: number[]): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select count(*)::int as n from ingest_run r where r.unit_id = any($1)',
      [communeIds],
    );
    return found!.n;
  }

  byId(tx: Tx, id: number, communeIds: number[]): Promise<RunDetail | undefined> {
    return one<RunDetail>(
      tx,
      `select ${LINE}, r.sheet, r.message, r.remedy, r.mapping, r.warned,
         r.created_procedures as "createdProcedures", r.created_departments as "createdDepartments"
       from ingest_run r where r.id = $1 and r.unit_id = any($2)`,
      [id, communeIds],
    );
  }

  /** Procedures that have a limit. */
  async countLimits(tx: Tx): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select count(distinct procedure_id)::int as n from processing_limit',
    );
    return found!.n;
  }

  async anyCase(tx: Tx, communeIds: number[]): Promise<boolean> {
    const found = await one<{ any: boolean }>(
      tx,
      'select exists (select from case_record where unit_id = any($1)) as any',
      [communeIds],
    );
    return found!.any;
  }

  async countFaults(tx: Tx, runId: number, severity: 'fault' | 'warning'): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select count(*)::int as n from ingest_fault where run_id = $1 and severity = $2',
      [runId, severity],
    );
    return found!.n;
  }

  faults(
    tx: Tx,
    runId: number,
    severity: 'fault' | 'warning',
    limit: number,
    offset: number,
  ): Promise<Fault[]> {
    return rows<Fault>(
      tx,
      `select line, column_name as "column", value, message, remedy, case_code as "caseCode"
       from ingest_fault where run_id = $1 and severity = $2 order by line, id limit $3 offset $4`,
      [runId, severity, limit, offset],
    );
  }
}
