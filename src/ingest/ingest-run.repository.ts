import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { CheckSummary, Correction, NewRun, Run, RunColumn, RunCounts, RunState } from './run';
import type { MappedHeading } from './headings';

/** What the reading of a file found. */
export interface Reading {
  asOf: Date | null;
  mapping: MappedHeading[];
  rows: number;
  faulty: number;
  warned: number;
  stagedRows: number;
  groundStamp: string | null;
}

/** Life of a run: every step is a statement that holds only for the one who works on it. */
@Injectable()
export class IngestRunRepository {
  async insert(tx: Tx, run: NewRun): Promise<number> {
    const found = await one<{ id: number }>(
      tx,
      `insert into ingest_run (unit_id, channel, actor, user_id, file_name, file_sha256, file_size, source, direct,
         overwrite, state, started_at, phase_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'checking', $11, now()) returning id`,
      [
        run.unitId,
        run.channel,
        run.actor,
        run.userId,
        run.fileName,
        run.sha256,
        run.size,
        run.source,
        run.direct,
        run.overwrite,
        run.startedAt,
      ],
    );
    return found!.id;
  }

  async goOnWriting(tx: Tx, id: number, worker: string): Promise<void> {
    await tx.query(
      `update ingest_run set state = 'writing', progress = 0, phase_at = now()
       where id = $1 and worker = $2 and state = 'checking'`,
      [id, worker],
    );
  }

  async counts(tx: Tx, id: number): Promise<RunCounts> {
    const found = await one<RunCounts>(
      tx,
      'select rows, created, updated, unchanged, faulty from ingest_run where id = $1',
      [id],
    );
    return found!;
  }

  async opened(
    tx: Tx,
    id: number,
    opened: {
      shape: string;
      sheet: string | null;
      columns: RunColumn[];
      source: string;
      mappedBy: string | null;
    },
  ): Promise<void> {
    await tx.query(
      `update ingest_run set shape = $2, sheet = $3, columns = $4, source = $5, mapped_by = $6 where id = $1`,
      [id, opened.shape, opened.sheet, JSON.stringify(opened.columns), opened.source, opened.mappedBy],
    );
  }

  async read(tx: Tx, id: number, reading: Reading): Promise<void> {
    await tx.query(
      `update ingest_run set as_of = $2, mapping = $3, rows = $4, faulty = $5, warned = $6, staged_rows = $7,
         created = 0, updated = 0, unchanged = 0, written_line = 0, progress = 0, phase_at = clock_timestamp(),
         attempts = 0, ground_stamp = $8
       where id = $1`,
      [
        id,
        reading.asOf,
        JSON.stringify(reading.mapping),
        reading.rows,
        reading.faulty,
        reading.warned,
        reading.stagedRows,
        reading.groundStamp,
      ],
    );
  }

  async checked(tx: Tx, id: number, summary: CheckSummary): Promise<void> {
    await tx.query(
      `update ingest_run set state = 'checked', summary = $2, progress = 1, worker = null, warned = warned + $3
       where id = $1 and state = 'checking'`,
      [id, JSON.stringify(summary), summary.back + summary.kept],
    );
  }

  /** @returns false when the run is not in any of these states */
  async move(tx: Tx, id: number, from: RunState[], to: RunState): Promise<boolean> {
    const found = await rows(
      tx,
      `update ingest_run set state = $3, worker = null, seen_at = null, attempts = 0, progress = 0, phase_at = now(),
         message = null, remedy = null,
         rows = case when $3 = 'checking' then 0 else rows end,
         faulty = case when $3 = 'checking' then 0 else faulty end,
         staged_rows = case when $3 = 'checking' then null else staged_rows end
       where id = $1 and state = any($2) returning id`,
      [id, from, to],
    );
    return found.length > 0;
  }

  async startWriting(
    tx: Tx,
    id: number,
    { overwrite, now }: { overwrite: boolean; now: Date },
  ): Promise<void> {
    // Each chunk compares for itself and tells what it finds.
    await tx.query(`delete from ingest_fault where run_id = $1 and found_by = 'comparing'`, [id]);
    await tx.query(
      `update ingest_run set overwrite = $2, created = 0, updated = 0, unchanged = 0, started_at = $3,
         warned = (select count(*) from ingest_fault f where f.run_id = $1 and f.severity = 'warning')
       where id = $1`,
      [id, overwrite, now],
    );
  }

