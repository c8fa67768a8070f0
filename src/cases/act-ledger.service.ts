import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { ActContext, ActPlan } from './case-act';
import { countingLines } from './case-ledger';
import { CaseRepository, type CaseChange, type LockedCase, type NewEvent } from './case.repository';
import { DeadlineRepository } from './deadline.repository';
import { DeadlineService } from './deadline.service';
import { stopsOf } from './open-stop';

/** One case locked for an act, and the act written to it. */
@Injectable()
export class ActLedger {
  constructor(
    private readonly cases: CaseRepository,
    private readonly ledger: DeadlineRepository,
    private readonly deadlines: DeadlineService,
  ) {}

  async open(tx: Tx, reader: Reader, code: string, now: Date): Promise<ActContext> {
    const found = await this.cases.lockByCode(tx, code, reader.communeIds);
    if (!found) throw new AppError('CASE_NOT_FOUND', { code });
    const lines = countingLines(await this.ledger.ledger(tx, [found.id]));
    return { found, ...stopsOf(lines), reader, now };
  }

  async write(tx: Tx, { found, now }: ActContext, plan: Extract<ActPlan, { faults: null }>): Promise<void> {
    for (const event of plan.events)
      if (!(await this.cases.addEvent(tx, found.id, event, now)))
        await this.cases.addEvent(tx, found.id, toldAgain(event, found, plan.change, now), now);
    await this.cases.change(tx, found.id, plan.change, now);
    await this.deadlines.recompute(tx, [found.id]);
  }
}

/** What the ledger has at that very instant was taken back since: that it holds again is a correction. */
function toldAgain(event: NewEvent, found: LockedCase, change: CaseChange, now: Date): NewEvent {
  const { status, finishedAt, returnedAt } = change;
  const changes = {
    ...(status !== undefined && { status: { from: found.status, to: status } }),
    ...(finishedAt && { finishedAt: { from: found.finishedAt, to: finishedAt } }),
    ...(returnedAt && { returnedAt: { from: null, to: returnedAt } }),
  };
  return { kind: 'corrected', at: now, source: event.source, data: { ...event.data, changes } };
}
