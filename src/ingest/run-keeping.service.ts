import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { CaseStageRepository, stageOf } from './case-stage.repository';
import { IncomingFiles } from './incoming-files';
import { RunClaimRepository } from './run-claim.repository';
import type { Run } from './run';

/** What a run keeps beside its row: the file, and the rows on their way. */
@Injectable()
export class RunKeeping {
  constructor(
    private readonly database: Database,
    private readonly files: IncomingFiles,
    private readonly stage: CaseStageRepository,
    private readonly runs: RunClaimRepository,
  ) {}

  pathOf({ id, sha256 }: Run): string {
    return this.files.path(id, sha256);
  }

  /** The run as it is stored, while it is this worker's. */
  current({ id, worker }: Run): Promise<Run | undefined> {
    return this.runs.current(this.database.pool, id, worker);
  }

  /** Before the first row is written: a row that names a kept file must find it. */
  keepFile({ id, sha256 }: Run): Promise<void> {
    return this.files.keep(id, sha256);
  }

  /** The rows are still in their table: PostgreSQL empties such tables when it crashes. */
  async isStaged({ id, stagedRows }: Run): Promise<boolean> {
    return stagedRows !== null && (await this.stage.size(this.database.pool, stageOf(id))) === stagedRows;
  }

  dropStage(tx: Tx, runId: number): Promise<void> {
    return this.stage.drop(tx, stageOf(runId));
  }

  removeFile(runId: number): Promise<void> {
    return this.files.remove(runId);
  }

  async drop(runId: number): Promise<void> {
    await this.dropStage(this.database.pool, runId);
    await this.removeFile(runId);
  }

  /** Takes away what runs that are over, or that no longer exist, left behind. */
  async tidy(): Promise<void> {
    const left = [
      ...new Set([...(await this.files.runs()), ...(await this.stage.leftBehind(this.database.pool))]),
    ];
    for (const id of await this.runs.over(this.database.pool, left)) await this.drop(id);
  }
}
