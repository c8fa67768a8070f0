import type { ClockEvent } from '../domain/case-clock';
import { toLocalSecond } from '../domain/local-date';
import type { Asked, AskedPause } from './calculation-question';
import { comparablePromise, local } from './case-deadline';
import type { CaseDetail } from './case.repository';
import { isOpen } from './case-status';
import type { TimelineItem } from './case-timeline';
import { slugOf } from './procedure-name';

const KINDS = { 'supplement-requested': 'supplement', suspended: 'suspension' } as const;
type Stop = TimelineItem & { kind: keyof typeof KINDS };
const LONGEST_GROUND = 200;

/** A stop of which nobody knows the moment is left out. */
const isStop = (item: TimelineItem): item is Stop => item.kind in KINDS && !item.approximate;

/**
 * The end of the case ends what still stands; a supplement that never came starts no new term, as another pause does
 * not either.
 */
function pausesOf({ kind, at, until, text }: Stop, endedAt: Date | null, restarts: boolean): AskedPause[] {
  const cut = endedAt !== null && at <= endedAt && (until === null || until > endedAt);
  const to = cut ? endedAt : until;
  if (to && to <= at) return [];
  const ground = (text ?? '').slice(0, LONGEST_GROUND);
  const pause = cut && restarts ? 'suspension' : KINDS[kind];
  return [{ kind: pause, from: toLocalSecond(at), to: to && toLocalSecond(to), ground }];
}

const epoch = (at: Date | null): number | null => at && at.getTime() / 1000;

/** The question whose answer is the case's computed due. */
export function askedByCase(found: CaseDetail, timeline: TimelineItem[]): Asked {
  const stops = timeline.filter(isStop);
  const ledger = stops.map(({ kind, at }): ClockEvent => ({ kind, at: toLocalSecond(at) }));
  const { promisedAt, promisedFirstAt, limit } = found;
  const endedAt = isOpen(found.status) ? null : (found.finishedAt ?? found.returnedAt);
  const restarts = limit?.supplementMode === 'restart';
  const promised = comparablePromise(
    { promised: epoch(promisedAt), promisedFirst: epoch(promisedFirstAt) },
    ledger,
  );
  return {
    procedure: slugOf({ id: found.procedureId, code: found.procedureCode }),
    limit: null,
    receivedAt: toLocalSecond(found.receivedAt),
    promisedAt: promised === null ? null : local(promised),
    pauses: stops.flatMap((stop) => pausesOf(stop, endedAt, restarts)).reverse(),
    unit: found.calendarUnitCode,
    written: 'typed',
  };
}
