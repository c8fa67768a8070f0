import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { layoutOf, recalledColumns, sameFields } from './column-layout';
import { ColumnMemoryRepository } from './column-memory.repository';
import { usualSource } from './ingest-sources.service';
import type { Run, RunColumn, RunShape } from './run';

const A_LIST: RunShape = 'xlsx';

export interface Recalled {
  columns: RunColumn[];
  savedBy: string;
}

/** Remembers, for each source of a commune, what people said the columns of its lists hold. */
@Injectable()
export class ColumnMemory {
  constructor(
    private readonly database: Database,
    private readonly memories: ColumnMemoryRepository,
  ) {}

  /**
   * What was said of a list with the same headings, else of the newest one that shares some.
   * @param shape null when the file could not be read so far
   * @returns null when nothing was said, or nothing else than the headings say themselves
   */
  async recall(
    { unitId, source }: Pick<Run, 'unitId' | 'source'>,
    columns: RunColumn[],
    shape: RunShape | null,
  ): Promise<Recalled | null> {
    if (columns.length === 0) return null;
    const from = source ?? usualSource(shape ?? A_LIST);
    const said = await this.memories.of(this.database.pool, unitId, from, layoutOf(columns));
    for (const { columns: told, savedBy } of said) {
      const recalled = recalledColumns(columns, told);
      // A list that would lose its codes is another one.
      if (!recalled?.some(({ field }) => field === 'code')) continue;
      // What was refused only seems to hold this; somebody has said so now.
      const known = shape !== null && sameFields(recalled, columns);
      return known ? null : { columns: recalled, savedBy };
    }
    return null;
  }

  save(
    tx: Tx,
    { unitId, source, shape }: { unitId: number; source: string | null; shape: RunShape | null },
    columns: RunColumn[],
    by: { savedBy: string; now: Date },
  ): Promise<void> {
    return this.memories.save(tx, {
      unitId,
      source: source ?? usualSource(shape ?? A_LIST),
      layout: layoutOf(columns),
      columns: columns.map(({ index, heading, field }) => ({ index, heading, field })),
      ...by,
    });
  }
}
