import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

/** Which of the procedures and departments an import used were made by it. */
@Injectable()
export class NewNamesRepository {
  async highest(tx: Tx): Promise<{ procedure: number; unit: number }> {
    const found = await one<{ procedure: number; unit: number }>(
      tx,
      `select coalesce((select max(id) from procedure), 0) as procedure, coalesce((select max(id) from unit), 0) as unit`,
    );
    return found!;
  }

  async procedures(tx: Tx, ids: number[], above: number): Promise<string[]> {
    const found = await rows<{ name: string }>(
      tx,
      `select concat_ws(' ', code, name) as name from procedure where id = any($1) and id > $2 order by 1`,
      [ids, above],
    );
    return found.map((p) => p.name);
  }

  async departments(tx: Tx, ids: number[], above: number): Promise<string[]> {
    const found = await rows<{ name: string }>(
      tx,
      'select name from unit where id = any($1) and id > $2 order by name',
      [ids, above],
    );
    return found.map((u) => u.name);
  }
}
