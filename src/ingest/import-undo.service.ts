import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { ImportUndoGuards } from './import-undo-guards';
import { ImportUndoRepository } from './import-undo.repository';
import { RunEnding } from './run-ending.service';
import type { Run } from './run';

const NAMED = 10;

/**
 * Takes a whole import back: cases it made vanish, cases it changed are what they were, and the log keeps the run as
 * undone. Only while nobody has built on it.
 */
@Injectable()
export class ImportUndo {
  constructor(
    private readonly database: Database,
    private readonly undos: ImportUndoRepository,
    private readonly guards: ImportUndoGuards,
    private readonly deadlines: DeadlineService,
    private readonly ending: RunEnding,
  ) {}

  /** @throws AppError IMPORT_BUILT_ON with the cases that stand in the way */
  async perform(run: Run): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.deadlines.holdGround(tx);
      const touched = await this.undos.touched(tx, run.id);
      const ids = [...touched.created, ...touched.changed];
      await this.refuseIfBuiltOn(tx, run, ids);
      await this.guards.release(tx, touched.created);
      await this.undos.deleteEvents(tx, run.id, touched);
      await this.undos.restore(tx, run.id);
      await this.undos.deleteCases(tx, touched.created);
      await this.deadlines.recompute(tx, touched.changed);
      await this.ending.undone(tx, run, touched);
    });
  }

  private async refuseIfBuiltOn(tx: Tx, run: Run, ids: number[]): Promise<void> {
    const codes = new Set([
      ...(await this.undos.changedSince(tx, run.id, ids, NAMED + 1)),
      ...(await this.guards.acted(tx, ids)),
    ]);
    if (codes.size === 0) return;
    const named = [...codes].slice(0, NAMED).join(', ');
    throw new AppError('IMPORT_BUILT_ON', { id: run.id, codes: codes.size > NAMED ? `${named}, …` : named });
  }
}
