import { ProcedureService } from '../../src/cases/procedure.service';
import type { OverdueCause } from '../../src/domain/false-overdue';
import type { FindingView } from '../../src/reconciliation/finding-view';
import { ReconciliationService } from '../../src/reconciliation/reconciliation.service';
import { UnitService } from '../../src/units/unit.service';
import type { Reader } from '../../src/web/reader';
import type { TestApp } from '../support/app';
import { importProcedures, insertCases, type FixtureCase } from '../support/case-files';
import { recompute } from './letters-fixture';

export type GivenCase = Partial<FixtureCase> & Pick<FixtureCase, 'code'>;

/** Three working days (catalogue of the fixtures); received on Monday 16/11/2026, hence due on Thursday 19/11. */
const CASE: Omit<FixtureCase, 'code'> = {
  procedureCode: '1.004873',
  procedureName: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân',
  department: 'Văn phòng HĐND và UBND',
  applicant: 'Vàng Thị Pàng',
  officer: null,
  channel: 'direct',
  status: 4,
  received: '2026-11-16T09:00:00+07:00',
  promised: '2026-11-19T09:00:00+07:00',
  promisedFirst: null,
  finished: null,
  returned: null,
  supplements: [],
};

export const prepareProcedures = (t: TestApp): Promise<void> =>
  importProcedures(t.db, t.app.get(ProcedureService));

/** Puts cases in as an import does and computes their deadlines. */
export async function give(t: TestApp, cases: GivenCase[]): Promise<void> {
  const { id } = await t.app.get(UnitService).commune();
  const whole = cases.map((c) => ({ ...CASE, promisedFirst: c.promised ?? CASE.promised, ...c }));
  await recompute(t, await insertCases(t.db, id, t.app.get(ProcedureService), whole));
}

export const findings = (t: TestApp, reader: Reader): Promise<FindingView[]> =>
  t.app.get(ReconciliationService).exported(reader, { cause: null, state: null, year: null, page: 1 });

/** 'code cause' of every finding. */
export async function found(t: TestApp, reader: Reader): Promise<[string, OverdueCause][]> {
  return (await findings(t, reader)).map(({ code, cause }) => [code, cause]);
}
