import { typed } from '../web/typed-instant';
import { isFalseOverdue } from '../domain/false-overdue';
import type { MismatchCause } from '../domain/mismatch-cause';
import { toInstant, atSecond, parseIsoDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import { CAUSE_SLUGS } from './reconciliation-query';
import type { Finding } from './finding';
import type { CaseFace } from './reconciliation.repository';
import type { SettlementRow } from './settlement.repository';

const words = labels.reconciliation;
const dayText = (at: Date): string => typed(at).day;
const isoDayText = (day: string): string => dayText(toInstant(atSecond(parseIsoDay(day), 0)));

/** What the list, the form, the workbook and the REST interface tell of a finding. */
export interface FindingView {
  code: string;
  cause: Finding['cause'];
  causeName: string;
  state: Finding['state'];
  stateName: string;
  procedure: string;
  applicant: string;
  /** "Nguồn nói …" */
  source: string;
  /** "Lịch tính …" */
  calendar: string;
  /** The source counts the case as late or overdue. */
  late: boolean;
  about: Date;
  promisedAt: Date | null;
  computedDueAt: Date | null;
  resultAt: Date | null;
  twinCode: string | null;
  sources: string[];
  settlement: SettlementRow | null;
  /** Where it is settled. */
  href: string;
  /** Value of its box in the list. */
  key: string;
}

export function findingView(finding: Finding, face: CaseFace): FindingView {
  const { suspect, cause, state, about } = finding;
  const slug = CAUSE_SLUGS[cause];
  return {
    code: suspect.code,
    cause,
    causeName: words.cause[cause],
    state,
    stateName: words.state[state],
    procedure: face.procedureName,
    applicant: face.applicantName,
    source: sourceSays(finding),
    calendar: calendarSays(finding),
    late: isFalseOverdue(cause) || suspect.outcome === 'late',
    about,
    promisedAt: suspect.promisedAt,
    computedDueAt: suspect.computedDueAt,
    resultAt: suspect.resultAt,
    twinCode: cause === 'duplicate-code' ? suspect.twinCode : null,
    sources: face.sources,
    settlement: finding.settlement,
    href: `/doi-soat/${encodeURIComponent(suspect.code)}/${slug}`,
    key: `${suspect.code}/${slug}`,
  };
}

function sourceSays({ suspect, cause, about }: Finding): string {
  if (suspect.settledDay !== null && suspect.outcome === 'late')
    return words.source.late(dayText(about), isoDayText(suspect.settledDay));
  if (isFalseOverdue(cause))
    return words.source.overdue(labels.caseStatus[suspect.status] ?? '', dayText(about));
  return words.source.promise(dayText(about));
}

function calendarSays(finding: Finding): string {
  const { suspect, cause } = finding;
  switch (cause) {
    case 'status-not-updated':
      return words.calendar.result(dayText(suspect.resultAt!));
    case 'pause-not-recorded':
      return pauseSays(finding);
    case 'duplicate-code':
      return words.calendar.twin(suspect.twinCode!, isoDayText(suspect.twinSettledDay!));
    default:
      return words.calendar.due(dayText(suspect.computedDueAt!), reasonOf(suspect.mismatchCause));
  }
}

function pauseSays({ suspect, pauseUntold }: Finding): string {
  const standing = suspect.dueState === 'paused';
  if (pauseUntold || (standing && suspect.pausedSince === null))
    return standing ? words.calendar.standingUntold : words.calendar.pauseUntold;
  if (standing) return words.calendar.standing(dayText(suspect.pausedSince!));
  return words.calendar.pauseCounted(dayText(suspect.computedDueAt!));
}

/** The group of the unexplained says by its name that the reason is not known. */
const reasonOf = (cause: MismatchCause | null): string | null =>
  cause === null || cause === 'unknown' ? null : labels.mismatchReason(cause, null);
