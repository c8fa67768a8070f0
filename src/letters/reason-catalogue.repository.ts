import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { ReasonGroup, ReasonNature } from './letter-reason';

@Injectable()
export class ReasonCatalogueRepository {
  /** Reasons the office wrote itself, in its order; none: it uses those of the program. */
  ofUnit(tx: Tx, unitId: number): Promise<{ nature: ReasonNature; text: string }[]> {
    return rows(tx, 'select nature, text from letter_reason where unit_id = $1 order by nature, place', [
      unitId,
    ]);
  }

  async replace(tx: Tx, unitId: number, groups: ReasonGroup[]): Promise<void> {
    const written = groups.flatMap(({ nature, reasons }) =>
      reasons.map((text, place) => ({ nature, text, place })),
    );
    await rows(tx, 'delete from letter_reason where unit_id = $1', [unitId]);
    await rows(
      tx,
      `insert into letter_reason (unit_id, nature, text, place)
       select $1, nature, text, place from jsonb_to_recordset($2::jsonb) x (nature text, text text, place int)`,
      [unitId, JSON.stringify(written)],
    );
  }
}
