import { Injectable } from '@nestjs/common';
import type { CalendarBook } from '../calendars/calendar-book';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { isoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import {
  dayOfEpoch,
  deriveDeadline,
  isRunning,
  type DeadlineGround,
  type StoredDeadline,
} from './case-deadline';
import { deadlineDifferences, tally, type ColumnCounts, type DerivedCase } from './case-differences';
import { formerDues, ledgersOf } from './case-ledger';
import {
  DeadlineRepository,
  type CaseFacts,
  type CaseScope,
  type DeadlineWrite,
  type MoveReason,
} from './deadline.repository';
import { LimitBook } from './limit-book';
import { ProcedureRepository } from './procedure.repository';

const CHUNK = 20_000;

/** What every case of one recomputation shares. */
interface Common {
  book: CalendarBook;
  limits: LimitBook;
  timeOfDay: Map<number, DeadlineGround['timeOfDay']>;
  /** What is stored was right by the calendar until now. */
  calendarChanges: boolean;
  hours: { from: string; hours: number }[];
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
    for await (const chunk of this.derived(tx, cases)) await this.write(tx, chunk, why, result);
    return result;
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
    common.calendarChanges = typeof cases === 'object' && !Array.isArray(cases);
    const chunks =
      cases === 'all'
        ? this.everyCase(tx)
        : Array.isArray(cases)
          ? this.namedCases(cases, (ids) => this.deadlines.lockFacts(tx, ids))
          : this.namedCases(await this.deadlines.idsInScope(tx, cases), (ids) =>
              book ? this.deadlines.facts(tx, ids) : this.deadlines.lockFacts(tx, ids),
            );
    for await (const facts of chunks) yield await this.derivedChunk(tx, facts, common);
  }

  /**
   * The next `count` cases after `id` with what their deadlines should be. Nothing is locked: the caller's transaction
   * must see one state of all tables.
   */
  async derivedAfter(tx: Tx, id: number, count: number): Promise<DerivedCase[]> {
    const facts = await this.deadlines.factsAfter(tx, id, count);
    return this.derivedChunk(tx, facts, await this.common(tx));
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

  private async *namedCases(
    ids: number[],
    read: (chunk: number[]) => Promise<CaseFacts[]>,
  ): AsyncGenerator<CaseFacts[]> {
    const ordered = [...new Set(ids)].sort((a, b) => a - b);
    for (let at = 0; at < ordered.length; at += CHUNK) yield await read(ordered.slice(at, at + CHUNK));
  }

  private async *everyCase(tx: Tx): AsyncGenerator<CaseFacts[]> {
    for (let last = 0; ;) {
      const facts = await this.deadlines.lockFactsAfter(tx, last, CHUNK);
      if (facts.length === 0) return;
      yield facts;
      last = facts[facts.length - 1]!.id;
    }
  }

  private async derivedChunk(tx: Tx, chunk: CaseFacts[], common: Common): Promise<DerivedCase[]> {
    const { book, limits, timeOfDay, hours, calendarChanges } = common;
    const lines = await this.deadlines.ledger(
      tx,
      chunk.map((f) => f.id),
    );
    const [ledgers, former] = [ledgersOf(lines), formerDues(lines)];
    await this.addTimesOfDay(tx, chunk, timeOfDay);
    return chunk.map((facts) => {
      const { calendar, versionId } = book.of(facts.calendarUnitId);
      const dues = former.get(facts.id) ?? [];
      const ground = {
        calendar,
        calendarVersionId: versionId,
        limit: limits.at(facts.procedureId, dayOfEpoch(facts.received)),
        timeOfDay: timeOfDay.get(facts.unitId)!,
        formerDues: calendarChanges && facts.computedDue !== null ? [...dues, facts.computedDue] : dues,
        acceptanceHours: hoursAt(hours, facts.submitted),
      };
      return { facts, deadline: deriveDeadline(facts, ledgers.get(facts.id) ?? [], ground) };
    });
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

  private async addTimesOfDay(tx: Tx, chunk: CaseFacts[], known: Common['timeOfDay']): Promise<void> {
    for (const { unitId } of chunk)
      if (!known.has(unitId)) known.set(unitId, (await this.units.settingsOf(unitId, tx)).timeOfDay);
  }
}

/** Where nobody has set them: as the portals count. */
const ACCEPTANCE_HOURS = 8;

function hoursAt(settings: Common['hours'], submitted: number | null): number {
  if (submitted === null) return ACCEPTANCE_HOURS;
  const day = isoDay(dayOfEpoch(submitted));
  return settings.find((s) => s.from <= day)?.hours ?? ACCEPTANCE_HOURS;
}

/** The computed due is another instant than before, or comes or goes. */
export const movesDue = ({ facts, deadline }: DerivedCase): boolean =>
  facts.dueState !== 'pending' && facts.computedDue !== deadline.computedDue;

/** A case whose deadline or state moved is looked at again by the sweep; one that no longer runs never is. */
function alertOf(facts: CaseFacts, next: StoredDeadline): DeadlineWrite['alert'] {
  if (!isRunning(facts.status, next)) return facts.armed ? 'disarm' : 'keep';
  const moved =
    facts.deadline !== next.deadline || facts.dueState !== next.dueState || facts.settledDay !== null;
  return moved ? 'arm' : 'keep';
}
