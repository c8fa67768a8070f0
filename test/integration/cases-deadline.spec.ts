import { CHUNK, DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { one, rows } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';
import { startTestApp, type TestApp } from '../support/app';
import { cases2025, cases2026, importProcedures, insertCases, readJson } from '../support/case-files';

interface Expected {
  y2025: { settled: number; early: number; onTime: number; late: string[] };
  y2026: {
    settled: number;
    early: number;
    onTime: number;
    late: number;
    open: number;
    openOverdueByDate: string[];
    openDueToday: string[];
  };
  promisedDiffersFromCalendar: { code: string; promised: string; calendar: string }[];
}

describe('deadlines of the cases of two years', () => {
  const expected = readJson<Expected>('expected.json');
  let t: TestApp;
  let deadlines: DeadlineService;
  let first: { changed: number };

  beforeAll(async () => {
    t = await startTestApp();
    deadlines = t.app.get(DeadlineService);
    const procedures = t.app.get(ProcedureService);
    const commune = await t.app.get(UnitService).commune();
    await importProcedures(t.db, procedures);
    await insertCases(t.db, commune.id, procedures, await cases2025());
    await insertCases(t.db, commune.id, procedures, cases2026());
    first = await t.db.transaction((tx) => deadlines.recompute(tx, 'all'));
  });
  afterAll(() => t?.close());

  const of2025 = `code like '000.15.23.%'`;
  const of2026 = `code like 'H35.50.12-%' and received_at >= '2026-01-05T00:00:00+07:00'`;
  const outcomes = (where: string) =>
    one<object>(
      t.db.manager,
      `select count(*)::int as settled, count(*) filter (where outcome = 'early')::int as early,
         count(*) filter (where outcome = 'on-time')::int as "onTime", count(*) filter (where outcome = 'late')::int as late
       from case_record where settled_day is not null and ${where}`,
    );
  const codes = async (where: string): Promise<string[]> =>
    (await rows<{ code: string }>(t.db.manager, `select code from case_record where ${where}`)).map(
      (r) => r.code,
    );

  it('every case is computed', async () => {
    const cases = await one<{ n: number }>(t.db.manager, 'select count(*)::int as n from case_record');
    expect(first.changed).toBe(cases!.n);
    expect(await codes(`due_state = 'pending' or calendar_version_id is null`)).toEqual([]);
  });

  it('settled cases are early, on time or late by date as the year 2025 was reported', async () => {
    const { settled, early, onTime, late } = expected.y2025;
    const in2025 = `${'settled_day'} between '2025-01-01' and '2025-12-31'`;
    expect(await outcomes(in2025)).toEqual({ settled, early, onTime, late: late.length });
    expect((await codes(`${in2025} and outcome = 'late'`)).sort()).toEqual([...late].sort());
  });

  it('and as the year 2026 stands', async () => {
    const { settled, early, onTime, late } = expected.y2026;
    expect(await outcomes(`settled_day >= '2026-01-01'`)).toEqual({ settled, early, onTime, late });
  });

  it('open cases are overdue or due today by date; paused ones are neither', async () => {
    const running = `status in (2, 4, 5, 6) and due_state <> 'paused' and ${of2026}`;
    expect((await codes(running)).length).toBe(expected.y2026.open);
    const overdue = await codes(`${running} and deadline_day < '2026-11-23'`);
    expect(overdue.sort()).toEqual([...expected.y2026.openOverdueByDate].sort());
    const today = await codes(`${running} and deadline_day = '2026-11-23'`);
    expect(today.sort()).toEqual([...expected.y2026.openDueToday].sort());
  });

  it('the promise differs from the calendar exactly where the reference says so', async () => {
    const found = await rows<object>(
      t.db.manager,
      `select code, to_char(promised_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as promised,
         to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as calendar
       from case_record where mismatch order by code`,
    );
    const reference = [...expected.promisedDiffersFromCalendar].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(found).toEqual(reference);
  });

  it('paused cases know since when, when their source told it', async () => {
    const paused = await rows<{ status: number; known: boolean }>(
      t.db.manager,
      `select status::int, paused_since is not null as known from case_record where due_state = 'paused' and ${of2026}`,
    );
    expect(paused.filter((p) => p.status === 5).every((p) => p.known)).toBe(true);
    expect(paused.map((p) => p.status).sort()).toEqual([5, 5, 6, 6, 6, 6]);
  });

  it('only open cases, and submissions that wait, are looked at by the alert sweep', async () => {
    const armed = await codes('next_alert_at is not null');
    const open = await codes(`status in (2, 4, 5, 6) or (status = 1 and acceptance_due_at is not null)`);
    expect(armed.sort()).toEqual(open.sort());
    expect(await codes(`${of2025} and settled_day is not null and next_alert_at is not null`)).toEqual([]);
  });

  it('recomputing what has not changed writes nothing', async () => {
    expect(await t.db.transaction((tx) => deadlines.recompute(tx, 'all'))).toEqual({
      changed: 0,
      moved: 0,
      columns: {},
    });
  });
});

describe('a pause whose beginning only the import could guess', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t?.close());

  it('gives way to the moment an officer tells later', async () => {
    const procedures = t.app.get(ProcedureService);
    const commune = await t.app.get(UnitService).commune();
    await importProcedures(t.db, procedures);
    const waiting = cases2026().find((c) => c.status === 6)!;
    const [id] = await insertCases(t.db, commune.id, procedures, [waiting]);
    const record = (kind: string, at: string, data: object, recorded: string) =>
      t.db.query(
        `insert into case_event (case_id, kind, at, recorded_at, source, data) values ($1, $2, $3, $4, 'x', $5)`,
        [id, kind, at, recorded, JSON.stringify(data)],
      );
    const recompute = async () => {
      await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, [id!]));
      return one<{ state: string; since: Date | null; due: string | null }>(
        t.db.manager,
        `select due_state as state, paused_since as since,
           to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as due
         from case_record where id = $1`,
        [id],
      );
    };
    await record(
      'suspended',
      '2026-11-23T09:00:00+07:00',
      { approximate: true },
      '2026-11-23T09:00:00+07:00',
    );
    expect(await recompute()).toMatchObject({
      state: 'paused',
      since: new Date('2026-11-23T09:00:00+07:00'),
    });
    // Received 12/10 with 20 working days: due 9/11. Standing still from 2/11 to 20/11 leaves out 14 of them.
    await record('suspended', '2026-11-02T09:00:00+07:00', {}, '2026-11-23T10:00:00+07:00');
    await record('resumed', '2026-11-20T09:00:00+07:00', {}, '2026-11-23T10:00:00+07:00');
    await t.db.query('update case_record set status = 4 where id = $1', [id]);
    expect(await recompute()).toEqual({ state: 'due', since: null, due: '2026-11-30' });
  });
});

