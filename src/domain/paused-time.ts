/**
 * Working time around pauses. A pause is a hole in the calendar: its seconds are not working time for this case.
 * A pause that opens exactly at the instant asked for does not count any more.
 */
import type { ClosedPause } from './case-clock';
import type { LocalSecond } from './local-date';
import type { WorkingCalendar } from './working-calendar';

type Hole = Pick<ClosedPause, 'from' | 'to'>;

/**
 * The earliest instant by which so many working seconds outside the pauses have passed since `at`.
 * @param pauses in order and apart from each other, as `foldClock` gives them
 */
export function addWorkingSecondsAround(
  calendar: WorkingCalendar,
  at: LocalSecond,
  seconds: number,
  pauses: readonly Hole[],
): LocalSecond {
  let total = seconds;
  let due = calendar.addWorkingSeconds(at, total);
  for (const pause of pauses) {
    if (pause.to <= at) continue;
    if (pause.from >= due) break;
    total += calendar.workingSecondsBetween(Math.max(at, pause.from), pause.to);
    due = calendar.addWorkingSeconds(at, total);
  }
  return due;
}

/** Working seconds from a to b that lie outside the pauses; a <= b, pauses apart from each other. */
export function workingSecondsOutside(
  calendar: WorkingCalendar,
  a: LocalSecond,
  b: LocalSecond,
  pauses: readonly Hole[],
): number {
  const paused = pauses
    .map(({ from, to }) => [Math.max(a, from), Math.min(b, to)] as const)
    .filter(([from, to]) => from < to)
    .reduce((sum, [from, to]) => sum + calendar.workingSecondsBetween(from, to), 0);
  return calendar.workingSecondsBetween(a, b) - paused;
}
