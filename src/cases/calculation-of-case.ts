import type { ClockEvent } from '../domain/case-clock';
import { toLocalSecond } from '../domain/local-date';
import type { Asked, AskedPause } from './calculation-question';
import { comparablePromise, local } from './case-deadline';
import type { CaseDetail } from './case.repository';
import type { TimelineItem } from './case-timeline';
import { slugOf } from './procedure-name';

const KINDS = { 'supplement-requested': 'supplement', suspended: 'suspension' } as const;
type Stop = TimelineItem & { kind: keyof typeof KINDS };
const LONGEST_GROUND = 200;

/** A stop of which nobody knows the moment is left out. */
const isStop = (item: TimelineItem): item is Stop => item.kind in KINDS && !item.approximate;

const pauseOf = ({ kind, at, until, text }: Stop): AskedPause => ({
  kind: KINDS[kind],
  from: toLocalSecond(at),
  to: until && toLocalSecond(until),
  ground: (text ?? '').slice(0, LONGEST_GROUND),
});

const epoch = (at: Date | null): number | null => at && at.getTime() / 1000;

/** The question whose answer is the case's computed due. */
export function askedByCase(found: CaseDetail, timeline: TimelineItem[]): Asked {
  const stops = timeline.filter(isStop);
  const ledger = stops.map(({ kind, at }): ClockEvent => ({ kind, at: toLocalSecond(at) }));
  const { promisedAt, promisedFirstAt } = found;
  const promised = comparablePromise(
    { promised: epoch(promisedAt), promisedFirst: epoch(promisedFirstAt) },
    ledger,
  );
  return {
    procedure: slugOf({ id: found.procedureId, code: found.procedureCode }),
    limit: null,
    receivedAt: toLocalSecond(found.receivedAt),
    promisedAt: promised === null ? null : local(promised),
    pauses: stops.map(pauseOf).reverse(),
    unit: found.calendarUnitCode,
    written: 'typed',
  };
}
