import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import type { CopyStreamQuery } from 'pg-copy-streams';
import { Database, type Tx } from '../database/transaction';
import { toInstant } from '../domain/local-date';
import { CaseStageRepository, stageOf, type Stage } from './case-stage.repository';
import type { MappedHeading } from './headings';
import type { ReaderThread } from './reader-thread';
import { ReadingOutcome } from './reading-outcome';
import { RowNotes } from './row-notes';
import type { Run } from './run';
import { RunRows } from './run-rows';
import { SourceOpening, type Opened } from './source-opening.service';
import { ownHeadings } from './source-table';

/** Tells how far the step is, 0 to 1, and the rows read so far. */
export type OnProgress = (progress: number, rows?: number) => void;

/** Rows of a file -> stage: a table of the run's own, where the file is kept while it is compared and written. */
@Injectable()
export class ImportReading {
  constructor(
    private readonly database: Database,
    private readonly stage: CaseStageRepository,
    private readonly runs: RunRows,
    private readonly files: SourceOpening,
  ) {}

  /** @throws FileRefused */
  withReader<T>(
    run: Run,
    use: (reader: ReaderThread, opened: Opened, groundStamp: string) => Promise<T>,
  ): Promise<T> {
    return this.files.withReader(run, use);
  }

  /** Stages the whole file in one transaction; the run then knows its rows and faults. */
  async stageFile(
    run: Run,
    reader: ReaderThread,
    opened: Opened,
    groundStamp: string,
    onProgress: OnProgress,
  ): Promise<void> {
    const outcome = new ReadingOutcome();
    await this.database.transaction(async (tx) => {
      const mapping = await this.fill(tx, stageOf(run.id), reader, outcome, onProgress);
      await this.runs.read(tx, run.id, { asOf: asOf(opened), mapping, groundStamp }, outcome);
    });
  }

  /** The stage of a run whose table is gone; what is told about the run stays. */
  async restage(run: Run, reader: ReaderThread): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.fill(tx, stageOf(run.id), reader, new ReadingOutcome(), () => undefined);
    });
  }

  private async fill(
    tx: Tx,
    stage: Stage,
    reader: ReaderThread,
    outcome: ReadingOutcome,
    onProgress: OnProgress,
  ): Promise<MappedHeading[]> {
    await tx.query(`set local work_mem = '64MB'`);
    await this.stage.create(tx, stage);
    const mapping = await this.copy(tx, stage, reader, outcome, onProgress);
    const repeated = await this.stage.removeRepeated(tx, stage);
    const notes = new RowNotes(ownHeadings({ headings: mapping }));
    outcome.reject(repeated.map(notes.repeated));
    outcome.faults.sort((a, b) => a.line - b.line);
    await this.stage.finishCopy(tx, stage);
    return mapping;
  }

  /** Batches of the reader straight into the stage; the reader waits while the database is busy. */
  private async copy(
    tx: Tx,
    stage: Stage,
    reader: ReaderThread,
    outcome: ReadingOutcome,
    onProgress: OnProgress,
  ): Promise<MappedHeading[]> {
    const copy = await this.stage.openCopy(tx, stage);
    const finished = once(copy, 'finish');
    finished.catch(() => undefined);
    try {
      const mapping = await pour(reader, copy, outcome, onProgress);
      copy.end();
      await finished;
      return mapping;
    } catch (e) {
      copy.destroy(e as Error);
      throw e;
    }
  }
}

const asOf = ({ asOf }: Opened): Date | null =>
  asOf === undefined || asOf === null ? null : toInstant(asOf);

async function pour(
  reader: ReaderThread,
  copy: CopyStreamQuery,
  outcome: ReadingOutcome,
  onProgress: OnProgress,
): Promise<MappedHeading[]> {
  for (;;) {
    const message = await reader.next();
    if (message.kind === 'end') return message.mapping;
    if (message.kind !== 'cases') continue;
    outcome.count(message);
    onProgress(message.progress ?? 0, outcome.rows);
    if (!copy.write(message.bytes)) await once(copy, 'drain');
  }
}
