import { Injectable } from '@nestjs/common';
import type { AlertReason } from '../platform/alert-labels';
import { one, rows, type Tx } from '../database/transaction';
import type { LimitUnit, SupplementMode } from '../domain/deadline';
import type { OverdueCause } from '../domain/false-overdue';
import type { Outcome } from '../domain/outcome';
import type { DueState } from './case-deadline';
import { CALENDAR_UNIT_SQL, FORECAST_SQL } from './case-status';
import { asTyped, matches } from './case-search';

export interface CaseListRow {
  id: number;
  /** whose calendar the case follows */
  calendarUnitId: number;
  code: string;
  procedureName: string;
  applicantName: string;
  departmentName: string | null;
  officerName: string | null;
  status: number;
  receivedAt: Date;
  deadlineAt: Date | null;
  /** the deadline rests on a calendar year not decided yet */
  forecast: boolean;
  dueState: DueState;
  settledDay: string | null;
  outcome: Outcome | null;
  /** Online submission, and until when it must be answered. */
  submittedAt: Date | null;
  acceptanceDueAt: Date | null;
}

export interface CaseSearch {
  text: string | null;
  /** Only online submissions that wait to be accepted. */
  awaiting: boolean;
}

/** One case with everything its page tells. */
export interface CaseDetail extends CaseListRow {
  unitId: number;
  /** Code of the unit whose calendar the case follows. */
  calendarUnitCode: string;
  procedureId: number;
  procedureCode: string | null;
  fieldName: string | null;
  applicantKind: string | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  summary: string | null;
  channel: 'direct' | 'online' | 'postal';
  promisedFirstAt: Date | null;
  promisedAt: Date | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  computedDueAt: Date | null;
  dueForecast: boolean;
  pausedSince: Date | null;
  outcomeFirst: Outcome | null;
  mismatch: boolean;
  calendarVersionId: number | null;
  limitId: number | null;
  limit: { amount: number; unit: LimitUnit; supplementMode: SupplementMode; document: string | null } | null;
}

export interface CaseEventRow {
  id: number;
  kind: string;
  at: Date;
  recordedAt: Date;
  source: string;
  data: Record<string, unknown>;
}

export interface CaseAlertRow {
  reason: AlertReason;
  raisedAt: Date;
  recipient: string;
  /** for whom the recipient stands in */
  standsInFor: string | null;
  /** it climbed to the recipient because nobody had taken it in hand */
  climbed: boolean;
  /** how it reached the recipient first: when, and by which way; null while it has not */
  sentAt: Date | null;
  sentBy: 'email' | 'webhook' | null;
  seenAt: Date | null;
  acknowledgedAt: Date | null;
}

export interface CaseLetterRow {
  form: string;
  state: string;
  number: number | null;
  newDueAt: Date | null;
  deadlineAt: Date;
  sentAt: Date | null;
}

export interface CaseImportRow {
  id: number;
  fileName: string;
  channel: string;
  actor: string;
  at: Date;
  /** column -> value until then; null: it made the case */
  before: Record<string, unknown> | null;
}

export interface SystemErrorRow {
  cause: OverdueCause;
  /** It made the case overdue by mistake: no letter is owed for it. */
  excuses: boolean;
  note: string;
  evidence: string | null;
  settledBy: string | null;
  settledAt: Date;
}

const LIST = `c.id, ${CALENDAR_UNIT_SQL} as "calendarUnitId", c.code, p.name as "procedureName", c.applicant_name as "applicantName",
  d.name as "departmentName", c.officer_name as "officerName", c.status::int, c.received_at as "receivedAt",
  c.deadline_at as "deadlineAt", c.due_state as "dueState", c.settled_day as "settledDay", c.outcome, ${FORECAST_SQL} as forecast,
  c.submitted_at as "submittedAt", c.acceptance_due_at as "acceptanceDueAt"`;

const FROM = `from case_record c
  left join procedure p on p.id = c.procedure_id
  left join unit d on d.id = c.department_id`;

const MATCH = `c.unit_id = any($1) and ($2::text is null or ${matches('$2')})
  and (not $3::bool or c.status = 1 and c.submitted_at is not null)`;

/** Counting stops here: nobody pages further than this. */
export const COUNT_CAP = 10_000;

@Injectable()
export class CaseRepository {
  /** Newest reception first, closed cases too. */
  search(
    tx: Tx,
    communeIds: number[],
    { text, awaiting }: CaseSearch,
    window: { limit: number; offset: number },
  ): Promise<CaseListRow[]> {
    return rows<CaseListRow>(
      tx,
      `select ${LIST} ${FROM} where ${MATCH} order by c.received_at desc, c.id desc limit $4 offset $5`,
      [communeIds, asTyped(text), awaiting, window.limit, window.offset],
    );
  }

