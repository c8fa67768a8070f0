import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { FileRefused } from './file-refused';
import { ImportOutcome } from './import-outcome';
import type { ImportRequest, ImportResult } from './import-result';
import { ImportRules } from './import-rules';
import { ImportWriter } from './import-writer';
import { ReaderThread } from './reader-thread';
import { RunLog, type Run } from './run-log.service';
import { Turnstile } from './turnstile';

/** Each import holds a connection and a thread; more at once would starve the pages. */
const AT_ONCE = 2;

/** The one way in for files: page, command line, API and samples all come here. */
@Injectable()
export class IngestService {
  private readonly turnstile = new Turnstile(AT_ONCE);

  constructor(
    private readonly database: Database,
    private readonly runs: RunLog,
    private readonly rules: ImportRules,
    private readonly writer: ImportWriter,
    private readonly jobs: JobQueue,
  ) {}

  /**
   * Takes in one file, whole or not at all. A file that cannot be read is no error: the result says 'refused' and
   * why. @throws AppError FILE_MISSING
   */
  importFile(request: ImportRequest): Promise<ImportResult> {
    return this.turnstile.pass(async () => {
      const run = await this.runs.start(request);
      const changed = await this.takeIn(run);
      if (changed) await this.jobs.enqueue('cases.changed', { reason: 'import' });
      return this.runs.result(run.id, [run.unitId]);
    });
  }

  private async takeIn(run: Run): Promise<boolean> {
    const reader = new ReaderThread(run.path, await this.rules.of(run.unitId));
    try {
      const opened = await reader.next();
      if (opened.kind !== 'opened') throw new Error(`the reader began with ${opened.kind}`);
      const outcome = new ImportOutcome(opened.shape);
      outcome.sheet = opened.sheet;
      await this.database.transaction((tx) => this.writer.write(tx, run, reader, outcome));
      return outcome.changed;
    } catch (e) {
      if (!(e instanceof FileRefused)) {
        await this.runs.failed(run);
        throw e;
      }
      await this.runs.refused(run, e);
      return false;
    } finally {
      await reader.close();
    }
  }
}
