import type { EarlyDeadline } from './early-deadline';
import type { PortalRecord } from './portal-record';
import type { Supplement } from './supplement';
import { toInstant, type LocalSecond } from '../domain/local-date';

export type StageType = 'int4' | 'int2' | 'text' | 'timestamptz' | 'epoch' | 'date' | 'bool' | 'jsonb';

/** Column of the stage table and how it is written; the order is the order of the COPY. */
export type StageColumn = [
  name: string,
  type: StageType,
  of: (record: PortalRecord, early: EarlyDeadline | null, unitId: number | null) => unknown,
];

const iso = (at: LocalSecond | null): string | null => (at === null ? null : toInstant(at).toISOString());

const stored = (s: Supplement) => ({
  ...s,
  requestedAt: iso(s.requestedAt),
  receivedAt: iso(s.receivedAt),
  promisedBefore: iso(s.promisedBefore),
  promisedAfter: iso(s.promisedAfter),
});

/** An online submission nobody accepted yet stands from the moment it came in; no deadline runs on it. */
export const receptionOf = (r: PortalRecord): LocalSecond | null =>
  r.receivedAt ?? (r.status === 1 || r.status === 3 ? r.submittedAt : null);

/** What the source says. The commune is the run's own, or found by what the row says. */
const SAID: StageColumn[] = [
  ['unit_id', 'int4', (_, __, unitId) => unitId],
  ['line', 'int4', (r) => r.line],
  ['carried', 'int4', (r) => r.carried],
  ['code', 'text', (r) => r.code],
  ['procedure_code', 'text', (r) => r.procedureCode],
  ['procedure_name', 'text', (r) => r.procedureName],
  ['field_code', 'text', (r) => r.fieldCode],
  ['field_name', 'text', (r) => r.fieldName],
  ['department_name', 'text', (r) => r.departmentName],
  ['officer_name', 'text', (r) => r.officerName],
  ['applicant_name', 'text', (r) => r.applicantName],
  ['applicant_kind', 'text', (r) => r.applicantKind],
  ['address', 'text', (r) => r.address],
  ['phone', 'text', (r) => r.phone],
  ['email', 'text', (r) => r.email],
  ['summary', 'text', (r) => r.summary],
  ['channel', 'text', (r) => r.channel],
  ['status', 'int2', (r) => r.status],
  ['received_at', 'timestamptz', receptionOf],
  ['promised_at', 'timestamptz', (r) => r.promisedAt],
  ['promised_first_at', 'timestamptz', (r) => r.promisedFirstAt],
  ['finished_at', 'timestamptz', (r) => r.finishedAt],
  ['returned_at', 'timestamptz', (r) => r.returnedAt],
  ['submitted_at', 'timestamptz', (r) => r.submittedAt],
  [
    'supplements',
    'jsonb',
    (r) => (r.supplements.length === 0 ? null : JSON.stringify(r.supplements.map(stored))),
  ],
];

/** What follows from it for a case that is new; `assumed_…` is what it was computed with. */
const EARLY: StageColumn[] = [
  ['assumed_procedure', 'int4', (_, e) => e?.procedureId ?? null],
  ['armed', 'bool', (_, e) => e?.armed ?? false],
  ['limit_id', 'int4', (_, e) => e?.deadline.limitId ?? null],
  ['calendar_version_id', 'int4', (_, e) => e?.deadline.calendarVersionId ?? null],
  ['computed_due_at', 'epoch', (_, e) => e?.deadline.computedDue ?? null],
  ['due_state', 'text', (_, e) => e?.deadline.dueState ?? null],
  ['due_forecast', 'bool', (_, e) => e?.deadline.dueForecast ?? null],
  ['deadline_at', 'epoch', (_, e) => e?.deadline.deadline ?? null],
  ['deadline_day', 'date', (_, e) => e?.deadline.deadlineDay ?? null],
  ['settled_day', 'date', (_, e) => e?.deadline.settledDay ?? null],
  ['outcome', 'text', (_, e) => e?.deadline.outcome ?? null],
  ['outcome_first', 'text', (_, e) => e?.deadline.outcomeFirst ?? null],
  ['mismatch', 'bool', (_, e) => e?.deadline.mismatch ?? null],
  ['mismatch_cause', 'text', (_, e) => e?.deadline.mismatchCause ?? null],
  ['acceptance_due_at', 'epoch', (_, e) => e?.deadline.acceptanceDue ?? null],
];

export const STAGE_COLUMNS: StageColumn[] = [...SAID, ...EARLY];

const SQL_TYPES: Partial<Record<StageType, string>> = { epoch: 'timestamptz' };

/** Columns of a table that takes the rows, in SQL. */
export const STAGE_DEFINITION = STAGE_COLUMNS.map(
  ([name, type]) => `${name} ${SQL_TYPES[type] ?? type}`,
).join(', ');

/** The computed columns of `case_record` that a new case can bring along. */
export const EARLY_COLUMNS = EARLY.map(([name]) => name).filter(
  (name) => !name.startsWith('assumed_') && name !== 'armed',
);