  async wrote(
    tx: Tx,
    id: number,
    line: number,
    counts: Omit<RunCounts, 'rows'> & { warned: number },
  ): Promise<void> {
    await tx.query(
      `update ingest_run set written_line = $2, created = created + $3, updated = updated + $4,
         unchanged = unchanged + $5, faulty = faulty + $6, warned = warned + $7, attempts = 0, seen_at = now(),
         progress = case when coalesce(staged_rows, 0) = 0 then 1
           else least(1, (created + updated + unchanged + $8)::real / staged_rows) end
       where id = $1`,
      [
        id,
        line,
        counts.created,
        counts.updated,
        counts.unchanged,
        counts.faulty,
        counts.warned,
        counts.created + counts.updated + counts.unchanged,
      ],
    );
  }

  async named(tx: Tx, id: number, procedures: string[], departments: string[]): Promise<void> {
    await tx.query(
      `update ingest_run set created_procedures = created_procedures || $2, created_departments = created_departments || $3
       where id = $1`,
      [id, JSON.stringify(procedures), JSON.stringify(departments)],
    );
  }

  async end(
    tx: Tx,
    id: number,
    state: RunState,
    end: { message?: string | null; remedy?: string | null; columns?: RunColumn[]; finishedAt: Date },
  ): Promise<void> {
    await tx.query(
      `update ingest_run set state = $2, message = $3, remedy = $4, finished_at = $5, worker = null,
         columns = coalesce($6, columns),
         rows = case when $2 = 'refused' then 0 else rows end, faulty = case when $2 = 'refused' then 0 else faulty end
       where id = $1`,
      [
        id,
        state,
        end.message ?? null,
        end.remedy ?? null,
        end.finishedAt,
        end.columns ? JSON.stringify(end.columns) : null,
      ],
    );
  }

  async undone(tx: Tx, id: number, at: Date): Promise<void> {
    await tx.query(`update ingest_run set state = 'undone', undone_at = $2, worker = null where id = $1`, [
      id,
      at,
    ]);
  }

  async undoRefused(tx: Tx, id: number, message: string, remedy: string): Promise<void> {
    await tx.query(
      `update ingest_run set state = 'done', message = $2, remedy = $3, worker = null, undone_by = null
       where id = $1 and state = 'undoing'`,
      [id, message, remedy],
    );
  }

  /** @returns false when the run is not done */
  async startUndo(tx: Tx, id: number, by: string): Promise<boolean> {
    const found = await rows(
      tx,
      `update ingest_run set state = 'undoing', undone_by = $2, worker = null, seen_at = null, attempts = 0,
         phase_at = now()
       where id = $1 and state = 'done' returning id`,
      [id, by],
    );
    return found.length > 0;
  }

  /** What a person says the columns hold. @returns false when the run does not wait for a person */
  async choose(tx: Tx, id: number, chosen: RunColumn[], by: string): Promise<boolean> {
    const found = await rows(
      tx,
      `update ingest_run set columns = $2, mapped_by = $3
       where id = $1 and state in ('checked', 'refused') returning id`,
      [id, JSON.stringify(chosen), by],
    );
    return found.length > 0;
  }

  /** @returns false when the run does not wait for a person */
  async correct(tx: Tx, id: number, corrections: Correction[]): Promise<boolean> {
    const found = await rows(
      tx,
      `update ingest_run set corrections = $2 where id = $1 and state = 'checked' returning id`,
      [id, JSON.stringify(corrections)],
    );
    return found.length > 0;
  }

  /** When the same bytes were last taken in for the commune. */
  async lastDone(tx: Tx, { sha256, unitId, id }: Run): Promise<Date | null> {
    const found = await one<{ at: Date | null }>(
      tx,
      `select max(finished_at) as at from ingest_run
       where file_sha256 = $1 and unit_id = $2 and state = 'done' and id <> $3`,
      [sha256, unitId, id],
    );
    return found?.at ?? null;
  }

  /** The newest list of the source that is newer than this one; one of the whole province tells of its communes. */
  newerList(
    tx: Tx,
    { id, unitId, source, asOf }: Run,
  ): Promise<{ asOf: Date; fileName: string } | undefined> {
    return one(
      tx,
      `select r.as_of as "asOf", r.file_name as "fileName" from ingest_run r
       where (r.unit_id = $1 or r.unit_id = (select parent_id from unit where id = $1))
         and r.source = $2 and r.state = 'done' and r.id <> $3 and r.as_of > $4
       order by r.as_of desc limit 1`,
      [unitId, source, id, asOf],
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
}
