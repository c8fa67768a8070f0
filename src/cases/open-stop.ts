import { toInstant } from '../domain/local-date';
import type { ActContext } from './case-act';
import { local } from './case-deadline';
import { countingEvents, PAUSE_KINDS } from './case-events';
import type { CountingLine } from './case-ledger';
import type { CaseEventRow } from './case.repository';

type Stops = Pick<ActContext, 'openStop' | 'lastChangeAt'>;

type Stop = Pick<CountingLine, 'kind' | 'at' | 'approximate'>;

const END_OF = { 'supplement-requested': 'supplement-received', suspended: 'resumed' } as const;

const instantOf = (line: Stop): Date => toInstant(local(line.at));

/**
 * Where the clock stands by the ledger, oldest line first. A stop is open while nothing of its kind ended it; one whose
 * moment the source did not tell is left out, so that its true moment is asked for.
 */
export function stopsOf(lines: Stop[]): Stops {
  const last = lines.at(-1);
  const open = (['supplement-requested', 'suspended'] as const)
    .map((kind) => ({ kind, line: lines.findLast((l) => l.kind === kind || l.kind === END_OF[kind]) }))
    .find(({ kind, line }) => line?.kind === kind && !line.approximate);
  return {
    openStop: open?.line ? { kind: open.kind, at: instantOf(open.line) } : null,
    lastChangeAt: last ? instantOf(last) : null,
  };
}

/** The same from the events of a case, in any order. */
export const stopsIn = (events: CaseEventRow[]): Stops =>
  stopsOf(
    countingEvents(events)
      .filter((e) => PAUSE_KINDS.has(e.kind))
      .map(({ kind, at, data }) => ({
        ...{ kind: kind as CountingLine['kind'], at: Math.floor(at.getTime() / 1000) },
        approximate: data.approximate === true,
      })),
  );
