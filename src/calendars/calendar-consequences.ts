import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import type { CalendarBook } from './calendar-book';

/** A change of the calendar, before or after it is written. */
export interface CalendarChange {
  /** units whose calendar it may change, and the days on which it does: 'YYYY-MM-DD' */
  scope: { unitIds: number[]; firstDay: string; lastDay: string };
  before: CalendarBook;
  after: CalendarBook;
  now: Date;
}

/** Why, for the history of every case that moves. */
export interface ChangeReason {
  reason: string;
  document: string | null;
  by: string;
  /** as in `case_event.source`: 'user:3' */
  source: string;
}

/** A case whose computed due is another one after the change. */
export interface MovedCase {
  code: string;
  procedureName: string;
  running: boolean;
  due: Date | null;
  newDue: Date | null;
  /** as on the receipt; it stays */
  promised: Date | null;
}

export interface CaseEffects {
  /** cases whose computed due moves, and how many of them run */
  moved: number;
  running: number;
  /** the first of them, those that run first */
  moves: MovedCase[];
  becomeOverdue: number;
  stopBeingOverdue: number;
  mismatchesAppear: number;
  mismatchesVanish: number;
  /** moved cases with a promise on their receipt: it stays as printed */
  promisesStay: number;
}

export interface AlertEffects {
  /** running cases reminded at another moment */
  reminders: number;
  /** alerts not delivered yet that will say something no longer true: they are not sent */
  withdrawn: number;
}

export interface LetterEffects {
  newlyOwed: number;
  /** drafts of letters that are owed no longer */
  noLongerOwed: number;
  /** letters that ask for an extension and must leave on another day */
  sendingDaysMove: number;
}

/** What a change does, by the feature that does it. */
export interface CalendarEffects {
  cases: CaseEffects;
  alerts: AlertEffects;
  letters: LetterEffects;
}

export const NO_EFFECTS: CalendarEffects = {
  cases: {
    ...{ moved: 0, running: 0, moves: [], becomeOverdue: 0, stopBeingOverdue: 0 },
    ...{ mismatchesAppear: 0, mismatchesVanish: 0, promisesStay: 0 },
  },
  alerts: { reminders: 0, withdrawn: 0 },
  letters: { newlyOwed: 0, noLongerOwed: 0, sendingDaysMove: 0 },
};

export interface Consequence<T> {
  /** Computes, writes nothing. */
  preview(tx: Tx, change: CalendarChange): Promise<T>;
  /**
   * Does it, after the new version is written and in its transaction; what follows from jobs needs none.
   * @returns how many cases have another computed due now
   */
  apply?(tx: Tx, change: CalendarChange, why: ChangeReason): Promise<number>;
}

type Registered = { [K in keyof CalendarEffects]?: Consequence<CalendarEffects[K]> };

/** What follows from a change of the calendar. Features that stand after it register their part when they start. */
@Injectable()
export class CalendarConsequences {
  private readonly registered: Registered = {};

  register<K extends keyof CalendarEffects>(name: K, consequence: Consequence<CalendarEffects[K]>): void {
    (this.registered as Record<K, Consequence<CalendarEffects[K]>>)[name] = consequence;
  }

  /** @param change null: no day changes for anybody */
  async preview(tx: Tx, change: CalendarChange | null): Promise<CalendarEffects> {
    if (change === null) return NO_EFFECTS;
    const { cases, alerts, letters } = this.registered;
    return {
      cases: (await cases?.preview(tx, change)) ?? NO_EFFECTS.cases,
      alerts: (await alerts?.preview(tx, change)) ?? NO_EFFECTS.alerts,
      letters: (await letters?.preview(tx, change)) ?? NO_EFFECTS.letters,
    };
  }

  /** @returns how many cases have another computed due now */
  async apply(tx: Tx, change: CalendarChange | null, why: ChangeReason): Promise<number> {
    if (change === null) return 0;
    const { cases, alerts, letters } = this.registered;
    let moved = 0;
    for (const each of [cases, alerts, letters]) moved += (await each?.apply?.(tx, change, why)) ?? 0;
    return moved;
  }
}
