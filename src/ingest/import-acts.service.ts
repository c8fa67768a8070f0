import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { importReach, type ImportReach } from './import-reach';
import { IngestRunRepository } from './ingest-run.repository';
import { IngestService } from './ingest.service';
import { RunKeeping } from './run-keeping.service';
import { RunLog } from './run-log.service';
import type { RunDetail, RunState } from './run';

/** An import may be taken back for so long. */
export const UNDO_HOURS = 24;
const HOUR_MS = 3_600_000;

/** What a person does to a run. */
@Injectable()
export class ImportActs {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly log: RunLog,
    private readonly ingest: IngestService,
    private readonly keeping: RunKeeping,
  ) {}

  /**
   * Writes a checked file. A second click finds it being written.
   * @returns false when what the person agreed to no longer holds: the file is checked anew instead
   * @throws AppError IMPORT_NOT_CHECKED
   */
  async confirm(reader: Reader, id: number, options: { overwrite: boolean; now: Date }): Promise<boolean> {
    const run = await this.log.detail(id, importReach(reader));
    if (run.state === 'writing' || run.state === 'done') return true;
    if (await this.log.isOutdated(run)) {
      await this.recheck(run);
      return false;
    }
    const moved = await this.database.transaction(async (tx) => {
      if (!(await this.runs.move(tx, id, ['checked'], 'writing'))) return false;
      await this.runs.startWriting(tx, id, options);
      return true;
    });
    if (!moved) throw new AppError('IMPORT_NOT_CHECKED', { id });
    await this.ingest.enqueue(id);
    return true;
  }

  /** A run that broke off goes on where it stopped. @throws AppError IMPORT_NOT_BROKEN */
  async resume(reader: Reader, id: number): Promise<void> {
    const run = await this.log.detail(id, importReach(reader));
    const state = run.created + run.updated + run.unchanged > 0 ? 'writing' : 'checking';
    await this.moved(run, ['failed'], state, 'IMPORT_NOT_BROKEN');
    await this.ingest.enqueue(id);
  }

  /** Nothing of the file is written. @throws AppError IMPORT_NOT_CHECKED */
  async cancel(reader: ImportReach, id: number): Promise<void> {
    const run = await this.log.detail(id, importReach(reader));
    if (run.state === 'cancelled') return;
    await this.moved(run, ['checking', 'checked', 'refused'], 'cancelled', 'IMPORT_NOT_CHECKED');
    await this.keeping.drop(id);
  }

  /** Compares the file with what is stored by now. @throws AppError IMPORT_NOT_CHECKED */
  async checkAgain(reader: Reader, id: number): Promise<void> {
    const run = await this.log.detail(id, importReach(reader));
    if (run.state !== 'checking') await this.recheck(run);
  }

  /** Reads the file anew, with what a person said meanwhile about its columns and cells. */
  async recheck(run: RunDetail): Promise<void> {
    await this.moved(run, ['checked', 'refused'], 'checking', 'IMPORT_NOT_CHECKED');
    await this.ingest.enqueue(run.id);
  }

  /** @throws AppError IMPORT_NOT_DONE, IMPORT_TOO_OLD */
  async undo(reader: Reader, id: number, by: { actor: string; now: Date }): Promise<void> {
    const run = await this.log.detail(id, importReach(reader));
    if (run.state === 'undoing' || run.state === 'undone') return;
    if (!isUndoable(run, by.now))
      throw new AppError(run.state === 'done' && !run.pushed ? 'IMPORT_TOO_OLD' : 'IMPORT_NOT_DONE', {
        id,
        hours: UNDO_HOURS,
      });
    if (!(await this.runs.startUndo(this.database.pool, id, by.actor)))
      throw new AppError('IMPORT_NOT_DONE', { id });
    await this.ingest.enqueue(id);
  }

  /** Calls a file off, or takes back what was written. @throws AppError as `cancel` and `undo` */
  async remove(reader: Reader, id: number, by: { actor: string; now: Date }): Promise<void> {
    const { state } = await this.log.detail(id, importReach(reader));
    const written = state === 'done' || state === 'undoing' || state === 'undone';
    await (written ? this.undo(reader, id, by) : this.cancel(reader, id));
  }

  private async moved(
    run: RunDetail,
    from: RunState[],
    to: RunState,
    code: 'IMPORT_NOT_CHECKED' | 'IMPORT_NOT_BROKEN',
  ): Promise<void> {
    if (!(await this.runs.move(this.database.pool, run.id, from, to)))
      throw new AppError(code, { id: run.id });
  }
}

/** What a run that was refused or broke off needs to go on is kept for so many days. */
const KEPT_DAYS = 7;

const isKept = ({ finishedAt, startedAt }: RunDetail, now: Date): boolean =>
  now.getTime() - (finishedAt ?? startedAt).getTime() < KEPT_DAYS * 24 * HOUR_MS;

/** A person may still say what the columns of the file hold. */
export const isMappable = (run: RunDetail, now: Date): boolean =>
  run.columns.length > 0 &&
  (run.state === 'checked' || (run.state === 'refused' && !run.direct && isKept(run, now)));

export const isResumable = (run: RunDetail, now: Date): boolean => run.state === 'failed' && isKept(run, now);

/**
 * Cases of the run may still be taken back. A catalogue of procedures never is, its limits are dated instead; nor are
 * records that another system sends: it would send them again.
 */
export const isUndoable = (run: RunDetail, now: Date): boolean =>
  run.state === 'done' &&
  !run.pushed &&
  run.shape !== 'procedures' &&
  run.created + run.updated > 0 &&
  run.finishedAt !== null &&
  now.getTime() - run.finishedAt.getTime() < UNDO_HOURS * HOUR_MS;
