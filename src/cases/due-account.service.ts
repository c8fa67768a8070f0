import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import type { ClockEvent, ClockEventKind } from '../domain/case-clock';
import { computeDue } from '../domain/deadline';
import { explainDue } from '../domain/due-explanation';
import { dayOf, toInstant, toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import { clockEvents, comparablePromise, dayOfEpoch, local, type DeadlineGround } from './case-deadline';
import { isPausedAtSource } from './case-status';
import { DeadlineRepository, type CaseFacts } from './deadline.repository';
import { clockEventOf, countingByCase, formerDues } from './case-ledger';
import { accountView, type AccountView } from './due-view';
import { LimitBook } from './limit-book';
import { ProcedureRepository } from './procedure.repository';

/** How long a case has stood still, and what is left when its clock runs again now. */
export interface PauseView {
  since: Date | null;
  workingDays: number | null;
  /** The whole term begins anew. */
  restarts: boolean;
  /** Working days left otherwise; null when unknown. */
  remaining: number | null;
}

interface ResumedDue {
  at: Date;
  /** rests on a calendar year not decided yet */
  forecast: boolean;
}

export interface CaseAccount extends AccountView {
  pause: PauseView | null;
}

interface Known {
  facts: CaseFacts;
  /** Nobody knows since when the case stands still. */
  vaguePause: boolean;
  ledger: ClockEvent[];
  ground: Omit<DeadlineGround, 'acceptanceHours'>;
}

/** Explains due dates: the strip, the sentences, the state of a pause. Reads only. */
@Injectable()
export class DueAccountService {
  constructor(
    private readonly deadlines: DeadlineRepository,
    private readonly procedures: ProcedureRepository,
    private readonly calendars: CalendarService,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  /** By case id. */
  async ofCases(tx: Tx, caseIds: number[]): Promise<Map<number, CaseAccount>> {
    const known = await this.known(tx, caseIds);
    return new Map(known.map((k) => [k.facts.id, this.account(k)]));
  }

  /** What would be due if the clock of the case ran again at `at`; null when nothing would. */
  async dueIfResumed(tx: Tx, caseId: number, at: Date): Promise<ResumedDue | null> {
    const [known] = await this.known(tx, [caseId]);
    return known ? resumedDue(known, at) : null;
  }

  private account(known: Known): CaseAccount {
    const { facts, ledger, ground } = known;
    const now = this.clock.now();
    const events = clockEvents(facts, ledger);
    const promised = comparablePromise(facts, ledger, ground.formerDues);
    const promisedAt = promised === null ? null : local(promised);
    const account = explainDue({ events, ...ground, today: dayOf(toLocalSecond(now)), promisedAt });
    const pause = facts.dueState === 'paused' ? pauseView(known, now) : null;
    // Not received, or paused since nobody knows when: what can be counted would be wrong.
    const shown = known.vaguePause || facts.status === 1 ? { ...account, cells: [], steps: [] } : account;
    return { ...accountView(shown, ground.limit), pause };
  }

  private async known(tx: Tx, caseIds: number[]): Promise<Known[]> {
    if (caseIds.length === 0) return [];
    const [facts, lines, book] = await Promise.all([
      this.deadlines.facts(tx, caseIds),
      this.deadlines.ledger(tx, caseIds),
      this.calendars.book(tx),
    ]);
    const procedureIds = [...new Set(facts.map((f) => f.procedureId))];
    const limits = new LimitBook(await this.procedures.limitsOf(tx, procedureIds));
    const units = [...new Set(facts.map((f) => f.unitId))];
    const settings = new Map(
      await Promise.all(units.map(async (id) => [id, await this.units.settingsOf(id, tx)] as const)),
    );
    const ledgers = countingByCase(lines);
    const former = formerDues(lines);
    return facts.map((f) => {
      const own = ledgers.get(f.id) ?? [];
      const { calendar, versionId } = book.of(f.calendarUnitId);
      return {
        facts: f,
        vaguePause: isPausedAtSource(f.status) && !own.some((l) => l.kind in ENDS && !l.approximate),
        ledger: own.map(clockEventOf),
        ground: {
          calendar,
          calendarVersionId: versionId,
          limit: limits.at(f.procedureId, dayOfEpoch(f.received)),
          timeOfDay: settings.get(f.unitId)!.timeOfDay,
          formerDues: former.get(f.id),
        },
      };
    });
  }
}

const ENDS: Partial<Record<ClockEventKind, ClockEventKind>> = {
  'supplement-requested': 'supplement-received',
  suspended: 'resumed',
};

function resumedDue({ facts, ledger, ground }: Known, now: Date): ResumedDue | null {
  const at = toLocalSecond(now);
  const ends = ledger.flatMap((e) => (ENDS[e.kind] ? [{ kind: ENDS[e.kind]!, at }] : []));
  const due = computeDue({ events: clockEvents(facts, [...ledger, ...ends]), ...ground });
  return due.state === 'due' ? { at: toInstant(due.dueAt), forecast: due.forecast } : null;
}

function pauseView(known: Known, now: Date): PauseView {
  const { facts, ledger, ground, vaguePause } = known;
  if (vaguePause) return { since: null, workingDays: null, restarts: false, remaining: null };
  const today = dayOf(toLocalSecond(now));
  const { calendar } = ground;
  const supplement = ledger.findLast((e) => e.kind in ENDS)?.kind === 'supplement-requested';
  const due = facts.pausedSince === null ? null : resumedDue(known, now);
  const dueDay = due && dayOf(toLocalSecond(due.at));
  const covered = calendar.covers(today) && (dueDay === null || calendar.covers(dueDay));
  const sinceDay = facts.pausedSince === null ? null : dayOfEpoch(facts.pausedSince);
  return {
    since: facts.pausedSince === null ? null : toInstant(local(facts.pausedSince)),
    workingDays: sinceDay !== null && covered ? calendar.workingDaysBetween(sinceDay, today) : null,
    restarts: supplement && ground.limit?.supplementMode === 'restart',
    remaining: dueDay !== null && covered ? calendar.workingDaysBetween(today, dueDay) : null,
  };
}
