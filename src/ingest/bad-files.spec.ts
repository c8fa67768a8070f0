import * as Old from '@e965/xlsx';
import {
  caseRow,
  csv,
  grid,
  overlapping,
  rawParts,
  rawWorkbook,
  workbook,
  zip,
  HEADINGS,
} from '../../test/fixtures/ingest/files';
import { RULES, read, withFile } from '../../test/fixtures/ingest/reading';
import { FileRefused } from './file-refused';
import { ReaderThread } from './reader-thread';

const MIB = 1024 * 1024;
const sheet = (rows: string, head = '') =>
  Buffer.from(`${head}<worksheet><sheetData>${rows}</sheetData></worksheet>`);
const row = (...texts: string[]) => `<row>${texts.map((t) => `<c t="str"><v>${t}</v></c>`).join('')}</row>`;
const LIST =
  row('Mã hồ sơ', 'Chủ hồ sơ', 'Ngày nhận') + row('H35.50.12-260105-0001', 'Lò Văn A', '05/01/2026');
const refusal = async (content: Buffer | string) => {
  const { refused, message, stored } = await read(content);
  expect(stored).toEqual([]);
  expect(message).toMatch(/^(Không|Tệp|Dòng|Tiêu đề).*“tep\.xlsx”.*Chưa có dữ liệu nào được ghi\.$/);
  return refused?.code;
};

/** A container of Office before 2007, with real streams. */
function container(streams: Record<string, Buffer>): Buffer {
  const file = Old.CFB.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) Old.CFB.utils.cfb_add(file, `/${name}`, content);
  return Old.CFB.write(file, { type: 'buffer' }) as Buffer;
}

/** A workbook of Excel 97 whose stream says, behind its first record, that it is encrypted. */
function encryptedXls(): Buffer {
  const book = Old.utils.book_new();
  Old.utils.book_append_sheet(book, Old.utils.aoa_to_sheet([['Mã hồ sơ']]), 'DS');
  const stream = Old.CFB.find(
    Old.CFB.read(Old.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer, { type: 'buffer' }),
    '/Workbook',
  )!.content as Buffer;
  const first = 4 + Buffer.from(stream).readUInt16LE(2);
  const password = Buffer.concat([Buffer.from([0x2f, 0, 6, 0, 0, 0]), Buffer.from([0x11, 0x22, 0x33, 0x44])]);
  return container({
    Workbook: Buffer.concat(
      [stream.subarray(0, first), password, stream.subarray(first)].map((b) => Buffer.from(b)),
    ),
  });
}

describe('archives made to exhaust the reader', () => {
  const bomb = sheet(row('Mã hồ sơ', 'Ngày nhận') + row('0'.repeat(900)).repeat(20_000));

  it('are refused by what they declare', async () => {
    expect(await refusal(rawWorkbook(bomb.subarray(0, MIB), 300 * MIB))).toBe('INFLATES_TOO_MUCH');
  });

  it('are refused while they inflate, when their headers lie', async () => {
    expect(await refusal(rawWorkbook(bomb, 1_000))).toBe('INFLATES_TOO_MUCH');
  });

  it('are refused when their parts share the same bytes', async () => {
    const parts = rawParts({
      sheet: sheet(LIST),
      more: [{ name: 'xl/worksheets/sheet2.xml', content: sheet(LIST) }],
    });
    expect(await refusal(overlapping(zip(parts)))).toBe('INFLATES_TOO_MUCH');
  });

  it('are refused when two parts have one name', async () => {
    const parts = rawParts({ sheet: sheet(LIST) });
    expect(await refusal(zip([...parts, ...parts.slice(-1)]))).toBe('DAMAGED');
  });

  it('are not opened when they lie inside an archive', async () => {
    const inner = zip([{ name: 'a.xml', content: bomb }]);
    const parts = rawParts({ sheet: sheet(LIST), more: [{ name: 'xl/media/b.zip', content: inner }] });
    expect((await read(zip(parts))).rows).toBe(1);
  });

  it('die in their thread when they want more memory than a reader has', async () => {
    const unique = Array.from({ length: 400_000 }, (_, i) => `<c t="str"><v>${i}</v></c>`).join('');
    await withFile(rawWorkbook(sheet(`<row>${unique}</row>`)), async (file) => {
      const reader = new ReaderThread(file, RULES);
      await expect(reader.next()).rejects.toThrow(FileRefused);
      await reader.close();
    });
  });
});

