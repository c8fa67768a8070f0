/**
 * The facts of a case as its ledger tells them. The row of a case only repeats them for quick reading: where the two
 * differ, the row was changed past the ledger, or the ledger was written incompletely.
 *
 * What was told last counts, whatever moment it speaks of. A moment the source did not tell is no fact, although the
 * thing itself happened. A result does not undo an end of another kind; only a correction of the status does.
 */
import { effectiveLedger, type LedgerEntry } from './ledger';
import type { LocalSecond } from './local-date';

/** What ended the case: its result, or one of the ends without one. */
export type EndKind = 'finished' | 'refused' | 'withdrawn' | 'stopped';

/** Null: never told, or taken back. */
export interface ToldFacts {
  receivedAt: LocalSecond | null;
  finishedAt: LocalSecond | null;
  returnedAt: LocalSecond | null;
  /** null: open */
  endedBy: EndKind | null;
}

/** An entry of the ledger with the facts it corrects; times of any one scale. */
export interface FactEntry extends LedgerEntry {
  changes: Partial<ToldFacts> | null;
}

type MomentFact = Exclude<keyof ToldFacts, 'endedBy'>;

/** The fact whose moment an entry tells. */
const FACT_OF: Record<string, MomentFact> = {
  received: 'receivedAt',
  finished: 'finishedAt',
  returned: 'returnedAt',
  refused: 'finishedAt',
  withdrawn: 'finishedAt',
  stopped: 'finishedAt',
};

const ENDS: Record<string, EndKind> = {
  finished: 'finished',
  returned: 'finished',
  refused: 'refused',
  withdrawn: 'withdrawn',
  stopped: 'stopped',
};
const endOfKind = (kind: string): EndKind | undefined => ENDS[kind];

/** What is told in one go: the end of another kind holds over the result, a correction over everything. */
const RANK: Record<string, number> = { corrected: 3, refused: 2, withdrawn: 2, stopped: 2 };
const rank = (entry: FactEntry): number => RANK[entry.kind] ?? (entry.kind === 'returned' ? 1 : 0);

/** When the entry was last told: with its newest correction. */
function toldAt(entry: FactEntry, entries: readonly FactEntry[]): number {
  const corrections = entries.filter((e) => e.corrects?.id === entry.id).map((e) => e.recordedAt);
  return Math.max(entry.recordedAt, ...corrections);
}

/** What an entry tells that turned out never to have happened, corrected by a source while it still counted. */
function isVoided(
  change: FactEntry,
  entries: readonly FactEntry[],
  tells: (kind: string) => boolean,
): boolean {
  return entries.some((entry) => {
    if (!tells(entry.kind) || entry.recordedAt > change.recordedAt) return false;
    const newest = entries
      .filter((e) => e.corrects?.id === entry.id)
      .sort((a, b) => a.recordedAt - b.recordedAt || a.id - b.id)
      .at(-1);
    return newest?.corrects?.at === null && newest.recordedAt >= change.recordedAt;
  });
}

function applyChanges(facts: ToldFacts, change: FactEntry, entries: readonly FactEntry[]): void {
  const { endedBy, ...moments } = change.changes ?? {};
  if (endedBy !== undefined && !isVoided(change, entries, (kind) => endOfKind(kind) === endedBy))
    facts.endedBy = endedBy;
  for (const [fact, at] of Object.entries(moments) as [MomentFact, LocalSecond | null][])
    if (!isVoided(change, entries, (kind) => FACT_OF[kind] === fact)) facts[fact] = at;
}

function applyMoment(facts: ToldFacts, { kind, at, approximate }: FactEntry): void {
  const fact = FACT_OF[kind];
  if (fact === undefined) return;
  if (!approximate) facts[fact] = at;
  const end = endOfKind(kind);
  if (end === 'finished') facts.endedBy ??= end;
  else if (end !== undefined) facts.endedBy = end;
}

/**
 * @param entries of one case, in any order; entries that tell no fact are passed over
 */
export function foldFacts(entries: readonly FactEntry[]): ToldFacts {
  const facts: ToldFacts = { receivedAt: null, finishedAt: null, returnedAt: null, endedBy: null };
  const told = effectiveLedger(entries)
    .map((entry) => ({ entry, at: toldAt(entry, entries) }))
    .sort((a, b) => a.at - b.at || rank(a.entry) - rank(b.entry) || a.entry.id - b.entry.id);
  for (const { entry } of told)
    if (entry.kind === 'corrected') applyChanges(facts, entry, entries);
    else applyMoment(facts, entry);
  return facts;
}
