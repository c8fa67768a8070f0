/**
 * How many of the promises an office could not keep were followed by a letter of apology, and in time. Counted per
 * promise: a case promised again by its letter and late once more could not keep two of them.
 */
import type { EpochDay } from './local-date';

export interface BrokenPromise {
  /** Only a system says that it was broken, and somebody has proven it: a slip says so, no letter is owed. */
  excused: boolean;
  /** the letter for this promise that is not cancelled */
  letter: { sentDay: EpochDay | null; notNeeded: boolean } | null;
  /** Last day the letter could leave in time (`lastSendingDay`). */
  lastDay: EpochDay;
}

export const COVERAGE_CLASSES = ['in-time', 'late', 'waiting', 'not-needed', 'missing', 'excused'] as const;
/** waiting, not-needed and missing have no letter sent: one is being made, somebody said why not, there is nothing. */
export type CoverageClass = (typeof COVERAGE_CLASSES)[number];

export function coverageClass({ excused, letter, lastDay }: BrokenPromise): CoverageClass {
  if (excused) return 'excused';
  if (letter === null) return 'missing';
  if (letter.sentDay !== null) return letter.sentDay <= lastDay ? 'in-time' : 'late';
  return letter.notNeeded ? 'not-needed' : 'waiting';
}

export interface Coverage {
  /** inTime + late + none; the excused stand apart */
  owed: number;
  sent: number;
  inTime: number;
  late: number;
  /** waiting + notNeeded + missing */
  none: number;
  waiting: number;
  notNeeded: number;
  missing: number;
  excused: number;
  /** sent of owed, two decimals; null when nothing was owed: no figure, never 100 %. */
  percent: number | null;
}

export function coverageOf(classes: Iterable<CoverageClass>): Coverage {
  const count: Record<CoverageClass, number> = {
    'in-time': 0,
    late: 0,
    waiting: 0,
    'not-needed': 0,
    missing: 0,
    excused: 0,
  };
  for (const name of classes) count[name] += 1;
  const sent = count['in-time'] + count.late;
  const none = count.waiting + count['not-needed'] + count.missing;
  return {
    owed: sent + none,
    sent,
    inTime: count['in-time'],
    late: count.late,
    none,
    waiting: count.waiting,
    notNeeded: count['not-needed'],
    missing: count.missing,
    excused: count.excused,
    percent: percentOf(sent, sent + none),
  };
}

/** Half up in whole numbers, but never a full 100 while a letter is missing. */
function percentOf(sent: number, owed: number): number | null {
  if (owed === 0) return null;
  const hundredths = Math.floor((20_000 * sent + owed) / (2 * owed));
  return (sent < owed ? Math.min(hundredths, 9_999) : hundredths) / 100;
}
