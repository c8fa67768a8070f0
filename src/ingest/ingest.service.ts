import { Injectable } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue';
import { UnitService } from '../units/unit.service';
import type { ImportRequest, ImportResult } from './import-result';
import { ImportRunner } from './import-runner.service';
import { RunLog } from './run-log.service';
import { RunOpening } from './run-opening.service';

/** The one way in for files: page, command line, API, watched folder and samples all come here. */
@Injectable()
export class IngestService {
  constructor(
    private readonly opening: RunOpening,
    private readonly runner: ImportRunner,
    private readonly runs: RunLog,
    private readonly units: UnitService,
    private readonly jobs: JobQueue,
  ) {}

  /**
   * Takes in one file without asking anybody. A file that cannot be read is no error: the result says 'refused' and
   * why. @throws AppError FILE_MISSING, SOURCE_NAME
   */
  async importFile(request: ImportRequest, onStart?: (runId: number) => void): Promise<ImportResult> {
    const { id, unitId } = await this.open(request, true);
    onStart?.(id);
    await this.advance(id);
    return this.runs.result(id, [unitId]);
  }

  /** Reads one file and tells what it would do; it waits to be confirmed. @throws AppError FILE_MISSING, SOURCE_NAME */
  async checkFile(request: ImportRequest, onStart?: (runId: number) => void): Promise<ImportResult> {
    const { id, unitId } = await this.open(request, false);
    onStart?.(id);
    await this.advance(id);
    return this.runs.result(id, [unitId]);
  }

  /** Takes a file over; it is checked in the background. @returns number of the run */
  async start(request: ImportRequest): Promise<number> {
    const { id } = await this.open(request, false);
    await this.enqueue(id);
    return id;
  }

  enqueue(runId: number): Promise<void> {
    return this.jobs.enqueue('imports.advance', { runId }, { jobId: `imports.advance-${runId}` });
  }

  /** Does what the run's state asks for, and tells the rest of the program when cases changed. */
  async advance(runId: number): Promise<void> {
    if (await this.runner.advance(runId)) await this.jobs.enqueue('cases.changed', { reason: 'import' });
  }

  /** The one commune, or the office above all of them. */
  async everywhere(): Promise<number> {
    const communes = await this.units.communes();
    const above = new Set(communes.map((c) => c.parentId));
    const [only] = above;
    return communes.length > 1 && above.size === 1 && only ? only : (await this.units.commune()).id;
  }

  private async open(request: ImportRequest, direct: boolean): Promise<{ id: number; unitId: number }> {
    const unitId = request.unitId ?? (await this.everywhere());
    return { id: await this.opening.open({ ...request, unitId }, direct), unitId };
  }
}
