/**
 * Whether a ledger can have happened: nothing before reception, nothing in the future, no end before its beginning.
 * What nobody has told yet is no fault: a pause may still be open, a result not handed over.
 */
import type { LocalSecond } from './local-date';

export interface CheckedEntry {
  id: number;
  kind: string;
  at: LocalSecond;
}

export interface LedgerFault extends CheckedEntry {
  fault: 'before-reception' | 'in-future' | 'end-without-start' | 'returned-before-finished';
}

/** Each end and what it ends. */
const STARTS: Record<string, string> = {
  'supplement-received': 'supplement-requested',
  resumed: 'suspended',
  'consultation-answered': 'consultation-requested',
};

/** Entries that tell of the papers, not of the case. */
const OUTSIDE = new Set(['received', 'deadline-moved', 'noted', 'corrected']);

function faultOf(
  entry: CheckedEntry,
  before: readonly CheckedEntry[],
  receivedAt: LocalSecond,
): LedgerFault['fault'] | null {
  if (!OUTSIDE.has(entry.kind) && entry.at < receivedAt) return 'before-reception';
  const start = STARTS[entry.kind];
  if (start === undefined) return null;
  const count = (kind: string): number => before.filter((e) => e.kind === kind).length;
  return count(start) > count(entry.kind) ? null : 'end-without-start';
}

/**
 * Everything impossible in a ledger.
 * @param entries those that count, each at its true moment, without corrections
 * @param receivedAt reception as the case has it
 */
export function ledgerFaults(
  entries: readonly CheckedEntry[],
  receivedAt: LocalSecond,
  now: LocalSecond,
): LedgerFault[] {
  const ordered = [...entries].sort(
    (a, b) => a.at - b.at || Number(a.kind in STARTS) - Number(b.kind in STARTS),
  );
  const faults = ordered.flatMap((entry, i): LedgerFault[] => {
    const fault = entry.at > now ? 'in-future' : faultOf(entry, ordered.slice(0, i), receivedAt);
    return fault === null ? [] : [{ ...pick(entry), fault }];
  });
  const finished = ordered.find((e) => e.kind === 'finished');
  const returned = ordered.find((e) => e.kind === 'returned');
  if (finished && returned && returned.at < finished.at)
    faults.push({ ...pick(returned), fault: 'returned-before-finished' });
  return faults;
}

const pick = ({ id, kind, at }: CheckedEntry): CheckedEntry => ({ id, kind, at });
