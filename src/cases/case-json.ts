import { isoDay, isoLocal } from '../domain/local-date';
import type { CaseStory } from './case-story.service';
import type { CaseDetail } from './case.repository';
import type { CaseAccount } from './due-account.service';
import type { AccountView } from './due-view';
import { maskedPhone } from './phone-mask';

/** Wall time with its offset: '2026-08-25T17:30:00+07:00'. */
export function instant(at: Date): string;
export function instant(at: Date | null): string | null;
export function instant(at: Date | null): string | null {
  return at === null ? null : `${isoLocal(at)}+07:00`;
}

/** Fields of a step that hold an epoch day. */
const DAYS = new Set(['day', 'firstDay', 'nextDay', 'endDay', 'zeroDay']);

/** Steps carry instants as `Date` and days as epoch days, which are ranges where a step lists days. */
function presented(value: unknown, key = ''): unknown {
  if (value instanceof Date) return instant(value);
  if (Array.isArray(value)) return value.map((v) => presented(v, key));
  if (typeof value === 'number' && (DAYS.has(key) || key === 'from' || key === 'to')) return isoDay(value);
  if (typeof value !== 'object' || value === null) return value;
  const told = Object.entries(value).filter(([k]) => k !== 'afterSupplement');
  return Object.fromEntries(told.map(([k, v]) => [k, presented(v, k)]));
}

/** How a deadline came about, in the REST form. */
export const presentAccount = ({ startedAt, steps, cells }: AccountView) => ({
  startedAt: instant(startedAt),
  steps: steps.map((step) => presented(step) as { kind: string }),
  days: cells.map((cell) => ({ ...cell, day: isoDay(cell.day) })),
});

const presentDeadline = (found: CaseDetail) => ({
  at: instant(found.deadlineAt),
  computedDueAt: instant(found.computedDueAt),
  state: found.dueState,
  forecast: found.dueForecast,
  mismatch: found.mismatch,
  pausedSince: instant(found.pausedSince),
  limit: found.limit,
  calendarVersion: found.calendarVersionId,
});

/** What in the ledger will be asked about later. */
export const presentWarnings = (story: CaseStory) =>
  story.warnings.map(({ kind, at, body }) => ({ kind, at: instant(at), body }));

/** What a case is after something was written to it, and where its deadline is explained. */
export const presentWritten = (found: CaseDetail, publicUrl: string) => ({
  code: found.code,
  status: found.status,
  deadline: presentDeadline(found),
  explanation: `${publicUrl}/ho-so/${encodeURIComponent(found.code)}`,
});

/** The REST form of one case. Contact data of the applicant stays masked. */
export function presentCase(found: CaseDetail, account: CaseAccount, story: CaseStory) {
  return {
    code: found.code,
    procedure: { code: found.procedureCode, name: found.procedureName, field: found.fieldName },
    applicant: { name: found.applicantName, kind: found.applicantKind, phone: maskedPhone(found.phone) },
    department: found.departmentName,
    officer: found.officerName,
    channel: found.channel,
    status: found.status,
    receivedAt: instant(found.receivedAt),
    promisedFirstAt: instant(found.promisedFirstAt),
    promisedAt: instant(found.promisedAt),
    finishedAt: instant(found.finishedAt),
    returnedAt: instant(found.returnedAt),
    deadline: presentDeadline(found),
    settledDay: found.settledDay,
    outcome: found.outcome,
    outcomeFirstPromise: found.outcomeFirst,
    acceptance: presented(story.acceptance),
    steps: presented(story.steps),
    warnings: presentWarnings(story),
    account: presentAccount(account),
  };
}
