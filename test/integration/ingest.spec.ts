import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { ImportResult } from '../../src/ingest/import-result';
import { IngestService } from '../../src/ingest/ingest.service';
import { startTestApp, type TestApp } from '../support/app';

interface Counts {
  settled: number;
  early: number;
  onTime: number;
}
interface Expected {
  y2025: Counts & { rows: number; late: string[]; byField: Record<string, Counts & { late: number }> };
  y2026: Counts & { rows: number; late: number };
  promisedDiffersFromCalendar: { code: string; promised: string; calendar: string }[];
}

const DATA = path.join(__dirname, '..', 'fixtures', 'data');
const expected = JSON.parse(readFileSync(path.join(DATA, 'expected.json'), 'utf8')) as Expected;

describe('the three shapes of files', () => {
  let t: TestApp;
  let results: Record<string, ImportResult>;

  const load = (fileName: string): Promise<ImportResult> =>
    t.app
      .get(IngestService)
      .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
  const outcomes = (year: number) =>
    t.db.query<{ outcome: string; n: number }[]>(
      `select outcome, count(*)::int as n from case_record
       where extract(year from settled_day) = $1 group by 1 order by 1`,
      [year],
    );

  beforeAll(async () => {
    t = await startTestApp();
    results = {
      catalogue: await load('procedures.json'),
      xlsx: await load('cases-2025.xlsx'),
      csv: await load('cases-2026.csv'),
    };
  });
  afterAll(() => t.close());

  it('a catalogue of procedures comes in the same way', () => {
    expect(results.catalogue).toMatchObject({ shape: 'procedures', rows: 20, created: 20, faulty: 0 });
  });

  it('every row of the provincial list becomes a case', () => {
    const { rows } = expected.y2025;
    expect(results.xlsx).toMatchObject({
      shape: 'xlsx',
      rows,
      created: rows,
      updated: 0,
      unchanged: 0,
      faulty: 0,
    });
  });

  it('every row of the delimited list becomes a case', () => {
    const { rows } = expected.y2026;
    expect(results.csv).toMatchObject({
      shape: 'csv',
      rows,
      created: rows,
      updated: 0,
      unchanged: 0,
      faulty: 0,
    });
  });

  it('names of the file that are known here make nothing new', () => {
    expect([results.xlsx!.createdProcedures, results.xlsx!.createdDepartments]).toEqual([[], []]);
  });

  it('the cases are early, on time and late exactly as they must be', async () => {
    const { y2025, y2026 } = expected;
    expect(await outcomes(2025)).toEqual([
      { outcome: 'early', n: y2025.early },
      { outcome: 'late', n: y2025.late.length },
      { outcome: 'on-time', n: y2025.onTime },
    ]);
    expect(await outcomes(2026)).toEqual([
      { outcome: 'early', n: y2026.early },
      { outcome: 'late', n: y2026.late },
      { outcome: 'on-time', n: y2026.onTime },
    ]);
  });

  it('the late cases are the very ones', async () => {
    const late = await t.db.query<{ code: string }[]>(
      `select code from case_record where outcome = 'late' and settled_day < '2026-01-01'`,
    );
    expect(late.map((c) => c.code).sort()).toEqual([...expected.y2025.late].sort());
  });

  it('real dates and dates as text mean the same wall time', async () => {
    const codes = ['000.15.23.H35-241205-0002', '000.15.23.H35-241206-0002'];
    const received = await t.db.query<{ at: string }[]>(
      `select to_char(received_at at time zone 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY HH24:MI:SS') as at
       from case_record where code = any($1) order by code`,
      [codes],
    );
    expect(received.map((c) => c.at)).toEqual(['05/12/2024 14:14:00', '06/12/2024 10:49:00']);
  });

  it('the same file again changes nothing and says so', async () => {
    const again = await load('cases-2025.xlsx');
    const { rows } = expected.y2025;
    expect(again).toMatchObject({ rows, created: 0, updated: 0, unchanged: rows, faulty: 0 });
    expect(again.message).toBe('Tệp này đã được ghi nhận lúc 09:00 ngày 23/11/2026; không có gì thay đổi.');
  });

  it('the payload of the portal only adds what the list does not tell', async () => {
    const before = await facts();
    const added = await load('cases-2026.json');
    expect(added).toMatchObject({ shape: 'json', created: 0, updated: expected.y2026.rows, faulty: 0 });
    expect(await facts()).toEqual(before);
    expect(await kinds()).toMatchObject({ 'supplement-requested': 28, 'supplement-received': 26 });
    expect(Object.keys(await kinds())).not.toEqual(expect.arrayContaining(['corrected']));
    expect(await load('cases-2026.json')).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: expected.y2026.rows,
    });
  });

  it('promises differ from the calendar exactly where they must', async () => {
    const found = await t.db.query<{ code: string; promised: string; calendar: string }[]>(
      `select code, to_char(promised_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as promised,
         to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as calendar
       from case_record where mismatch and status not in (5, 6) order by code`,
    );
    const byCode = [...expected.promisedDiffersFromCalendar].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(found.map((c) => ({ ...c }))).toEqual(byCode);
  });

  it('the ledger holds what the statuses say', async () => {
    expect(await kinds()).toMatchObject({
      received: 4122,
      refused: 8,
      withdrawn: 7,
      stopped: 3,
      suspended: 4,
    });
  });

  it('the first promise is the one before the supplement moved it', async () => {
    const [found] = await t.db.query<{ first: Date; current: Date }[]>(
      `select promised_first_at as first, promised_at as current from case_record where code = $1`,
      ['H35.50.12-260107-0008'],
    );
    expect(found).toEqual({
      first: new Date('2026-01-12T07:50:00+07:00'),
      current: new Date('2026-01-16T07:36:00+07:00'),
    });
  });

  it('the run remembers its file, its columns and who brought it', async () => {
    const [run] = await t.db.query<Record<string, unknown>[]>(`select * from ingest_run where id = $1`, [
      results.xlsx!.runId,
    ]);
    expect(run).toMatchObject({ actor: 'test', sheet: 'Danh sách hồ sơ', state: 'done', channel: 'command' });
    expect(run!.mapping).toContainEqual({ heading: 'Đơn vị/ cá nhân giải quyết', field: 'departmentName' });
    expect(run!.mapping).toContainEqual({ heading: 'Đơn vị tiếp nhận', field: 'receivingUnit' });
  });

  it('department and officer in one cell are told apart', async () => {
    const [found] = await t.db.query<{ department: string; officer: string }[]>(
      `select u.name as department, c.officer_name as officer from case_record c join unit u on u.id = c.department_id
       where c.code = '000.15.23.H35-241205-0002'`,
    );
    expect(found).toEqual({ department: 'Phòng Kinh tế', officer: 'Chuyên viên G' });
  });

  const facts = () =>
    t.db.query(
      `select code, applicant_name, address, phone, email, officer_name, department_id, channel, status, received_at,
         promised_at, finished_at, returned_at, procedure_id from case_record order by code`,
    );
  const kinds = async (): Promise<Record<string, number>> => {
    const found = await t.db.query<{ kind: string; n: number }[]>(
      'select kind, count(*)::int as n from case_event group by 1',
    );
    return Object.fromEntries(found.map(({ kind, n }) => [kind, n]));
  };
});

describe('a list that comes before the catalogue', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  it('makes procedures without a limit; the catalogue completes them and their cases get a due date', async () => {
    const load = (fileName: string) =>
      t.app
        .get(IngestService)
        .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
    const list = await load('cases-2026.json');
    expect(list.createdProcedures).toHaveLength(20);
    expect(list.createdProcedures).toContain('1.001193 Thủ tục đăng ký khai sinh');
    const computed = async () =>
      (await t.db.query<{ n: number }[]>('select count(computed_due_at)::int as n from case_record'))[0]!.n;
    expect(await computed()).toBe(0);
    expect(await load('procedures.json')).toMatchObject({ rows: 20, created: 0, updated: 20, unchanged: 0 });
    expect(await computed()).toBeGreaterThan(1_900);
    expect(await load('procedures.json')).toMatchObject({ created: 0, updated: 0, unchanged: 20 });
  });
});
