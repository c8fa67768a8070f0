import { caseRow, csv, grid, workbook, HEADINGS, type Grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { startTestApp, type TestApp } from '../support/app';

describe('faulty rows', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());
  afterEach(() => t.db.query('truncate case_event, case_record, ingest_fault, ingest_run cascade'));

  const load = async (rows: Grid) => importContent(t, 'thang-1.xlsx', await workbook(rows));
  const codes = async () =>
    (await t.db.query<{ code: string }[]>('select code from case_record order by code')).map((c) =>
      c.code.slice(-4),
    );

  it('stay out, the others go in, and the four counts add up', async () => {
    const titles: Grid = [['DANH SÁCH HỒ SƠ'], ['Từ ngày 01/01/2026'], []];
    const bad = [
      caseRow(2, { 'Ngày tiếp nhận': '31/02/2026' }),
      caseRow(3, { 'Ngày tiếp nhận': new Date('1999-12-31T08:00:00Z') }),
      caseRow(4, { 'Ngày hẹn trả': '05/01/2037 07:30' }),
      caseRow(5, { 'Ngày kết thúc xử lý': '04/01/2026 09:00' }),
      caseRow(6, { 'Trạng thái': 'Đã trả kết qả' }),
      caseRow(7, { 'Mã hồ sơ': null }),
      caseRow(1, { 'Chủ hồ sơ': 'Dòng lặp' }),
    ];
    const result = await load([
      ...titles,
      HEADINGS,
      caseRow(1),
      ...bad,
      caseRow(8),
      ['Tổng cộng', '9 hồ sơ'],
    ]);
    expect(result).toMatchObject({ state: 'done', rows: 9, created: 2, updated: 0, unchanged: 0, faulty: 7 });
    expect(await codes()).toEqual(['0001', '0008']);
    expect(result.faults.map((f) => [f.line, f.column, f.value, f.message])).toEqual([
      [6, 'Ngày tiếp nhận', '31/02/2026', 'Ngày không có thật.'],
      [7, 'Ngày tiếp nhận', '31/12/1999 08:00', 'Ngày trước 01/01/2000.'],
      [8, 'Ngày hẹn trả', '05/01/2037 07:30', 'Ngày quá xa: sau 23/11/2036.'],
      [9, 'Ngày kết thúc xử lý', '04/01/2026 09:00', 'Kết thúc xử lý trước khi tiếp nhận (05/01/2026).'],
      [10, 'Trạng thái', 'Đã trả kết qả', 'Không nhận ra trạng thái này.'],
      [11, 'Mã hồ sơ', '', 'Thiếu mã hồ sơ.'],
      [12, 'Mã hồ sơ', 'H35.50.12-260105-0001', 'Trùng mã hồ sơ với dòng 5; dòng 5 là dòng được ghi nhận.'],
    ]);
    expect(result.faults.every((f) => f.remedy.endsWith('.'))).toBe(true);
  });

  it('are remembered with the run', async () => {
    const { runId } = await load(grid(caseRow(1, { 'Ngày tiếp nhận': '31/02/2026' })));
    const kept = await t.db.query('select line, value, case_code from ingest_fault where run_id = $1', [
      runId,
    ]);
    expect(kept).toEqual([{ line: 2, value: '31/02/2026', case_code: 'H35.50.12-260105-0001' }]);
  });

  it('a formula gives the value Excel left; one without a value is a fault, none is ever run', async () => {
    const result = await load(
      grid(
        caseRow(1, { 'Chủ hồ sơ': { formula: '"Lò Văn "&1', result: 'Lò Văn Một' } }),
        caseRow(2, { 'Chủ hồ sơ': { formula: 'HYPERLINK("http://example.com")' } }),
        caseRow(3, { 'Chủ hồ sơ': '=1+1' }),
      ),
    );
    expect(result).toMatchObject({ created: 1, faulty: 2 });
    expect(result.faults.map((f) => [f.line, f.message])).toEqual([
      [3, 'Ô là công thức chưa có kết quả. Công thức không được thực hiện.'],
      [4, 'Ô chứa công thức thay cho nội dung. Công thức không được thực hiện.'],
    ]);
    const [stored] = await t.db.query<{ applicant_name: string }[]>('select applicant_name from case_record');
    expect(stored!.applicant_name).toBe('Lò Văn Một');
  });

  it('of a delimited file are named by the line an editor shows', async () => {
    const rows = grid(
      caseRow(1, { 'Chủ hồ sơ': 'Hai\ndòng' }),
      caseRow(2, { 'Ngày tiếp nhận': '2026-02-31' }),
      caseRow(3),
    );
    const result = await importContent(t, 'a.csv', `\ufeff${csv(rows, ';')}`);
    expect(result).toMatchObject({ shape: 'csv', rows: 3, created: 2, faulty: 1 });
    expect(result.faults.map((f) => f.line)).toEqual([4]);
  });

  it('of a delimited file whose cells have moved are not guessed at', async () => {
    const [heading, row] = csv(grid(caseRow(1))).split('\r\n');
    const result = await importContent(t, 'a.csv', `${heading}\n${row!.replace('Lò Văn 1', 'Lò Văn, 1')}\n`);
    expect(result.created).toBe(0);
    expect(result.faults.map((f) => f.message)).toContain(
      'Dòng có nhiều ô hơn tiêu đề (thừa “Văn phòng HĐND và UBND”), các ô có thể đã lệch cột.',
    );
  });

  it('a case of another commune is left to that commune', async () => {
    const [other] = await t.db.query<{ id: number }[]>(
      `insert into unit (parent_id, kind, code, name) values (null, 'commune', 'XA-KHAC', 'Xã Khác') returning id`,
    );
    await importContent(t, 'a.xlsx', await workbook(grid(caseRow(1))), { unitId: other!.id });
    const result = await load(grid(caseRow(1, { 'Chủ hồ sơ': 'Người khác' }), caseRow(2)));
    expect(result).toMatchObject({ created: 1, updated: 0, faulty: 1 });
    expect(result.faults.map((f) => [f.line, f.message])).toEqual([[2, 'Hồ sơ này thuộc đơn vị khác.']]);
  });

  it('a list with few columns updates known cases and refuses new ones, naming what is missing', async () => {
    await load(
      grid(caseRow(1, { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' })),
    );
    const short: Grid = [
      ['STT', 'Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Cán bộ đang xử lý'],
      [1, 'H35.50.12-260105-0001', '05/01/2026 07:30', '09/01/2026 07:30', 'Chuyên viên A'],
      [2, 'H35.50.12-260105-0002', '05/01/2026 07:30', '09/01/2026 07:30', 'Chuyên viên A'],
    ];
    const result = await load(short);
    expect(result).toMatchObject({ created: 0, updated: 1, faulty: 1 });
    expect(result.faults.map((f) => f.message)).toEqual([
      'Hồ sơ chưa có trong hệ thống và tệp không cho biết: tên thủ tục hành chính, chủ hồ sơ.',
    ]);
    const [kept] = await t.db.query('select applicant_name, officer_name, status from case_record');
    expect(kept).toEqual({ applicant_name: 'Lò Văn 1', officer_name: 'Chuyên viên A', status: 4 });
  });

  it('of a catalogue stay out as well', async () => {
    const item = (code: string, amount: unknown) => ({
      code,
      name: `Thủ tục ${code}`,
      limit: { amount, unit: 'working-days' },
    });
    const text = JSON.stringify([item('9.000001', 5), item('9.000002', 'năm'), item('9.000001', 6)], null, 1);
    const result = await importContent(t, 'danh-muc.json', text);
    expect(result).toMatchObject({ shape: 'procedures', rows: 3, created: 1, faulty: 2 });
    expect(result.faults.map((f) => f.column).sort()).toEqual(['code', 'limit.amount']);
  });
});
