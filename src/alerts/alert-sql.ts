import { EXCUSED_SQL, OPEN_SQL } from '../cases/case-status';

/** The clock of the case runs; on `case_record c`. */
export const RUNNING = `(c.settled_day is null and ${OPEN_SQL} and c.due_state <> 'paused')`;

const NO_EVENT = (kinds: string): string => `not exists (select from case_event e where e.case_id = c.id
  and e.kind in ${kinds} and e.recorded_at > a.raised_at)`;

/**
 * The alert still tells the truth: what it was raised for has not been done, ended or moved. On `alert a`, its
 * `case_record c` and its `alert_rule r`.
 */
export const CURRENT = `(case r.theme
  when 'deadline' then ${RUNNING} and c.deadline_at = a.deadline_at and not ${EXCUSED_SQL}
  when 'letter' then ${RUNNING} and c.deadline_at = a.case_deadline_at
    and not exists (select from letter l where l.case_id = c.id and l.deadline_at = c.deadline_at
      and l.state in ('sent', 'not-needed'))
  when 'step' then ${RUNNING} and ${NO_EVENT(`('transferred', 'consultation-answered')`)}
  when 'acceptance' then c.status = 1 and c.acceptance_due_at = a.deadline_at
  when 'supplement' then c.settled_day is null and c.due_state = 'paused' and c.paused_since = a.deadline_at
  when 'idle' then ${RUNNING} and ${NO_EVENT(
    `('transferred', 'promised-again', 'suspended', 'consultation-requested', 'consultation-answered', 'noted')`,
  )}
  when 'unassigned' then ${RUNNING} and c.department_id is null and c.officer_id is null and c.officer_name is null
  else false end)`;

/** Somebody who was told of the same said that it is in hand; on `alert a`. */
export const HELD = `exists (select from alert k where k.case_id = a.case_id and k.rule_id = a.rule_id
  and k.deadline_at = a.deadline_at and k.acknowledged_at is not null)`;

/** Put off until later; $1 is now. */
export const OFF = `(a.snoozed_until is not null and a.snoozed_until > $1)`;
