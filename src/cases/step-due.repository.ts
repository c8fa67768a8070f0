import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { SteppedCase } from './case-schedule';
import type { CaseEventRow } from './case.repository';

export interface SteppedRow extends SteppedCase {
  id: number;
  unitId: number;
  procedureId: number;
  limitId: number | null;
}

@Injectable()
export class StepDueRepository {
  /** Those of the cases that pass through steps or wait for another body. */
  stepped(tx: Tx, caseIds: number[]): Promise<SteppedRow[]> {
    return rows<SteppedRow>(
      tx,
      `select c.id, c.unit_id as "unitId", c.procedure_id as "procedureId", c.limit_id as "limitId", c.status::int,
         c.received_at as "receivedAt", c.finished_at as "finishedAt", c.returned_at as "returnedAt",
         c.due_state as "dueState", c.computed_due_at as "computedDueAt", d.name as "departmentName"
       from case_record c left join unit d on d.id = c.department_id
       where c.id = any($1) and (exists (select from limit_step s where s.limit_id = c.limit_id)
         or exists (select from case_event e where e.case_id = c.id and e.kind = 'consultation-requested'))`,
      [caseIds],
    );
  }

  events(tx: Tx, caseIds: number[]): Promise<(CaseEventRow & { caseId: number })[]> {
    return rows(
      tx,
      `select e.case_id as "caseId", e.id, e.kind, e.at, e.recorded_at as "recordedAt", e.source, e.data
       from unnest($1::int8[]) n(id) cross join lateral (select * from case_event k where k.case_id = n.id offset 0) e
       order by e.case_id, e.at desc, e.id desc`,
      [caseIds],
    );
  }

  /** Departments by commune and name. */
  departments(tx: Tx, communeIds: number[]): Promise<{ communeId: number; name: string; id: number }[]> {
    return rows(
      tx,
      `select parent_id as "communeId", name, id from unit where parent_id = any($1) and active`,
      [communeIds],
    );
  }
}
