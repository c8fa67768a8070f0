/** Who is away, and who stands in: what a note of it must satisfy. */
import type { EpochDay } from './local-date';

export interface AbsenceSpan {
  firstDay: EpochDay;
  lastDay: EpochDay;
}

export interface AbsenceInput extends AbsenceSpan {
  userId: number;
  /** null: nobody stands in, the others of the office are told */
  substituteId: number | null;
  today: EpochDay;
  /** when the substitute is away */
  substituteAway: readonly AbsenceSpan[];
}

const LONGEST_DAYS = 366;

export type AbsenceFault = 'order' | 'past' | 'too-long' | 'oneself' | 'substitute-away';

/** The first thing wrong with it; null when nothing is. */
export function absenceFault(a: AbsenceInput): AbsenceFault | null {
  if (a.lastDay < a.firstDay) return 'order';
  if (a.lastDay < a.today) return 'past';
  if (a.lastDay - a.firstDay >= LONGEST_DAYS) return 'too-long';
  if (a.substituteId === a.userId) return 'oneself';
  const from = Math.max(a.firstDay, a.today);
  const covered = a.substituteAway.some((away) => away.firstDay <= from && away.lastDay >= a.lastDay);
  return covered ? 'substitute-away' : null;
}