describe('XML with entities of its own', () => {
  it.each([
    ['that grow', '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>', '&b;'],
    ['that read a file', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>', '&a;'],
    ['from elsewhere', '<!DOCTYPE w SYSTEM "http://example.com/w.dtd">', 'x'],
  ])('%s is refused', async (_, head, name) => {
    const rows = LIST + row('H35.50.12-260105-0002', name, '05/01/2026');
    expect(await refusal(rawWorkbook(sheet(rows, `<?xml version="1.0"?>${head}`)))).toBe('XML_ENTITIES');
  });

  it('and without a declaration stays what it is: text', async () => {
    const { stored } = await read(
      rawWorkbook(sheet(LIST.replace('Lò Văn A', '&b; &lt;A&gt; &#76;ò &amp;amp;'))),
    );
    expect(stored[0]?.applicant_name).toBe('&b; <A> Lò &amp;');
  });

  it('a bracket within quotation marks, comments and CDATA are read as XML says', async () => {
    const odd = `<!-- <row> --><row a="1>2"><c t='str'\n r = 'A3'><v><![CDATA[H35.50.12-260105-0003]]></v></c><c t="str"><v>B</v></c><c t="str"><v>05/01/2026</v></c></row>`;
    const { stored } = await read(rawWorkbook(sheet(LIST + odd)));
    expect(stored.map((r) => r.code)).toEqual(['H35.50.12-260105-0001', 'H35.50.12-260105-0003']);
  });
});

describe('workbooks that cannot be read', () => {
  it.each<[string, () => Buffer | string | Promise<Buffer>, string]>([
    [
      'with a password (.xlsx)',
      () => container({ EncryptionInfo: Buffer.alloc(200), EncryptedPackage: Buffer.alloc(5_000) }),
      'PASSWORD',
    ],
    ['with a password (.xls)', encryptedXls, 'PASSWORD'],
    ['a letter of Word 97', () => container({ WordDocument: Buffer.alloc(5_000) }), 'NOT_A_SOURCE'],
    [
      'an .xls that breaks off',
      () => container({ Workbook: Buffer.from([9, 8, 16, 0, 0, 6, 5, 0, 1]) }),
      'DAMAGED',
    ],
    ['a web page called .xls', () => '<html><table><tr><td>Mã hồ sơ</td></tr></table></html>', 'HTML'],
    ['a web page with a mark, in UTF-16', () => Buffer.from('\ufeff<html><table>', 'utf16le'), 'HTML'],
    ['a web archive called .xls', () => 'MIME-Version: 1.0\nContent-Type: multipart/related', 'HTML'],
    ['a sheet without anything', () => rawWorkbook(sheet('')), 'NO_HEADINGS'],
    ['a sheet with headings only', () => rawWorkbook(sheet(row(...HEADINGS))), 'NO_ROWS'],
    [
      'ten thousand columns',
      () => rawWorkbook(sheet(row(...Array.from({ length: 10_000 }, (_, i) => `Cột ${i}`)))),
      'TOO_WIDE',
    ],
    ['ten thousand columns of text', () => `${'Mã hồ sơ,'.repeat(10_000)}\n`, 'TOO_WIDE'],
    ['rubbish', () => Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 7919) % 251)), 'NOT_A_SOURCE'],
    [
      'rubbish behind the head of a zip',
      () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(3_000, 7)]),
      'DAMAGED',
    ],
    [
      'letters of no encoding',
      () => Buffer.from([0x4d, 0xe3, 0x20, 0xff, 0x81, 0x8d, 0x2c, 0x0a]),
      'NOT_UTF8',
    ],
    [
      'letters of TCVN3, which no computer of today writes',
      () => Buffer.from('M\xb7 h\xe5 s\xac,Ng\xb5y nh\xcbn\nH35.50.12-260105-0001,05/01/2026\n', 'latin1'),
      'NOT_UTF8',
    ],
    [
      'half a letter of UTF-16',
      () => Buffer.concat([Buffer.from(`\ufeff${csv(grid(caseRow(1)))}`, 'utf16le'), Buffer.from([0])]),
      'NOT_UTF16',
    ],
  ])('%s', async (_, content, code) => {
    expect(await refusal(await content())).toBe(code);
  });

  it('a workbook cut anywhere is damaged', async () => {
    const whole = await workbook(grid(...Array.from({ length: 300 }, (_, i) => caseRow(i + 1))));
    for (const share of [0.1, 0.5, 0.9, 0.999])
      expect(await refusal(whole.subarray(0, Math.floor(whole.length * share)))).toBe('DAMAGED');
  });

  it('a workbook with some bytes changed is damaged, however whole it looks', async () => {
    const changed = Buffer.from(
      await workbook(grid(...Array.from({ length: 300 }, (_, i) => caseRow(i + 1)))),
    );
    for (let i = 2_000; i < 2_100; i++) changed.writeUInt8(changed.readUInt8(i) ^ 0x5a, i);
    expect(await refusal(changed)).toBe('DAMAGED');
  });

  it('a part that inflates to something else than its checksum says is damaged', async () => {
    const whole = rawWorkbook(sheet(LIST));
    const checksum = whole.lastIndexOf('PK\x01\x02') + 16;
    whole.writeUInt8(whole.readUInt8(checksum) ^ 1, checksum);
    expect(await refusal(whole)).toBe('DAMAGED');
  });

  it('of two columns with one heading the first counts, and the other is told as not used', async () => {
    const twice = await read(
      'Mã hồ sơ,Chủ hồ sơ,Ngày nhận,Chủ hồ sơ\nH35.50.12-260105-0001,Lò Văn A,05/01/2026,Lò Văn B\n',
    );
    expect(twice.stored.map((r) => r.applicant_name)).toEqual(['Lò Văn A']);
    expect(twice.opened?.columns.map((c) => c.field)).toEqual(['code', 'applicantName', 'receivedAt', null]);
  });

  it('numbers in the message are written as people write them', async () => {
    const { message } = await read(`${'Mã hồ sơ,'.repeat(1_200)}\n`);
    expect(message).toContain('có hơn 1.000 cột ở dòng 1');
  });

  it('a web page tells how to save it', async () => {
    const { refused } = await read('<html>');
    expect(new FileRefused(refused!.code).worded('bc.xls').remedy).toMatch(
      /Lưu thành \(Save As\), kiểu Excel Workbook/,
    );
  });
});

