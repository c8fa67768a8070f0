import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import type { CopyStreamQuery } from 'pg-copy-streams';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { CaseHistoryRepository } from './case-history.repository';
import { CaseMergeRepository, type MergeContext } from './case-merge.repository';
import { CaseStageRepository, type RemovedRow, type UnstartableRow } from './case-stage.repository';
import { FIELD_WORDS } from './fields';
import { wordFault, type Fault, type FaultArgs, type FaultCode } from './faults';
import type { MappedHeading } from './headings';
import type { ImportOutcome } from './import-outcome';
import { NameResolver } from './name-resolver';
import type { ReaderThread } from './reader-thread';
import type { Run } from './run-log.service';
import { ownHeadings } from './source-table';

/** Lines whose changes are found, written and computed together. */
const CHUNK = 20_000;
const MAX_LOCK_ROUNDS = 5;

/**
 * Cases of a file -> `case_record` and its ledger, all in one transaction: a file that breaks off in its last line
 * leaves nothing. The file is first copied into a temporary table, which is where a large file is kept while it is
 * checked as a whole; then the table is compared with the cases and only what differs is written.
 */
@Injectable()
export class CaseImport {
  constructor(
    private readonly stage: CaseStageRepository,
    private readonly merge: CaseMergeRepository,
    private readonly history: CaseHistoryRepository,
    private readonly names: NameResolver,
    private readonly deadlines: DeadlineService,
  ) {}

  async write(tx: Tx, run: Run, reader: ReaderThread, outcome: ImportOutcome): Promise<void> {
    await this.stage.create(tx);
    await this.copy(tx, reader, outcome);
    await this.stage.waitForTurn(tx);
    await this.deadlines.holdGround(tx);
    await this.rejectUnfit(tx, run, outcome);
    await this.names.resolve(tx, run.unitId, outcome);
    await this.mergeAll(tx, run, outcome);
  }

  /** Batches of the reader straight into the stage; the reader waits while the database is busy. */
  private async copy(tx: Tx, reader: ReaderThread, outcome: ImportOutcome): Promise<void> {
    const copy = await this.stage.openCopy(tx);
    const finished = once(copy, 'finish');
    finished.catch(() => undefined);
    try {
      outcome.mapping = await this.pour(reader, copy, outcome);
    } catch (e) {
      copy.destroy(e as Error);
      throw e;
    }
    copy.end();
    await finished;
    await this.stage.finishCopy(tx);
  }

  private async pour(
    reader: ReaderThread,
    copy: CopyStreamQuery,
    outcome: ImportOutcome,
  ): Promise<MappedHeading[]> {
    for (;;) {
      const message = await reader.next();
      if (message.kind === 'end') return message.mapping;
      if (message.kind !== 'cases') continue;
      outcome.count(message);
      if (!copy.write(message.bytes)) await once(copy, 'drain');
    }
  }

  /** What only the whole file and the stored cases tell: repeated codes, foreign cases, new cases without facts. */
  private async rejectUnfit(tx: Tx, run: Run, outcome: ImportOutcome): Promise<void> {
    const column = ownHeadings({ headings: outcome.mapping }).code ?? FIELD_WORDS.code.label;
    const fault = (row: RemovedRow, code: FaultCode, args: FaultArgs = {}): Fault => ({
      line: row.line,
      column,
      value: row.code,
      ...wordFault(code, args),
      caseCode: row.code,
    });
    const repeated = await this.stage.removeRepeated(tx);
    outcome.reject(repeated.map((row) => fault(row, 'CODE_TWICE', { line: row.first })));
    const foreign = await this.stage.removeForeign(tx, run.unitId);
    outcome.reject(foreign.map((row) => fault(row, 'CODE_OF_OTHER_UNIT')));
    const unstartable = await this.stage.removeUnstartable(tx);
    outcome.reject(unstartable.map((row) => fault(row, 'NEW_CASE_INCOMPLETE', { missing: missingOf(row) })));
    outcome.faults.sort((a, b) => a.line - b.line);
  }

  private async mergeAll(tx: Tx, run: Run, outcome: ImportOutcome): Promise<void> {
    const context: MergeContext = {
      runId: run.id,
      unitId: run.unitId,
      source: outcome.shape === 'json' ? 'portal' : 'list',
      now: run.now,
    };
    const { first, last } = await this.stage.lines(tx);
    outcome.unchanged = outcome.rows - outcome.faulty;
    if (first === null || last === null) return;
    await this.merge.create(tx);
    for (let line = first; line <= last; line += CHUNK) {
      await this.lockedChanges(tx, line, line + CHUNK - 1);
      const created = await this.merge.insertNew(tx, context);
      const updated = await this.merge.updateChanged(tx, context);
      outcome.created += created;
      outcome.updated += updated;
      outcome.unchanged -= created + updated;
      await this.history.addEvents(tx, context);
      await this.deadlines.recompute(tx, await this.merge.changedCases(tx));
    }
  }

  /** Compares, locks what differs, and compares again if somebody was quicker. */
  private async lockedChanges(tx: Tx, first: number, last: number): Promise<void> {
    for (let round = 0; round < MAX_LOCK_ROUNDS; round++) {
      await this.merge.findChanges(tx, first, last);
      if ((await this.merge.lockChanged(tx)) === 0) return;
    }
  }
}

const missingOf = (row: UnstartableRow): string =>
  [
    row.procedureMissing ? FIELD_WORDS.procedureName.label : null,
    row.applicantMissing ? FIELD_WORDS.applicantName.label : null,
    row.receptionMissing ? FIELD_WORDS.receivedAt.label : null,
  ]
    .filter((label) => label !== null)
    .join(', ')
    .toLowerCase();
