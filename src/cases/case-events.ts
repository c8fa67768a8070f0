import { effectiveLedger } from '../domain/ledger';
import type { FactEntry, ToldFacts } from '../domain/ledger-facts';
import { endOf } from './case-status';
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

const entryOf = (row: CaseEventRow) => ({
  ...{ id: row.id, kind: row.kind, at: row.at.getTime(), recordedAt: row.recordedAt.getTime() },
  ...{ approximate: row.data.approximate === true, corrects: correctionIn(row) },
});

/** What a source corrected, as the facts of a case are folded. @param to new values by the names of the interface */
export function changedFacts(
  { status, ...moments }: Record<string, unknown>,
  timeOf: (instant: Date) => number,
): Partial<ToldFacts> {
  const changes: Partial<ToldFacts> = typeof status === 'number' ? { endedBy: endOf(status) } : {};
  for (const fact of ['receivedAt', 'finishedAt', 'returnedAt'] as const) {
    if (!(fact in moments)) continue;
    const at = instantIn(moments[fact]);
    changes[fact] = at && timeOf(at);
  }
  return changes;
}

/** An event as the facts of its case are folded from it; times in milliseconds. */
export function factEntryOf(row: CaseEventRow): FactEntry {
  const changes = Object.entries((row.data.changes ?? {}) as Record<string, { to: unknown }>);
  const to = Object.fromEntries(changes.map(([name, change]) => [name, change.to]));
  return { ...entryOf(row), changes: changedFacts(to, (at) => at.getTime()) };
}

/** The events that count, each at its true moment, oldest first; corrections by people are left out. */
export function countingEvents(events: CaseEventRow[]): CaseEventRow[] {
  const entries = events.map((row) => ({ row, ...entryOf(row) }));
  return effectiveLedger(entries).map(({ row, at }) => ({ ...row, at: new Date(at) }));
}