  /** At most COUNT_CAP + 1. */
  async countMatches(tx: Tx, communeIds: number[], { text, awaiting }: CaseSearch): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from (select 1 ${FROM} where ${MATCH} limit ${COUNT_CAP + 1}) matched`,
      [communeIds, asTyped(text), awaiting],
    );
    return found!.n;
  }

  byCode(tx: Tx, code: string, communeIds: number[]): Promise<CaseDetail | undefined> {
    return one<CaseDetail>(
      tx,
      `select ${LIST}, c.unit_id as "unitId", o.code as "calendarUnitCode", c.procedure_id as "procedureId", p.code as "procedureCode",
         p.field_name as "fieldName", c.applicant_kind as "applicantKind", c.address, c.phone, c.email, c.summary,
         c.channel, c.promised_first_at as "promisedFirstAt", c.promised_at as "promisedAt",
         c.finished_at as "finishedAt", c.returned_at as "returnedAt", c.computed_due_at as "computedDueAt",
         c.due_forecast as "dueForecast", c.paused_since as "pausedSince", c.outcome_first as "outcomeFirst",
         c.mismatch, c.calendar_version_id as "calendarVersionId", c.limit_id as "limitId",
         case when l.id is not null then json_build_object('amount', l.amount, 'unit', l.unit,
           'supplementMode', l.supplement_mode, 'document', l.document) end as limit
       ${FROM} join unit o on o.id = ${CALENDAR_UNIT_SQL} left join processing_limit l on l.id = c.limit_id
       where c.code = $1 and c.unit_id = any($2)`,
      [code, communeIds],
    );
  }

  /** What cases are called, by their ids. */
  async names(tx: Tx, ids: number[]): Promise<Map<number, { code: string; procedureName: string }>> {
    const found = await rows<{ id: number; code: string; procedureName: string }>(
      tx,
      `select c.id, c.code, p.name as "procedureName"
       from case_record c join procedure p on p.id = c.procedure_id where c.id = any($1)`,
      [ids],
    );
    return new Map(found.map(({ id, ...names }) => [id, names]));
  }

  /** Newest first. */
  events(tx: Tx, caseId: number): Promise<CaseEventRow[]> {
    return rows<CaseEventRow>(
      tx,
      `select id, kind, at, recorded_at as "recordedAt", source, data
       from case_event where case_id = $1 order by at desc, id desc`,
      [caseId],
    );
  }

  /** Who was reminded and who saw it, newest first. */
  alerts(tx: Tx, caseId: number): Promise<CaseAlertRow[]> {
    return rows<CaseAlertRow>(
      tx,
      `select json_build_object('theme', r.theme, 'moment', r.moment, 'amount', r.amount, 'measure', r.measure) as reason,
         a.raised_at as "raisedAt", u.full_name as recipient, f.full_name as "standsInFor", a.climb > 0 as climbed,
         sent.at as "sentAt", sent.channel as "sentBy", a.seen_at as "seenAt", a.acknowledged_at as "acknowledgedAt"
       from alert a left join user_account f on f.id = a.stands_in_for
       left join lateral (select n.sent_at as at, n.channel from alert_message m
         join notification n on n.id = m.notification_id
         where m.alert_id = a.id and n.state = 'sent' order by n.sent_at limit 1) sent on true
       join alert_rule r on r.id = a.rule_id
       join user_account u on u.id = a.recipient_id
       where a.case_id = $1 order by a.raised_at desc, r.id, u.full_name`,
      [caseId],
    );
  }

  /** The letter about the newest deadline. */
  letter(tx: Tx, caseId: number): Promise<CaseLetterRow | undefined> {
    return one<CaseLetterRow>(
      tx,
      `select form, state, number, new_due_at as "newDueAt", deadline_at as "deadlineAt", sent_at as "sentAt"
       from letter where case_id = $1 and state <> 'cancelled' order by deadline_at desc limit 1`,
      [caseId],
    );
  }

  /** Systems that name the case; the one that named it first leads. */
  sources(tx: Tx, caseId: number): Promise<{ name: string; leads: boolean }[]> {
    return rows(
      tx,
      `select coalesce(s.name, k.source) as name, k.leads
       from (select source, true as leads from case_record where id = $1
         union all select source, false from case_source where case_id = $1) k
       left join ingest_source s on s.code = k.source order by k.leads desc, 1`,
      [caseId],
    );
  }

  /** Imports that made the case or changed it, newest first, with what they replaced. */
  imports(tx: Tx, caseId: number): Promise<CaseImportRow[]> {
    return rows<CaseImportRow>(
      tx,
      `select r.id, r.file_name as "fileName", r.channel, r.actor, coalesce(r.finished_at, r.started_at) as at,
         t.before
           || case when t.before ? 'procedure_id' then jsonb_build_object('procedure_id',
             (select p.name from procedure p where p.id = (t.before ->> 'procedure_id')::int)) else '{}' end
           || case when t.before ? 'department_id' then jsonb_build_object('department_id',
             (select u.name from unit u where u.id = (t.before ->> 'department_id')::int)) else '{}' end as before
       from (select first_run_id as run_id, null::jsonb as before from case_record where id = $1
         union all select run_id, before from ingest_change where case_id = $1) t
       join ingest_run r on r.id = t.run_id order by r.id desc limit 20`,
      [caseId],
    );
  }

  /** Questions about the deadline in force that were settled as an error of a system. */
  systemErrors(tx: Tx, caseId: number): Promise<SystemErrorRow[]> {
    return rows<SystemErrorRow>(
      tx,
      `select v.cause, v.excuses, v.note, v.evidence, u.full_name as "settledBy", v.settled_at as "settledAt"
       from overdue_verdict v
       join case_record c on c.id = v.case_id and coalesce(c.deadline_at, c.promised_at) = v.deadline_at
       left join user_account u on u.id = v.settled_by
       where v.case_id = $1 and v.verdict = 'system-error' order by v.settled_at`,
      [caseId],
    );
  }
}
