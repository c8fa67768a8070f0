import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { Fault } from './faults';
import type { RunDetail, RunFault, RunLine, RunState } from './run';

export type Severity = 'fault' | 'warning';

/** null: all of them */
export interface RunFilter {
  states: RunState[] | null;
  source: string | null;
}

const FILTERED = `r.unit_id = any($1) and ($2::text[] is null or r.state = any($2))
  and ($3::text is null or r.source = $3)`;

const LINE = `r.id, r.channel, r.actor, r.file_name as "fileName", r.file_size::float8 as "fileSize", r.source,
  s.name as "sourceName", r.shape, r.state, r.rows, r.created, r.updated, r.unchanged, r.faulty,
  r.started_at as "startedAt", r.finished_at as "finishedAt", r.pushed_on is not null as pushed`;
const FROM = 'ingest_run r left join ingest_source s on s.code = r.source';

/** What is told about runs: the list, one run, its faults. */
@Injectable()
export class RunReportRepository {
  /** Newest first. */
  latest(
    tx: Tx,
    communeIds: number[],
    { states, source }: RunFilter,
    window: { limit: number; offset: number },
  ): Promise<RunLine[]> {
    return rows<RunLine>(
      tx,
      `select ${LINE} from ${FROM} where ${FILTERED} order by r.id desc limit $4 offset $5`,
      [communeIds, states, source, window.limit, window.offset],
    );
  }

  async count(tx: Tx, communeIds: number[], { states, source }: RunFilter): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from ingest_run r where ${FILTERED}`,
      [communeIds, states, source],
    );
    return found!.n;
  }

  byId(tx: Tx, id: number, communeIds: number[]): Promise<RunDetail | undefined> {
    return one<RunDetail>(
      tx,
      `select ${LINE}, r.unit_id as "unitId", r.sheet, r.as_of as "asOf", r.overwrite, r.message, r.remedy, r.mapping,
         r.columns, r.mapped_by as "mappedBy", r.corrections, r.direct,
         r.file_sha256 as sha256, r.summary, r.warned, r.created_procedures as "createdProcedures",
         r.created_departments as "createdDepartments", r.progress::float8,
         extract(epoch from now() - r.phase_at)::float8 as seconds, r.staged_rows as "stagedRows",
         r.undone_by as "undoneBy", r.undone_at as "undoneAt"
       from ${FROM} where r.id = $1 and r.unit_id = any($2)`,
      [id, communeIds],
    );
  }

  async insertFaults(
    tx: Tx,
    runId: number,
    faults: Fault[],
    severity: Severity,
    foundBy: 'reading' | 'comparing',
  ): Promise<void> {
    if (faults.length === 0) return;
    await tx.query(
      `insert into ingest_fault (run_id, line, column_name, value, message, remedy, case_code, field, suggestion,
         severity, found_by)
       select $1, f.line, f.column_name, f.value, f.message, f.remedy, f.case_code, f.field, f.suggestion, $2, $3
       from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
         as f(line, column_name, value, message, remedy, case_code, field, suggestion)`,
      [
        runId,
        severity,
        foundBy,
        faults.map((f) => f.line),
        faults.map((f) => f.column),
        faults.map((f) => f.value),
        faults.map((f) => f.message),
        faults.map((f) => f.remedy),
        faults.map((f) => f.caseCode),
        faults.map((f) => f.field),
        faults.map((f) => f.suggestion),
      ],
    );
  }

  /** @param foundBy all when left out */
  async deleteFaults(tx: Tx, runId: number, foundBy?: 'comparing'): Promise<void> {
    await tx.query('delete from ingest_fault where run_id = $1 and ($2::text is null or found_by = $2)', [
      runId,
      foundBy ?? null,
    ]);
  }

  async countFaults(tx: Tx, runId: number, severity: Severity): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select count(*)::int as n from ingest_fault where run_id = $1 and severity = $2',
      [runId, severity],
    );
    return found!.n;
  }

  faults(tx: Tx, runId: number, severity: Severity, limit: number, offset: number): Promise<RunFault[]> {
    return rows<RunFault>(
      tx,
      `select id::float8, severity, line, column_name as "column", value, message, remedy, case_code as "caseCode",
         field, suggestion
       from ingest_fault where run_id = $1 and severity = $2 order by line, id limit $3 offset $4`,
      [runId, severity, limit, offset],
    );
  }

  async countSuggestions(tx: Tx, runId: number): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from ingest_fault
       where run_id = $1 and suggestion is not null and field is not null`,
      [runId],
    );
    return found!.n;
  }

  /** Faults with a suggestion; one of them when its id is given. */
  suggestions(tx: Tx, runId: number, faultId: number | null): Promise<RunFault[]> {
    return rows<RunFault>(
      tx,
      `select id::float8, severity, line, column_name as "column", value, message, remedy, case_code as "caseCode",
         field, suggestion
       from ingest_fault where run_id = $1 and suggestion is not null and field is not null
         and ($2::bigint is null or id = $2) order by line, id`,
      [runId, faultId],
    );
  }
}
