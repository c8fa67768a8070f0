import { Injectable } from '@nestjs/common';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { AppError } from '../platform/errors';
import { writeFaultyRows } from './faulty-rows.writer';
import { ImportRules } from './import-rules';
import { IncomingFiles } from './incoming-files';
import type { RunDetail } from './run';
import { RunLog } from './run-log.service';
import { MAX_FAULTS } from './source-batches';

/** The faulty rows of a file, to be put right and imported by themselves. */
@Injectable()
export class FaultyRows {
  constructor(
    private readonly runs: RunLog,
    private readonly rules: ImportRules,
    private readonly files: IncomingFiles,
  ) {}

  /** @throws AppError FILE_MISSING when the file is not kept any more */
  async workbook(run: RunDetail): Promise<Buffer> {
    const source = this.files.path(run.id, run.sha256);
    if (!existsSync(source)) throw new AppError('FILE_MISSING', { file: run.fileName });
    const { rules } = await this.rules.of({ ...run, chosen: run.columns });
    // No deadline is computed for rows that stay out.
    delete rules.early;
    const faults = await this.runs.faults(run.id, 'fault', MAX_FAULTS);
    const target = await this.files.scratch();
    try {
      await writeFaultyRows(source, rules, faults, target);
      return await readFile(target);
    } finally {
      await rm(target, { force: true });
    }
  }
}
