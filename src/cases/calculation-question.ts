import type { PauseKind } from '../domain/case-clock';
import type { LimitUnit, ProcessingLimit, SupplementMode, TimeOfDayPolicy } from '../domain/deadline';
import type { EpochDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';

/** A number somebody wrote; null when left out. */
export type Told = number | null | 'unreadable';

export const isTold = (told: Told): told is number => typeof told === 'number';

export interface AskedPause {
  kind: PauseKind;
  /** Local seconds. */
  from: Told;
  /** null: the clock still stands */
  to: Told;
  ground: string;
}

export interface AskedLimit {
  amount: Told;
  unit: LimitUnit | null;
  /** Minutes since midnight. */
  receptionCutoff: Told;
  supplementMode: SupplementMode | null;
  /** null: as the unit counts */
  timeOfDay: TimeOfDayPolicy | null;
}

/** A question as it was written, before anybody looked whether it makes sense. */
export interface Asked {
  /** Code of a procedure. */
  procedure: string | null;
  limit: AskedLimit | null;
  receivedAt: Told;
  promisedAt: Told;
  pauses: AskedPause[];
  /** Code of a unit; null: the reader's. */
  unit: string | null;
  /** How instants are written where the question came from. */
  written: 'typed' | 'iso';
}

export interface KnownProcedure {
  code: string | null;
  name: string;
  limitOn: (day: EpochDay) => ProcessingLimit | null;
}

/** Whose calendar and setting count. */
export interface Place {
  code: string;
  name: string;
  calendar: WorkingCalendar;
  calendarVersionId: number;
  timeOfDay: TimeOfDayPolicy;
}

/** What the question's names stand for; null for a name nobody knows. */
export interface Known {
  procedure: KnownProcedure | null;
  place: Place | null;
}
