import type { CalendarBook } from '../calendars/calendar-book';
import { deliveryOf, climbAt, type DeliveryMoment } from '../domain/alert-delivery';
import { dueRungs, letterAnchor, type AlertAnchor, type AlertAnchors } from '../domain/alert-rules';
import { toInstant, toLocalSecond, type LocalSecond } from '../domain/local-date';
import { isOverdue } from '../domain/outcome';
import { CalendarNotCovered, type WorkingCalendar } from '../domain/working-calendar';
import type { ClaimedCase } from './alert.repository';
import type { RuleBook, StoredRule } from './rule-book';
import type { StaffDirectory, Told } from './staff-directory';

/** With nobody to tell, the case is looked at again after this many milliseconds: an account may exist by then. */
const NOBODY_TO_TELL = 3_600_000;

export interface AlertGround {
  now: Date;
  book: CalendarBook;
  rules: RuleBook;
  staff: StaffDirectory;
}

/** One alert for one person. */
export interface PlannedAlert extends Told {
  caseId: number;
  ruleId: number;
  /** The instant the rule counts from. */
  anchorAt: Date;
  climb: number;
  climbAt: Date | null;
}

export interface AlertPlan {
  caseId: number;
  nextAt: Date | null;
  alerts: PlannedAlert[];
}

/** What a claimed case asks for: of each theme the highest rung already due, and when to look again. */
export function planAlerts(claimed: ClaimedCase, ground: AlertGround): AlertPlan {
  const { book, rules, now } = ground;
  const { calendar } = book.of(claimed.departmentId ?? claimed.communeId);
  const anchors = anchorsOf(claimed, toLocalSecond(now), calendar);
  const own = rules.of(claimed.communeId, claimed.procedureId);
  const { due, nextAt } = dueRungs(own, anchors, toLocalSecond(now), calendar);
  const alerts = due.flatMap(({ rule, anchorAt }) => alertsOf(claimed, rule, toInstant(anchorAt), ground));
  const next = nextAt === null ? null : toInstant(nextAt);
  const told = new Set(alerts.map((alert) => alert.ruleId));
  if (due.every(({ rule }) => told.has(rule.id))) return { caseId: claimed.id, nextAt: next, alerts };
  const again = new Date(now.getTime() + NOBODY_TO_TELL);
  return { caseId: claimed.id, nextAt: next && next < again ? next : again, alerts };
}

/** The rows a rule makes for a case: one for each person. */
function alertsOf(
  { id, ...concerned }: ClaimedCase,
  rule: StoredRule,
  anchorAt: Date,
  ground: AlertGround,
): PlannedAlert[] {
  return ground.staff.recipients(rule.recipients, concerned).map((told) => ({
    ...{ caseId: id, ruleId: rule.id, anchorAt, ...told, climb: 0 },
    climbAt: climbsAt(rule, 0, told.recipientId, ground),
  }));
}

/** When an alert climbs for the next time; null when there is nobody above. */
export function climbsAt(
  { urgency, climbTo, climbHours }: StoredRule,
  climb: number,
  recipientId: number,
  ground: AlertGround,
): Date | null {
  if (climb >= climbTo.length) return null;
  const { calendar } = ground.book.of(ground.staff.unitOf(recipientId));
  const { at } = deliveryOf(urgency, toLocalSecond(ground.now), calendar);
  const climbs = climbAt(at, climbHours, calendar);
  return climbs === null ? null : toInstant(climbs);
}

/** How one person is told of a rule's alert. */
export function tellingOf(rule: StoredRule, recipientId: number, ground: AlertGround): DeliveryMoment {
  const { calendar } = ground.book.of(ground.staff.unitOf(recipientId));
  return deliveryOf(rule.urgency, toLocalSecond(ground.now), calendar);
}

const second = (at: Date | null): LocalSecond | null => (at === null ? null : toLocalSecond(at));

const byHour = (at: Date | null, from: Date | null = null): AlertAnchor | null =>
  at === null ? null : { at: toLocalSecond(at), from: second(from), byDay: false };

/** What of the case the ladders are counted from. */
export function anchorsOf(c: ClaimedCase, now: LocalSecond, calendar: WorkingCalendar): AlertAnchors {
  const deadline = c.running && !c.excused ? c.deadlineAt : null;
  return {
    deadline: deadline && { at: toLocalSecond(deadline), from: second(c.receivedAt), byDay: true },
    letter: deadline && !c.letterSettled ? lastDayForLetter(toLocalSecond(deadline), now, calendar) : null,
    step: c.running && c.stepDue ? { at: c.stepDue.at, from: null, byDay: c.stepDue.byDay } : null,
    acceptance: byHour(c.acceptanceDueAt, c.receivedAt),
    supplement: byHour(c.supplementSince),
    idle: c.running ? byHour(c.movedAt) : null,
    unassigned: c.running && c.unassigned ? byHour(c.receivedAt) : null,
  };
}

/** Once that day has passed, the letter is another one: that of a late case. */
function lastDayForLetter(
  deadlineAt: LocalSecond,
  now: LocalSecond,
  calendar: WorkingCalendar,
): AlertAnchor | null {
  try {
    const anchor = letterAnchor(deadlineAt, calendar);
    return isOverdue(anchor.at, now, calendar) ? null : anchor;
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}
