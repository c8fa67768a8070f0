import { DataSource } from 'typeorm';
import { CreateReportRollup1764000012000 } from '../../migrations/1764000012000-CreateReportRollup';
import { AuditRepository } from '../../src/audit/audit.repository';
import { AuditService } from '../../src/audit/audit.service';
import { dataSourceOptions } from '../../src/database/data-source';
import { Database, one, rows, type Tx } from '../../src/database/transaction';
import { Clock } from '../../src/platform/clock';
import { OnTimeRepository, type Grouping } from '../../src/reports/on-time.repository';
import { ReportRollupRepository } from '../../src/reports/report-rollup.repository';
import { ReportRollupService } from '../../src/reports/report-rollup.service';
import { createTestDatabase, type TestDatabase } from '../support/database';

/** Groups that stand on one side only, or with other counts; both sides of one moment. */
const DIFFERENCES = `
  with told as (
      select 'day' as level, d.* from report_day d union all select 'day', * from report_delta
      union all select 'month', * from report_month
      union all select 'month', unit_id, date_trunc('month', day)::date, department_id, settled, early, on_time, late,
        first_early, first_on_time, first_late from report_delta),
    told_groups as (
      select level, unit_id, day, department_id, sum(settled), sum(early), sum(on_time), sum(late), sum(first_early),
        sum(first_on_time), sum(first_late)
      from told group by 1, 2, 3, 4 having sum(settled) <> 0),
    counted_groups as (
      select level, unit_id, date_trunc(level, settled_day)::date, department_id, count(*),
        count(*) filter (where outcome = 'early'), count(*) filter (where outcome = 'on-time'),
        count(*) filter (where outcome = 'late'), count(*) filter (where outcome_first = 'early'),
        count(*) filter (where outcome_first = 'on-time'), count(*) filter (where outcome_first = 'late')
      from case_record, (values ('day'), ('month')) l(level) where settled_day is not null group by 1, 2, 3, 4)
  select count(distinct (level, unit_id, day, department_id))::int as n from (
    (select * from told_groups except all select * from counted_groups)
    union all (select * from counted_groups except all select * from told_groups)) x`;

const RANDOM_FACTS = `
  settled_day = case when random() < 0.2 then null else date '2025-01-01' + floor(random() * 90)::int end,
  outcome = (array['early', 'on-time', 'late', null])[ceil(random() * 4)],
  outcome_first = (array['early', 'on-time', 'late', null])[ceil(random() * 4)]`;

const INSERT = `
  insert into case_record (unit_id, department_id, code, procedure_id, applicant_name, channel, status, received_at,
    source, created_at, updated_at, settled_day, outcome, outcome_first)
  select u.parent_id, case when g % 4 > 0 then u.id end, $1 || g, (select min(id) from procedure), 'Người nộp', 'direct',
    10, '2024-12-01', 'test', now(), now(), case when g % 5 > 0 then date '2025-01-15' + g % 60 end,
    (array['early', 'on-time', 'late'])[1 + g % 3], (array['early', 'on-time', 'late'])[1 + g % 3]
  from generate_series(1, $2::int) g
  join (select id, parent_id, row_number() over (order by id) as k from unit where kind = 'department') u on u.k = 1 + g % 4`;

/** What writers do to some of the cases, one statement each. */
const ACTS = [
  ...[
    RANDOM_FACTS,
    `settled_day = null, outcome = null, outcome_first = null`,
    `outcome = case when settled_day is not null then 'late' end`,
    `department_id = (select id from unit where kind = 'department' order by random() limit 1)`,
    `department_id = null`,
    `unit_id = (select id from unit where kind = 'commune' order by random() limit 1)`,
    `settled_day = settled_day + 20`,
    `next_alert_at = now()`,
  ].map((set) => `update case_record set ${set} where id = any($1)`),
  `delete from case_record where id = any($1)`,
];

