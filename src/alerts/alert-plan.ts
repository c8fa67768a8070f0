import type { CalendarBook } from '../calendars/calendar-book';
import { dueRung } from '../domain/alert-rules';
import { toInstant, toLocalSecond } from '../domain/local-date';
import type { ClaimedCase } from './alert.repository';
import type { RuleBook } from './rule-book';
import type { StaffDirectory } from './staff-directory';

/** With nobody to tell, the case is looked at again after this many milliseconds: an account may exist by then. */
const NOBODY_TO_TELL = 3_600_000;

export interface AlertGround {
  now: Date;
  book: CalendarBook;
  rules: RuleBook;
  staff: StaffDirectory;
}

export interface AlertPlan {
  caseId: number;
  nextAt: Date | null;
  ruleId: number | null;
  recipients: number[];
}

/** What a claimed case asks for: at most one alert, of the highest rung already due, and when to look again. */
export function planAlert(claimed: ClaimedCase, { now, book, rules, staff }: AlertGround): AlertPlan {
  const nothing = { caseId: claimed.id, nextAt: null, ruleId: null, recipients: [] };
  if (!claimed.running || !claimed.deadlineAt) return nothing;
  const { calendar } = book.of(claimed.departmentId ?? claimed.communeId);
  const ladder = rules.of(claimed.communeId);
  const { rule, nextAt } = dueRung(ladder, toLocalSecond(claimed.deadlineAt), toLocalSecond(now), calendar);
  const next = nextAt === null ? null : toInstant(nextAt);
  if (!rule) return { ...nothing, nextAt: next };
  const relations = ladder.find((r) => r.id === rule.id)!.recipients;
  const recipients = staff.recipients(relations, claimed);
  if (recipients.length === 0) return { ...nothing, nextAt: new Date(now.getTime() + NOBODY_TO_TELL) };
  return { caseId: claimed.id, nextAt: next, ruleId: rule.id, recipients };
}
