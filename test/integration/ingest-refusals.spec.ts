import { readFileSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { caseRow, csv, grid, rawWorkbook, workbook, zip } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { startTestApp, type TestApp } from '../support/app';

const MIB = 1024 * 1024;
const XML_HEAD = '<worksheet><sheetData>';
const JSON_FILE = readFileSync(path.join(__dirname, '..', 'fixtures', 'data', 'cases-2026.json'));

const cells = (values: string[]): string =>
  `<row>${values.map((value) => `<c t="str"><v>${value}</v></c>`).join('')}</row>`;

/** A list whose rows compress a thousandfold. */
const bombSheet = (size: number): Buffer => {
  const row = cells(['0'.repeat(900)]);
  return Buffer.from(XML_HEAD + cells(['Mã hồ sơ', 'Ngày nhận']) + row.repeat(Math.ceil(size / row.length)));
};

describe('files that are refused', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const tables = async () =>
    (
      await t.db.query<{ n: number }[]>(
        `select (select count(*) from case_record) + (select count(*) from case_event) + (select count(*) from procedure)
           + (select count(*) from ingest_fault) + (select count(*) from unit where incomplete) as n`,
      )
    )[0]!.n;
  /** Of a refused file nothing lies about, in the folder of imports or in the database. */
  const left = async () => ({
    files: readdirSync(path.join(t.runtime.dataDir, 'imports')),
    staged: await t.db.query(`select tablename from pg_tables where schemaname = 'staging'`),
  });
  const refuse = async (fileName: string, content: Buffer | string) => {
    const before = await tables();
    const result = await importContent(t, fileName, content);
    expect([result.state, result.rows, result.created, await tables()]).toEqual(['refused', 0, 0, before]);
    expect(result.message).toContain(`“${fileName}”`);
    expect(result.message).toMatch(/Chưa có dữ liệu nào được ghi\.$/);
    expect(result.remedy).toMatch(/\.$/);
    expect(await left()).toEqual({ files: [], staged: [] });
    return result.message!;
  };

  it.each<[string, string, () => Buffer | string | Promise<Buffer>, RegExp]>([
    ['an empty file', 'rong.xlsx', () => '', /rỗng/],
    ['nothing but blanks', 'trang.csv', () => '\ufeff \r\n ', /rỗng/],
    ['binary rubbish', 'anh.xlsx', () => Buffer.from([1, 2, 3, 0, 255, 7]), /không phải bảng tính/],
    ['50 MB of zeros', 'khong.xlsx', () => Buffer.alloc(50 * MIB), /không phải bảng tính/],
    ['a text called .xlsx', 'ghi-chu.xlsx', () => 'xin chào\nmột,hai\n', /không phải bảng tính/],
    ['a PDF', 'to-trinh.pdf', () => '%PDF-1.7\n1 0 obj', /không phải bảng tính/],
    [
      'a text without headings',
      'ghi-chu.csv',
      () => 'xin chào\nmột,hai\n',
      /Không tìm thấy dòng tiêu đề cột/,
    ],
    [
      'a zip that is no workbook',
      'anh.zip',
      () => zip([{ name: 'a.txt', content: Buffer.from('a') }]),
      /tệp nén/,
    ],
    [
      'a workbook without a heading row',
      'trong.xlsx',
      () =>
        workbook([
          ['a', 'b'],
          [1, 2],
        ]),
      /trang tính “DS hồ sơ”/,
    ],
    [
      'headings and no case',
      'khong-dong.xlsx',
      () => workbook(grid(['Tổng cộng', 0])),
      /không có dòng hồ sơ nào/,
    ],
    ['an old Word file', 'cu.xls', () => oleFile('WordDocument'), /không phải bảng tính/],
    ['a workbook with a password', 'mat.xlsx', () => oleFile('EncryptedPackage'), /có mật khẩu/],
    ['a web page called .xls', 'bc.xls', () => '\ufeff\n<html><table><tr><td>Mã hồ sơ', /trang web/],
    [
      'a quotation mark left open',
      'n.csv',
      () => `${csv(grid(caseRow(1)))}\r\n"H35`,
      /dấu ngoặc kép mở ở dòng 3/,
    ],
    ['JSON of something else', 'x.json', () => '{"name": "x", "list": [1]}', /không có danh sách hồ sơ/],
    ['an empty JSON list', 'x.json', () => '{"service":"DongBoHoSoMC","data":[]}', /không có dòng hồ sơ nào/],
    [
      'a broken JSON record',
      'x.json',
      () => '[\n{"MaHoSo":"1"},\n{"MaHoSo" "2"}]',
      /không đúng dạng JSON, từ dòng 3/,
    ],
  ])('%s', async (_, fileName, content, message) => {
    expect(await refuse(fileName, await content())).toMatch(message);
  });

  it('no column “Mã hồ sơ”: the message names file, sheet and the headings that were read', async () => {
    const file = await workbook([
      ['BÁO CÁO'],
      ['STT', 'Họ tên', 'Ngày nhận', 'Hẹn trả'],
      [1, 'A', '05/01/2026', ''],
    ]);
    expect(await refuse('ho-so.xlsx', file)).toBe(
      'Không tìm thấy cột “Mã hồ sơ” trong tệp “ho-so.xlsx”, trang tính “DS hồ sơ”. Dòng tiêu đề đọc được ở dòng 2: ' +
        'STT, Họ tên, Ngày nhận, Hẹn trả. Chưa có dữ liệu nào được ghi.',
    );
  });

  it('letters that are not UTF-8: the message names the line', async () => {
    const [heading, row] = csv(grid(caseRow(1))).split('\r\n');
    const windows1258 = Buffer.concat([
      Buffer.from(`${heading}\n${row}\n`),
      Buffer.from([0xd0, 0xd5, 0xf2, 0x0a]),
    ]);
    expect(await refuse('w.csv', windows1258)).toMatch(/UTF-8, khoảng dòng 3/);
  });

  it('JSON cut off in the middle: no case of the part before goes in', async () => {
    expect(await refuse('dong-bo.json', JSON_FILE.subarray(0, 900_000))).toMatch(
      /bị cắt giữa chừng ở dòng \d{5}/,
    );
  });

  it('a workbook cut off in the middle', async () => {
    const file = await workbook(grid(...Array.from({ length: 50 }, (_, i) => caseRow(i + 1))));
    expect(await refuse('cat.xlsx', file.subarray(0, file.length / 2))).toMatch(/bị hỏng/);
  });

  it('a sheet whose XML breaks off although its zip is whole: the rows before it do not go in', async () => {
    const sheet =
      XML_HEAD + cells(['Mã hồ sơ', 'Chủ hồ sơ', 'Ngày nhận']) + cells(['H35-1', 'A', '05/01/2026']);
    expect(await refuse('do-dang.xlsx', rawWorkbook(Buffer.from(sheet)))).toMatch(/bị hỏng/);
  });

  it('a zip bomb that says what it is', async () => {
    expect(await refuse('bom.xlsx', rawWorkbook(bombSheet(MIB), 300 * MIB))).toMatch(/phình to/);
  });

  it('a zip bomb whose headers lie', async () => {
    expect(await refuse('bom-doi.xlsx', rawWorkbook(bombSheet(60 * MIB), 1_000))).toMatch(/phình to/);
  });

  it('the service goes on serving while 50 MB are read in vain', async () => {
    const record = `${JSON.stringify({ MaHoSo: 'H35', NgayTiepNhan: '31/02/2026', ChuHoSo: 'x'.repeat(400) })},\n`;
    let reading = true;
    let served = 0;
    const refused = refuse('cat.json', `[${record.repeat((50 * MIB) / record.length)}`).finally(() => {
      reading = false;
    });
    while (reading) {
      const { status } = await fetch(`${t.url}/dang-nhap`);
      if (status === 200) served += 1;
    }
    await refused;
    expect(served).toBeGreaterThan(2);
  });

  it('keep nothing of themselves: only the run with its message', async () => {
    await refuse('rong.xlsx', '');
    const [run] = await t.db.query(
      'select state, message, rows, mapping from ingest_run order by id desc limit 1',
    );
    expect(run).toMatchObject({ state: 'refused', rows: 0, mapping: [] });
    expect(readdirSync(t.runtime.dataDir)).not.toContain('files');
  });

  it('are not those whose names look like commands: they are stored as they stand', async () => {
    const names = [
      "Robert'); DROP TABLE case_record;--",
      '{{constructor}} ${7*7} <img src=x onerror=alert(1)>',
      '\\N \\. $1 %s \t"\'',
    ];
    const rows = names.map((name, i) => caseRow(900 + i, { 'Chủ hồ sơ': name, 'Lĩnh vực': name }));
    const result = await importContent(t, "'; drop table unit; --.csv", csv(grid(...rows)));
    expect(result).toMatchObject({ state: 'done', created: 3, faulty: 0 });
    const stored = await t.db.query<{ name: string }[]>(
      `select applicant_name as name from case_record where code like '%-090_' order by code`,
    );
    expect(stored.map((r) => r.name)).toEqual([names[0], names[1], '\\N \\. $1 %s "\'']);
  });

  it('leave the way free for the next file', async () => {
    const result = await importContent(t, 'tot.xlsx', await workbook(grid(caseRow(1))));
    expect(result).toMatchObject({ state: 'done', created: 1 });
  });
});

/** The beginning of an OLE container, as old Excel and encrypted workbooks are. */
const oleFile = (stream: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(1_000),
    Buffer.from(stream, 'utf16le'),
    Buffer.alloc(500),
  ]);
