import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import {
  dayOfEpoch,
  deriveDeadline,
  isRunning,
  sameDeadline,
  type DeadlineGround,
  type StoredDeadline,
} from './case-deadline';
import { ledgersOf } from './case-ledger';
import { DeadlineRepository, type CaseFacts, type DeadlineWrite } from './deadline.repository';
import { LimitBook } from './limit-book';
import { ProcedureRepository } from './procedure.repository';

const CHUNK = 5_000;

/** What every case of one recomputation shares. */
type Common = Pick<DeadlineGround, 'calendar' | 'calendarVersionId'> & { limits: LimitBook };

/** Keeps the computed columns of `case_record` equal to what the ledger, the limits and the calendar say. */
@Injectable()
export class DeadlineService {
  constructor(
    private readonly deadlines: DeadlineRepository,
    private readonly procedures: ProcedureRepository,
    private readonly calendars: CalendarService,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  /** Recomputes the cases in the caller's transaction and writes the rows that changed. */
  async recompute(tx: Tx, caseIds: number[] | 'all'): Promise<{ changed: number }> {
    const common = await this.common(tx);
    let changed = 0;
    for await (const facts of caseIds === 'all' ? this.everyCase(tx) : this.namedCases(tx, caseIds))
      changed += await this.recomputeChunk(tx, facts, common);
    return { changed };
  }

  /** Recomputes every case of the procedures; call it after their limits changed. */
  async recomputeProcedures(tx: Tx, procedureIds: number[]): Promise<{ changed: number }> {
    if (procedureIds.length === 0) return { changed: 0 };
    return this.recompute(tx, await this.procedures.caseIds(tx, procedureIds));
  }

  private async *namedCases(tx: Tx, ids: number[]): AsyncGenerator<CaseFacts[]> {
    const ordered = [...new Set(ids)].sort((a, b) => a - b);
    for (let at = 0; at < ordered.length; at += CHUNK)
      yield await this.deadlines.lockFacts(tx, ordered.slice(at, at + CHUNK));
  }

  private async *everyCase(tx: Tx): AsyncGenerator<CaseFacts[]> {
    for (let last = 0; ;) {
      const facts = await this.deadlines.lockFactsAfter(tx, last, CHUNK);
      if (facts.length === 0) return;
      yield facts;
      last = facts[facts.length - 1]!.id;
    }
  }

  private async recomputeChunk(tx: Tx, chunk: CaseFacts[], common: Common): Promise<number> {
    const ledgers = ledgersOf(
      await this.deadlines.ledger(
        tx,
        chunk.map((f) => f.id),
      ),
    );
    const timeOfDay = await this.timeOfDayOf(tx, chunk);
    const writes: DeadlineWrite[] = [];
    for (const facts of chunk) {
      const limit = common.limits.at(facts.procedureId, dayOfEpoch(facts.received));
      const ground = { ...common, limit, timeOfDay: timeOfDay.get(facts.unitId)! };
      const deadline = deriveDeadline(facts, ledgers.get(facts.id) ?? [], ground);
      const alert = alertOf(facts, deadline);
      if (alert !== 'keep' || !sameDeadline(facts, deadline)) writes.push({ id: facts.id, deadline, alert });
    }
    if (writes.length > 0) await this.deadlines.write(tx, writes, this.clock.now());
    return writes.length;
  }

  private async common(tx: Tx): Promise<Common> {
    const { versionId, calendar } = await this.calendars.current();
    return {
      calendar,
      calendarVersionId: versionId,
      limits: new LimitBook(await this.procedures.allLimits(tx)),
    };
  }

  private async timeOfDayOf(tx: Tx, chunk: CaseFacts[]): Promise<Map<number, DeadlineGround['timeOfDay']>> {
    const units = [...new Set(chunk.map((f) => f.unitId))];
    const pairs = units.map(async (id) => [id, (await this.units.settingsOf(id, tx)).timeOfDay] as const);
    return new Map(await Promise.all(pairs));
  }
}

/** A case whose deadline or state moved is looked at again by the sweep; one that no longer runs never is. */
function alertOf(facts: CaseFacts, next: StoredDeadline): DeadlineWrite['alert'] {
  if (!isRunning(facts.status, next)) return facts.armed ? 'disarm' : 'keep';
  const moved =
    facts.deadline !== next.deadline || facts.dueState !== next.dueState || facts.settledDay !== null;
  return moved ? 'arm' : 'keep';
}
