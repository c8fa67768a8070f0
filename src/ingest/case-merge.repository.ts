import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LineRange, Stage } from './case-stage.repository';
import { GOES_BACK, MERGED, MERGE_EXPRESSIONS, TELLS_OTHERWISE } from './merge-columns';
import { EARLY_COLUMNS } from './stage-columns';
import { EARLY_HOLDS, JOINED_NAMES, ONCE, STRAIGHT, UNNAMED } from './stage-sql';

export interface MergeContext {
  runId: number;
  /** Code of the system the rows come from. */
  source: string;
  now: Date;
  /** A list older than another of its source: it only adds to the cases it knew. */
  older: boolean;
  /** Deadlines that came with the rows rest on what is still in force. */
  earlyHolds: boolean;
  /** Nothing is written, so nothing is locked. */
  looking: boolean;
}

/** A row that cannot become a case, and why. */
export interface RejectedRow {
  line: number;
  code: string;
  why: 'no-commune' | 'foreign' | 'incomplete';
  procedureMissing: boolean;
  applicantMissing: boolean;
  receptionMissing: boolean;
}

/** 'ingest' in ASCII, shortened: imports of one commune write in turns, a chunk each. */
const WRITE_LOCK = 0x696e67;

const list = (names: readonly string[], prefix = '', suffix = ''): string =>
  names.map((name) => `${prefix}${name}${suffix}`).join(', ');

/** A supplement that the ledger does not know yet. */
const NEW_SUPPLEMENT = `n.supplements is not null and (n.fresh or exists (
  select from jsonb_to_recordset(n.supplements) as x("requestedAt" timestamptz, "receivedAt" timestamptz)
  where not exists (select from case_event e
      where e.case_id = n.case_id and e.kind = 'supplement-requested' and e.at = x."requestedAt")
    or x."receivedAt" is not null and not exists (select from case_event e
      where e.case_id = n.case_id and e.kind = 'supplement-received' and e.at = x."receivedAt")))`;

/** A second system names the case for the first time, or says something else than last time. */
const TOLD_BY_SECOND = `n.second and not exists (select from case_source k
  where k.case_id = n.case_id and k.source = $3
    and (k.said_status, k.said_promised_at, k.said_finished_at, k.said_returned_at)
      is not distinct from (n.s_status, n.s_promised_at, n.s_finished_at, n.s_returned_at))`;

/** What the second system says itself, beside what it adds to the case. */
const SECOND_SAYS = 's_status, s_promised_at, s_finished_at, s_returned_at';

/** Looked up by its code for each row: to read all cases for some thousand rows costs more with every case there is. */
const KNOWN_CASE = `left join lateral (select k.*, k as old, k.xmin as version from case_record k
  where k.code = s.code ${ONCE}) c on true`;

const UNFIT = `case when s.unit_id is null then 'no-commune'
  when c.unit_id <> s.unit_id then 'foreign' when c.id is null and (${UNNAMED}) then 'incomplete' end`;

/** Brings staged rows into `case_record`, a range of lines at a time. */
@Injectable()
export class CaseMergeRepository {
  /**
   * Two imports of one commune take turns, and a province's list waits for each of its communes, all in one order;
   * reading and checking a file needs no turn.
   */
  async waitForTurn(tx: Tx, unitId: number): Promise<void> {
    await tx.query(
      `select pg_advisory_xact_lock($1, id) from (
         select id from unit where id = $2 or (parent_id = $2 and kind = 'commune') order by id) places`,
      [WRITE_LOCK, unitId],
    );
  }

  async create(tx: Tx): Promise<void> {
    await tx.query(
      `create temp table if not exists ingest_diff on commit drop as
       select c.id as case_id, false as fresh, false as leads, false as second, false as early, null::text as unfit,
         c.xmin as version, 0 as line, c.code, c.unit_id, ${list(MERGED, 'c.')}, null::jsonb as supplements, false as armed,
         ${list(EARLY_COLUMNS, 'c.', '')}, c.status as s_status, c.promised_at as s_promised_at,
         c.finished_at as s_finished_at, c.returned_at as s_returned_at, c as old
       from case_record c where false`,
    );
  }

  /** Finds what the lines would change: new cases, known ones that differ, and rows that fit no case. */
  async findChanges(tx: Tx, stage: Stage, { first, last }: LineRange, context: MergeContext): Promise<void> {
    await tx.query('truncate ingest_diff');
    await tx.query(
      `insert into ingest_diff
       select n.* from (
         select case when c.id is null then nextval(pg_get_serial_sequence('case_record', 'id')) else c.id end as case_id,
           c.id is null as fresh, m.leads, c.source <> $3 as second, c.id is null and ${EARLY_HOLDS('$5')} as early,
           ${UNFIT} as unfit,
           c.version, s.line, s.code, s.unit_id, ${MERGE_EXPRESSIONS}, s.supplements, s.armed,
           ${list(EARLY_COLUMNS, 's.')}, s.status as s_status, s.promised_at as s_promised_at,
           s.finished_at as s_finished_at, s.returned_at as s_returned_at, c.old
         from ${stage.rows} s
         ${KNOWN_CASE}
         ${JOINED_NAMES(stage)}
         cross join lateral (select c.id is null or (c.source = $3 and not $4) as leads) m
         where s.line between $1 and $2
           and ($6 or c.id is not null or not (${STRAIGHT}) or ${UNFIT} is not null) ${ONCE}) n
       where n.fresh or n.unfit is not null or (${list(MERGED, 'n.')}) is distinct from (${list(MERGED, '(n.old).')})
         or (${NEW_SUPPLEMENT}) or (${TOLD_BY_SECOND})`,
      [first, last, context.source, context.older, context.earlyHolds, context.looking],
    );
  }

