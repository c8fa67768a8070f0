/**
 * The account of a deadline: the days of the strip and the steps that led to the instant. Facts only; templates
 * word them. Replayed against the calendar, the account gives the same instant.
 */
import { foldClock, type CaseClock, type ClosedPause, type Pause } from './case-clock';
import { dayStrip, daysLeftOut, type DayCell } from './day-strip';
import {
  computeDue,
  computeTerm,
  pausesWorkingDays,
  pushesEnd,
  startOfHours,
  zeroDayOf,
  type Due,
  type DueInput,
  type LimitUnit,
  type ProcessingLimit,
  type Term,
} from './deadline';
import { atSecond, dayOf, type EpochDay, type LocalSecond } from './local-date';
import { likelyCause, type LikelyCause } from './mismatch-cause';
import { outsideHoles, type Span } from './spans';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

export type { DayCell } from './day-strip';

export interface NamedDay {
  day: EpochDay;
  name: string | null;
  document: string | null;
}

/** Days off in a row under one name; `name` is null for plain rest days. */
export interface DaysOff {
  from: EpochDay;
  to: EpochDay;
  name: string | null;
  document: string | null;
}

export interface WorkingSpan {
  from: LocalSecond;
  to: LocalSecond;
}

export type DueStep =
  | { kind: 'count'; amount: number; startedAt: LocalSecond; firstDay: EpochDay }
  | { kind: 'same-day'; startedAt: LocalSecond; cutoff: number | null }
  | {
      kind: 'cutoff-passed';
      startedAt: LocalSecond;
      cutoff: number | null;
      reason: 'rest-day' | 'after-closing' | 'after-cutoff';
      nextDay: EpochDay;
    }
  /** Not for same-day limits: the cut-off made another day the day of reception. */
  | { kind: 'late-reception'; startedAt: LocalSecond; cutoff: number; zeroDay: EpochDay }
  | { kind: 'hours'; amount: number; startedAt: LocalSecond; spans: WorkingSpan[] }
  | { kind: 'calendar-days'; amount: number; startedAt: LocalSecond; firstDay: EpochDay }
  | { kind: 'months'; amount: number; startedAt: LocalSecond; endDay: EpochDay }
  | {
      kind: 'paused';
      from: LocalSecond;
      to: LocalSecond | null;
      ground: string;
      days: EpochDay[];
      inWorkingDays: boolean;
      /** The days were added to the end instead of being left out. */
      pushes: boolean;
    }
  | { kind: 'restarted'; requestedAt: LocalSecond; receivedAt: LocalSecond; ground: string }
  | { kind: 'worked-days'; days: NamedDay[] }
  | { kind: 'days-off'; runs: DaysOff[] }
  | { kind: 'rolled'; from: EpochDay; to: EpochDay; name: string | null; document: string | null }
  | { kind: 'forecast'; years: number[] }
  | ({ kind: 'mismatch'; promisedAt: LocalSecond; dueAt: LocalSecond } & LikelyCause);

export interface DueAccount {
  due: Due;
  startedAt: LocalSecond;
  cells: DayCell[];
  steps: DueStep[];
}

export interface ExplainInput extends DueInput {
  today: EpochDay;
  promisedAt: LocalSecond | null;
}

interface Context {
  clock: CaseClock;
  limit: ProcessingLimit;
  calendar: WorkingCalendar;
  zeroDay: EpochDay;
  /** null while the case is paused */
  term: Term | null;
  cells: DayCell[];
}

/** The office hours in which a limit in hours ran out. */
function spansOf({ clock, calendar, term, zeroDay }: Context): WorkingSpan[] {
  if (!term) return [];
  const start = startOfHours(calendar, clock.startedAt, zeroDay);
  const holes = term.pauses.map(({ from, to }): Span => [from, to]);
  const spans: Span[] = [];
  for (let day = dayOf(start); day <= dayOf(term.dueAt); day++)
    for (const { opens, closes } of calendar.intervalsOf(day)) {
      const from = Math.max(atSecond(day, opens * 60), start);
      const to = Math.min(atSecond(day, closes * 60), term.dueAt);
      if (from < to) spans.push(...outsideHoles([from, to], holes));
    }
  return spans.map(([from, to]) => ({ from, to }));
}

function sameDayStep({ clock, limit, calendar }: Context): DueStep {
  const day = dayOf(clock.startedAt);
  const closes = calendar.closesAt(day);
  const facts = { startedAt: clock.startedAt, cutoff: limit.receptionCutoff };
  const cutoffAt = limit.receptionCutoff === null ? Infinity : atSecond(day, limit.receptionCutoff * 60);
  if (closes !== null && clock.startedAt < closes && clock.startedAt <= cutoffAt)
    return { kind: 'same-day', ...facts };
  const late = closes !== null && clock.startedAt >= closes ? 'after-closing' : 'after-cutoff';
  const nextDay = calendar.nextWorkingDay(day);
  return { kind: 'cutoff-passed', ...facts, reason: closes === null ? 'rest-day' : late, nextDay };
}

