import { Injectable } from '@nestjs/common';
import * as path from 'node:path';
import type { Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { FaultyRows } from './faulty-rows.service';
import { folderWords } from './import-words';
import { IngestService } from './ingest.service';
import type { RunDetail, RunState } from './run';
import { RunLog } from './run-log.service';
import { RunOpening } from './run-opening.service';

const OVER: RunState[] = ['done', 'refused', 'failed', 'cancelled', 'undone', 'undoing'];

/** The imports of dropped files. */
@Injectable()
export class FolderRuns {
  constructor(
    private readonly opening: RunOpening,
    private readonly ingest: IngestService,
    private readonly runs: RunLog,
    private readonly faulty: FaultyRows,
  ) {}

  isOver(state: RunState): boolean {
    return OVER.includes(state);
  }

  /** Opened in the caller's transaction: a file is taken once, whatever happens. @throws AppError SOURCE_NAME */
  async open(tx: Tx, file: string, dropped: string, source: string | null): Promise<number> {
    const unitId = await this.ingest.everywhere();
    const sent = {
      path: file,
      fileName: path.basename(dropped),
      channel: 'folder' as const,
      actor: folderWords.actor,
    };
    return this.opening.open({ ...sent, unitId, source: source ?? undefined }, true, tx);
  }

  /** Null when nothing of the file is kept: then the page tells its faults. */
  private async workbook(run: RunDetail): Promise<Buffer | null> {
    try {
      return await this.faulty.workbook(run);
    } catch (e) {
      if (e instanceof AppError) return null;
      throw e;
    }
  }

  /** An import that is over, and what is put beside its file. */
  async told(runId: number): Promise<{ run: RunDetail; beside: Record<string, Buffer | string> }> {
    const run = await this.runs.detail(runId, [await this.ingest.everywhere()]);
    if (run.state === 'refused' || run.state === 'failed')
      return {
        run,
        beside: { '.loi.txt': folderWords.refused(run.fileName, run.message ?? '', run.remedy ?? '') },
      };
    const workbook = run.faulty > 0 && run.shape !== 'procedures' ? await this.workbook(run) : null;
    return { run, beside: workbook ? { '.dong-loi.xlsx': workbook } : {} };
  }
}
