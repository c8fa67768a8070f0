import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { PROCEDURE_KEY } from './case-stage.repository';
import { bitOf, type Field } from './fields';

export interface MergeContext {
  runId: number;
  unitId: number;
  /** Name of the source, kept with each case. */
  source: string;
  now: Date;
}

/** A new case takes what the file says; a known one keeps what the file does not carry. */
const carried = (fields: Field[], said: string, kept: string): string => {
  const bits = fields.reduce((mask, field) => mask | bitOf(field), 0);
  return `case when c.id is null or s.carried & ${bits} <> 0 then ${said} else ${kept} end`;
};

const plain = (field: Field, column: string): string =>
  `${carried([field], `s.${column}`, `c.${column}`)} as ${column}`;

/**
 * A fact that people may record here too: the source wins when it says something new, not when it repeats itself.
 */
const contested = (field: Field, column: string): string =>
  carried(
    [field],
    `case when c.id is not null and s.${column} is not distinct from c.said_${column}
    then c.${column} else s.${column} end`,
    `c.${column}`,
  );

const said = (field: Field, column: string): string =>
  `${carried([field], `s.${column}`, `c.said_${column}`)} as said_${column}`;

const PROMISED = contested('promisedAt', 'promised_at');

/** Name of each column the merge writes, and how it is found from stage `s` and case `c`. */
const COLUMNS: [name: string, expression: string][] = [
  ['procedure_id', `coalesce(p.id, c.procedure_id) as procedure_id`],
  ['department_id', `${carried(['departmentName'], 'd.id', 'c.department_id')} as department_id`],
  ['officer_name', plain('officerName', 'officer_name')],
  ['officer_id', `${carried(['officerName'], 'o.id', 'c.officer_id')} as officer_id`],
  ['applicant_name', plain('applicantName', 'applicant_name')],
  ['applicant_kind', plain('applicantKind', 'applicant_kind')],
  ['address', plain('address', 'address')],
  ['phone', plain('phone', 'phone')],
  ['email', plain('email', 'email')],
  ['summary', plain('summary', 'summary')],
  ['channel', plain('channel', 'channel')],
  ['status', `coalesce(${contested('status', 'status')}, 2) as status`],
  ['submitted_at', plain('submittedAt', 'submitted_at')],
  ['received_at', contested('receivedAt', 'received_at')],
  // The first promise ever known; a supplement tells the one before it.
  [
    'promised_first_at',
    `coalesce(s.promised_first_at, c.promised_first_at, ${PROMISED}) as promised_first_at`,
  ],
  ['promised_at', `${PROMISED} as promised_at`],
  ['finished_at', `${contested('finishedAt', 'finished_at')} as finished_at`],
  ['returned_at', `${contested('returnedAt', 'returned_at')} as returned_at`],
  ['said_status', said('status', 'status')],
  ['said_received_at', said('receivedAt', 'received_at')],
  ['said_promised_at', said('promisedAt', 'promised_at')],
  ['said_finished_at', said('finishedAt', 'finished_at')],
  ['said_returned_at', said('returnedAt', 'returned_at')],
];
const NAMES = COLUMNS.map(([name]) => name);
const list = (prefix: string, suffix = ''): string =>
  NAMES.map((name) => `${prefix}${name}${suffix}`).join(', ');

/** A supplement that the ledger does not know yet. */
const NEW_SUPPLEMENT = `n.supplements is not null and exists (
  select from jsonb_to_recordset(n.supplements) as x("requestedAt" timestamptz, "receivedAt" timestamptz)
  where not exists (select from case_event e
      where e.case_id = n.case_id and e.kind = 'supplement-requested' and e.at = x."requestedAt")
    or x."receivedAt" is not null and not exists (select from case_event e
      where e.case_id = n.case_id and e.kind = 'supplement-received' and e.at = x."receivedAt"))`;

/** Brings the staged rows into `case_record`, a range of lines at a time. */
@Injectable()
export class CaseMergeRepository {
  async create(tx: Tx): Promise<void> {
    await tx.query(
      `create temp table ingest_change on commit drop as
       select c.id as case_id, false as fresh, c.xmin as version, 0 as line, c.code, ${list('c.')},
         null::jsonb as supplements, c as old
       from case_record c where false`,
    );
  }

  /** Finds what the lines would change: new cases, and known ones that differ. */
  async findChanges(tx: Tx, first: number, last: number): Promise<void> {
    await tx.query('truncate ingest_change');
    await tx.query(
      `insert into ingest_change
       select n.* from (
         select c.id as case_id, c.id is null as fresh, c.xmin as version, s.line, s.code,
           ${COLUMNS.map(([, expression]) => expression).join(', ')}, s.supplements, c as old
         from ingest_stage s
         left join case_record c on c.code = s.code
         left join ingest_procedure p on p.key = ${PROCEDURE_KEY}
         left join ingest_department d on d.name = s.department_name
         left join ingest_officer o on o.name = s.officer_name
         where s.line between $1 and $2) n
       where n.fresh or (${list('n.')}) is distinct from (${list('(n.old).')}) or (${NEW_SUPPLEMENT})`,
      [first, last],
    );
  }

  /** Locks the known cases among the changes; answers how many somebody changed since they were compared. */
  async lockChanged(tx: Tx): Promise<number> {
    const found = await one<{ moved: number }>(
      tx,
      `with locked as (
         select c.id, c.xmin as version from case_record c
         where c.id in (select case_id from ingest_change where not fresh) order by c.id for no key update)
       select count(*)::int as moved from locked l join ingest_change x on x.case_id = l.id
       where x.version::text <> l.version::text`,
    );
    return found!.moved;
  }

  /** @returns the number of new cases */
  async insertNew(tx: Tx, { runId, unitId, source, now }: MergeContext): Promise<number> {
    const found = await one<{ created: number }>(
      tx,
      `with inserted as (
         insert into case_record (unit_id, code, source, first_run_id, last_run_id, created_at, updated_at, ${list('')})
         select $1, code, $2, $3, $3, $4, $4, ${list('')} from ingest_change where fresh order by line
         returning id, code),
       known as (
         update ingest_change x set case_id = i.id from inserted i where x.fresh and x.code = i.code returning 1)
       select count(*)::int as created from known`,
      [unitId, source, runId, now],
    );
    return found!.created;
  }

  /** @returns the number of changed cases */
  async updateChanged(tx: Tx, { runId, now }: MergeContext): Promise<number> {
    const assignments = NAMES.map((name) => `${name} = x.${name}`).join(', ');
    const found = await one<{ updated: number }>(
      tx,
      `with updated as (
         update case_record c set ${assignments}, last_run_id = $1, updated_at = $2
         from ingest_change x where c.id = x.case_id and not x.fresh returning 1)
       select count(*)::int as updated from updated`,
      [runId, now],
    );
    return found!.updated;
  }

  async changedCases(tx: Tx): Promise<number[]> {
    const found = await rows<{ id: number }>(tx, 'select case_id as id from ingest_change order by case_id');
    return found.map((c) => c.id);
  }
}