const countStep: Record<LimitUnit, (context: Context) => DueStep> = {
  'working-days': ({ clock, limit, calendar, zeroDay }) => {
    const firstDay = calendar.nextWorkingDay(zeroDay);
    return { kind: 'count', amount: limit.amount, startedAt: clock.startedAt, firstDay };
  },
  'working-hours': (context) => {
    const { startedAt } = context.clock;
    return { kind: 'hours', amount: context.limit.amount, startedAt, spans: spansOf(context) };
  },
  days: ({ clock, limit, zeroDay }) => {
    const firstDay = zeroDay + 1;
    return { kind: 'calendar-days', amount: limit.amount, startedAt: clock.startedAt, firstDay };
  },
  months: ({ clock, limit, calendar }) => {
    const unpaused = { ...clock, pauses: [] };
    const { endDay } = computeTerm({ clock: unpaused, limit, calendar, timeOfDay: 'end-of-office' });
    return { kind: 'months', amount: limit.amount, startedAt: clock.startedAt, endDay };
  },
  'same-day': sameDayStep,
};

function lateReceptionSteps({ clock, limit, zeroDay }: Context): DueStep[] {
  const { startedAt } = clock;
  if (limit.unit === 'same-day' || limit.receptionCutoff === null || zeroDay === dayOf(startedAt)) return [];
  return [{ kind: 'late-reception', startedAt, cutoff: limit.receptionCutoff, zeroDay }];
}

function restartSteps({ clock }: Context): DueStep[] {
  return clock.restarts.map(({ from, to, ground }) => ({
    kind: 'restarted',
    requestedAt: from,
    receivedAt: to,
    ground,
  }));
}

function pauseSteps({ clock, limit, term, cells, zeroDay }: Context): DueStep[] {
  const applied: Pause[] = term ? term.pauses : clock.pauses;
  return applied.map(({ from, to, ground, kind }) => {
    const closed: ClosedPause = { kind, from, to: to ?? Infinity, ground };
    const inWorkingDays = pausesWorkingDays(limit, closed);
    return {
      kind: 'paused',
      from,
      to,
      ground,
      days: daysLeftOut(closed, cells, { limit, zeroDay }),
      inWorkingDays,
      pushes: pushesEnd(limit, closed),
    };
  });
}

/** Days off up to the due day, those in a row under one name together. */
function offRuns(cells: readonly DayCell[]): DaysOff[] {
  const runs: DaysOff[] = [];
  for (const { day, name, document } of cells.filter((c) => c.role === 'off')) {
    const last = runs.at(-1);
    if (last && last.to === day - 1 && last.name === name && last.document === document) last.to = day;
    else runs.push({ from: day, to: day, name, document });
  }
  return runs;
}

function daySteps({ cells, clock }: Context): DueStep[] {
  const term = cells.filter((c) => c.day > dayOf(clock.startedAt));
  const worked = term.filter((c) => c.worked && (c.role === 'counted' || c.role === 'due'));
  const runs = offRuns(term);
  const steps: DueStep[] = [];
  if (worked.length > 0)
    steps.push({
      kind: 'worked-days',
      days: worked.map(({ day, name, document }) => ({ day, name, document })),
    });
  if (runs.length > 0) steps.push({ kind: 'days-off', runs });
  return steps;
}

function endSteps({ clock, limit, calendar, term }: Context): DueStep[] {
  if (!term) return [];
  const steps: DueStep[] = [];
  const dueDay = dayOf(term.dueAt);
  if (
    limit.unit !== 'working-hours' &&
    !calendar.isWorkingDay(term.endDay) &&
    calendar.rollForward(term.endDay) === dueDay
  ) {
    const { name, document } = calendar.describe(term.endDay);
    steps.push({ kind: 'rolled', from: term.endDay, to: dueDay, name, document });
  }
  const years = calendar.forecastYears(dayOf(clock.startedAt), dueDay);
  if (years.length > 0) steps.push({ kind: 'forecast', years });
  return steps;
}

function mismatchSteps(context: Context, promisedAt: LocalSecond | null): DueStep[] {
  const { term, calendar } = context;
  if (!term || promisedAt === null || dayOf(promisedAt) === dayOf(term.dueAt)) return [];
  const promisedDay = dayOf(promisedAt);
  const likely: LikelyCause = calendar.covers(promisedDay)
    ? likelyCause({ ...context, promisedDay })
    : { cause: 'unknown', workingDays: null };
  return [{ kind: 'mismatch', promisedAt, dueAt: term.dueAt, ...likely }];
}

function account(input: ExplainInput, limit: ProcessingLimit, due: Due): Pick<DueAccount, 'cells' | 'steps'> {
  const { calendar, timeOfDay, today, promisedAt } = input;
  const clock = foldClock(input.events, limit.supplementMode);
  const term = due.state === 'due' ? computeTerm({ clock, limit, calendar, timeOfDay }) : null;
  const cells = dayStrip({ clock, limit, calendar, term, today });
  const zeroDay = zeroDayOf(calendar, clock.startedAt, limit);
  const context = { clock, limit, calendar, zeroDay, term, cells };
  const steps = [
    ...restartSteps(context),
    ...lateReceptionSteps(context),
    countStep[limit.unit](context),
    ...pauseSteps(context),
    ...daySteps(context),
    ...endSteps(context),
    ...mismatchSteps(context, promisedAt),
  ];
  return { cells, steps };
}

/** Why the case is due when it is. Without a limit or a calendar there is nothing to count: no cells, no steps. */
export function explainDue(input: ExplainInput): DueAccount {
  const { limit } = input;
  const { startedAt } = foldClock(input.events, limit?.supplementMode ?? 'restart');
  const due = computeDue(input);
  const empty = { due, startedAt, cells: [], steps: [] };
  if (!limit || (due.state !== 'due' && due.state !== 'paused')) return empty;
  try {
    return { ...empty, ...account(input, limit, due) };
  } catch (error) {
    if (error instanceof CalendarNotCovered) return empty;
    throw error;
  }
}
