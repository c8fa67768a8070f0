import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { one, rows, type Tx } from '../database/transaction';
import { Runtime } from '../platform/runtime';
import { bitOf } from './fields';
import { STAGE_COLUMNS, STAGE_DEFINITION } from './stage-columns';

/** The two tables in which rows wait for their turn, and what their names mean here. */
export interface Stage {
  rows: string;
  names: string;
}

/** Of a file: kept until its run ends, so that a crash costs no second reading. */
export const stageOf = (runId: number): Stage => ({
  rows: `staging.rows_${runId}`,
  names: `staging.names_${runId}`,
});

/** Of a few records that are taken in at once: gone with the transaction. */
export const PASSING_STAGE: Stage = { rows: 'pg_temp.ingest_rows', names: 'pg_temp.ingest_names' };

export type NameKind = 'procedure' | 'department' | 'officer';

export interface Meaning {
  kind: NameKind;
  key: string;
  id: number;
}

export interface StagedName {
  key: string;
  code: string | null;
  name: string;
  fieldName: string | null;
  fieldCode: string | null;
  departmentName: string | null;
}

export interface StagedDepartment {
  unitId: number;
  name: string;
}

export interface RepeatedRow {
  line: number;
  code: string;
  /** Line of the row that stays. */
  first: number;
}

export interface LineRange {
  first: number;
  last: number;
  rows: number;
}

const NAME_BITS = bitOf('procedureCode') | bitOf('procedureName');
/** A procedure is named by its code, or without one by its name. */
export const PROCEDURE_KEY = `coalesce('c:' || s.procedure_code, 'n:' || s.procedure_name)`;

/** Columns by which rows are chosen and joined; statistics of the others would be wasted. */
const ANALYSED = `line, code, unit_id, procedure_code, procedure_name, department_name, officer_name, status, supplements,
  applicant_name, received_at, finished_at, returned_at`;

/** The rows of one source on their way into the cases. */
@Injectable()
export class CaseStageRepository {
  constructor(private readonly runtime: Runtime) {}

  /** Made anew: what an earlier attempt left is dropped. */
  async create(tx: Tx, stage: Stage): Promise<void> {
    const kind = stage === PASSING_STAGE ? 'temp' : 'unlogged';
    const end = stage === PASSING_STAGE ? 'on commit drop' : '';
    await this.drop(tx, stage);
    await tx.query(`create ${kind} table ${bare(stage.rows)} (${STAGE_DEFINITION}) ${end}`);
    await tx.query(
      `create ${kind} table ${bare(stage.names)} (kind text, key text, id int not null, primary key (kind, key)) ${end}`,
    );
  }

  async drop(tx: Tx, stage: Stage): Promise<void> {
    await tx.query(`drop table if exists ${stage.rows}, ${stage.names}`);
  }

  /** Rows that are there; null when the table is gone. Tables of this kind are emptied when PostgreSQL crashes. */
  async size(tx: Tx, stage: Stage): Promise<number | null> {
    const found = await one<{ there: boolean }>(tx, 'select to_regclass($1) is not null as there', [
      stage.rows,
    ]);
    if (!found!.there) return null;
    const counted = await one<{ n: number }>(tx, `select count(*)::int as n from ${stage.rows}`);
    return counted!.n;
  }

