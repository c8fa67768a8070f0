import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { ImportUndoGuards } from './import-undo-guards';
import { ImportUndoRepository } from './import-undo.repository';
import { RunEnding } from './run-ending.service';
import type { Run } from './run';

const NAMED = 10;

export interface UndoForecast {
  vanish: number;
  restored: number;
  obstacle: AppError | null;
}

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

  /** What it would do, and why it cannot be done; null when it can. */
  forecast(run: Pick<Run, 'id' | 'startedAt'>): Promise<UndoForecast> {
    return this.database.snapshot(async (tx) => {
      const { created, changed } = await this.undos.touchedNow(tx, run.id);
      const obstacle = await this.obstacle(tx, run, [...created, ...changed]);
      return { vanish: created.length, restored: changed.length, obstacle };
    });
  }

  private async refuseIfBuiltOn(tx: Tx, run: Run, ids: number[]): Promise<void> {
    const obstacle = await this.obstacle(tx, run, ids);
    if (obstacle) throw obstacle;
  }

  private async obstacle(
    tx: Tx,
    { id, startedAt }: Pick<Run, 'id' | 'startedAt'>,
    cases: number[],
  ): Promise<AppError | null> {
    const codes = new Set([
      ...(await this.undos.changedSince(tx, id, cases, NAMED + 1)),
      ...(await this.guards.acted(tx, cases, startedAt)),
    ]);
    if (codes.size === 0) return null;
    const named = [...codes].slice(0, NAMED).join(', ');
    return new AppError('IMPORT_BUILT_ON', { id, codes: codes.size > NAMED ? `${named}, …` : named });
  }
}
