import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LetterFileBatch, LetterFileKind, MadeFile } from './letter-file-batch';

/** Whoever makes a file says so every few seconds; after this the work is another's. */
const SILENCE = `interval '30 seconds'`;

const BATCH = `b.id, b.unit_id as "unitId", b.kind, b.request, b.total, b.done, b.state, b.file_sha256 as "fileSha256",
  b.file_name as "fileName", b.error, (select u.full_name from user_account u where u.id = b.asked_by) as "askedBy",
  b.asked_at as "askedAt", b.finished_at as "finishedAt", b.attempts`;

interface NewBatch {
  unitId: number;
  kind: LetterFileKind;
  request: object;
  by: number | null;
  at: Date;
}

@Injectable()
export class LetterFileBatchRepository {
  /** The same file asked for by the same person is made once while it is on its way. */
  async ask(tx: Tx, { unitId, kind, request, by, at }: NewBatch): Promise<string> {
    const found = await one<{ id: string }>(
      tx,
      `with open as (
         select id from letter_batch where unit_id = $1 and kind = $2 and request = $3::jsonb
           and asked_by is not distinct from $4 and state in ('waiting', 'running') limit 1),
       made as (
         insert into letter_batch (unit_id, kind, request, asked_by, asked_at, state)
         select $1, $2, $3::jsonb, $4, $5, 'waiting' where not exists (select from open) returning id)
       select id from open union all select id from made`,
      [unitId, kind, JSON.stringify(request), by, at],
    );
    return found!.id;
  }

  find(tx: Tx, id: string, communeIds: number[]): Promise<LetterFileBatch | undefined> {
    return one<LetterFileBatch>(
      tx,
      `select ${BATCH} from letter_batch b where b.id = $1 and b.unit_id = any($2)`,
      [id, communeIds],
    );
  }

  /** Newest first. */
  latest(tx: Tx, communeIds: number[], kinds: LetterFileKind[], most: number): Promise<LetterFileBatch[]> {
    return rows<LetterFileBatch>(
      tx,
      `select ${BATCH} from letter_batch b where b.unit_id = any($1) and b.kind = any($2)
       order by b.asked_at desc, b.id limit $3`,
      [communeIds, kinds, most],
    );
  }

  /** Takes the work, unless somebody else is at it or there is nothing to do. */
  claim(tx: Tx, id: string, worker: string): Promise<LetterFileBatch | undefined> {
    return one<LetterFileBatch>(
      tx,
      `update letter_batch b set state = 'running', worker = $2, beat_at = now(), done = 0, attempts = b.attempts + 1
       where b.id = $1 and (b.state = 'waiting' or (b.state = 'running' and b.beat_at < now() - ${SILENCE}))
       returning ${BATCH}`,
      [id, worker],
    );
  }

  /** @returns false when the work is another's now */
  async beat(tx: Tx, id: string, worker: string, { total, done }: { total: number; done: number }) {
    const found = await rows(
      tx,
      `update letter_batch set beat_at = now(), total = $3, done = $4
       where id = $1 and worker = $2 and state = 'running' returning id`,
      [id, worker, total, done],
    );
    return found.length > 0;
  }

  async finish(tx: Tx, id: string, worker: string, made: MadeFile, at: Date): Promise<void> {
    await rows(
      tx,
      `update letter_batch set state = 'done', file_sha256 = $3, file_name = $4, finished_at = $5, done = total
       where id = $1 and worker = $2 and state = 'running'`,
      [id, worker, made.sha256, made.name, at],
    );
  }

  async fail(tx: Tx, id: string, worker: string, error: string, at: Date): Promise<void> {
    await rows(
      tx,
      `update letter_batch set state = 'failed', error = $3, finished_at = $4
       where id = $1 and worker = $2 and state = 'running'`,
      [id, worker, error, at],
    );
  }

  /** The work waits again: because its process ends, or because somebody asks for it once more. */
  async letGo(tx: Tx, id: string, worker: string | null): Promise<void> {
    await rows(
      tx,
      `update letter_batch set state = 'waiting', worker = null, error = null, finished_at = null,
         attempts = case when $2::uuid is null then 0 else attempts - 1 end
       where id = $1 and ((worker = $2 and state = 'running') or ($2 is null and state = 'failed'))`,
      [id, worker],
    );
  }

  /** Files nobody makes although they were asked for. */
  async unattended(tx: Tx): Promise<string[]> {
    const found = await rows<{ id: string }>(
      tx,
      `select id from letter_batch where state = 'waiting' or (state = 'running' and beat_at < now() - ${SILENCE})
       order by asked_at limit 100`,
    );
    return found.map(({ id }) => id);
  }

  /** The offices whose letters these are. */
  async unitsOf(tx: Tx, letterIds: number[], communeIds: number[]): Promise<number[]> {
    const found = await rows<{ unitId: number }>(
      tx,
      'select distinct unit_id as "unitId" from letter where id = any($1) and unit_id = any($2)',
      [letterIds, communeIds],
    );
    return found.map(({ unitId }) => unitId);
  }
}
