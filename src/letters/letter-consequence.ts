import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  CalendarConsequences,
  type CalendarChange,
  type Consequence,
  type LetterEffects,
} from '../calendars/calendar-consequences';
import { CalendarImpact, type CaseImpact } from '../cases/calendar-impact.service';
import { local, type StoredDeadline } from '../cases/case-deadline';
import type { Tx } from '../database/transaction';
import { lastSendingDay, letterOwed } from '../domain/apology';
import { toLocalSecond, type EpochDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { LetterDraftRepository, type LetterOfCase } from './letter-draft.repository';

/** What a change of the calendar does to the letters: the drafts themselves are made and taken back by a job. */
@Injectable()
export class LetterConsequence implements Consequence<LetterEffects>, OnModuleInit {
  constructor(
    private readonly consequences: CalendarConsequences,
    private readonly impact: CalendarImpact,
    private readonly drafts: LetterDraftRepository,
  ) {}

  onModuleInit(): void {
    this.consequences.register('letters', this);
  }

  async preview(tx: Tx, change: CalendarChange): Promise<LetterEffects> {
    const { cases: all } = await this.impact.of(tx, change);
    const impacts = all.filter((i) => owes(i, change) !== owed(i, change));
    const letters = await this.drafts.ofCases(
      tx,
      impacts.map((i) => i.facts.id),
    );
    const sent = all.filter(sendingDayMoves).map((i) => i.facts.id);
    const sendingDaysMove = await this.drafts.countExtensions(tx, sent);
    const effects = { newlyOwed: 0, noLongerOwed: 0, sendingDaysMove };
    for (const impact of impacts) {
      const own = letters.filter((letter) => letter.caseId === impact.facts.id);
      if (owes(impact, change) !== null && !own.some((letter) => isFor(letter, impact.deadline)))
        effects.newlyOwed += 1;
      const old = owed(impact, change);
      effects.noLongerOwed += own.filter((letter) => letter.draft && letter.deadline === old).length;
    }
    return effects;
  }
}

/** Last day on which a letter leaves before the deadline; null where there is none, or the calendar does not tell. */
function sendingDay(stored: StoredDeadline, calendar: WorkingCalendar): EpochDay | null {
  const day = stored.deadlineDay;
  if (day === null || !calendar.covers(day)) return null;
  return lastSendingDay(day, calendar);
}

const sendingDayMoves = ({ facts, deadline, before, after }: CaseImpact): boolean =>
  before.running &&
  after.running &&
  sendingDay(facts, before.calendar) !== sendingDay(deadline, after.calendar);

/** A letter written ahead becomes the one that is owed. */
const isFor = ({ deadline, forecast }: LetterOfCase, stored: StoredDeadline): boolean =>
  deadline === stored.deadline && !forecast;

/** The deadline that a letter is owed for; null when none is. */
function owedFor(stored: StoredDeadline, calendar: WorkingCalendar, now: Date): number | null {
  const letter = letterOwed({
    settled: stored.settledDay !== null,
    // nothing is forecast here: forecasts come and go with the days
    receivedAt: toLocalSecond(now),
    reported: false,
    systemError: false,
    outcome: stored.outcome,
    deadlineAt: stored.deadline === null ? null : local(stored.deadline),
    paused: stored.dueState === 'paused' || stored.dueState === 'excluded',
    now: toLocalSecond(now),
    calendar,
  });
  return letter === null ? null : stored.deadline;
}

const owed = ({ facts, before }: CaseImpact, { now }: CalendarChange): number | null =>
  owedFor(facts, before.calendar, now);
const owes = ({ deadline, after }: CaseImpact, { now }: CalendarChange): number | null =>
  owedFor(deadline, after.calendar, now);
