import { dayOf, toLocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { labels } from '../platform/labels';
import { correctionIn, countingEvents, instantIn, textIn } from './case-events';
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
  /** Body asked for its opinion. */
  body: string | null;
  /** Term of a consultation in working days. */
  days: number | null;
  /** Name of the step a case was handed to. */
  step: string | null;
  /** A correction by a person: the name of the entry, what it said, and what is true; `trueAt` null = it never happened. */
  correction: { what: string; from: Date | null; trueAt: Date | null } | null;
  /** A line of progress that the source told: the status, and when the step is due; the text says what was done. */
  progress: { status: string; due: Date | null } | null;
  /** Names of the facts a source corrected, as the interface calls them. */
  changes: string[];
}

const ENDS: Record<string, string> = { 'supplement-requested': 'supplement-received', suspended: 'resumed' };

const eventName = (kind: unknown): string => labels.eventKind[kind as keyof typeof labels.eventKind] ?? '';

function itemOf({ kind, at, data }: CaseEventRow): TimelineItem {
  return {
    kind,
    at,
    until: null,
    workingDays: null,
    text: textIn(data.ground) ?? textIn(data.text) ?? textIn(data.reason),
    legalBasis: textIn(data.legalBasis),
    by: textIn(data.by),
    promised: instantIn(data.promised),
    previous: instantIn(data.previous),
    due: instantIn(data.due),
    document: textIn(data.document),
    department: textIn(data.departmentTo),
    officer: textIn(data.officerTo),
    approximate: data.approximate === true,
    body: textIn(data.body),
    days: typeof data.days === 'number' ? data.days : null,
    step: textIn(data.step),
    correction: correctionIn({ kind, data }) && {
      ...{ what: eventName(data.kind), from: instantIn(data.from), trueAt: instantIn(data.trueAt) },
    },
    progress:
      kind === 'noted' && data.progress === true
        ? { status: labels.caseStatus[Number(data.status)] ?? '', due: instantIn(data.stepDue) }
        : null,
    changes: typeof data.changes === 'object' && data.changes !== null ? Object.keys(data.changes) : [],
  };
}

function workingDaysOf(from: Date, to: Date, calendar: WorkingCalendar): number | null {
  const [a, b] = [dayOf(toLocalSecond(from)), dayOf(toLocalSecond(to))];
  return calendar.covers(a) && calendar.covers(b) ? calendar.workingDaysBetween(a, b) : null;
}

/** What counts, at its true moment, and the corrections beside it; oldest first. */
function toldEvents(events: CaseEventRow[]): CaseEventRow[] {
  const corrections = events.filter((row) => correctionIn(row) !== null);
  return [...countingEvents(events), ...corrections].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id,
  );
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
  reason: CaseAlertRow['reason'];
  recipients: (Pick<
    CaseAlertRow,
    'standsInFor' | 'climbed' | 'sentAt' | 'sentBy' | 'seenAt' | 'acknowledgedAt'
  > & {
    name: string;
  })[];
}

export function alertGroups(alerts: CaseAlertRow[]): AlertGroup[] {
  const groups = new Map<string, AlertGroup>();
  for (const { raisedAt, reason, recipient, ...told } of alerts) {
    const key = JSON.stringify([raisedAt, reason]);
    const group = groups.get(key) ?? { raisedAt, reason, recipients: [] };
    groups.set(key, group);
    group.recipients.push({ name: recipient, ...told });
  }
  return [...groups.values()];
}
