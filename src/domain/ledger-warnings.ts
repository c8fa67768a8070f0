/**
 * What in the ledger of a case will be asked about later, although nothing forbids to record it. A request for
 * supplement comes within 3 working days of reception (NĐ 61/2018 Đ19.4); after a second one the national index
 * counts the case as late (QĐ 766/QĐ-TTg); a clock stands still only where a law says so.
 */
import { dayOf, type LocalSecond } from './local-date';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export const SUPPLEMENT_WITHIN_DAYS = 3;
export const LONG_PAUSE_DAYS = 30;

export interface WarnedEntry {
  kind: string;
  at: LocalSecond;
  legalBasis: string | null;
  /** The source told that it happened, not when and why. */
  approximate: boolean;
}

export interface AwaitedAnswer {
  body: string;
  dueAt: LocalSecond | null;
  answeredAt: LocalSecond | null;
}

export type LedgerWarning =
  | {
      kind:
        | 'supplement-late'
        | 'supplement-again'
        | 'suspended-without-basis'
        | 'resumed-without-pause'
        | 'pause-long';
      /** of the entry it is about */
      at: LocalSecond;
    }
  | { kind: 'consultation-overdue'; at: LocalSecond; body: string };

export interface WarningInput {
  /** that count, oldest first */
  entries: readonly WarnedEntry[];
  consultations: readonly AwaitedAnswer[];
  receivedAt: LocalSecond;
  /** The case has not ended: a pause without an end is still open. */
  open: boolean;
  calendar: WorkingCalendar;
  now: LocalSecond;
}

const ENDS: Record<string, string> = { 'supplement-received': 'supplement-requested', resumed: 'suspended' };

/** Working days between two instants, the day of the first not counted; 0 in years nobody knows. */
function workingDays(calendar: WorkingCalendar, from: LocalSecond, to: LocalSecond): number {
  try {
    return calendar.workingDaysBetween(dayOf(from), dayOf(to));
  } catch (error) {
    if (error instanceof CalendarNotCovered) return 0;
    throw error;
  }
}

function requestWarnings({ entries, receivedAt, calendar }: WarningInput): LedgerWarning[] {
  const requests = entries.filter((e) => e.kind === 'supplement-requested' && !e.approximate);
  return requests.flatMap(({ at }, i): LedgerWarning[] => {
    if (i > 0) return [{ kind: 'supplement-again', at }];
    const late = workingDays(calendar, receivedAt, at) > SUPPLEMENT_WITHIN_DAYS;
    return late ? [{ kind: 'supplement-late', at }] : [];
  });
}

function pauseWarnings({ entries, open, calendar, now }: WarningInput): LedgerWarning[] {
  const warnings: LedgerWarning[] = [];
  const running = new Map<string, LocalSecond>();
  for (const { kind, at, legalBasis, approximate } of entries) {
    const start = ENDS[kind];
    if (start !== undefined && !running.delete(start) && !approximate)
      warnings.push({ kind: 'resumed-without-pause', at });
    if (kind !== 'supplement-requested' && kind !== 'suspended') continue;
    running.set(kind, at);
    if (kind === 'suspended' && legalBasis === null && !approximate)
      warnings.push({ kind: 'suspended-without-basis', at });
  }
  if (!open) return warnings;
  const long = [...running.values()].filter((at) => workingDays(calendar, at, now) > LONG_PAUSE_DAYS);
  return [...warnings, ...long.map((at): LedgerWarning => ({ kind: 'pause-long', at }))];
}

/** A consultation is past its due while the answer is awaited, or when it came after it; by date. */
const isLate = ({ dueAt, answeredAt }: AwaitedAnswer, now: LocalSecond): boolean =>
  dueAt !== null && dayOf(answeredAt ?? now) > dayOf(dueAt);

/** Everything worth a second look, oldest first. Warnings never block. */
export function ledgerWarnings(input: WarningInput): LedgerWarning[] {
  const late = input.consultations
    .filter((c) => isLate(c, input.now))
    .map(({ body, dueAt }): LedgerWarning => ({ kind: 'consultation-overdue', at: dueAt!, body }));
  return [...requestWarnings(input), ...pauseWarnings(input), ...late].sort((a, b) => a.at - b.at);
}
