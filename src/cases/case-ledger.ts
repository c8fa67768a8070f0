import type { ClockEvent } from '../domain/case-clock';
import { local } from './case-deadline';
import type { LedgerLine } from './deadline.repository';

/** The lines of many cases as the domain reads them, by case id. */
export function ledgersOf(lines: LedgerLine[]): Map<number, ClockEvent[]> {
  const ledgers = new Map<number, ClockEvent[]>();
  for (const { caseId, kind, at, ground, legalBasis } of lines) {
    const event: ClockEvent = { kind, at: local(at) };
    if (ground !== null) event.ground = ground;
    if (legalBasis !== null) event.legalBasis = legalBasis;
    const ledger = ledgers.get(caseId);
    if (ledger) ledger.push(event);
    else ledgers.set(caseId, [event]);
  }
  return ledgers;
}
