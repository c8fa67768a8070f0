import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import type { ActContext, ActPlan } from './case-act';
import { CaseActRepository, type CaseChange, type LockedCase, type NewEvent } from './case-act.repository';
import { countingEvents } from './case-events';
import { CaseRepository } from './case.repository';
import { DeadlineService } from './deadline.service';
import { stopsIn } from './open-stop';

type Plan = Pick<Extract<ActPlan, { faults: null }>, 'events' | 'change'>;

/** One case locked for an act, and the act written to it. */
@Injectable()
export class ActLedger {
  constructor(
    private readonly cases: CaseRepository,
    private readonly acts: CaseActRepository,
    private readonly deadlines: DeadlineService,
    private readonly units: UnitService,
  ) {}

  async open(tx: Tx, reader: Reader, code: string, now: Date): Promise<ActContext> {
    await this.deadlines.holdGround(tx);
    const found = await this.acts.lockByCode(tx, code, reader.communeIds);
    if (!found) throw new AppError('CASE_NOT_FOUND', { code });
    const events = await this.cases.events(tx, found.id);
    const departments = await this.units.departments(found.unitId);
    return { found, ...stopsIn(events), events, departments, reader, now };
  }

  async write(tx: Tx, context: ActContext, plan: Plan): Promise<void> {
    await this.enter(tx, context, plan);
    await this.deadlines.recompute(tx, [context.found.id]);
  }

  /** The same for several acts in one transaction: the caller recomputes the deadlines when all are entered. */
  async enter(tx: Tx, context: ActContext, { events, change }: Plan): Promise<void> {
    const { found, now } = context;
    for (const event of events) await this.add(tx, context, event, change);
    await this.acts.change(tx, found.id, change, now);
    if (change.handler) await this.acts.handOver(tx, found.id, change.handler, now);
    if (change.corrected) await this.acts.correct(tx, found.id, change.corrected, now);
  }

  private async add(tx: Tx, context: ActContext, event: NewEvent, change: CaseChange): Promise<void> {
    const { found, now } = context;
    if (event.kind === 'noted' || event.kind === 'corrected') return this.addNow(tx, found, event, now);
    if (await this.acts.addEvent(tx, found.id, event, now)) return;
    await this.addNow(tx, found, retold(context, event) ?? toldAgain(event, found, change, now), now);
  }

  /** What happens when it is written: a second one in the same moment comes just after it. */
  private async addNow(tx: Tx, { id }: LockedCase, event: NewEvent, now: Date): Promise<void> {
    let at = event.at;
    while (!(await this.acts.addEvent(tx, id, { ...event, at }, now))) at = new Date(at.getTime() + 1);
  }
}

/** The ledger has the entry at that very instant, but somebody corrected it: the correction is taken back. */
function retold({ events, now }: ActContext, event: NewEvent): NewEvent | null {
  const same = (e: { kind: string; at: Date }): boolean =>
    e.kind === event.kind && e.at.getTime() === event.at.getTime();
  const known = events.find(same);
  if (!known || countingEvents(events).some((e) => e.id === known.id && same(e))) return null;
  const data = { ...event.data, event: known.id, kind: known.kind, from: null, trueAt: event.at };
  return { kind: 'corrected', at: now, source: event.source, data: { ...data, reason: labels.entryRetold } };
}

/** What the ledger has at that very instant was taken back by the source: that it holds again is a correction. */
function toldAgain(event: NewEvent, found: LockedCase, change: CaseChange, now: Date): NewEvent {
  const { status, finishedAt, returnedAt } = change;
  const changes = {
    ...(status !== undefined && { status: { from: found.status, to: status } }),
    ...(finishedAt && { finishedAt: { from: found.finishedAt, to: finishedAt } }),
    ...(returnedAt && { returnedAt: { from: null, to: returnedAt } }),
  };
  return { kind: 'corrected', at: now, source: event.source, data: { ...event.data, changes } };
}
