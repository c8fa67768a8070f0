import * as Old from '@e965/xlsx';
import Excel from 'exceljs';
import { caseRow, csv, grid, workbook, type Grid } from '../../test/fixtures/ingest/files';
import { read, type Reading } from '../../test/fixtures/ingest/reading';
import { isoLocal, toInstant } from '../domain/local-date';

const LIST: Grid = grid(
  caseRow(1, { 'Chủ hồ sơ': 'Chẻo A Dũng', 'Đơn vị xử lý': 'Văn phòng HĐND và UBND' }),
  caseRow(2, { 'Chủ hồ sơ': 'Vàng Thị Mẩy, và Lò Văn “Ủ”' }),
);
const text = (delimiter: string) => csv(LIST, delimiter);
const utf16be = (content: string) => Buffer.from(content, 'utf16le').swap16();

/** Text -> Windows-1258 as Vietnamese Windows writes it: base letters with the tone behind them. */
function windows1258(content: string): Buffer {
  const decoder = new TextDecoder('windows-1258');
  const codes = new Map(
    Array.from({ length: 256 }, (_, i) => [decoder.decode(Uint8Array.of(i)), i] as const).filter(
      ([c]) => c !== '\ufffd',
    ),
  );
  const bytes = [...content.normalize('NFC')].flatMap((letter) => {
    const own = codes.get(letter);
    if (own !== undefined) return [own];
    const parts = [...letter.normalize('NFD')];
    const tone = parts.find((p) => '\u0300\u0301\u0303\u0309\u0323'.includes(p))!;
    const base = parts
      .filter((p) => p !== tone)
      .join('')
      .normalize('NFC');
    return [codes.get(base)!, codes.get(tone)!];
  });
  return Buffer.from(bytes);
}

function oldExcel(rows: Grid, bookType: 'biff8' | 'biff5' = 'biff8', date1904 = false): Buffer {
  const book = Old.utils.book_new();
  Old.utils.book_append_sheet(book, Old.utils.aoa_to_sheet(rows as unknown[][]), 'DS ho so');
  book.Workbook = { WBProps: { date1904 } };
  return Old.write(book, { type: 'buffer', bookType }) as Buffer;
}

const portal = (count: number, change: object = {}) =>
  Array.from({ length: count }, (_, i) => ({
    MaHoSo: `H35.50.12-260105-000${i + 1}`,
    TenTTHC: 'Thủ tục đăng ký khai sinh',
    ChuHoSo: 'Lò Văn A',
    NgayTiepNhan: '20260105073000',
    NgayHenTra: '20260106170000',
    TrangThaiHoSo: '4',
    ...change,
  }));

const names = ({ stored }: Reading) => stored.map((r) => r.applicant_name);

describe('a list of cases', () => {
  let expected: Reading['stored'];
  beforeAll(async () => {
    expected = (await read(text(','))).stored;
    expect(expected).toHaveLength(2);
  });

  it.each<[string, () => Buffer | string | Promise<Buffer>]>([
    ['commas, UTF-8', () => text(',')],
    ['commas, UTF-8 with its mark', () => `\ufeff${text(',')}`],
    ['semicolons', () => text(';')],
    ['tabulators', () => text('\t')],
    ['lone carriage returns', () => text(',').replaceAll('\r\n', '\r')],
    ['decomposed letters', () => text(',').normalize('NFD')],
    ['UTF-16 of Excel’s “Unicode Text”', () => Buffer.from(`\ufeff${text('\t')}`, 'utf16le')],
    ['UTF-16 without a mark', () => Buffer.from(text(';'), 'utf16le')],
    ['UTF-16, high byte first', () => utf16be(`\ufeff${text(',')}`)],
    ['UTF-16, high byte first, without a mark', () => utf16be(text(','))],
    ['Windows-1258', () => windows1258(text(';').replace(/[“”]/g, "'"))],
    ['a workbook', () => workbook(LIST)],
    ['a workbook of Excel 97', () => oldExcel(LIST)],
  ])('is the same in %s', async (form, content) => {
    const reading = await read(await content());
    expect([reading.message, reading.faults]).toEqual([null, []]);
    const quotes = form === 'Windows-1258' ? "Vàng Thị Mẩy, và Lò Văn 'Ủ'" : 'Vàng Thị Mẩy, và Lò Văn “Ủ”';
    expect(reading.stored).toEqual([
      { ...expected[0], line: 2 },
      { ...expected[1], line: 3, applicant_name: quotes },
    ]);
  });

  it.each([false, true])('in a workbook of Excel 97 keeps its dates (from 1904: %s)', async (from1904) => {
    const serial = 46027.3125 - (from1904 ? 1_462 : 0);
    const { stored, faults } = await read(
      oldExcel(grid(caseRow(1, { 'Ngày tiếp nhận': serial })), 'biff8', from1904),
    );
    expect([faults, stored[0]?.received_at]).toEqual([[], '2026-01-05T07:30:00']);
  });

  it('in JSON of the portal, and one object a line', async () => {
    const envelope = await read(JSON.stringify({ service: 'DongBoHoSoMC', data: portal(2) }));
    const lines = await read(
      portal(2)
        .map((o) => JSON.stringify(o))
        .join('\n'),
    );
    expect([envelope.stored.length, envelope.faults, lines.stored]).toEqual([2, [], envelope.stored]);
    expect(lines.opened?.columns.slice(0, 3)).toEqual([
      {
        index: 0,
        heading: 'MaHoSo',
        field: 'code',
        samples: ['H35.50.12-260105-0001', 'H35.50.12-260105-0002'],
      },
      { index: 1, heading: 'TenTTHC', field: 'procedureName', samples: ['Thủ tục đăng ký khai sinh'] },
      { index: 2, heading: 'ChuHoSo', field: 'applicantName', samples: ['Lò Văn A'] },
    ]);
  });

  it('of a workbook shows dates as dates', async () => {
    const { opened } = await read(
      await workbook(grid(caseRow(1, { 'Ngày tiếp nhận': new Date('2026-01-05T07:30:00Z') }))),
    );
    expect(opened?.columns.find((c) => c.field === 'receivedAt')?.samples).toEqual(['05/01/2026 07:30']);
  });

  it('in JSON prefers MaHoSo to SoBienNhan, in whatever order they come', async () => {
    const [one] = portal(1);
    const { stored } = await read(JSON.stringify([{ SoBienNhan: 'BN-17', ...one }]));
    expect(stored[0]?.code).toBe('H35.50.12-260105-0001');
  });

  it('tells how far it has been read', async () => {
    const many = grid(...Array.from({ length: 6_000 }, (_, i) => caseRow(i + 1)));
    for (const content of [csv(many), await workbook(many)]) {
      const { progress } = await read(content);
      expect(progress.length).toBeGreaterThan(3);
      expect(progress).toEqual([...progress].sort((a, b) => a - b));
      expect([progress.every((p) => p >= 0 && p <= 1), progress.at(-1)]).toEqual([true, 1]);
    }
  });
});

