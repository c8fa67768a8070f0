import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { ChunkWriter } from './chunk-writer.service';
import { ImportCheck } from './import-check.service';
import type { OnProgress } from './import-reading.service';
import { RowNotes } from './row-notes';
import type { Run } from './run';
import { RunEnding } from './run-ending.service';
import { RunKeeping } from './run-keeping.service';
import { ownHeadings } from './source-table';

/** Cases of a staged file: checked for a person, or written. */
@Injectable()
export class CaseRun {
  constructor(
    private readonly database: Database,
    private readonly keeping: RunKeeping,
    private readonly checks: ImportCheck,
    private readonly writer: ChunkWriter,
    private readonly ending: RunEnding,
  ) {}

  isStaged(run: Run): Promise<boolean> {
    return this.keeping.isStaged(run);
  }

  /** Behind the reading: the check of a file that somebody has to confirm, else the writing. */
  async goOn(run: Run, onProgress: OnProgress): Promise<void> {
    const read = await this.ending.current(run);
    if (read.state === 'writing') return this.write(read);
    if (read.direct) return this.write(await this.ending.goOnWriting(read));
    const summary = await this.database.transaction((tx) =>
      this.checks.summarise(tx, read, notesOf(read), onProgress),
    );
    await this.ending.checked(read, summary);
  }

  /** @throws RunTakenAway */
  async write(run: Run): Promise<void> {
    await this.keeping.keepFile(run);
    await this.writer.writeAll(run, notesOf(run));
    await this.ending.done(run);
  }
}

const notesOf = (run: Run): RowNotes => new RowNotes(ownHeadings({ headings: run.mapping }));
