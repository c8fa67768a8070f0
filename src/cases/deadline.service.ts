import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { CalendarBook } from '../calendars/calendar-book';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import { deriveDeadline, isWatched, type DeadlineGround, type StoredDeadline } from './case-deadline';
import { deadlineDifferences, tally, type ColumnCounts, type DerivedCase } from './case-differences';
import { groundOf, type Common, type GroundRows } from './case-ground';
import { formerDues, ledgersOf } from './case-ledger';
import {
  DeadlineRepository,
  type CaseFacts,
  type CaseScope,
  type DeadlineWrite,
  type LedgerLine,
  type MoveReason,
} from './deadline.repository';
import { LimitBook } from './limit-book';
import { ProcedureRepository } from './procedure.repository';

/** Cases held in memory at once, and written by one statement. */
export const CHUNK = 20_000;

/** Cases with their ledgers, as read. */
interface ReadCases {
  facts: CaseFacts[];
  lines: LedgerLine[];
}

export interface Recomputed {
  /** Rows written. */
  changed: number;
  /** Cases whose computed due is another one now. */
  moved: number;
  /** Rows written, by the columns that changed. */
  columns: ColumnCounts;
}

const NOTHING = (): Recomputed => ({ changed: 0, moved: 0, columns: {} });

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

  /**
   * Recomputes the cases in the caller's transaction and writes the rows that changed.
   * @param why written into the ledger of each case whose computed due moves; none for what follows from new facts
   */
  async recompute(tx: Tx, cases: number[] | CaseScope | 'all', why?: MoveReason): Promise<Recomputed> {
    const result = NOTHING();
    const common = await this.common(tx);
    let ready: DerivedCase[] = [];
    // PostgreSQL writes one chunk while the next one is computed.
    for await (const read of this.read(tx, cases, common))
      [ready] = await Promise.all([derivedCases(read, common), this.write(tx, ready, why, result)]);
    await this.write(tx, ready, why, result);
    return result;
  }

  /**
   * For transactions that write cases: until they end nobody changes a calendar or a limit, so that no deadline is
   * written that the change does not see. To be asked before any row is locked, so that the two cannot block each other.
   */
  holdGround(tx: Tx): Promise<void> {
    return this.calendars.holdGround(tx);
  }

  /** For transactions that change a limit or a way of counting: waits for those that write cases, and keeps them waiting. */
  lockGround(tx: Tx): Promise<void> {
    return this.calendars.lockGround(tx);
  }

  /** Recomputes every case of the procedures; call it after their limits changed. */
  async recomputeProcedures(tx: Tx, procedureIds: number[], why?: MoveReason): Promise<Recomputed> {
    if (procedureIds.length === 0) return NOTHING();
    return this.recompute(tx, await this.procedures.caseIds(tx, procedureIds), why);
  }

  /** Recomputes every case of the commune; call it after its own way of counting changed. */
  async recomputeCommune(tx: Tx, communeId: number, why: MoveReason): Promise<Recomputed> {
    return this.recompute(tx, await this.deadlines.caseIdsOf(tx, communeId), why);
  }

  /**
   * What the deadlines would be, chunk by chunk; rows are locked, nothing is written.
   * @param book other calendars than those in force, for asking what a change would do: a scope is not locked then
   * @param draft other limits than those in force, likewise
   */
  async *derived(
    tx: Tx,
    cases: number[] | CaseScope | 'all',
    book?: CalendarBook,
    draft?: LimitBook,
  ): AsyncGenerator<DerivedCase[]> {
    const common = await this.common(tx, book, draft);
    for await (const read of this.read(tx, cases, common, book !== undefined))
      yield await derivedCases(read, common);
  }

  /**
   * The next `count` cases after `id` with what their deadlines should be. Nothing is locked: the caller's transaction
   * must see one state of all tables.
   */
  async derivedAfter(tx: Tx, id: number, count: number): Promise<DerivedCase[]> {
    const common = await this.common(tx);
    const facts = await this.deadlines.factsAfter(tx, id, count);
    return derivedCases(await this.withGround(tx, facts, common), common);
  }

  /** All that the deadlines of new cases of these communes rest on. */
  async ground(tx: Tx, communeIds: number[]): Promise<GroundRows> {
    const timeOfDay: GroundRows['timeOfDay'] = [];
    for (const id of communeIds) timeOfDay.push([id, (await this.units.settingsOf(id, tx)).timeOfDay]);
    return {
      ...(await this.calendars.layersOfUnits(tx, communeIds)),
      limits: await this.procedures.allLimits(tx),
      timeOfDay,
      hours: await this.deadlines.acceptanceHours(tx),
    };
  }

  private async common(tx: Tx, book?: CalendarBook, draft?: LimitBook): Promise<Common> {
    const limits = draft ?? new LimitBook(await this.procedures.allLimits(tx));
    const timeOfDay = new Map<number, DeadlineGround['timeOfDay']>();
    const hours = await this.deadlines.acceptanceHours(tx);
    return {
      book: book ?? (await this.calendars.book(tx)),
      limits,
      timeOfDay,
      hours,
      calendarChanges: false,
    };
  }

  private async *read(
    tx: Tx,
    cases: number[] | CaseScope | 'all',
    common: Common,
    looking = false,
  ): AsyncGenerator<ReadCases> {
    const inScope = typeof cases === 'object' && !Array.isArray(cases);
    common.calendarChanges = inScope;
    const named = inScope ? await this.deadlines.idsInScope(tx, cases) : cases;
    const chunks = named === 'all' ? this.everyCase(tx) : this.namedCases(tx, named, looking && inScope);
    for await (const facts of chunks) yield await this.withGround(tx, facts, common);
  }

  private async *namedCases(tx: Tx, ids: number[], looking: boolean): AsyncGenerator<CaseFacts[]> {
    const ordered = [...new Set(ids)].sort((a, b) => a - b);
    for (let at = 0; at < ordered.length; at += CHUNK) {
      const chunk = ordered.slice(at, at + CHUNK);
      yield await (looking ? this.deadlines.facts(tx, chunk) : this.deadlines.lockFacts(tx, chunk));
    }
  }

  private async *everyCase(tx: Tx): AsyncGenerator<CaseFacts[]> {
    for (let last = 0; ;) {
      const facts = await this.deadlines.lockFactsAfter(tx, last, CHUNK);
      if (facts.length === 0) return;
      yield facts;
      last = facts[facts.length - 1]!.id;
    }
  }

  /** Everything else that the deadlines of these cases rest on. */
  private async withGround(tx: Tx, facts: CaseFacts[], { timeOfDay }: Common): Promise<ReadCases> {
    for (const { unitId } of facts)
      if (!timeOfDay.has(unitId)) timeOfDay.set(unitId, (await this.units.settingsOf(unitId, tx)).timeOfDay);
    const ids = facts.map((f) => f.id);
    return { facts, lines: await this.deadlines.ledger(tx, ids) };
  }

  private async write(
    tx: Tx,
    chunk: DerivedCase[],
    why: MoveReason | undefined,
    result: Recomputed,
  ): Promise<void> {
    const now = this.clock.now();
    const writes: DeadlineWrite[] = [];
    for (const derived of chunk) {
      const columns = deadlineDifferences(derived);
      if (columns.length === 0) continue;
      const { facts, deadline } = derived;
      writes.push({ id: facts.id, deadline, alert: alertOf(facts, deadline) });
      tally(result.columns, columns);
    }
    const moves = chunk.filter(movesDue);
    if (writes.length > 0) await this.deadlines.write(tx, writes, now);
    if (why && moves.length > 0) await this.deadlines.addMoves(tx, moves, why, now);
    result.changed += writes.length;
    result.moved += moves.length;
  }
}