describe('the moment of a list', () => {
  const asOf = async (...titles: Grid) => {
    const { opened } = await read(csv([...titles, ...LIST]));
    return opened?.asOf == null ? null : isoLocal(toInstant(opened.asOf));
  };
  it.each<[Grid[number], string | null]>([
    [['DANH SÁCH HỒ SƠ'], null],
    [['Tính đến ngày 20/11/2026'], '2026-11-20T17:00:00'],
    [['(Tính đến 15 giờ 30 phút ngày 20 tháng 11 năm 2026)'], '2026-11-20T15:30:00'],
    [['Ngày kết xuất: 20/11/2026 08:15:30'], '2026-11-20T08:15:30'],
    [['Ngày xuất', null, '20/11/2026 08:15'], '2026-11-20T08:15:00'],
    [['Thời điểm: 08h15 ngày 20/11/2026'], '2026-11-20T08:15:00'],
    [['Từ ngày 01/01/2026 đến ngày 31/12/2026'], null],
    [['Ngày in: 23/11/2026'], '2026-11-23T09:00:00'],
    [['Ngày in: 23/11/2062'], null],
  ])('under %j is %s', async (title, expected) => {
    expect(await asOf(['UBND XÃ A'], title)).toBe(expected);
  });

  it('is not when a workbook was saved: opening and saving an old list makes it no newer', async () => {
    const book = new Excel.Workbook();
    book.modified = new Date('2026-11-20T01:02:03Z');
    book.addWorksheet('DS').addRows(LIST as unknown[][]);
    const { opened } = await read(Buffer.from(await book.xlsx.writeBuffer()));
    expect(opened).toMatchObject({ shape: 'xlsx', asOf: null });
  });
});

describe('corrections', () => {
  it('are read instead of the cell, on their line only', async () => {
    const rows = grid(
      caseRow(1, { 'Ngày tiếp nhận': '05/01/26' }),
      caseRow(2, { 'Ngày tiếp nhận': '05/01/26' }),
    );
    const reading = await read(csv(rows), { corrections: { 2: { receivedAt: '05/01/2026 07:30' } } });
    expect(reading.stored.map((r) => [r.line, r.received_at])).toEqual([[2, '2026-01-05T07:30:00']]);
    expect(reading.faults.map((f) => [f.line, f.field, f.suggestion])).toEqual([
      [3, 'receivedAt', '05/01/2026'],
    ]);
  });
});

describe('names with signs of other languages', () => {
  it('are stored as they are, without control and direction characters', async () => {
    const wild = [
      "Robert'); DROP TABLE case_record;--",
      '{{constructor}} <script>alert(1)</script>',
      '\u202eLò\u0000 \u0001Văn\u200f A',
    ];
    const reading = await read(
      await workbook(grid(...wild.map((name, i) => caseRow(i + 1, { 'Chủ hồ sơ': name })))),
    );
    expect(names(reading)).toEqual([wild[0], wild[1], 'Lò Văn A']);
  });
});
