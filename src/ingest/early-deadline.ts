import { deriveDeadline, epochOf, isWatched, type StoredDeadline } from '../cases/case-deadline';
import { commonOf, groundOf, type Common, type GroundRows } from '../cases/case-ground';
import type { CaseFacts } from '../cases/deadline.repository';
import type { LocalSecond } from '../domain/local-date';
import type { PortalRecord } from './portal-record';
import { receptionOf } from './stage-columns';

/** What a reader needs to compute the deadlines of new cases while it reads them. */
export interface EarlyGround {
  /** Procedures by code, and by name where a file gives no code. */
  byCode: [code: string, id: number][];
  byName: [name: string, id: number][];
  ground: GroundRows;
}

/** The deadline of a case of a commune if it is new, if this is its procedure, and if it follows the commune's calendar. */
export interface EarlyDeadline {
  procedureId: number;
  deadline: StoredDeadline;
  /** The alert sweep has to look at the case. */
  armed: boolean;
}

const SUSPENDED_AT_SOURCE = 6;
const seconds = (at: LocalSecond | null): number | null => (at === null ? null : epochOf(at));

/**
 * Deadlines of cases nobody has stored yet, so that each is written once. Answers null where the ledger matters: a
 * case that was stopped is computed from its ledger when that is written.
 */
export class EarlyDeadlines {
  private readonly byCode: Map<string, number>;
  private readonly byName: Map<string, number>;
  private readonly common: Common;

  constructor(early: EarlyGround) {
    this.byCode = new Map(early.byCode);
    this.byName = new Map(early.byName);
    this.common = commonOf(early.ground);
  }

  of(record: PortalRecord, unitId: number | null): EarlyDeadline | null {
    const procedureId = this.procedureOf(record);
    const received = receptionOf(record);
    const stopped = record.supplements.length > 0 || record.status === SUSPENDED_AT_SOURCE;
    if (unitId === null || procedureId === undefined || received === null || stopped) return null;
    // Every field by name: an object that is put together from parts costs ten times as much here.
    const facts: CaseFacts = {
      id: 0,
      unitId,
      calendarUnitId: unitId,
      procedureId,
      status: record.status ?? 2,
      received: epochOf(received),
      promisedFirst: seconds(record.promisedFirstAt ?? record.promisedAt),
      promised: seconds(record.promisedAt),
      finished: seconds(record.finishedAt),
      returned: seconds(record.returnedAt),
      submitted: seconds(record.submittedAt),
      armed: false,
      limitId: null,
      calendarVersionId: null,
      computedDue: null,
      dueState: 'pending',
      dueForecast: false,
      pausedSince: null,
      deadline: null,
      deadlineDay: null,
      settledDay: null,
      outcome: null,
      outcomeFirst: null,
      mismatch: false,
      mismatchCause: null,
      acceptanceDue: null,
    };
    const deadline = deriveDeadline(facts, [], groundOf(facts, [], this.common));
    return { procedureId, deadline, armed: isWatched(facts.status, deadline) };
  }

  private procedureOf({ procedureCode, procedureName }: PortalRecord): number | undefined {
    if (procedureCode !== null) return this.byCode.get(procedureCode);
    return procedureName === null ? undefined : this.byName.get(procedureName);
  }
}
