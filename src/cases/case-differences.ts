import { isoDay, isoLocal, type EpochDay } from '../domain/local-date';
import { foldFacts, type FactEntry, type ToldFacts } from '../domain/ledger-facts';
import { toInstant } from '../domain/local-date';
import {
  differingColumns,
  isWatched,
  local,
  type ComparedColumn,
  type StoredDeadline,
} from './case-deadline';
import { endOf, isExcluded } from './case-status';
import type { CaseFacts } from './deadline.repository';

/** A case with what is stored about its deadline and what follows from its ledger, its limit and its calendar. */
export interface DerivedCase {
  facts: CaseFacts;
  deadline: StoredDeadline;
}

/** 'armed': the sweep would look at a case that has ended. */
type DeadlineColumn = ComparedColumn | 'armed';

type Told = 'received' | 'finished' | 'returned' | 'ended';

export type DifferingColumn = DeadlineColumn | Told;

export type ColumnCounts = Partial<Record<string, number>>;

/** How a value is told: an instant, a day, a coded word, a number or a flag. */
export type ValueKind = 'instant' | 'day' | 'word' | 'number' | 'flag';

/** Name in `case_record` of each compared column, and what it holds. */
const COLUMNS: Record<DifferingColumn, [name: string, kind: ValueKind]> = {
  limitId: ['limit_id', 'number'],
  computedDue: ['computed_due_at', 'instant'],
  dueState: ['due_state', 'word'],
  dueForecast: ['due_forecast', 'flag'],
  pausedSince: ['paused_since', 'instant'],
  deadline: ['deadline_at', 'instant'],
  deadlineDay: ['deadline_day', 'day'],
  settledDay: ['settled_day', 'day'],
  outcome: ['outcome', 'word'],
  outcomeFirst: ['outcome_first', 'word'],
  mismatch: ['mismatch', 'flag'],
  mismatchCause: ['mismatch_cause', 'word'],
  acceptanceDue: ['acceptance_due_at', 'instant'],
  armed: ['next_alert_at', 'flag'],
  received: ['received_at', 'instant'],
  finished: ['finished_at', 'instant'],
  returned: ['returned_at', 'instant'],
  ended: ['status', 'word'],
};

const KINDS = new Map<string, ValueKind>(Object.values(COLUMNS));
export const kindOfColumn = (name: string): ValueKind => KINDS.get(name) ?? 'word';

const FACT_COLUMNS = new Set(['received', 'finished', 'returned', 'ended'].map((c) => COLUMNS[c as Told][0]));
/** Rebuilding what is computed does not touch the facts of a case. */
export const isFactColumn = (name: string): boolean => FACT_COLUMNS.has(name);

export function deadlineDifferences({ facts, deadline }: DerivedCase): DeadlineColumn[] {
  const columns: DeadlineColumn[] = differingColumns(facts, deadline);
  return facts.armed && !isWatched(facts.status, deadline) ? [...columns, 'armed'] : columns;
}

/** Counts rows by the name of the column. */
export function tally(counts: ColumnCounts, columns: readonly DifferingColumn[]): void {
  for (const column of columns) {
    const [name] = COLUMNS[column];
    counts[name] = (counts[name] ?? 0) + 1;
  }
}

/** One stored value that is not what it should be; values as text, null where there is none. */
export interface Difference {
  caseId: number;
  column: string;
  stored: string | null;
  derived: string | null;
}

/** Everything stored about one case that its ledger, its limit and its calendar contradict. */
export function differencesOf(derived: DerivedCase, ledger: readonly FactEntry[]): Difference[] {
  const { facts, deadline } = derived;
  const columns = deadlineDifferences(derived).map((column) =>
    column === 'armed'
      ? difference(facts.id, column, true, false)
      : difference(facts.id, column, facts[column], deadline[column]),
  );
  return [...columns, ...factDifferences(facts, foldFacts(ledger))];
}

/** A submission nobody received stands from the moment it came in. */
const isAwaited = ({ status, received, submitted }: CaseFacts): boolean =>
  isExcluded(status) && received === submitted;

function factDifferences(facts: CaseFacts, told: ToldFacts): Difference[] {
  const pairs: [Told, Value, Value][] = [
    ['received', isAwaited(facts) ? null : facts.received, told.receivedAt],
    ['finished', facts.finished, told.finishedAt],
    ['returned', facts.returned, told.returnedAt],
    ['ended', endOf(facts.status), told.endedBy],
  ];
  return pairs
    .filter(([, stored, derived]) => stored !== derived)
    .map(([column, stored, derived]) => difference(facts.id, column, stored, derived));
}

type Value = string | number | boolean | null;

function difference(caseId: number, column: DifferingColumn, stored: Value, derived: Value): Difference {
  const [name, kind] = COLUMNS[column];
  return { caseId, column: name, stored: textOf(kind, stored), derived: textOf(kind, derived) };
}

function textOf(kind: ValueKind, value: Value): string | null {
  if (value === null) return null;
  if (kind === 'instant') return `${isoLocal(toInstant(local(value as number)))}+07:00`;
  return kind === 'day' ? isoDay(value as EpochDay) : String(value);
}