describe('counts of settled cases', () => {
  const repository = new ReportRollupRepository();
  const reports = new OnTimeRepository();
  const audit = new AuditService(new AuditRepository(), new Clock());
  let database: TestDatabase;
  let db: DataSource;
  let tx: Tx;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = await new DataSource(dataSourceOptions(database.url, 8)).initialize();
    tx = db.manager;
    await rows(
      tx,
      `with p as (insert into unit (kind, code, name) values ('province', 'T', 'Tỉnh') returning id),
         c as (insert into unit (parent_id, kind, code, name)
           select id, 'commune', 'X' || g, 'Xã ' || g from p, generate_series(1, 2) g returning id, code)
       insert into unit (parent_id, kind, code, name)
       select id, 'department', code || '-P' || g, 'Phòng ' || g from c, generate_series(1, 2) g`,
    );
    await rows(tx, `insert into procedure (code, name) values ('1.000001', 'Thủ tục một')`);
  });

  beforeEach(() => rows(tx, 'truncate case_event, case_record cascade'));

  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const differences = async (): Promise<number> => (await one<{ n: number }>(tx, DIFFERENCES))!.n;
  const size = async (table: string): Promise<number> =>
    (await one<{ n: number }>(tx, `select count(*)::int as n from ${table}`))!.n;
  const compact = () =>
    db.transaction(async (own) => {
      await repository.takeTurn(own);
      await repository.compact(own);
    });
  const mend = () =>
    db.transaction(async (own) => {
      await repository.takeTurn(own);
      return repository.mend(own);
    });

  /** Some cases, locked in one order so that writers wait for each other instead of falling into a deadlock. */
  async function act(worker: number, turn: number): Promise<void> {
    const runner = db.createQueryRunner();
    await runner.startTransaction();
    const found = await rows<{ id: number }>(
      runner.manager,
      `select id from (select id from case_record order by random() limit 25) s
       join case_record c using (id) order by id for update of c`,
    );
    const statement = ACTS[(worker * 5 + turn) % (ACTS.length + 1)];
    if (statement) await rows(runner.manager, statement, [found.map((c) => c.id)]);
    else await rows(runner.manager, INSERT, [`${worker}-${turn}-`, 40]);
    await (turn % 10 === 9 ? runner.rollbackTransaction() : runner.commitTransaction());
    await runner.release();
  }

  it('are exact at every moment, whoever writes cases at the same time and while deltas are added up', async () => {
    await rows(tx, INSERT, ['first-', 400]);
    let writing = true;
    const writers = Promise.all(
      [0, 1, 2, 3, 4].map(async (worker) => {
        for (let turn = 0; turn < 45; turn++) await act(worker, turn);
      }),
    ).finally(() => (writing = false));
    const seen: number[] = [];
    while (writing) {
      await compact();
      seen.push(await differences(), await mend());
    }
    await writers;
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.filter((n) => n !== 0)).toEqual([]);
    await compact();
    expect([await differences(), await size('report_delta')]).toEqual([0, 0]);
    expect(await size('report_day')).toBeGreaterThan(50);
  });

  it('an update that leaves day, unit, department and outcomes alone tells nothing', async () => {
    await rows(tx, INSERT, ['A', 50]);
    await compact();
    await rows(tx, `update case_record set applicant_name = 'Người khác', status = 9, next_alert_at = now()`);
    await rows(tx, `update case_record set outcome = outcome, settled_day = settled_day`);
    expect(await size('report_delta')).toBe(0);
  });

  it('a statement tells one line for each unit, day and department, not for each case', async () => {
    await rows(tx, INSERT, ['A', 600]);
    const lines = await size('report_delta');
    const groups = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from (select distinct unit_id, settled_day, department_id from case_record
       where settled_day is not null) g`,
    );
    expect(lines).toBe(groups!.n);
    await rows(tx, `update case_record set outcome = 'late' where outcome = 'early'`);
    expect((await size('report_delta')) - lines).toBeLessThan(groups!.n);
    expect(await differences()).toBe(0);
  });

  it('are empty when the cases are', async () => {
    await rows(tx, INSERT, ['A', 50]);
    await compact();
    await rows(tx, 'truncate case_event, case_record cascade');
    expect([await size('report_day'), await size('report_month'), await size('report_delta')]).toEqual([
      0, 0, 0,
    ]);
  });

  it('a month or a department whose last case left is no group any more', async () => {
    await rows(tx, INSERT, ['A', 40]);
    await compact();
    await rows(tx, `update case_record set settled_day = '2025-07-01', department_id = null`);
    const communes = await rows<{ id: number }>(tx, `select id from unit where kind = 'commune'`);
    const year = { from: '2025-01-01', to: '2025-12-31' };
    const selection = { communeIds: communes.map((c) => c.id), departmentIds: null, ...year };
    const names = async (by: Grouping) => (await reports.groups(tx, selection, by)).map((g) => g.key);
    expect([await names('month'), await names('department')]).toEqual([['2025-07'], ['']]);
  });

  it.each(['report_day', 'report_month', 'report_delta'])(
    'what somebody changed in %s is found by counting the cases, and mended',
    async (table) => {
      await rows(tx, INSERT, ['A', 300]);
      if (table !== 'report_delta') await compact();
      const checks = new ReportRollupService(new Database(db), repository, audit);
      expect(await checks.verify()).toBe(0);
      await rows(tx, `update ${table} set late = late + 1 where department_id is null`);
      await rows(tx, `delete from ${table} where department_id = (select min(department_id) from ${table})`);
      const wrong = await differences();
      expect(wrong).toBeGreaterThan(1);
      expect(await checks.verify()).toBe(wrong);
      expect([await checks.verify(), await differences()]).toEqual([0, 0]);
      const [told] = await audit.latest(tx, null, 1);
      expect(told).toMatchObject({ action: 'reports.mended', detail: { counts: wrong } });
    },
  );

  it('begin with the cases that are there already', async () => {
    await rows(tx, INSERT, ['A', 300]);
    const migration = new CreateReportRollup1764000012000();
    await db.transaction(async (own) => {
      await migration.down(own.queryRunner!);
      await migration.up(own.queryRunner!);
    });
    expect([await differences(), await size('report_delta')]).toEqual([0, 0]);
    expect(await size('report_month')).toBeGreaterThan(0);
  });

  it.each([
    ['2025-01-01', '2025-12-31'],
    ['2025-02-01', '2025-02-28'],
    ['2025-02-02', '2025-02-28'],
    ['2025-02-01', '2025-02-27'],
    ['2025-01-20', '2025-03-05'],
    ['2025-01-20', '2025-02-28'],
    ['2025-01-31', '2025-02-01'],
    ['2025-02-10', '2025-02-20'],
    ['2025-02-10', '2025-02-10'],
    ['2025-03-10', '2025-02-10'],
    ['2026-01-01', '2026-12-31'],
  ])('the figures of %s to %s are those of the cases, with and without deltas', async (from, to) => {
    await rows(tx, INSERT, ['A', 500]);
    await compact();
    await rows(tx, INSERT, ['B', 100]);
    await rows(tx, `update case_record set ${RANDOM_FACTS} where code like 'A1%'`);
    const counted = await rows<{ outcome: string; n: number }>(
      tx,
      `select outcome, count(*)::int as n from case_record
       where settled_day between $1 and $2 and outcome is not null group by 1`,
      [from, to],
    );
    const communes = await rows<{ id: number }>(tx, `select id from unit where kind = 'commune'`);
    const n = (outcome: string): number => counted.find((c) => c.outcome === outcome)?.n ?? 0;
    const selection = { communeIds: communes.map((c) => c.id), departmentIds: null, from, to };
    const expected = { early: n('early'), onTime: n('on-time'), late: n('late') };
    expect(await reports.total(tx, selection)).toMatchObject(expected);
    await compact();
    expect(await reports.total(tx, selection)).toMatchObject(expected);
  });
});
