import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { CaseImport } from './case-import.service';
import { stageOf } from './case-stage.repository';
import { ImportContexts } from './import-contexts.service';
import { NameResolver } from './name-resolver';
import { retried } from './retried';
import { RowNotes } from './row-notes';
import type { Run } from './run';
import { RunRows } from './run-rows';

/** Somebody else works on the run now, or it was called off. */
export class RunTakenAway extends Error {}

/**
 * Writes a staged run chunk by chunk. Each chunk is a transaction of its own that also says how far the run is: after
 * a crash the cases hold whole chunks, and the run goes on behind the last of them.
 */
@Injectable()
export class ChunkWriter {
  constructor(
    private readonly database: Database,
    private readonly cases: CaseImport,
    private readonly contexts: ImportContexts,
    private readonly names: NameResolver,
    private readonly runs: RunRows,
  ) {}

  /** @throws RunTakenAway */
  async writeAll(run: Run, notes: RowNotes): Promise<void> {
    await this.database.transaction((tx) => this.nameAll(tx, run));
    let left = true;
    while (left) left = await retried(() => this.database.transaction((tx) => this.chunk(tx, run, notes)));
  }

  /** Procedures and departments the file names are made before its first case. */
  private async nameAll(tx: Tx, run: Run): Promise<void> {
    if ((await this.runs.hold(tx, run)) === null) throw new RunTakenAway();
    await this.runs.named(tx, run.id, await this.names.resolve(tx, stageOf(run.id)));
  }

  /** @returns false when there was nothing left */
  private async chunk(tx: Tx, run: Run, notes: RowNotes): Promise<boolean> {
    const stage = stageOf(run.id);
    // Rows of a chunk pass from one step to the next in memory.
    await tx.query(`set local work_mem = '32MB'`);
    await this.cases.takeTurn(tx, run.unitId);
    const writtenLine = await this.runs.hold(tx, run);
    if (writtenLine === null) throw new RunTakenAway();
    const range = await this.cases.nextRange(tx, stage, writtenLine);
    if (range === null) return false;
    const { context } = await this.contexts.of(tx, run);
    const written = await this.cases.write(tx, stage, range, context, notes);
    await this.runs.wrote(tx, run.id, range.last, written);
    return true;
  }
}