  /** Runs whose tables are still there. */
  async leftBehind(tx: Tx): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select substr(tablename, 6)::int as id from pg_tables where schemaname = 'staging' and tablename like 'rows\\_%'`,
    );
    return found.map((t) => t.id);
  }

  /** Opens the COPY of the transaction's own connection; no other statement may run until it has finished. */
  async openCopy(tx: Tx, stage: Stage): Promise<CopyStreamQuery> {
    const client = (await tx.queryRunner!.connect()) as PoolClient;
    const columns = STAGE_COLUMNS.map(([name]) => name).join(', ');
    return client.query(copyFrom(`copy ${stage.rows} (${columns}) from stdin (format binary)`));
  }

  async finishCopy(tx: Tx, stage: Stage): Promise<void> {
    await tx.query(`create index on ${stage.rows} (line)`);
    // A tenth of the usual sample tells these tables well enough.
    await tx.query('set local default_statistics_target = 10');
    await tx.query(`analyze ${stage.rows} (${ANALYSED})`);
  }

  /** Takes out every row whose code stood in an earlier line. */
  removeRepeated(tx: Tx, stage: Stage): Promise<RepeatedRow[]> {
    return rows<RepeatedRow>(
      tx,
      `delete from ${stage.rows} s using (
         select code, min(line) as first from ${stage.rows} group by code having count(*) > 1) d
       where d.code = s.code and d.first < s.line
       returning s.line, s.code, d.first`,
    );
  }

  /** Every procedure the source names, once. */
  procedures(tx: Tx, stage: Stage): Promise<StagedName[]> {
    return rows<StagedName>(
      tx,
      `select distinct on (${PROCEDURE_KEY}) ${PROCEDURE_KEY} as key, s.procedure_code as code,
         coalesce(s.procedure_name, s.procedure_code) as name, s.field_name as "fieldName",
         s.field_code as "fieldCode", s.department_name as "departmentName"
       from (select min(line) as line from ${stage.rows}
         where carried & ${NAME_BITS} <> 0 and coalesce(procedure_code, procedure_name) is not null
         group by procedure_code, procedure_name) f join ${stage.rows} s on s.line = f.line
       order by ${PROCEDURE_KEY}, s.procedure_name is null, s.line`,
    );
  }

  departments(tx: Tx, stage: Stage): Promise<StagedDepartment[]> {
    return rows<StagedDepartment>(
      tx,
      `select unit_id as "unitId", department_name as name from ${stage.rows}
       where department_name is not null and unit_id is not null group by 1, 2 order by 1, 2`,
    );
  }

  /** What the names of the source mean here, for the statements of `CaseMergeRepository`. */
  async putMeanings(tx: Tx, stage: Stage, meanings: Meaning[]): Promise<void> {
    await tx.query(`truncate ${stage.names}`);
    await tx.query(`insert into ${stage.names} select * from unnest($1::text[], $2::text[], $3::int[])`, [
      meanings.map((m) => m.kind),
      meanings.map((m) => m.key),
      meanings.map((m) => m.id),
    ]);
    // A name that two people of the commune share names nobody.
    await tx.query(
      `insert into ${stage.names}
       select 'officer', c.id || '/' || (u.full_name::text collate "default"), min(u.id)
       from (select distinct unit_id as id from ${stage.rows}) c
       join unit n on c.id in (n.id, n.parent_id) join user_account u on u.unit_id = n.id and u.active
       group by 2 having count(*) = 1`,
    );
    await tx.query(`analyze ${stage.names}`);
  }

  /** The next rows behind a line, as many as one transaction takes; null when there are none. */
  async nextRange(tx: Tx, stage: Stage, after: number): Promise<LineRange | null> {
    const found = await one<{ first: number | null; last: number; rows: number }>(
      tx,
      `select min(line) as first, max(line) as last, count(*)::int as rows
       from (select line from ${stage.rows} where line > $1 order by line limit $2) s`,
      [after, this.runtime.env.IMPORT_CHUNK_ROWS],
    );
    return found?.first === null ? null : (found as LineRange);
  }

  /** The newest moment the rows tell of that is not in the future. */
  async newestFact(tx: Tx, stage: Stage, now: Date): Promise<Date | null> {
    const found = await one<{ at: Date | null }>(
      tx,
      `select max(v.at) as at from ${stage.rows} s
       cross join lateral (values (received_at), (submitted_at), (finished_at), (returned_at)) v(at) where v.at <= $1`,
      [now],
    );
    return found!.at;
  }
}

/** `create temp table` takes no schema. */
const bare = (table: string): string => table.replace(/^pg_temp\./, '');
