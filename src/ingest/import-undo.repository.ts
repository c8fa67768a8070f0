import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { MERGED } from './merge-columns';

export interface Touched {
  created: number[];
  changed: number[];
}

const RESTORED = [...MERGED, 'last_run_id', 'updated_at'];

/** Takes back what one import wrote. */
@Injectable()
export class ImportUndoRepository {
  /** Locked until the transaction ends. */
  async touched(tx: Tx, runId: number): Promise<Touched> {
    const created = await rows<{ id: number }>(
      tx,
      'select id from case_record where first_run_id = $1 order by id for update',
      [runId],
    );
    const changed = await rows<{ id: number }>(
      tx,
      `select c.id from case_record c join ingest_change x on x.case_id = c.id where x.run_id = $1
       order by c.id for no key update of c`,
      [runId],
    );
    return { created: created.map((c) => c.id), changed: changed.map((c) => c.id) };
  }

  /** The same, for asking only. */
  async touchedNow(tx: Tx, runId: number): Promise<Touched> {
    const found = await one<Touched>(
      tx,
      `select array(select id::float8 from case_record where first_run_id = $1) as created,
         array(select case_id::float8 from ingest_change where run_id = $1) as changed`,
      [runId],
    );
    return found!;
  }

  /** Codes of cases that another import, or a person, has changed since. */
  async changedSince(tx: Tx, runId: number, ids: number[], limit: number): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select c.code from case_record c join ingest_run r on r.id = $1 where c.id = any($2) and (c.last_run_id <> $1
         or exists (select from case_source k where k.case_id = c.id and k.last_run_id > $1)
         or exists (select from case_event e where e.case_id = c.id and e.source <> 'import:' || $1::int
           and e.kind <> 'deadline-moved' and (e.recorded_at > r.started_at
             or e.id > (select max(o.id) from case_event o where o.case_id = c.id and o.source = 'import:' || $1::int))))
       order by c.code limit $3`,
      [runId, ids, limit],
    );
    return found.map((c) => c.code);
  }

  async deleteEvents(tx: Tx, runId: number, { created, changed }: Touched): Promise<void> {
    await tx.query('delete from case_event where case_id = any($1)', [created]);
    await tx.query(`delete from case_event where case_id = any($1) and source = 'import:' || $2::int`, [
      changed,
      runId,
    ]);
  }

  async deleteCases(tx: Tx, ids: number[]): Promise<void> {
    await tx.query('delete from case_record where id = any($1)', [ids]);
  }

  async restore(tx: Tx, runId: number): Promise<void> {
    const assignments = RESTORED.map((name) => `${name} = b.${name}`).join(', ');
    await tx.query(
      `update case_record c set ${assignments}
       from ingest_change x
       join case_record o on o.id = x.case_id
       cross join lateral jsonb_populate_record(o, x.before) b
       where x.run_id = $1 and c.id = x.case_id`,
      [runId],
    );
    await tx.query('delete from case_source where first_run_id = $1', [runId]);
    await tx.query('delete from ingest_change where run_id = $1', [runId]);
  }
}
