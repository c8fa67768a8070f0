import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';

/**
 * How far the other lists of the same communes are written; it only grows. A province's list meets those of its
 * communes. Cases that other systems send one by one come all day: they would make every check look outdated.
 */
const OTHERS_WRITTEN = `(select concat_ws('/', count(*) filter (where o.state in ('done', 'undoing', 'undone')),
    count(*) filter (where o.state = 'undone'), coalesce(sum(o.created + o.updated), 0))
  from ingest_run o where o.id <> r.id and o.pushed_on is null and (o.unit_id = r.unit_id or exists (
    select from unit u where (u.id = o.unit_id and u.parent_id = r.unit_id)
      or (u.id = r.unit_id and u.parent_id = o.unit_id))))`;

/** Whether what a check found still holds. */
@Injectable()
export class OtherImportsRepository {
  async note(tx: Tx, runId: number): Promise<void> {
    await tx.query(`update ingest_run r set others_written = ${OTHERS_WRITTEN} where r.id = $1`, [runId]);
  }

  async haveWritten(tx: Tx, runId: number): Promise<boolean> {
    const found = await one<{ more: boolean }>(
      tx,
      `select r.others_written is distinct from ${OTHERS_WRITTEN} as more from ingest_run r where r.id = $1`,
      [runId],
    );
    return found?.more ?? false;
  }
}
