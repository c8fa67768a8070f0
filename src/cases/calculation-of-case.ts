import { toLocalSecond } from '../domain/local-date';
import type { Asked, AskedPause } from './calculation-question';
import type { CaseDetail } from './case.repository';
import type { TimelineItem } from './case-timeline';
import { slugOf } from './procedure-name';

const KINDS = { 'supplement-requested': 'supplement', suspended: 'suspension' } as const;

/** The question whose answer the case's own deadline is. A pause of which nobody knows since when is left out. */
export const askedByCase = (found: CaseDetail, timeline: TimelineItem[]): Asked => ({
  procedure: slugOf({ id: found.procedureId, code: found.procedureCode }),
  limit: null,
  receivedAt: toLocalSecond(found.receivedAt),
  promisedAt: found.promisedAt && toLocalSecond(found.promisedAt),
  pauses: timeline.flatMap(pausesOf).reverse(),
  unit: found.unitCode,
  written: 'typed',
});

function pausesOf({ kind, at, until, text, approximate }: TimelineItem): AskedPause[] {
  if (approximate || !(kind in KINDS)) return [];
  const pause = KINDS[kind as keyof typeof KINDS];
  return [
    {
      kind: pause,
      from: toLocalSecond(at),
      to: until && toLocalSecond(until),
      ground: (text ?? '').slice(0, 200),
    },
  ];
}
