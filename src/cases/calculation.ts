/**
 * A deadline that belongs to no case: somebody asks when it would be. One function checks what was asked and
 * computes; the page and the REST interface differ only in how they read the question and word the answer.
 */
import type { ClockEvent, PauseKind } from '../domain/case-clock';
import { computeDue, type ProcessingLimit } from '../domain/deadline';
import { explainDue, type DueAccount } from '../domain/due-explanation';
import { dayOf, type EpochDay, type LocalSecond } from '../domain/local-date';
import type { FormFault } from '../web/page';
import { calculationFaults } from './calculation-faults';
import { isTold, type Asked, type AskedPause, type Known, type Place } from './calculation-question';

export interface Calculation {
  faults: null;
  receivedAt: LocalSecond;
  account: DueAccount;
  limit: ProcessingLimit;
  place: Place;
}

const EVENTS = {
  supplement: ['supplement-requested', 'supplement-received'],
  suspension: ['suspended', 'resumed'],
} as const satisfies Record<PauseKind, [ClockEvent['kind'], ClockEvent['kind']]>;

/** In order: of two pauses that touch, the first ends before the second begins. */
function eventsOf(receivedAt: LocalSecond, pauses: AskedPause[]): ClockEvent[] {
  const events: ClockEvent[] = [{ kind: 'received', at: receivedAt }];
  for (const { kind, from, to, ground } of pauses.toSorted((a, b) => Number(a.from) - Number(b.from))) {
    const [begins, ends] = EVENTS[kind];
    if (isTold(from)) events.push({ kind: begins, at: from, ground });
    if (isTold(to)) events.push({ kind: ends, at: to });
  }
  return events;
}

/** The limit asked about: the free one, or the version of the procedure's that stood on the day of reception. */
function limitOf({ procedure, limit, receivedAt }: Asked, known: Known): ProcessingLimit | null {
  if (procedure !== null)
    return isTold(receivedAt) ? (known.procedure?.limitOn(dayOf(receivedAt)) ?? null) : null;
  if (!limit?.unit) return null;
  return {
    amount: isTold(limit.amount) ? limit.amount : 0,
    unit: limit.unit,
    receptionCutoff: isTold(limit.receptionCutoff) ? limit.receptionCutoff : null,
    supplementMode: limit.supplementMode ?? 'restart',
    timeOfDay: limit.timeOfDay,
  };
}

/** Every fault of the question at once, or the answer. `today` is only marked on the strip. */
export function calculate(
  asked: Asked,
  known: Known,
  today: EpochDay,
): { faults: FormFault[] } | Calculation {
  const faults = calculationFaults(asked, known);
  const limit = limitOf(asked, known);
  const { receivedAt, promisedAt } = asked;
  if (faults.length > 0 || !limit || !known.place || !isTold(receivedAt)) return { faults };
  const { place } = known;
  const { calendar } = place;
  const events = eventsOf(receivedAt, asked.pauses);
  const input = { events, limit, calendar, timeOfDay: place.timeOfDay };
  const due = computeDue(input);
  // Nobody is late here: the strip ends on the due day, or with the first day on which the clock stands.
  const end = due.state === 'paused' ? dayOf(due.since) + 1 : dayOf(receivedAt);
  const account = explainDue({
    ...input,
    today: end,
    promisedAt: isTold(promisedAt) ? promisedAt : null,
  });
  const cells = account.cells.map((cell) => ({ ...cell, today: cell.day === today }));
  return { faults: null, receivedAt, account: { ...account, cells }, limit, place };
}
