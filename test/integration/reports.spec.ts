import type { DataSource } from 'typeorm';
import { one, rows } from '../../src/database/transaction';
import { GROUPINGS, OnTimeRepository, type Grouping } from '../../src/reports/on-time.repository';
import { ParRuleRepository } from '../../src/reports/par-rule.repository';
import { connect, createTestDatabase, type TestDatabase } from '../support/database';

interface Row {
  commune: number;
  department: number | null;
  procedure: number;
  channel: string;
  settled: string | null;
  outcome: string | null;
  first: string | null;
}

const OUTCOMES = ['early', 'on-time', 'late'];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Small linear congruential generator: the same cases in every run. */
function* numbers(seed: number): Generator<number> {
  for (let x = seed; ;) yield (x = (x * 1103515245 + 12345) % 2147483648) >> 8;
}

describe('on-time figures in SQL', () => {
  const repository = new OnTimeRepository();
  let database: TestDatabase;
  let db: DataSource;
  let communes: number[];
  let departments: number[];
  let stored: Row[];

  beforeAll(async () => {
    database = await createTestDatabase();
    db = await connect(database.url);
    const unit = async (kind: string, code: string, parent: number | null) =>
      (await one<{ id: number }>(
        db.manager,
        `insert into unit (kind, code, name, parent_id) values ($1, $2, $3, $4) returning id`,
        [kind, code, `Đơn vị ${code}`, parent],
      ))!.id;
    const province = await unit('province', 'T', null);
    communes = [await unit('commune', 'X1', province), await unit('commune', 'X2', province)];
    departments = [await unit('department', 'P1', communes[0]!), await unit('centre', 'P2', communes[0]!)];
    stored = await insertCases(db, communes, departments);
  });

  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const expected = (communeIds: number[], departmentIds: number[] | null, from: string, to: string) =>
    stored.filter(
      (r) =>
        communeIds.includes(r.commune) &&
        r.settled !== null &&
        r.settled >= from &&
        r.settled <= to &&
        (departmentIds === null || (r.department !== null && departmentIds.includes(r.department))),
    );
  const count = (list: Row[], outcome: string) => list.filter((r) => r.outcome === outcome).length;

  it.each([
    ['2025-01-01', '2025-12-31'],
    ['2025-03-15', '2025-03-15'],
    ['2025-12-31', '2026-01-01'],
    ['2030-01-01', '2030-12-31'],
  ])('both ends of %s to %s belong to the period', async (from, to) => {
    const got = await repository.total(db.manager, { communeIds: communes, departmentIds: null, from, to });
    const list = expected(communes, null, from, to);
    expect(got).toMatchObject({
      early: count(list, 'early'),
      onTime: count(list, 'on-time'),
      late: count(list, 'late'),
      firstLate: list.filter((r) => r.first === 'late').length,
    });
  });

  it('a department and a commune see their own cases only', async () => {
    for (const [communeIds, departmentIds] of [
      [[communes[0]!], null],
      [[communes[1]!], null],
      [[communes[0]!], [departments[1]!]],
    ] as const) {
      const selection = { from: '2025-01-01', to: '2026-12-31', communeIds: [...communeIds] };
      const ids = departmentIds ? [...departmentIds] : null;
      const got = await repository.total(db.manager, { ...selection, departmentIds: ids });
      const list = expected([...communeIds], ids, selection.from, selection.to);
      expect(got.early + got.onTime + got.late).toBe(list.length);
    }
  });

  it.each(GROUPINGS)('the groups by %s add up to the total', async (by: Grouping) => {
    const selection = { communeIds: communes, departmentIds: null, from: '2025-01-01', to: '2025-12-31' };
    const groups = await repository.groups(db.manager, selection, by);
    const total = await repository.total(db.manager, selection);
    const sum = (key: 'early' | 'onTime' | 'late') => groups.reduce((n, g) => n + g[key], 0);
    expect([sum('early'), sum('onTime'), sum('late')]).toEqual([total.early, total.onTime, total.late]);
    expect(new Set(groups.map((g) => g.key)).size).toBe(groups.length);
  });

  it('a unit code stands for its communes, a department for itself', async () => {
    expect(await repository.unitScope(db.manager, 'T')).toMatchObject({
      communeIds: communes,
      departmentIds: null,
    });
    expect(await repository.unitScope(db.manager, 'X2')).toMatchObject({ communeIds: [communes[1]] });
    expect(await repository.unitScope(db.manager, 'P2')).toMatchObject({
      communeIds: [communes[0]],
      departmentIds: [departments[1]],
    });
    expect(await repository.unitScope(db.manager, 'none')).toBeUndefined();
  });

  it('the scoring rule is the one in force on the day', async () => {
    const rules = new ParRuleRepository();
    const rule = { maxPoints: 3, threshold: 0.98, mode: 'rate*max' as const, roundTo: 2 };
    await rules.insertWhenAbsent(db.manager, '2018-01-01', rule, 'A');
    await rules.insertWhenAbsent(db.manager, '2026-01-01', { ...rule, maxPoints: 2 }, 'B');
    await rules.insertWhenAbsent(db.manager, '2026-01-01', { ...rule, maxPoints: 9 }, 'again');
    expect((await rules.ruleOn(db.manager, '2025-12-31'))?.document).toBe('A');
    expect((await rules.ruleOn(db.manager, '2026-01-01'))?.rule.maxPoints).toBe(2);
    expect(await rules.ruleOn(db.manager, '2017-12-31')).toBeUndefined();
  });
});

async function insertCases(db: DataSource, communes: number[], departments: number[]): Promise<Row[]> {
  const procedures = await rows<{ id: number }>(
    db.manager,
    `insert into procedure (code, name, field_name) values
       ('1.000001', 'Thủ tục một', 'Hộ tịch'), ('1.000002', 'Thủ tục hai', 'Đất đai'), (null, 'Thủ tục ba', null)
     returning id`,
  );
  const random = numbers(2026);
  const next = () => random.next().value as number;
  const stored = Array.from({ length: 600 }, (): Row => {
    const commune = pick(communes, next());
    const settled =
      next() % 5 === 0 ? null : `202${5 + (next() % 2)}-${pad((next() % 12) + 1)}-${pad((next() % 28) + 1)}`;
    return {
      commune,
      department: commune === communes[0] ? pick([...departments, null], next()) : null,
      procedure: pick(procedures, next()).id,
      channel: pick(['direct', 'online', 'postal'], next()),
      settled,
      outcome: settled && pick(OUTCOMES, next()),
      first: settled && pick(OUTCOMES, next()),
    };
  });
  await rows(
    db.manager,
    `insert into case_record (code, unit_id, department_id, procedure_id, applicant_name, channel, status,
       received_at, source, created_at, updated_at, settled_day, outcome, outcome_first)
     select 'M' || code, commune, department, procedure, 'Người nộp', channel, case when settled is null then 4 else 10 end,
       '2024-12-01', 'test', now(), now(), settled, outcome, first
     from jsonb_to_recordset($1::jsonb)
       as t(code int, commune int, department int, procedure int, channel text, settled date, outcome text, first text)`,
    [JSON.stringify(stored.map((r, code) => ({ ...r, code })))],
  );
  return stored;
}

const pad = (n: number): string => String(n).padStart(2, '0');