describe('more cases than are held in memory at once', () => {
  /** Two full chunks and a rest. */
  const CASES = 2 * CHUNK + 50;
  const scope = { firstDay: '2026-11-24', lastDay: '2026-11-24' };
  const why = { because: 'calendar' as const, reason: 'x', document: null, by: 'x', source: 'user:1' };
  let t: TestApp;
  let deadlines: DeadlineService;
  let unitIds: number[];

  beforeAll(async () => {
    t = await startTestApp();
    deadlines = t.app.get(DeadlineService);
    await importProcedures(t.db, t.app.get(ProcedureService));
    unitIds = [(await t.app.get(UnitService).commune()).id];
    await t.db.query(
      `insert into case_record (unit_id, code, procedure_id, applicant_name, channel, status, received_at, source,
         created_at, updated_at)
       select $1, 'H00.00-' || g, (select procedure_id from processing_limit where unit = 'working-days' and amount = 20),
         'Người thứ ' || g, 'direct', 4, '2026-11-10T08:00:00+07:00', 'import:1', now(), now()
       from generate_series(1, ${CASES}) g`,
      [unitIds[0]],
    );
  });
  afterAll(() => t?.close());

  const dues = () =>
    rows<{ due: string; cases: number }>(
      t.db.manager,
      `select to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as due,
         count(*)::int as cases from case_record group by 1`,
    );
  // Received 10/11 with 20 working days; 24/11 is a day off.
  const right = [{ due: '2026-12-09 17:00', cases: CASES }];

  it('are all computed, each once', async () => {
    const { changed } = await t.db.transaction((tx) => deadlines.recompute(tx, 'all'));
    expect([changed, await dues()]).toEqual([CASES, right]);
  });

  it('are all moved by a change of the calendar, and each ledger tells it once', async () => {
    await t.db.query(`update case_record set computed_due_at = computed_due_at - interval '1 day'`);
    const { moved } = await t.db.transaction((tx) => deadlines.recompute(tx, { ...scope, unitIds }, why));
    expect([moved, await dues()]).toEqual([CASES, right]);
    const told = await one(
      t.db.manager,
      `select count(*)::int as lines, count(distinct case_id)::int as cases,
         count(*) filter (where (data->>'due')::timestamptz - (data->>'previous')::timestamptz = '1 day')::int as days
       from case_event where kind = 'deadline-moved'`,
    );
    expect(told).toEqual({ lines: CASES, cases: CASES, days: CASES });
  });
});
