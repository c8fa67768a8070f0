import { dayOf, toLocalSecond } from '../domain/local-date';
import { effectiveLedger } from '../domain/ledger';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { CaseAlertRow, CaseEventRow } from './case.repository';

/** One entry of the case's history. Fields that mean nothing for the kind are null. */
export interface TimelineItem {
  /** Kind of the event, or 'overdue' for the passing of the deadline. */
  kind: string;
  at: Date;
  /** End of a stop of the clock. */
  until: Date | null;
  /** Working days the clock stood still. */
  workingDays: number | null;
  text: string | null;
  legalBasis: string | null;
  by: string | null;
  promised: Date | null;
  previous: Date | null;
  /** Computed due after a change of the calendar or the limit. */
  due: Date | null;
  document: string | null;
  department: string | null;
  officer: string | null;
  /** The source told that it happened but not when. */
  approximate: boolean;
  /** Names of the facts a source corrected, as the interface calls them. */
  changes: string[];
}

const ENDS: Record<string, string> = { 'supplement-requested': 'supplement-received', suspended: 'resumed' };

const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() ? value.trim() : null;

function instant(value: unknown): Date | null {
  const at = typeof value === 'string' ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

function itemOf({ kind, at, data }: CaseEventRow): TimelineItem {
  return {
    kind,
    at,
    until: null,
    workingDays: null,
    text: text(data.ground) ?? text(data.text) ?? text(data.reason),
    legalBasis: text(data.legalBasis),
    by: text(data.by),
    promised: instant(data.promised),
    previous: instant(data.previous),
    due: instant(data.due),
    document: text(data.document),
    department: text(data.departmentTo),
    officer: text(data.officerTo),
    approximate: data.approximate === true,
    changes: typeof data.changes === 'object' && data.changes !== null ? Object.keys(data.changes) : [],
  };
}

function workingDaysOf(from: Date, to: Date, calendar: WorkingCalendar): number | null {
  const [a, b] = [dayOf(toLocalSecond(from)), dayOf(toLocalSecond(to))];
  return calendar.covers(a) && calendar.covers(b) ? calendar.workingDaysBetween(a, b) : null;
}

/** A correction somebody made: the entry it corrects and its true moment, null when it never happened. */
function correctionIn({ kind, data }: CaseEventRow): { id: number; at: number | null } | null {
  if (kind !== 'corrected' || typeof data.event !== 'number') return null;
  return { id: data.event, at: instant(data.trueAt)?.getTime() ?? null };
}

/** What counts, at its true moment, and the corrections beside it; oldest first. */
function toldEvents(events: CaseEventRow[]): CaseEventRow[] {
  const entries = events.map((row) => ({
    ...{ row, id: row.id, kind: row.kind, at: row.at.getTime(), recordedAt: row.recordedAt.getTime() },
    ...{ approximate: row.data.approximate === true, corrects: correctionIn(row) },
  }));
  const counting = effectiveLedger(entries).map(({ row, at }) => ({ ...row, at: new Date(at) }));
  const corrections = events.filter((row) => correctionIn(row) !== null);
  return [...counting, ...corrections].sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id);
}

/**
 * The history, newest first. A stop of the clock and its end become one entry that spans the time between.
 * @param overdueAt when the deadline passed without a result, null when it did not
 */
export function timelineOf(
  events: CaseEventRow[],
  overdueAt: Date | null,
  now: Date,
  calendar: WorkingCalendar,
): TimelineItem[] {
  const oldestFirst = toldEvents(events);
  const used = new Set<number>();
  const items: TimelineItem[] = [];
  for (const event of oldestFirst) {
    if (used.has(event.id)) continue;
    const item = itemOf(event);
    const end = oldestFirst.find((e) => e.kind === ENDS[event.kind] && e.at >= event.at && !used.has(e.id));
    if (end) used.add(end.id);
    if (event.kind in ENDS) {
      item.until = end?.at ?? null;
      item.workingDays = item.approximate ? null : workingDaysOf(event.at, end?.at ?? now, calendar);
      item.promised = end ? itemOf(end).promised : null;
    }
    items.push(item);
  }
  if (overdueAt)
    items.push(itemOf({ id: 0, kind: 'overdue', at: overdueAt, recordedAt: now, source: '', data: {} }));
  return items.sort((a, b) => b.at.getTime() - a.at.getTime());
}

/** Alerts of one rule raised together, and who saw them. */
export interface AlertGroup {
  raisedAt: Date;
  ruleKind: CaseAlertRow['ruleKind'];
  amount: number;
  recipients: { name: string; seenAt: Date | null }[];
}

export function alertGroups(alerts: CaseAlertRow[]): AlertGroup[] {
  const groups: AlertGroup[] = [];
  for (const { raisedAt, ruleKind, amount, recipient, seenAt } of alerts) {
    const known = groups.find(
      (g) => g.raisedAt.getTime() === raisedAt.getTime() && g.ruleKind === ruleKind && g.amount === amount,
    );
    const group = known ?? { raisedAt, ruleKind, amount, recipients: [] };
    if (!known) groups.push(group);
    group.recipients.push({ name: recipient, seenAt });
  }
  return groups;
}
