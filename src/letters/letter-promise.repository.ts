import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';

@Injectable()
export class LetterPromiseRepository {
  /** Letters whose case still stands as they say: same deadline, no result before `at`, not promised by them yet. */
  async movable(tx: Tx, letterIds: number[], at: Date): Promise<Set<number>> {
    const found = await rows<{ id: number }>(
      tx,
      `select l.id from letter l join case_record c on c.id = l.case_id
       where l.id = any($1) and c.deadline_at = l.deadline_at
         and (c.finished_at is null or c.finished_at > $2) and c.status not in (3, 7, 8)
         and not exists (select from case_event e where e.case_id = c.id and e.source = 'letter:' || l.id)
       order by l.id for update of c`,
      [letterIds, at],
    );
    return new Set(found.map(({ id }) => id));
  }

  /** The case is promised for a new date; what was promised first stays. */
  async promiseAgain(
    tx: Tx,
    caseId: number,
    promise: { newDueAt: Date; at: Date; recordedAt: Date; letterId: number; data: object },
  ): Promise<void> {
    await rows(
      tx,
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       values ($1, 'promised-again', $2, $3, $4, $5)`,
      [caseId, promise.at, promise.recordedAt, `letter:${promise.letterId}`, JSON.stringify(promise.data)],
    );
    await rows(
      tx,
      `update case_record set promised_first_at = coalesce(promised_first_at, promised_at), promised_at = $2,
         updated_at = $3 where id = $1`,
      [caseId, promise.newDueAt, promise.recordedAt],
    );
  }
}
