import type { ClockEvent, ClockEventKind } from '../domain/case-clock';
import { effectiveLedger } from '../domain/ledger';
import { local } from './case-deadline';
import type { LedgerLine } from './deadline.repository';

/** A line that stops or starts the clock, at its true moment. */
export type CountingLine = LedgerLine & { kind: ClockEventKind };

/** The lines of one case that count, corrections applied, oldest first. Instants stay seconds since 1970 in UTC. */
export const countingLines = (lines: readonly LedgerLine[]): CountingLine[] =>
  effectiveLedger(lines).filter(
    (line): line is CountingLine => line.kind !== 'corrected' && line.kind !== 'deadline-moved',
  );

/** The same for many cases, by case id. */
export function countingByCase(lines: readonly LedgerLine[]): Map<number, CountingLine[]> {
  const byCase = new Map<number, LedgerLine[]>();
  for (const line of lines) {
    const own = byCase.get(line.caseId);
    if (own) own.push(line);
    else byCase.set(line.caseId, [line]);
  }
  return new Map([...byCase].map(([id, own]) => [id, countingLines(own)]));
}

/** As the domain reads it. */
export function clockEventOf({ kind, at, ground, legalBasis }: CountingLine): ClockEvent {
  const event: ClockEvent = { kind, at: local(at) };
  if (ground !== null) event.ground = ground;
  if (legalBasis !== null) event.legalBasis = legalBasis;
  return event;
}

/** The ledgers of many cases as the domain reads them, by case id. */
export const ledgersOf = (lines: readonly LedgerLine[]): Map<number, ClockEvent[]> =>
  new Map([...countingByCase(lines)].map(([id, own]) => [id, own.map(clockEventOf)]));

/** What the cases were due by calendars that have changed since, by case id. */
export function formerDues(lines: readonly LedgerLine[]): Map<number, number[]> {
  const dues = new Map<number, number[]>();
  for (const { caseId, previous } of lines)
    if (previous !== null) dues.set(caseId, [...(dues.get(caseId) ?? []), previous]);
  return dues;
}
