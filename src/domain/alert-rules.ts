/**
 * When the rules of alert fall due. Each theme of a case has a ladder of its own, counted from one instant: its
 * deadline, the last day for the letter, the due of its step, and so on. A rung is one rule on a ladder; each is
 * climbed once per instant counted from.
 */
import { lastSendingDay } from './apology';
import { atSecond, dayOf, type LocalSecond } from './local-date';
import { lastInstantInTime } from './outcome';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

/**
 * deadline: of the case; letter: the last day to send the letter before that deadline; step: the due of the step under
 * way; acceptance: until when an online submission is answered; supplement: since papers were asked for; idle: since
 * the last movement; unassigned: since reception without anybody in charge.
 */
export const ALERT_THEMES = [
  'deadline',
  'letter',
  'step',
  'acceptance',
  'supplement',
  'idle',
  'unassigned',
] as const;
export type AlertTheme = (typeof ALERT_THEMES)[number];

export type AlertMoment = 'before' | 'on-day' | 'after';
/** percent: of the term from its beginning to its end, in working time; only before a deadline */
export type AlertMeasure = 'working-days' | 'working-hours' | 'percent';

export interface AlertRule {
  id: number;
  theme: AlertTheme;
  moment: AlertMoment;
  /** 0 only with 'on-day', and with 'after': at once */
  amount: number;
  measure: AlertMeasure;
}

/** What a ladder is counted from. */
export interface AlertAnchor {
  at: LocalSecond;
  /** Beginning of the term, for shares of it; null where none is known. */
  from: LocalSecond | null;
  /** Days are compared, as for the deadline of a case: in time until the office closes on the day. */
  byDay: boolean;
}

/** Null where the theme has nothing to watch. */
export type AlertAnchors = Record<AlertTheme, AlertAnchor | null>;

const MOMENTS: Record<AlertTheme, AlertMoment[]> = {
  deadline: ['before', 'on-day', 'after'],
  letter: ['before', 'on-day'],
  step: ['before', 'on-day', 'after'],
  acceptance: ['before', 'after'],
  supplement: ['after'],
  idle: ['after'],
  unassigned: ['after'],
};

/** Moments that make sense for a theme. */
export const momentsOf = (theme: AlertTheme): readonly AlertMoment[] => MOMENTS[theme];

/** Longest time before or after, by measure: a year of working days, a month of working hours, all of the term. */
const MOST: Record<AlertMeasure, number> = { 'working-days': 250, 'working-hours': 176, percent: 99 };

/** What is wrong with a rule as somebody put it together; null when nothing is. */
export function ruleFault(rule: Omit<AlertRule, 'id'>): 'moment' | 'measure' | 'amount' | null {
  if (!MOMENTS[rule.theme].includes(rule.moment)) return 'moment';
  if (rule.measure === 'percent' && (rule.theme !== 'deadline' || rule.moment !== 'before')) return 'measure';
  const waits = rule.theme === 'supplement' || rule.theme === 'idle' || rule.theme === 'unassigned';
  const least = rule.moment === 'before' || waits ? 1 : 0;
  const most = rule.moment === 'on-day' ? 0 : MOST[rule.measure];
  return Number.isInteger(rule.amount) && rule.amount >= least && rule.amount <= most ? null : 'amount';
}

/**
 * The instant from which the rule holds. Rules in days hold from the opening of the working day they name; one that
 * names the day itself is moved to the working day before when that day is a rest day, while someone can still act.
 * @throws CalendarNotCovered
 */
export function alertInstant(
  rule: Omit<AlertRule, 'id'>,
  anchor: AlertAnchor,
  calendar: WorkingCalendar,
): LocalSecond | null {
  const day = dayOf(anchor.at);
  const opening = (days: number): LocalSecond => calendar.opensAt(calendar.addWorkingDays(day, days))!;
  const hours = rule.amount * 3600;
  switch (rule.moment) {
    case 'on-day':
      return calendar.opensAt(calendar.isWorkingDay(day) ? day : calendar.previousWorkingDay(day))!;
    case 'before':
      if (rule.measure === 'percent') return share(rule.amount, anchor, calendar);
      if (rule.measure === 'working-hours') return calendar.addWorkingSeconds(anchor.at, -hours);
      return opening(-rule.amount);
    case 'after':
      if (rule.amount === 0) return (anchor.byDay ? lastInstantInTime(anchor.at, calendar) : anchor.at) + 1;
      if (rule.measure === 'working-hours') return calendar.addWorkingSeconds(anchor.at, hours);
      return opening(rule.amount);
  }
}

function share(percent: number, { at, from }: AlertAnchor, calendar: WorkingCalendar): LocalSecond | null {
  if (from === null || from >= at) return null;
  const total = calendar.workingSecondsBetween(from, at);
  return calendar.addWorkingSeconds(from, Math.floor((total * percent) / 100));
}

/**
 * What the letter before a deadline is counted from: the end of the last day to send it.
 * @throws CalendarNotCovered
 */
export function letterAnchor(deadlineAt: LocalSecond, calendar: WorkingCalendar): AlertAnchor {
  const day = lastSendingDay(dayOf(deadlineAt), calendar);
  return { at: calendar.closesAt(day) ?? atSecond(day, 0), from: null, byDay: true };
}

export interface DueRung<R extends AlertRule = AlertRule> {
  rule: R;
  /** The instant its ladder is counted from. */
  anchorAt: LocalSecond;
}

export interface DueRungs<R extends AlertRule = AlertRule> {
  /** Of each theme the highest rung already due: after an outage not the whole ladder. */
  due: DueRung<R>[];
  /** When the next one falls due; null when none is left. */
  nextAt: LocalSecond | null;
}

/** Where a case stands on its ladders. Rules that need a year without calendar are passed over. */
export function dueRungs<R extends AlertRule>(
  rules: readonly R[],
  anchors: Partial<AlertAnchors>,
  now: LocalSecond,
  calendar: WorkingCalendar,
): DueRungs<R> {
  const highest = new Map<AlertTheme, DueRung<R> & { at: LocalSecond }>();
  let nextAt: LocalSecond | null = null;
  for (const rule of rules) {
    const anchor = anchors[rule.theme];
    const at = anchor ? instantOrNull(rule, anchor, calendar) : null;
    if (!anchor || at === null) continue;
    if (at > now) nextAt = nextAt === null ? at : Math.min(nextAt, at);
    else if (at >= (highest.get(rule.theme)?.at ?? -Infinity))
      highest.set(rule.theme, { rule, anchorAt: anchor.at, at });
  }
  return { due: [...highest.values()].map(({ rule, anchorAt }) => ({ rule, anchorAt })), nextAt };
}

/** The instant of the rule, null where it has none. */
export function instantOrNull(
  rule: AlertRule,
  anchor: AlertAnchor,
  calendar: WorkingCalendar,
): LocalSecond | null {
  try {
    return alertInstant(rule, anchor, calendar);
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}
