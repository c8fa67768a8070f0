/**
 * The case clock: the ledger of a case folded into what the deadline needs.
 *
 * The clock starts with complete reception (NĐ 118/2025 Đ17.3). It stands still from a request for supplement until
 * the supplement is complete, and from a suspension until it is resumed; pauses that overlap or touch are one pause.
 * In mode 'restart' a complete supplement starts the whole term anew (NĐ 61/2018 Đ19.4, carried into NĐ 118/2025):
 * the clock then starts at that moment and earlier pauses no longer matter. An event before reception acts from
 * reception on. The end of the case closes what still stands open; such a supplement never came, so it restarts
 * nothing. A resumption without a pause changes nothing.
 */
import type { LocalSecond } from './local-date';

/** What a complete supplement does to the term. */
export type SupplementMode = 'restart' | 'extend-working-days' | 'extend-calendar-days';

export type ClockEventKind =
  | 'received'
  | 'supplement-requested'
  | 'supplement-received'
  | 'suspended'
  | 'resumed'
  | 'finished'
  | 'withdrawn'
  | 'stopped'
  | 'refused';

export interface ClockEvent {
  kind: ClockEventKind;
  at: LocalSecond;
  /** Why the clock stands still, e.g. which paper is missing. */
  ground?: string;
  legalBasis?: string;
}

export type PauseKind = 'supplement' | 'suspension';

/** The clock stands still in [from, to); `to` is null while it still does. Merged pauses keep the first one's kind. */
export interface Pause {
  kind: PauseKind;
  from: LocalSecond;
  to: LocalSecond | null;
  ground: string;
}

export interface ClosedPause extends Pause {
  to: LocalSecond;
}

export interface CaseClock {
  receivedAt: LocalSecond;
  /** Reception, or the latest supplement that restarted the term. */
  startedAt: LocalSecond;
  /** Since `startedAt`, in order, apart from each other; an open one is the last. */
  pauses: Pause[];
  openPause: Pause | null;
  restarted: boolean;
  /** The waits for a supplement each of which ended with a new term. */
  restarts: ClosedPause[];
  supplementRequests: number;
  stoppedAt: LocalSecond | null;
}

interface Fold {
  startedAt: LocalSecond;
  open: Map<PauseKind, Pause>;
  closed: ClosedPause[];
  restarts: ClosedPause[];
  supplementRequests: number;
  stoppedAt: LocalSecond | null;
}

function openPause(fold: Fold, kind: PauseKind, from: LocalSecond, ground = ''): void {
  fold.stoppedAt = null;
  if (!fold.open.has(kind)) fold.open.set(kind, { kind, from, to: null, ground });
}

function closePause(fold: Fold, kind: PauseKind, to: LocalSecond): ClosedPause | null {
  const pause = fold.open.get(kind);
  fold.open.delete(kind);
  return pause ? { ...pause, to } : null;
}

function restart(fold: Fold, supplement: ClosedPause): void {
  fold.restarts.push(supplement);
  fold.startedAt = supplement.to;
  fold.closed = [];
  for (const pause of fold.open.values()) pause.from = Math.max(pause.from, supplement.to);
}

function stop(fold: Fold, at: LocalSecond): void {
  fold.stoppedAt = at;
  for (const kind of [...fold.open.keys()]) fold.closed.push(closePause(fold, kind, at)!);
}

function apply(fold: Fold, event: ClockEvent, at: LocalSecond, mode: SupplementMode): void {
  switch (event.kind) {
    case 'received':
      return;
    case 'supplement-requested':
      fold.supplementRequests++;
      return openPause(fold, 'supplement', at, event.ground);
    case 'suspended':
      return openPause(fold, 'suspension', at, event.ground);
    case 'supplement-received': {
      const pause = closePause(fold, 'supplement', at);
      if (pause && mode === 'restart') return restart(fold, pause);
      if (pause) fold.closed.push(pause);
      return;
    }
    case 'resumed': {
      const pause = closePause(fold, 'suspension', at);
      if (pause) fold.closed.push(pause);
      return;
    }
    default:
      return stop(fold, at);
  }
}

/** The pauses that have ended; all of them unless the clock stands still. */
export const closedPauses = (clock: CaseClock): ClosedPause[] =>
  clock.pauses.filter((pause): pause is ClosedPause => pause.to !== null);

/** One pause for all that overlap or touch, with every ground named once; pauses of no length vanish. */
export function mergePauses(pauses: readonly Pause[]): Pause[] {
  const result: Pause[] = [];
  const end = (pause: Pause): number => pause.to ?? Infinity;
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    if (pause.from === pause.to) continue;
    const last = result.at(-1);
    if (!last || end(last) < pause.from) {
      result.push({ ...pause });
      continue;
    }
    if (end(pause) > end(last)) last.to = pause.to;
    const grounds = [last.ground, pause.ground].filter((g) => g !== '');
    last.ground = [...new Set(grounds)].join('; ');
  }
  return result;
}

/**
 * @param events the ledger in any order; the earliest reception counts
 * @throws RangeError when nothing was received
 */
export function foldClock(events: readonly ClockEvent[], mode: SupplementMode): CaseClock {
  const ordered = [...events].sort((a, b) => a.at - b.at);
  const receivedAt = ordered.find((e) => e.kind === 'received')?.at;
  if (receivedAt === undefined) throw new RangeError('a ledger without reception has no clock');
  const fold: Fold = {
    startedAt: receivedAt,
    open: new Map(),
    closed: [],
    restarts: [],
    supplementRequests: 0,
    stoppedAt: null,
  };
  for (const event of ordered) apply(fold, event, Math.max(event.at, receivedAt), mode);
  const pauses = mergePauses([...fold.closed, ...fold.open.values()]);
  const last = pauses.at(-1);
  return {
    receivedAt,
    startedAt: fold.startedAt,
    pauses,
    openPause: last && last.to === null ? last : null,
    restarted: fold.restarts.length > 0,
    restarts: fold.restarts,
    supplementRequests: fold.supplementRequests,
    stoppedAt: fold.stoppedAt,
  };
}
