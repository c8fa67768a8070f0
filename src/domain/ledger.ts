/**
 * The ledger of a case as it counts. Nothing in it is ever changed: a correction is a new entry that names the one it
 * corrects and either gives its true moment or says that it never happened. The newest correction of an entry holds;
 * a correction cannot itself be corrected. A moment that an import could only guess gives way to the same thing told
 * with its moment later.
 */
import type { LocalSecond } from './local-date';

/** What the ledger needs to know of an entry; times of any one scale. */
export interface LedgerEntry {
  id: number;
  kind: string;
  at: LocalSecond;
  recordedAt: LocalSecond;
  /** The source told that it happened, not when. */
  approximate: boolean;
  /** For a correction made by a person: the entry it corrects, and its true moment; null = it never happened. */
  corrects: { id: number; at: LocalSecond | null } | null;
}

const isReplaced = (entry: LedgerEntry, entries: readonly LedgerEntry[]): boolean =>
  entry.approximate &&
  entries.some((e) => e.kind === entry.kind && !e.approximate && e.recordedAt >= entry.recordedAt);

/**
 * The entries that count, each at its true moment, oldest first; corrections themselves are left out.
 * @param entries of one case, in any order
 */
export function effectiveLedger<T extends LedgerEntry>(entries: readonly T[]): T[] {
  const corrections = new Map<number, { id: number; at: LocalSecond | null }>();
  for (const entry of [...entries].sort((a, b) => a.recordedAt - b.recordedAt || a.id - b.id))
    if (entry.corrects) corrections.set(entry.corrects.id, entry.corrects);
  const told = entries
    .filter((entry) => entry.corrects === null)
    .flatMap((entry): T[] => {
      const correction = corrections.get(entry.id);
      if (!correction) return [entry];
      return correction.at === null ? [] : [{ ...entry, at: correction.at, approximate: false }];
    });
  return told.filter((entry) => !isReplaced(entry, told)).sort((a, b) => a.at - b.at || a.id - b.id);
}
