import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LimitUnit, SupplementMode, TimeOfDayPolicy } from '../domain/deadline';
import type { LimitStep } from '../domain/step-limits';

export interface ProcedureFacts {
  code: string | null;
  name: string;
  fieldName: string | null;
  fieldCode: string | null;
  departmentName: string | null;
}

export interface KnownProcedure extends ProcedureFacts {
  id: number;
  /** search_key(name) */
  nameKey: string;
  incomplete: boolean;
  /** The newest version, null when none was ever set. */
  limit: LimitRow | null;
}

export interface LimitFacts {
  amount: number;
  unit: LimitUnit;
  /** 'HH:MM', null when the procedure has no cut-off */
  receptionCutoff: string | null;
  supplementMode: SupplementMode;
  /** null: as the unit counts */
  timeOfDay: TimeOfDayPolicy | null;
  document: string | null;
  /** in their order; none where the offices' terms are not laid down */
  steps: LimitStep[];
}

export interface LimitRow extends LimitFacts {
  id: number;
  procedureId: number;
  validFrom: string;
}

export interface ProcedureLine extends ProcedureFacts {
  id: number;
  incomplete: boolean;
  cases: number;
  openCases: number;
  limit: LimitFacts | null;
}

const STEPS = `coalesce((select json_agg(json_build_object('name', s.name, 'department', s.department_name,
  'kind', s.kind, 'amount', s.amount, 'unit', s.unit) order by s.position)
  from limit_step s where s.limit_id = l.id), '[]')`;

const LIMIT_JSON = `json_build_object(
  'id', l.id, 'procedureId', l.procedure_id, 'validFrom', l.valid_from, 'amount', l.amount, 'unit', l.unit,
  'receptionCutoff', to_char(l.reception_cutoff, 'HH24:MI'), 'supplementMode', l.supplement_mode,
  'timeOfDay', l.time_of_day, 'document', l.document, 'steps', ${STEPS})`;

const LIMIT_COLUMNS = `l.id, l.procedure_id as "procedureId", l.valid_from as "validFrom", l.amount, l.unit,
  to_char(l.reception_cutoff, 'HH24:MI') as "receptionCutoff", l.supplement_mode as "supplementMode",
  l.time_of_day as "timeOfDay", l.document, ${STEPS} as steps`;

const FACTS = `p.code, p.name, p.field_name as "fieldName", p.field_code as "fieldCode",
  p.department_name as "departmentName"`;

/** The newest version of a procedure's limit. */
const NEWEST_LIMIT = `left join lateral (
  select * from processing_limit l where l.procedure_id = p.id order by l.valid_from desc limit 1) l on true`;

const LIMIT_OR_NULL = `case when l.id is not null then ${LIMIT_JSON} end as limit`;

/** 'procedures' in ASCII, shortened: two imports naming the same new procedure create it once. */
const CREATION_LOCK = 0x70726f63;