/** Cases computed between two looks at what else there is to do: for some milliseconds. */
const AT_ONCE = 1_000;

async function derivedCases({ facts, lines }: ReadCases, common: Common): Promise<DerivedCase[]> {
  const [ledgers, former] = [ledgersOf(lines), formerDues(lines)];
  const derived: DerivedCase[] = [];
  for (const each of facts) {
    const ground = groundOf(each, former.get(each.id) ?? [], common);
    derived.push({ facts: each, deadline: deriveDeadline(each, ledgers.get(each.id) ?? [], ground) });
    if (derived.length % AT_ONCE === 0) await setImmediate();
  }
  return derived;
}

/** The computed due is another instant than before, or comes or goes. */
export const movesDue = ({ facts, deadline }: DerivedCase): boolean =>
  facts.dueState !== 'pending' && facts.computedDue !== deadline.computedDue;

/** A case whose deadline or state moved is looked at again by the sweep; one that has ended never is. */
function alertOf(facts: CaseFacts, next: StoredDeadline): DeadlineWrite['alert'] {
  if (!isWatched(facts.status, next)) return facts.armed ? 'disarm' : 'keep';
  const moved =
    facts.deadline !== next.deadline ||
    facts.dueState !== next.dueState ||
    facts.pausedSince !== next.pausedSince ||
    facts.acceptanceDue !== next.acceptanceDue ||
    facts.settledDay !== null;
  return moved ? 'arm' : 'keep';
}
