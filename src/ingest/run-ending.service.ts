import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { FileRefused } from './file-refused';
import { doneMessage } from './import-words';
import { IngestRunRepository } from './ingest-run.repository';
import type { CheckSummary, Run } from './run';
import { RunKeeping } from './run-keeping.service';

/** How a run ends, or waits for a person. */
@Injectable()
export class RunEnding {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly keeping: RunKeeping,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** What the reading left of the run. @throws Error when the run is another's now */
  async current(run: Run): Promise<Run> {
    const now = await this.keeping.current(run);
    if (!now) throw new Error(`import ${run.id} is another's now`);
    return now;
  }

  /** Before anything of the file is written. */
  keepFile(run: Run): Promise<void> {
    return this.keeping.keepFile(run);
  }

  /** Nobody has to confirm the file. */
  async goOnWriting(run: Run): Promise<Run> {
    await this.runs.goOnWriting(this.database.pool, run.id, run.worker);
    return this.current(run);
  }

  checked(run: Run, summary: CheckSummary): Promise<void> {
    return this.runs.checked(this.database.pool, run.id, summary);
  }

  /** Closes the run with what it did, in one transaction with its entry in the audit log. */
  async done(run: Run, inSame: (tx: Tx) => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.database.transaction(async (tx) => {
      await inSame(tx);
      const counts = await this.runs.counts(tx, run.id);
      const before = await this.runs.lastDone(tx, run);
      await this.runs.end(tx, run.id, 'done', {
        message: doneMessage(counts, before),
        finishedAt: this.clock.now(),
      });
      await this.keeping.dropStage(tx, run.id);
      await this.audit.record(tx, {
        actor: run.actor,
        userId: run.userId,
        action: 'cases.imported',
        subject: `import:${run.id}`,
        detail: { file: run.fileName, sha256: run.sha256, ...counts },
      });
    });
    await this.keeping.removeFile(run.id);
  }

  /** Nothing of the file was stored. With its columns known a person may still say what they hold. */
  async refused(run: Run, refusal: FileRefused): Promise<void> {
    const columns = refusal.columns ?? [];
    const mendable = !run.direct && columns.length > 0;
    await this.runs.end(this.database.pool, run.id, 'refused', {
      ...refusal.worded(run.fileName),
      columns,
      finishedAt: this.clock.now(),
    });
    await this.keeping.dropStage(this.database.pool, run.id);
    if (!mendable) await this.keeping.removeFile(run.id);
  }

  /** In the transaction that took the rows back. */
  async undone(
    tx: Tx,
    run: Run,
    { created, changed }: { created: number[]; changed: number[] },
  ): Promise<void> {
    await this.runs.undone(tx, run.id, this.clock.now());
    await this.audit.record(tx, {
      actor: run.undoneBy ?? run.actor,
      userId: null,
      action: 'cases.import-undone',
      subject: `import:${run.id}`,
      detail: { file: run.fileName, removed: created.length, restored: changed.length },
    });
  }

  /** The run is what it was before somebody asked to take it back, and says why that cannot be. */
  async undoRefused(run: Run, { message, remedy }: { message: string; remedy: string }): Promise<void> {
    await this.runs.undoRefused(this.database.pool, run.id, message, remedy);
  }

  async failed(run: Run): Promise<void> {
    await this.runs.end(this.database.pool, run.id, 'failed', { finishedAt: this.clock.now() });
  }
}
