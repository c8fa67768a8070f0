import type { LocalSecond } from './local-date';

/** A stretch of time, [from, to). */
export type Span = readonly [from: LocalSecond, to: LocalSecond];

/** Joins spans that overlap or touch, in order. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const result: [LocalSecond, LocalSecond][] = [];
  for (const [from, to] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** What is left of a span outside the holes, which are in order and apart. */
export function outsideHoles([from, to]: Span, holes: readonly Span[]): Span[] {
  const left: Span[] = [];
  let at = from;
  for (const [holeFrom, holeTo] of holes) {
    if (holeTo <= at) continue;
    if (holeFrom >= to) break;
    if (holeFrom > at) left.push([at, holeFrom]);
    at = Math.min(to, holeTo);
  }
  if (at < to) left.push([at, to]);
  return left;
}
