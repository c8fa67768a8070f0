import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { NamedColumn } from './column-layout';

/** Lists of a source looked at for headings in common. */
const RECENT = 20;

@Injectable()
export class ColumnMemoryRepository {
  /** The one of the same layout first, then the newest. */
  of(
    tx: Tx,
    unitId: number,
    source: string,
    layout: string,
  ): Promise<{ columns: NamedColumn[]; savedBy: string }[]> {
    return rows(
      tx,
      `select columns, saved_by as "savedBy" from ingest_mapping where unit_id = $1 and source = $2
       order by layout = $3 desc, saved_at desc limit ${RECENT}`,
      [unitId, source, layout],
    );
  }

  async save(
    tx: Tx,
    said: {
      unitId: number;
      source: string;
      layout: string;
      columns: NamedColumn[];
      savedBy: string;
      now: Date;
    },
  ): Promise<void> {
    await tx.query(
      `insert into ingest_mapping (unit_id, source, layout, columns, saved_by, saved_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (unit_id, source, layout)
       do update set columns = excluded.columns, saved_by = excluded.saved_by, saved_at = excluded.saved_at`,
      [said.unitId, said.source, said.layout, JSON.stringify(said.columns), said.savedBy, said.now],
    );
  }
}
