import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { one, rows, type Tx } from '../database/transaction';
import { bitOf } from './fields';
import { STAGE_COLUMNS } from './stage-rows';

export interface StagedName {
  key: string;
  code: string | null;
  name: string;
  fieldName: string | null;
  fieldCode: string | null;
  departmentName: string | null;
}

export interface RemovedRow {
  line: number;
  code: string;
}

export interface RepeatedRow extends RemovedRow {
  /** Line of the row that stays. */
  first: number;
}

export interface UnstartableRow extends RemovedRow {
  procedureMissing: boolean;
  applicantMissing: boolean;
  receptionMissing: boolean;
}

export interface LineRange {
  first: number | null;
  last: number | null;
}

/** 'ingest' in ASCII, shortened: imports write cases one after the other. */
const WRITE_LOCK = 0x696e6765;

const NAME_BITS = bitOf('procedureCode') | bitOf('procedureName');
/** A procedure is named by its code, or without one by its name. */
export const PROCEDURE_KEY = `coalesce('c:' || s.procedure_code, 'n:' || s.procedure_name)`;

/** The rows of one file on their way into the cases: a temporary table of the transaction. */
@Injectable()
export class CaseStageRepository {
  async create(tx: Tx): Promise<void> {
    const columns = STAGE_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ');
    await tx.query(`create temp table ingest_stage (${columns}) on commit drop`);
  }

  /** Opens the COPY of the transaction's own connection; no other statement may run until it has finished. */
  async openCopy(tx: Tx): Promise<CopyStreamQuery> {
    const client = (await tx.queryRunner!.connect()) as PoolClient;
    const columns = STAGE_COLUMNS.map(([name]) => name).join(', ');
    return client.query(copyFrom(`copy ingest_stage (${columns}) from stdin (format binary)`));
  }

  async finishCopy(tx: Tx): Promise<void> {
    await tx.query('create index on ingest_stage (line)');
    await tx.query('analyze ingest_stage');
  }

  /** Two imports of the same cases take turns; reading and checking a file needs no turn. */
  async waitForTurn(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [WRITE_LOCK]);
  }

  /** Takes out every row whose code stood in an earlier line. */
  removeRepeated(tx: Tx): Promise<RepeatedRow[]> {
    return rows<RepeatedRow>(
      tx,
      `delete from ingest_stage s using (
         select line, min(line) over (partition by code) as first from ingest_stage) d
       where d.line = s.line and d.first < s.line
       returning s.line, s.code, d.first`,
    );
  }

  /** Takes out cases that belong to another commune. */
  removeForeign(tx: Tx, unitId: number): Promise<RemovedRow[]> {
    return rows<RemovedRow>(
      tx,
      `delete from ingest_stage s using case_record c
       where c.code = s.code and c.unit_id <> $1
       returning s.line, s.code`,
      [unitId],
    );
  }

  /** Takes out new cases of which the file does not tell what no case can be without. */
  removeUnstartable(tx: Tx): Promise<UnstartableRow[]> {
    return rows<UnstartableRow>(
      tx,
      `delete from ingest_stage s
       where (s.applicant_name is null or s.received_at is null or coalesce(s.procedure_code, s.procedure_name) is null)
         and not exists (select from case_record c where c.code = s.code)
       returning s.line, s.code, coalesce(s.procedure_code, s.procedure_name) is null as "procedureMissing",
         s.applicant_name is null as "applicantMissing", s.received_at is null as "receptionMissing"`,
    );
  }

  /** Every procedure the file names, once. */
  procedures(tx: Tx): Promise<StagedName[]> {
    return rows<StagedName>(
      tx,
      `select distinct on (${PROCEDURE_KEY}) ${PROCEDURE_KEY} as key, s.procedure_code as code,
         coalesce(s.procedure_name, s.procedure_code) as name, s.field_name as "fieldName",
         s.field_code as "fieldCode", s.department_name as "departmentName"
       from ingest_stage s
       where s.carried & ${NAME_BITS} <> 0 and coalesce(s.procedure_code, s.procedure_name) is not null
       order by ${PROCEDURE_KEY}, s.procedure_name is null, s.line`,
    );
  }

  async departments(tx: Tx): Promise<string[]> {
    const found = await rows<{ name: string }>(
      tx,
      `select distinct department_name as name from ingest_stage where department_name is not null order by 1`,
    );
    return found.map((d) => d.name);
  }

  /** What the names of the file mean here, for the statements of `CaseMergeRepository`. */
  async putMeanings(
    tx: Tx,
    unitId: number,
    procedures: { keys: string[]; ids: number[] },
    departments: { names: string[]; ids: number[] },
  ): Promise<void> {
    await tx.query(
      'create temp table ingest_procedure (key text primary key, id int not null) on commit drop',
    );
    await tx.query('insert into ingest_procedure select * from unnest($1::text[], $2::int[])', [
      procedures.keys,
      procedures.ids,
    ]);
    await tx.query(
      'create temp table ingest_department (name text primary key, id int not null) on commit drop',
    );
    await tx.query('insert into ingest_department select * from unnest($1::text[], $2::int[])', [
      departments.names,
      departments.ids,
    ]);
    // A name that two people of the commune share names nobody.
    await tx.query(
      `create temp table ingest_officer on commit drop as
       select u.full_name::text collate "default" as name, min(u.id) as id
       from user_account u join unit n on n.id = u.unit_id
       where u.active and $1::int in (n.id, n.parent_id)
       group by 1 having count(*) = 1`,
      [unitId],
    );
  }

  async lines(tx: Tx): Promise<LineRange> {
    return (await one<LineRange>(tx, 'select min(line) as first, max(line) as last from ingest_stage'))!;
  }
}
