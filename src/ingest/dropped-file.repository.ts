import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { RunState } from './run';

/** 'folder' in ASCII, shortened: one process at a time looks into the watched folder. */
const LOOKING_LOCK = 0x666f6c;

/** A file as it was seen last. */
export interface SeenFile {
  /** Below the folder. */
  path: string;
  size: number;
  modifiedAt: Date;
}

export interface DroppedFile extends SeenFile {
  runId: number | null;
  /** of the import that took it */
  state: RunState | null;
  unitId: number | null;
}

@Injectable()
export class DroppedFileRepository {
  /** False while another process looks; until the transaction ends. */
  async mayLook(tx: Tx): Promise<boolean> {
    const found = await one<{ may: boolean }>(tx, 'select pg_try_advisory_xact_lock($1) as may', [
      LOOKING_LOCK,
    ]);
    return found!.may;
  }

  all(tx: Tx): Promise<DroppedFile[]> {
    return rows<DroppedFile>(
      tx,
      `select d.path, d.size::float8, d.modified_at as "modifiedAt", d.run_id as "runId", r.state,
         r.unit_id as "unitId"
       from dropped_file d left join ingest_run r on r.id = d.run_id order by d.path`,
    );
  }

  async see(tx: Tx, { path, size, modifiedAt }: SeenFile): Promise<void> {
    await tx.query(
      `insert into dropped_file (path, size, modified_at) values ($1, $2, $3)
       on conflict (path) do update set size = excluded.size, modified_at = excluded.modified_at, run_id = null`,
      [path, size, modifiedAt],
    );
  }

  async taken(tx: Tx, path: string, runId: number): Promise<void> {
    await tx.query('update dropped_file set run_id = $2 where path = $1', [path, runId]);
  }

  async forget(tx: Tx, path: string): Promise<void> {
    await tx.query('delete from dropped_file where path = $1', [path]);
  }
}
