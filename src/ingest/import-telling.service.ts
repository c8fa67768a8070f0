import { Injectable } from '@nestjs/common';
import type { Reader } from '../web/reader';
import { isRunning, progressOf } from './import-progress';
import { importReach } from './import-reach';
import type { ImportRequest, ImportResult } from './import-result';
import { IngestService } from './ingest.service';
import { RunLog } from './run-log.service';

/** How far the current step is. */
export interface ToldProgress {
  step: 'reading' | 'comparing' | 'writing' | 'undoing';
  /** 0 to 100; null when nobody knows */
  percent: number | null;
  rows: number;
  /** rows a second */
  rate: number | null;
  secondsLeft: number | null;
}

export interface ToldImport extends ImportResult {
  /** null when nothing is under way */
  progress: ToldProgress | null;
}

/** Imports as the interface tells them. */
@Injectable()
export class ImportTelling {
  constructor(
    private readonly ingest: IngestService,
    private readonly runs: RunLog,
  ) {}

  /** @throws AppError FILE_MISSING, SOURCE_NAME */
  async take(request: ImportRequest, dryRun: boolean): Promise<ToldImport> {
    const result = dryRun ? await this.ingest.checkFile(request) : await this.ingest.importFile(request);
    return { ...result, progress: null };
  }

  /** @throws AppError IMPORT_NOT_FOUND */
  async told(reader: Reader, id: number): Promise<ToldImport> {
    const reach = importReach(reader);
    const run = await this.runs.detail(id, reach);
    const result = await this.runs.result(id, reach);
    if (!isRunning(run.state)) return { ...result, progress: null };
    const { step, percent, rows, rate, secondsLeft } = progressOf(run);
    return { ...result, progress: { step, percent, rows, rate, secondsLeft } };
  }
}
