import Excel from 'exceljs';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { caseRow, csv, grid, workbook } from '../../test/fixtures/ingest/files';
import { RULES, read, readPath, type Reading } from '../../test/fixtures/ingest/reading';
import { FileRefused } from './file-refused';
import { writeFaultyRows } from './faulty-rows.writer';

describe('the workbook of faulty rows', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-faulty-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** The faulty rows of the content, as a sheet of texts, and what reading it again gives. */
  async function faultyRows(content: Buffer | string) {
    const [source, target] = [path.join(folder, 'source'), path.join(folder, 'rows.xlsx')];
    writeFileSync(source, content);
    const { faults } = await readPath(source);
    const rows = await writeFaultyRows(source, RULES, faults, target);
    const book = new Excel.Workbook();
    await book.xlsx.readFile(target);
    return { rows, target, sheet: book.worksheets[0]!, book };
  }

  /** As a person does: writes one cell, under this heading, and saves. */
  async function corrected(
    { book, sheet }: { book: Excel.Workbook; sheet: Excel.Worksheet },
    heading: string,
    values: string[],
  ): Promise<Reading> {
    const line = [1, 2].find((n) => (sheet.getRow(n).values as unknown[]).includes(heading))!;
    const column = (sheet.getRow(line).values as unknown[]).indexOf(heading);
    values.forEach((value, i) => (sheet.getRow(line + 1 + i).getCell(column).value = value));
    return read(Buffer.from(await book.xlsx.writeBuffer()));
  }
  const texts = (sheet: Excel.Worksheet, line: number) => (sheet.getRow(line).values as unknown[]).slice(1);

  const LIST = grid(
    caseRow(1),
    caseRow(2, { 'Ngày tiếp nhận': '31/02/2026', 'Chủ hồ sơ': null }),
    caseRow(3),
    caseRow(4, { 'Trạng thái': 'xyz', 'Ngày hẹn trả': new Date('2026-01-08T07:30:00Z'), STT: 4 }),
  );

  it('holds heading, the rows as they were, and every reason with its remedy', async () => {
    const { rows, sheet } = await faultyRows(
      await workbook([['DANH SÁCH'], ['Tính đến ngày 10/01/2026 08:00'], ...LIST]),
    );
    expect([rows, sheet.name, sheet.rowCount]).toEqual([2, 'DS hồ sơ', 4]);
    expect(texts(sheet, 1)).toEqual(['Tính đến 10/01/2026 08:00']);
    expect(texts(sheet, 2)).toEqual(['Lý do', ...(LIST[0] as string[])]);
    expect(texts(sheet, 3).slice(0, 4)).toEqual([
      'Ngày không có thật. Sửa thành ngày đúng, dạng ngày/tháng/năm, ví dụ 05/02/2026 14:30.\n' +
        'Ô trống: thiếu chủ hồ sơ. Điền theo Giấy tiếp nhận hồ sơ rồi nhập lại tệp.',
      2,
      'H35.50.12-260105-0002',
      '1.004873',
    ]);
    const promised = sheet.getRow(4).getCell(10);
    expect([promised.value, promised.numFmt]).toEqual([
      new Date('2026-01-08T07:30:00Z'),
      'dd/mm/yyyy hh:mm:ss',
    ]);
  });

  it.each<[string, () => Promise<Buffer> | string]>([
    ['a workbook', () => workbook([['DANH SÁCH'], ...LIST])],
    [
      'a delimited text',
      () =>
        csv(
          LIST.map((row) => row.map((c) => (c instanceof Date ? '08/01/2026 07:30' : c))),
          ';',
        ),
    ],
  ])('of %s, corrected, brings in these rows and no other', async (_, content) => {
    const made = await faultyRows(await content());
    await corrected(made, 'Ngày tiếp nhận', ['05/01/2026 07:30']);
    await corrected(made, 'Chủ hồ sơ', ['Lò Văn Hai']);
    const reading = await corrected(made, 'Trạng thái', ['Đã trả kết quả', 'Đang xử lý']);
    expect([reading.message, reading.faults]).toEqual([null, []]);
    expect(reading.stored.map((r) => [r.code, r.applicant_name, r.status, r.promised_at])).toEqual([
      ['H35.50.12-260105-0002', 'Lò Văn Hai', 10, '2026-01-08T07:30:00'],
      ['H35.50.12-260105-0004', 'Lò Văn 4', 4, '2026-01-08T07:30:00'],
    ]);
  });

  it('of JSON has its keys as headings', async () => {
    const object = (n: number, NgayTiepNhan: string) => ({
      MaHoSo: `H35.50.12-260105-000${n}`,
      TenTTHC: 'Khai sinh',
      ChuHoSo: 'Lò Văn A',
      NgayTiepNhan,
      DanhSachHoSoBoSung: [],
      ...(n === 2 ? { SoDienThoai: '0912345678' } : {}),
    });
    const made = await faultyRows(
      JSON.stringify({ data: [object(1, '20260105'), object(2, '20260231'), object(3, '2026')] }),
    );
    expect(texts(made.sheet, 1)).toEqual([
      'Lý do',
      'MaHoSo',
      'TenTTHC',
      'ChuHoSo',
      'NgayTiepNhan',
      'DanhSachHoSoBoSung',
      'SoDienThoai',
    ]);
    const reading = await corrected(made, 'NgayTiepNhan', ['05/01/2026', '05/01/2026']);
    expect(reading.stored.map((r) => [r.code, r.phone, r.received_at])).toEqual([
      ['H35.50.12-260105-0002', '0912345678', '2026-01-05T00:00:00'],
      ['H35.50.12-260105-0003', null, '2026-01-05T00:00:00'],
    ]);
  });

  it('of headings in two rows names the columns so that it can be read again', async () => {
    const upper = ['Mã hồ sơ', 'Chủ hồ sơ', null, 'Thời gian', null];
    const lower = [null, 'Họ tên', 'Địa chỉ', 'Tiếp nhận', 'Hẹn trả'];
    const row = (n: number, day: string) => [
      `H35.50.12-260105-000${n}`,
      'Lò Văn A',
      'Bản A',
      day,
      '06/01/2026',
    ];
    const made = await faultyRows(csv([upper, lower, row(1, '05/01/2026'), row(2, '31/02/2026')]));
    const reading = await corrected(made, 'Thời gian Tiếp nhận', ['05/01/2026']);
    expect(reading.stored.map((r) => [r.code, r.applicant_name, r.address, r.promised_at])).toEqual([
      ['H35.50.12-260105-0002', 'Lò Văn A', 'Bản A', '2026-01-06T17:00:00'],
    ]);
  });

  it('holds no formula: what looks like one is text, and a formula without a value stays an error', async () => {
    const wild = ['=HYPERLINK("http://example.com")', '+84912345678', '-1+1', '@SUM(1)'];
    const rows = wild.map((name, i) => caseRow(i + 1, { 'Chủ hồ sơ': name, 'Trạng thái': 'xyz' }));
    const made = await faultyRows(
      await workbook(grid(...rows, caseRow(5, { 'Lĩnh vực': { formula: 'A1' }, 'Trạng thái': 'xyz' }))),
    );
    const { sheet } = made;
    wild.forEach((text, i) => {
      const cell = sheet.getRow(i + 2).getCell(7);
      expect([cell.value, cell.type, cell.numFmt]).toEqual([text, Excel.ValueType.String, '@']);
    });
    expect(sheet.getRow(6).getCell(6).value).toEqual({ error: '#N/A' });
    const reading = await readPath(made.target);
    expect(reading.faults.some((f) => f.line === 6 && f.field === 'fieldName')).toBe(true);
  });

  it('keeps telephone numbers and codes as texts', async () => {
    const { sheet } = await faultyRows(csv(grid(caseRow(1, { 'Trạng thái': 'xyz', 'Mã TTHC': '0012' }))));
    expect(sheet.getRow(2).getCell(4).value).toBe('0012');
  });

  it('is not left behind when the source cannot be read', async () => {
    const source = path.join(folder, 'source');
    writeFileSync(source, (await workbook(LIST)).subarray(0, 4_000));
    const fault = { line: 3, message: 'a', remedy: 'b' };
    await expect(writeFaultyRows(source, RULES, [fault], path.join(folder, 'rows.xlsx'))).rejects.toThrow(
      FileRefused,
    );
    expect(readdirSync(folder)).toEqual(['source']);
    expect(readFileSync(source)).toHaveLength(4_000);
  });
});