@Injectable()
export class ProcedureRepository {
  async lockCreation(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [CREATION_LOCK]);
  }

  known(tx: Tx): Promise<KnownProcedure[]> {
    return rows<KnownProcedure>(
      tx,
      `select p.id, ${FACTS}, search_key(p.name) as "nameKey", p.incomplete, ${LIMIT_OR_NULL}
       from procedure p ${NEWEST_LIMIT} order by p.incomplete, p.id`,
    );
  }

  names(tx: Tx): Promise<{ id: number; code: string | null; name: string }[]> {
    return rows(tx, 'select id, code, name from procedure order by id');
  }

  /** The search keys of names, in their order. */
  async nameKeys(tx: Tx, names: string[]): Promise<string[]> {
    const found = await rows<{ key: string }>(
      tx,
      'select search_key(n.name) as key from unnest($1::text[]) with ordinality as n(name, at) order by n.at',
      [names],
    );
    return found.map((r) => r.key);
  }

  async create(tx: Tx, facts: ProcedureFacts, incomplete: boolean): Promise<number> {
    const made = await one<{ id: number }>(
      tx,
      `insert into procedure (code, name, field_name, field_code, department_name, incomplete)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [facts.code, facts.name, facts.fieldName, facts.fieldCode, facts.departmentName, incomplete],
    );
    return made!.id;
  }

  async update(tx: Tx, id: number, facts: ProcedureFacts, incomplete: boolean): Promise<void> {
    await tx.query(
      `update procedure set code = $2, name = $3, field_name = $4, field_code = $5, department_name = $6,
         incomplete = $7 where id = $1`,
      [id, facts.code, facts.name, facts.fieldName, facts.fieldCode, facts.departmentName, incomplete],
    );
  }

  /** One version per procedure and first day: a second change on the same day replaces the first. */
  async putLimit(tx: Tx, procedureId: number, validFrom: string, limit: LimitFacts): Promise<void> {
    const stored = await one<{ id: number }>(
      tx,
      `insert into processing_limit
         (procedure_id, valid_from, amount, unit, reception_cutoff, supplement_mode, time_of_day, document)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (procedure_id, valid_from) do update set amount = excluded.amount, unit = excluded.unit,
         reception_cutoff = excluded.reception_cutoff, supplement_mode = excluded.supplement_mode,
         time_of_day = excluded.time_of_day, document = excluded.document
       returning id`,
      [
        procedureId,
        validFrom,
        limit.amount,
        limit.unit,
        limit.receptionCutoff,
        limit.supplementMode,
        limit.timeOfDay,
        limit.document,
      ],
    );
    await this.putSteps(tx, stored!.id, limit.steps);
  }

  private async putSteps(tx: Tx, limitId: number, steps: LimitStep[]): Promise<void> {
    await tx.query('delete from limit_step where limit_id = $1', [limitId]);
    if (steps.length === 0) return;
    await tx.query(
      `insert into limit_step (limit_id, position, name, department_name, kind, amount, unit)
       select $1, s.position, s.name, s.department, s.kind, s.amount, s.unit
       from jsonb_to_recordset($2::jsonb)
         as s(position int, name text, department text, kind text, amount int, unit text)`,
      [limitId, JSON.stringify(steps.map((step, i) => ({ ...step, position: i + 1 })))],
    );
  }

  async markComplete(tx: Tx, id: number): Promise<void> {
    await tx.query('update procedure set incomplete = false where id = $1', [id]);
  }

  /** Every version of every limit, oldest first. */
  allLimits(tx: Tx): Promise<LimitRow[]> {
    return rows<LimitRow>(
      tx,
      `select ${LIMIT_COLUMNS} from processing_limit l order by l.procedure_id, l.valid_from`,
    );
  }

  /** Every version of the procedures' limits, oldest first. */
  limitsOf(tx: Tx, procedureIds: number[]): Promise<LimitRow[]> {
    return rows<LimitRow>(
      tx,
      `select ${LIMIT_COLUMNS} from processing_limit l where l.procedure_id = any($1)
       order by l.procedure_id, l.valid_from`,
      [procedureIds],
    );
  }

  /** Procedures without a limit first. */
  list(tx: Tx, communeIds: number[], text: string | null): Promise<ProcedureLine[]> {
    return rows<ProcedureLine>(
      tx,
      `select p.id, ${FACTS}, p.incomplete, coalesce(n.cases, 0)::int as cases,
         coalesce(n.open, 0)::int as "openCases", ${LIMIT_OR_NULL}
       from procedure p ${NEWEST_LIMIT}
       left join (
         select procedure_id, count(*) as cases, count(*) filter (where status in (2, 4, 5, 6)) as open
         from case_record where unit_id = any($1) group by procedure_id
       ) n on n.procedure_id = p.id
       where $2::text is null
          or search_key(coalesce(p.code, '') || ' ' || p.name) like '%' || search_key($2) || '%'
       order by (l.id is not null), coalesce(n.open, 0) desc, p.name`,
      [communeIds, text],
    );
  }

  /** By code, or 'so-<id>' as in `bySlug`. */
  named(tx: Tx, slug: string): Promise<{ id: number; code: string | null; name: string } | undefined> {
    return one(
      tx,
      `select p.id, p.code, p.name from procedure p where p.code = $1 or (p.code is null and 'so-' || p.id = $1)`,
      [slug],
    );
  }

  /** Procedures to choose from: those with a code and a limit, by name. */
  choices(tx: Tx, count: number): Promise<{ code: string; name: string }[]> {
    return rows(
      tx,
      `select p.code, p.name from procedure p
       where p.code is not null and exists (select from processing_limit l where l.procedure_id = p.id)
       order by p.name, p.code limit $1`,
      [count],
    );
  }

  /** By code, or 'so-<id>' for a procedure a file named without its code. */
  async bySlug(tx: Tx, slug: string, communeIds: number[]): Promise<ProcedureLine | undefined> {
    return one<ProcedureLine>(
      tx,
      `select p.id, ${FACTS}, p.incomplete, ${LIMIT_OR_NULL},
         (select count(*) from case_record where procedure_id = p.id and unit_id = any($2))::int as cases,
         (select count(*) from case_record where procedure_id = p.id and unit_id = any($2)
            and status in (2, 4, 5, 6))::int as "openCases"
       from procedure p ${NEWEST_LIMIT} where p.code = $1 or (p.code is null and 'so-' || p.id = $1)`,
      [slug, communeIds],
    );
  }

  async countIncomplete(tx: Tx): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select count(*)::int as n from procedure p where not exists (select from processing_limit l where l.procedure_id = p.id)',
    );
    return found!.n;
  }

  /** Departments a step may name. */
  async departmentNames(tx: Tx, communeIds: number[]): Promise<string[]> {
    const found = await rows<{ name: string }>(
      tx,
      `select distinct name from unit where active and parent_id = any($1) and kind in ('centre', 'department')
       order by name`,
      [communeIds],
    );
    return found.map((r) => r.name);
  }

  async caseIds(tx: Tx, procedureIds: number[]): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      'select id from case_record where procedure_id = any($1) order by id',
      [procedureIds],
    );
    return found.map((r) => r.id);
  }
}
