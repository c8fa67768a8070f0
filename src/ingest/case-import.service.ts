import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { CaseHistoryRepository } from './case-history.repository';
import { CaseMergeRepository, type MergeContext } from './case-merge.repository';
import { CaseStageRepository, type LineRange, type Stage } from './case-stage.repository';
import type { Fault } from './faults';
import { NewCasesRepository } from './new-cases.repository';
import type { RowNotes } from './row-notes';

const MAX_LOCK_ROUNDS = 5;

/** What became of a range of rows. */
export interface Written {
  created: number;
  updated: number;
  unchanged: number;
  /** Rows that became no case. */
  rejected: Fault[];
  /** Of cases whose status went back, and of those that keep what is newer. */
  warnings: Fault[];
  back: number;
  kept: number;
}

/**
 * Staged rows -> `case_record` and its ledger. The rows are compared with the cases and only what differs is written,
 * all of a range in the caller's transaction.
 */
@Injectable()
export class CaseImport {
  constructor(
    private readonly stage: CaseStageRepository,
    private readonly merge: CaseMergeRepository,
    private readonly history: CaseHistoryRepository,
    private readonly newCases: NewCasesRepository,
    private readonly deadlines: DeadlineService,
  ) {}

  /** The next rows behind a line that are found, written and computed together; null when all are written. */
  nextRange(tx: Tx, stage: Stage, after: number): Promise<LineRange | null> {
    return this.stage.nextRange(tx, stage, after);
  }

  /** To be asked before any row is locked: nobody changes a calendar, and imports of one commune take turns. */
  async takeTurn(tx: Tx, unitId: number): Promise<void> {
    await this.deadlines.holdGround(tx);
    await this.merge.waitForTurn(tx, unitId);
  }

  /** The same for several communes; in the order of their numbers, so that nobody waits in a ring. */
  async takeTurns(tx: Tx, unitIds: number[]): Promise<void> {
    for (const id of [...new Set(unitIds)].sort((a, b) => a - b)) await this.takeTurn(tx, id);
  }

  async write(
    tx: Tx,
    stage: Stage,
    range: LineRange,
    context: MergeContext,
    notes: RowNotes,
  ): Promise<Written> {
    const found = await this.find(tx, stage, range, context, notes);
    if (found.created > 0) await this.merge.insertNew(tx, context);
    if (found.updated > 0) await this.merge.updateChanged(tx, context);
    const differing = found.created + found.updated > 0;
    if (differing) await this.history.addEvents(tx, context);
    const { created, uncomputed } = await this.newCases.insert(tx, stage, range, context);
    const changed = differing ? await this.merge.casesToCompute(tx) : [];
    await this.deadlines.recompute(tx, [...uncomputed, ...changed]);
    return { ...found, created: found.created + created, unchanged: found.unchanged - created };
  }

  /**
   * What `write` would do; the differences stay in the transaction's `ingest_diff`. When writing, cases that are plainly
   * new are left out of it: they go straight from the stage.
   */
  async find(
    tx: Tx,
    stage: Stage,
    range: LineRange,
    context: MergeContext,
    notes: RowNotes,
  ): Promise<Written> {
    await this.merge.create(tx);
    await this.lockedChanges(tx, stage, range, context);
    const rejected = (await this.merge.takeUnfit(tx)).map(notes.rejected);
    const counts = await this.merge.counts(tx);
    const kept = context.older ? await this.merge.keptNewer(tx, stage, range, context.source) : [];
    const back = await this.merge.goneBack(tx);
    return {
      ...counts,
      unchanged: range.rows - rejected.length - counts.created - counts.updated,
      rejected,
      warnings: [...kept.map(notes.keptNewer), ...back.map(notes.wentBack)],
      back: back.length,
      kept: kept.length,
    };
  }

  /** Compares, locks what differs, and compares again if somebody was quicker. */
  private async lockedChanges(tx: Tx, stage: Stage, range: LineRange, context: MergeContext): Promise<void> {
    for (let round = 0; round < MAX_LOCK_ROUNDS; round++) {
      await this.merge.findChanges(tx, stage, range, context);
      if (context.looking || (await this.merge.lockChanged(tx)) === 0) return;
    }
  }
}