  /** Takes out what cannot become a case. */
  takeUnfit(tx: Tx): Promise<RejectedRow[]> {
    return rows<RejectedRow>(
      tx,
      `delete from ingest_diff where unfit is not null
       returning line, code, unfit as why, procedure_id is null as "procedureMissing",
         applicant_name is null as "applicantMissing", received_at is null as "receptionMissing"`,
    );
  }

  async counts(tx: Tx): Promise<{ created: number; updated: number }> {
    const found = await one<{ created: number; updated: number }>(
      tx,
      `select count(*) filter (where fresh)::int as created, count(*) filter (where not fresh)::int as updated
       from ingest_diff`,
    );
    return found!;
  }

  /** Locks the known cases among the changes; answers how many somebody changed since they were compared. */
  async lockChanged(tx: Tx): Promise<number> {
    const found = await one<{ moved: number }>(
      tx,
      `with locked as (
         select c.id, c.xmin as version from case_record c
         where c.id in (select case_id from ingest_diff where not fresh) order by c.id for no key update)
       select count(*)::int as moved from ingest_diff x left join locked l on x.case_id = l.id
       where not x.fresh and x.version::text is distinct from l.version::text`,
    );
    return found!.moved;
  }

  async insertNew(tx: Tx, { runId, source, now }: MergeContext): Promise<void> {
    const computed = EARLY_COLUMNS.map((name) =>
      name === 'due_state'
        ? `case when early then due_state else 'pending' end`
        : name === 'due_forecast' || name === 'mismatch'
          ? `early and ${name}`
          : `case when early then ${name} end`,
    ).join(', ');
    await tx.query(
      `insert into case_record (id, unit_id, code, source, first_run_id, last_run_id, created_at, updated_at,
         ${list(MERGED)}, ${list(EARLY_COLUMNS)}, next_alert_at)
       overriding system value
       select case_id, unit_id, code, $1, $2, $2, $3, $3, ${list(MERGED)}, ${computed},
         case when early and armed then $3::timestamptz end
       from ingest_diff where fresh order by line`,
      [source, runId, now],
    );
  }

  async updateChanged(tx: Tx, { runId, source, now }: MergeContext): Promise<void> {
    const assignments = MERGED.map((name) => `${name} = x.${name}`).join(', ');
    await tx.query(
      `insert into ingest_change (run_id, case_id, before)
       select $1, x.case_id, b.before || jsonb_build_object('last_run_id', (x.old).last_run_id,
         'updated_at', (x.old).updated_at)
       from ingest_diff x cross join lateral (
         select coalesce(jsonb_object_agg(o.key, o.value), '{}') as before
         from jsonb_each(to_jsonb(x.old)) o join jsonb_each(to_jsonb(x)) t on t.key = o.key
         where o.key = any($2) and o.value is distinct from t.value) b
       where not x.fresh
       on conflict (case_id, run_id) do update set before = excluded.before || ingest_change.before`,
      [runId, MERGED],
    );
    await tx.query(
      `insert into case_source (case_id, source, first_run_id, last_run_id, said_status, said_promised_at,
         said_finished_at, said_returned_at)
       select case_id, $2, $1, $1, ${SECOND_SAYS} from ingest_diff where second
       on conflict (case_id, source) do update set last_run_id = excluded.last_run_id,
         said_status = excluded.said_status, said_promised_at = excluded.said_promised_at,
         said_finished_at = excluded.said_finished_at, said_returned_at = excluded.said_returned_at`,
      [runId, source],
    );
    await tx.query(
      `update case_record c set ${assignments}, last_run_id = $1, updated_at = $2
       from ingest_diff x where c.id = x.case_id and not x.fresh`,
      [runId, now],
    );
  }

  /** Cases whose deadline has to be computed from what is stored now. */
  async casesToCompute(tx: Tx): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      'select case_id as id from ingest_diff where not early order by case_id',
    );
    return found.map((c) => c.id);
  }

  /** Known cases that would be less far than they are. */
  goneBack(tx: Tx): Promise<{ line: number; code: string; from: number; to: number }[]> {
    return rows(
      tx,
      `select x.line, x.code, (x.old).status as "from", x.status as "to" from ingest_diff x where ${GOES_BACK}
       order by x.line`,
    );
  }

  /** Lines of an older list that tell a case otherwise than its source did since: what is known stays. */
  keptNewer(tx: Tx, stage: Stage, { first, last }: LineRange, source: string) {
    return rows<{ line: number; code: string }>(
      tx,
      `select s.line, s.code from ${stage.rows} s join case_record c on c.code = s.code
       where s.line between $1 and $2 and c.source = $3 and (${TELLS_OTHERWISE}) order by s.line`,
      [first, last, source],
    );
  }
}
