import { Injectable } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { CaseRun } from './case-run.service';
import { CatalogueImport } from './catalogue-import.service';
import type { FileRefused } from './file-refused';
import { ImportReading, type OnProgress } from './import-reading.service';
import { ImportUndo } from './import-undo.service';
import type { ReaderThread } from './reader-thread';
import type { Run } from './run';
import { RunEnding } from './run-ending.service';
import type { Opened } from './source-opening.service';

/** What a run does in each of its states. */
@Injectable()
export class ImportSteps {
  constructor(
    private readonly reading: ImportReading,
    private readonly cases: CaseRun,
    private readonly catalogue: CatalogueImport,
    private readonly undo: ImportUndo,
    private readonly ending: RunEnding,
  ) {}

  /** @throws FileRefused, RunTakenAway */
  async advance(run: Run, onProgress: OnProgress): Promise<void> {
    if (run.state === 'undoing') return this.takeBack(run);
    if (run.state === 'writing' && run.shape !== 'procedures' && (await this.cases.isStaged(run)))
      return this.cases.write(run);
    const cases = await this.reading.withReader(run, (reader, opened, stamp) =>
      opened.shape === 'procedures'
        ? this.takeCatalogue(run, reader)
        : this.takeRows(run, reader, opened, stamp, onProgress),
    );
    if (cases) await this.cases.goOn(run, onProgress);
  }

  refuse(run: Run, refusal: FileRefused): Promise<void> {
    return this.ending.refused(run, refusal);
  }

  fail(run: Run): Promise<void> {
    return this.ending.failed(run);
  }

  private async takeBack(run: Run): Promise<void> {
    try {
      await this.undo.perform(run);
    } catch (e) {
      if (!(e instanceof AppError)) throw e;
      await this.ending.undoRefused(run, e);
    }
  }

  private async takeCatalogue(run: Run, reader: ReaderThread): Promise<false> {
    if (run.state === 'writing' || run.direct) await this.catalogue.write(run, reader);
    else await this.catalogue.check(run, reader);
    return false;
  }

  private async takeRows(
    run: Run,
    reader: ReaderThread,
    opened: Opened,
    stamp: string,
    onProgress: OnProgress,
  ): Promise<true> {
    if (run.state === 'writing') await this.reading.restage(run, reader);
    else await this.reading.stageFile(run, reader, opened, stamp, onProgress);
    return true;
  }
}
