import type { ProcessingLimit } from '../domain/deadline';
import { parseIsoDay, type EpochDay } from '../domain/local-date';
import type { LimitRow } from './procedure.repository';

export type DatedLimit = ProcessingLimit & { id: number };

/** Number of a version that is not stored. */
const DRAFT_LIMIT = 0;

/** All versions of all limits; a case is judged by the version that stood on its day of reception. */
export class LimitBook {
  private readonly versions = new Map<number, { from: EpochDay; limit: DatedLimit }[]>();

  /** @param limits of one procedure oldest first */
  constructor(limits: LimitRow[]) {
    for (const row of limits) {
      const version = { from: parseIsoDay(row.validFrom), limit: toLimit(row) };
      const known = this.versions.get(row.procedureId);
      if (known) known.push(version);
      else this.versions.set(row.procedureId, [version]);
    }
  }

  /** The same with one more version of a procedure's limit, or another in its place, for asking what it would do. */
  static with(limits: LimitRow[], draft: Omit<LimitRow, 'id'>): LimitBook {
    const others = limits.filter(
      (l) => l.procedureId !== draft.procedureId || l.validFrom !== draft.validFrom,
    );
    const all = [...others, { ...draft, id: DRAFT_LIMIT }];
    return new LimitBook(all.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)));
  }

  /** Null when the procedure had no limit on that day. */
  at(procedureId: number, day: EpochDay): DatedLimit | null {
    return this.versions.get(procedureId)?.findLast((v) => v.from <= day)?.limit ?? null;
  }
}

export function toLimit(row: LimitRow): DatedLimit {
  return {
    id: row.id,
    amount: row.amount,
    unit: row.unit,
    receptionCutoff: row.receptionCutoff === null ? null : minutesOf(row.receptionCutoff),
    supplementMode: row.supplementMode,
    timeOfDay: row.timeOfDay,
  };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
