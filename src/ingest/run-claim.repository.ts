import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { Run } from './run';

/** Somebody who works on a run says so every few seconds; after this the work is another's. */
const SILENCE = `interval '30 seconds'`;

const RUN = `r.id, r.unit_id as "unitId", r.channel, r.actor, r.user_id as "userId", r.file_name as "fileName",
  r.file_sha256 as sha256, r.file_size::float8 as size, r.source, r.direct, r.overwrite, r.started_at as "startedAt",
  r.state, r.shape, r.as_of as "asOf", r.columns as chosen, r.mapped_by as "mappedBy", r.mapping, r.corrections, r.rows, r.faulty,
  r.written_line as "writtenLine", r.staged_rows as "stagedRows", r.attempts, r.worker,
  r.ground_stamp as "groundStamp", r.undone_by as "undoneBy"`;

export interface Seen {
  /** 0 to 1 of the current step */
  progress: number | null;
  /** read so far */
  rows: number | null;
}

/** Who works on a run: exactly one, and somebody else when that one is gone. */
@Injectable()
export class RunClaimRepository {
  /** Takes the work on a run, unless somebody else is at it or there is nothing to do. */
  claim(tx: Tx, id: number, worker: string): Promise<Run | undefined> {
    return one<Run>(
      tx,
      `update ingest_run r set worker = $2, seen_at = now(), attempts = attempts + 1
       where r.id = $1 and r.state in ('checking', 'writing', 'undoing')
         and (r.worker is null or r.seen_at < now() - ${SILENCE})
       returning ${RUN}`,
      [id, worker],
    );
  }

  current(tx: Tx, id: number, worker: string): Promise<Run | undefined> {
    return one<Run>(tx, `select ${RUN} from ingest_run r where r.id = $1 and r.worker = $2`, [id, worker]);
  }

  /** Runs that nobody works on although there is work to do. */
  async unattended(tx: Tx): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select r.id from ingest_run r where r.state in ('checking', 'writing', 'undoing')
         and coalesce(r.seen_at, r.phase_at) < now() - ${SILENCE} order by r.id`,
    );
    return found.map((r) => r.id);
  }

  /** @returns false when the work is another's now, or was called off */
  async seen(tx: Tx, id: number, worker: string, { progress, rows: read }: Seen): Promise<boolean> {
    const found = await rows(
      tx,
      `update ingest_run set seen_at = now(), progress = coalesce($3, progress), rows = greatest(rows, $4)
       where id = $1 and worker = $2 and state in ('checking', 'writing', 'undoing') returning id`,
      [id, worker, progress, read],
    );
    return found.length > 0;
  }

  /** The same inside the transaction of a chunk; nobody takes the work over until it ends. */
  async hold(tx: Tx, id: number, worker: string): Promise<number | null> {
    const found = await one<{ writtenLine: number }>(
      tx,
      `select written_line as "writtenLine" from ingest_run
       where id = $1 and worker = $2 and state = 'writing' for update`,
      [id, worker],
    );
    return found?.writtenLine ?? null;
  }

  async letGo(tx: Tx, id: number, worker: string): Promise<void> {
    await tx.query(`update ingest_run set worker = null, seen_at = now() where id = $1 and worker = $2`, [
      id,
      worker,
    ]);
  }

  /** Of these runs those that are over for good, or never were. */
  async over(tx: Tx, ids: number[]): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select i.id from unnest($1::int[]) i(id) left join ingest_run r on r.id = i.id
       where r.id is null or r.state in ('done', 'cancelled', 'undoing', 'undone')
         or (r.state in ('refused', 'failed') and coalesce(r.finished_at, r.started_at) < now() - interval '7 days')`,
      [ids],
    );
    return found.map((r) => r.id);
  }

  async changedCases(tx: Tx, id: number): Promise<boolean> {
    const found = await one<{ changed: boolean }>(
      tx,
      `select state in ('done', 'undone') and created + updated > 0 as changed from ingest_run where id = $1`,
      [id],
    );
    return found?.changed ?? false;
  }
}