describe('a million rows without a case', () => {
  jest.setTimeout(60_000);

  const blank = (from: number, to: number) => {
    const rows: string[] = [];
    for (let r = from; r < to; r++)
      rows.push(`<row r="${r}" spans="1:3"><c r="A${r}" s="1"/><c r="B${r}" s="1"/></row>`);
    return rows.join('');
  };

  it('below the list are passed over', async () => {
    const file = rawWorkbook(sheet(LIST + blank(3, 1_000_000)));
    const { rows, message } = await read(file);
    expect([rows, message]).toEqual([1, null]);
  });

  it('above and within the list as well', async () => {
    const text = `${'\n'.repeat(500_000)}Mã hồ sơ,Chủ hồ sơ\n${',\n'.repeat(500_000)}H35.50.12-260105-0001,A\n`;
    const { rows, stored } = await read(text);
    expect([rows, stored[0]?.line]).toEqual([1, 1_000_002]);
  });
});

describe('JSON with traps', () => {
  const one = '"MaHoSo":"H35.50.12-260105-0001","ChuHoSo":"A","NgayTiepNhan":"20260105"';

  it.each([
    ['cut in the middle', `[{${one}},{"MaHoSo":"H35`, 'JSON_CUT'],
    ['one object a line, cut in the last', `{${one}}\n{"MaHoSo":"H3`, 'JSON_CUT'],
    ['one object a line, broken within', `{${one}}\n{"MaHoSo" "H3"}\n{${one}}`, 'JSON_BROKEN'],
    ['nested without end', `[{${one},"x":${'['.repeat(500_000)}`, 'JSON_DEEP'],
    ['nested far, and closed', `[{${one},"x":${'['.repeat(500)}${']'.repeat(500)}}]`, 'JSON_DEEP'],
    ['nested around the list', `${'{"a":'.repeat(70)}{"data":[{${one}}]}${'}'.repeat(70)}`, 'JSON_DEEP'],
    ['two lists', `{"data":[{${one}}],\n"data":[{${one}}]}`, 'JSON_TWICE'],
  ])('%s', async (_, text, code) => {
    expect(await refusal(text)).toBe(code);
  });

  it.each([
    ['a key twice', `[{${one},"ChuHoSo":"B"}]`, 'ChuHoSo'],
    ['a key twice, once in other letters of JSON', `[{${one},"Chu\\u0048oSo":"B"}]`, 'ChuHoSo'],
    [
      'a key twice in a supplement',
      `[{${one},"DanhSachHoSoBoSung":[{"NgayBoSung":"20260106","NgayBoSung":"20260107"}]}]`,
      'NgayBoSung',
    ],
  ])('%s is a fault of its row: no value is chosen silently', async (_, text, key) => {
    const { faults, stored } = await read(text);
    expect([stored, faults.map((f) => f.message)]).toEqual([
      [],
      [`Mục “${key}” có hai lần trong một hồ sơ, không rõ giá trị nào đúng.`],
    ]);
  });

  it('colons and braces inside of texts are no keys', async () => {
    const { faults, rows } = await read(`[{${one},"GhiChu":"a: \\"b\\": {c: [d]} \\\\"}]`);
    expect([rows, faults]).toEqual([1, []]);
  });
});
