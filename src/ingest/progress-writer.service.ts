import { Injectable } from '@nestjs/common';
import type { ActContext } from '../cases/case-act';
import { ActLedger } from '../cases/act-ledger.service';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { KnownCaseRepository, type KnownCase } from './known-case.repository';
import { planProgress, type ProgressPlan } from './progress-plan';
import type { ProgressRecord } from './progress-record';
import type { PushRun } from './push-desk.service';

export interface WrittenProgress {
  changed: boolean;
  note: ProgressPlan['note'];
  /** A department nobody had heard of. */
  made: string | null;
}

/** Writes lines of progress into the ledgers of their cases. */
@Injectable()
export class ProgressWriter {
  constructor(
    private readonly ledger: ActLedger,
    private readonly known: KnownCaseRepository,
    private readonly units: UnitService,
    private readonly deadlines: DeadlineService,
  ) {}

  async write(
    tx: Tx,
    reader: Reader,
    run: PushRun,
    { id, unitId }: KnownCase,
    record: ProgressRecord,
  ): Promise<WrittenProgress> {
    const context = recordedLast(await this.ledger.open(tx, reader, record.code, run.now));
    const { department, made } = await this.departmentOf(tx, unitId, record);
    const from = { system: run.source, source: `import:${run.runId}`, department };
    const { write, note } = planProgress(record, context, from);
    if (!write) return { changed: false, note, made };
    const before = await this.known.row(tx, id);
    await this.ledger.enter(tx, context, write);
    await this.known.touched(tx, run.runId, id, before);
    await this.known.namedBy(tx, run.runId, id, run.source);
    return { changed: true, note, made };
  }

  /** After the last line: each case is computed once. */
  async compute(tx: Tx, ids: number[]): Promise<void> {
    await this.deadlines.recompute(tx, ids);
  }

  private async departmentOf(tx: Tx, unitId: number, { department: name }: ProgressRecord) {
    if (name === null) return { department: null, made: null };
    const known = await this.units.departmentNamed(tx, unitId, name);
    const id = known ?? (await this.units.findOrCreateDepartment(tx, unitId, name));
    const department = { id, name: await this.known.unitName(tx, id) };
    return { department, made: known === null ? department.name : null };
  }
}

/** Several lines of one request are recorded one after the other: what was told last holds. */
function recordedLast(context: ActContext): ActContext {
  const last = Math.max(...context.events.map((e) => e.recordedAt.getTime()));
  return { ...context, now: new Date(Math.max(context.now.getTime(), last + 1)) };
}
