import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { MERGED } from './merge-columns';

export interface KnownCase {
  id: number;
  code: string;
  unitId: number;
}

/** Columns of a case as they stood, by name. */
export type CaseRow = Record<string, unknown>;

/** What is known of cases another system speaks of, and what its word replaced. */
@Injectable()
export class KnownCaseRepository {
  byCode(tx: Tx, codes: string[]): Promise<KnownCase[]> {
    return rows<KnownCase>(tx, 'select id, code, unit_id as "unitId" from case_record where code = any($1)', [
      codes,
    ]);
  }

  /** Of these cases those of which progress told who has them. */
  async handedByProgress(tx: Tx, codes: string[]): Promise<Set<string>> {
    const found = await rows<{ code: string }>(
      tx,
      `select c.code from case_record c where c.code = any($1) and exists (select from case_event e
         where e.case_id = c.id and e.kind = 'noted' and e.data ->> 'progress' = 'true'
           and coalesce(e.data ->> 'department', e.data ->> 'officer') is not null)`,
      [codes],
    );
    return new Set(found.map((c) => c.code));
  }

  async row(tx: Tx, id: number): Promise<CaseRow> {
    const found = await one<{ row: CaseRow }>(
      tx,
      'select to_jsonb(c) as row from case_record c where c.id = $1',
      [id],
    );
    return found!.row;
  }

  /** Puts down what the run replaced in a case, and that it was the last one to touch it. */
  async touched(tx: Tx, runId: number, id: number, before: CaseRow): Promise<void> {
    await tx.query(
      `insert into ingest_change (run_id, case_id, before)
       select $1, c.id, coalesce(jsonb_object_agg(o.key, o.value) filter (where o.value is distinct from n.value), '{}')
         || jsonb_build_object('last_run_id', $3::jsonb -> 'last_run_id', 'updated_at', $3::jsonb -> 'updated_at')
       from case_record c cross join lateral jsonb_each($3::jsonb) o
       join lateral jsonb_each(to_jsonb(c)) n on n.key = o.key
       where c.id = $2 and o.key = any($4) group by c.id
       on conflict (case_id, run_id) do update set before = excluded.before || ingest_change.before`,
      [runId, id, JSON.stringify(before), MERGED],
    );
    await tx.query('update case_record set last_run_id = $1 where id = $2', [runId, id]);
  }

  /** The system names the case too, if it is not the one that named it first. */
  async namedBy(tx: Tx, runId: number, id: number, source: string): Promise<void> {
    await tx.query(
      `insert into case_source (case_id, source, first_run_id, last_run_id)
       select id, $3, $1, $1 from case_record where id = $2 and source <> $3
       on conflict (case_id, source) do update set last_run_id = excluded.last_run_id`,
      [runId, id, source],
    );
  }

  async unitName(tx: Tx, id: number): Promise<string> {
    const found = await one<{ name: string }>(tx, 'select name from unit where id = $1', [id]);
    return found!.name;
  }
}
