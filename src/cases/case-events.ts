import { effectiveLedger } from '../domain/ledger';
import type { CaseEventRow } from './case.repository';

/** What stops or starts the clock, apart from reception and the end of the case. */
export const PAUSE_KINDS: ReadonlySet<string> = new Set([
  'supplement-requested',
  'supplement-received',
  'suspended',
  'resumed',
]);

export function instantIn(value: unknown): Date | null {
  const at = typeof value === 'string' ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

export const textIn = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() ? value.trim() : null;

/** A correction somebody made: the entry it corrects and its true moment, null when it never happened. */
export function correctionIn({
  kind,
  data,
}: Pick<CaseEventRow, 'kind' | 'data'>): { id: number; at: number | null } | null {
  if (kind !== 'corrected' || typeof data.event !== 'number') return null;
  return { id: data.event, at: instantIn(data.trueAt)?.getTime() ?? null };
}

/** The events that count, each at its true moment, oldest first; corrections by people are left out. */
export function countingEvents(events: CaseEventRow[]): CaseEventRow[] {
  const entries = events.map((row) => ({
    ...{ row, id: row.id, kind: row.kind, at: row.at.getTime(), recordedAt: row.recordedAt.getTime() },
    ...{ approximate: row.data.approximate === true, corrects: correctionIn(row) },
  }));
  return effectiveLedger(entries).map(({ row, at }) => ({ ...row, at: new Date(at) }));
}
