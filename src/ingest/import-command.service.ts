import { Injectable } from '@nestjs/common';
import { writeFile } from 'node:fs/promises';
import { FaultyRows } from './faulty-rows.service';
import { ImportActs } from './import-acts.service';
import { effectsOf } from './import-effects';
import { isRunning, progressOf, type ImportProgress } from './import-progress';
import type { ImportRequest, ImportResult } from './import-result';
import { IngestService } from './ingest.service';
import { RunLog } from './run-log.service';

export interface ImportCommandOptions {
  /** Only tells what the file would do. */
  check: boolean;
  /** Where the faulty rows are written as a workbook, when there are any. */
  faults: string | null;
}

export interface CommandResult extends ImportResult {
  /** What a file that was only checked would do. */
  effects: ReturnType<typeof effectsOf> | null;
  /** The workbook was written. */
  faultsWritten: boolean;
}

const LOOK_MS = 500;

/** An import from the command line, followed to its end. */
@Injectable()
export class ImportCommand {
  constructor(
    private readonly ingest: IngestService,
    private readonly runs: RunLog,
    private readonly acts: ImportActs,
    private readonly faulty: FaultyRows,
  ) {}

  /** @throws AppError FILE_MISSING, SOURCE_NAME */
  async run(
    request: ImportRequest,
    { check, faults }: ImportCommandOptions,
    tell: (progress: ImportProgress) => void,
  ): Promise<CommandResult> {
    const unitId = request.unitId ?? (await this.ingest.everywhere());
    const placed = { ...request, unitId };
    const reach = { unitId, communeIds: [unitId] };
    const watch = new Watch(async (id) => {
      const run = await this.runs.detail(id, [unitId]);
      if (isRunning(run.state)) tell(progressOf(run));
    });
    try {
      const start = (id: number) => watch.begin(id);
      const result = await (check
        ? this.ingest.checkFile(placed, start)
        : this.ingest.importFile(placed, start));
      const run = await this.runs.detail(result.runId, [unitId]);
      const wanted = faults !== null && result.faulty > 0;
      if (wanted) await writeFile(faults, await this.faulty.workbook(run));
      // Nobody will confirm it: what was only asked leaves nothing behind.
      if (run.state === 'checked') await this.acts.cancel(reach, run.id);
      return { ...result, effects: check ? effectsOf(run) : null, faultsWritten: wanted };
    } finally {
      await watch.end();
    }
  }
}

/** Looks at a run now and then, one look at a time. */
class Watch {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly look: (id: number) => Promise<void>) {}

  begin(id: number): void {
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look(id)).catch(() => undefined);
    }, LOOK_MS);
    this.timer.unref();
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }
}
