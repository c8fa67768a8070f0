import Papa from 'papaparse';
import * as fc from 'fast-check';
import { CsvSplitter } from './csv.reader';
import { delimiterOf } from './csv-delimiter';
import { FileRefused } from './file-refused';
import { JsonSplitter } from './json.reader';

/** Cuts text at the given places: readers must not care how bytes arrive. */
const pieces = (text: string, cuts: number[]): string[] => {
  const at = [0, ...cuts.map((c) => c % (text.length + 1)), text.length].sort((a, b) => a - b);
  return at.slice(1).map((end, i) => text.slice(at[i], end));
};
const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (e) {
    return e instanceof FileRefused ? `${e.code} ${e.args.line ?? ''}`.trim() : String(e);
  }
  return 'accepted';
};

const csv = (text: string, cuts: number[] = [], delimiter = ',') => {
  const splitter = new CsvSplitter(delimiter);
  return [...pieces(text, cuts).flatMap((p) => splitter.push(p)), ...splitter.end()];
};

describe('delimited text', () => {
  it('tells the physical line where a record begins, and leaves out blank ones', () => {
    const text = 'a,b\r\n"x\ny",2\r\n\r\nlast,3';
    expect(csv(text).map((r) => [r.line, r.cells])).toEqual([
      [1, ['a', 'b']],
      [2, ['x\ny', '2']],
      [5, ['last', '3']],
    ]);
  });

  it.each([
    ['Mã hồ sơ;Ngày nhận;Hẹn trả, kết quả\n', ';'],
    ['Mã hồ sơ\tNgày nhận\n', '\t'],
    ['DANH SÁCH, quý I\nMã hồ sơ,Ngày nhận', ','],
  ])('%j is parted by %j', (head, delimiter) => {
    expect(delimiterOf(head)).toBe(delimiter);
  });

  it('with a quotation mark that never closes is refused with its line', () => {
    expect(refusal(() => csv('a,b\n1,"x\n2,y\n'))).toBe('QUOTE_OPEN 2');
  });

  it('gives the cells papaparse gives, wherever the text is cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'Đ', ' ', ',', '"', '\n', '\r\n', ';'),
      maxLength: 6,
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.array(fc.nat(), { maxLength: 5 }), (rows, cuts) => {
        const text = Papa.unparse(rows, { newline: '\r\n' });
        const filled = rows.filter((row) => row.some((text) => text !== ''));
        expect(csv(text, cuts).map((r) => r.cells)).toEqual(filled);
      }),
      { numRuns: 300 },
    );
  });
});

const json = (text: string, cuts: number[] = []) => {
  const splitter = new JsonSplitter();
  const rows = pieces(text, cuts).flatMap((p) => splitter.push(p));
  splitter.end();
  return rows;
};

describe('JSON text', () => {
  const envelope =
    '{\n "service": "DongBoHoSoMC",\n "data": [\n  {"MaHoSo": "[1]"},\n  {"MaHoSo": "2"}\n ]\n}';

  it('gives the objects of its list with their lines', () => {
    expect(json(envelope)).toEqual([
      { line: 4, object: { MaHoSo: '[1]' } },
      { line: 5, object: { MaHoSo: '2' } },
    ]);
  });

  it('without line breaks counts its objects', () => {
    expect(json('[{"a":1},{"a":2},{"a":3}]').map((r) => r.line)).toEqual([1, 2, 3]);
  });

  it.each([
    ['cut in an object', '[{"a":1},\n{"a":', 'JSON_CUT 2'],
    ['cut between objects', '[{"a":1},\n', 'JSON_CUT 2'],
    ['cut in a string', '{"data":[{"a":"x', 'JSON_CUT 1'],
    ['cut behind the list', '{"data":[{"a":1}]', 'JSON_CUT 1'],
    ['a broken object', '[{"a":1},\n{"a":}]', 'JSON_BROKEN 2'],
    ['no comma', '[{"a":1}\n{"a":2}]', 'JSON_BROKEN 2'],
    ['something else behind the list', '[{"a":1}] x', 'JSON_BROKEN 1'],
    ['no list', '{"a": {"b": 1}}', 'JSON_UNKNOWN'],
  ])('%s is refused', (_, text, expected) => {
    expect(refusal(() => json(text))).toBe(expected);
  });

  it('gives what JSON.parse gives, wherever the text is cut', () => {
    const record = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(
        fc.array(record),
        fc.array(fc.nat(), { maxLength: 5 }),
        fc.constantFrom(0, 1),
        (data, cuts, indent) => {
          const text = JSON.stringify({ service: 'x', data }, null, indent);
          expect(json(text, cuts).map((r) => r.object)).toEqual(
            (JSON.parse(text) as { data: unknown[] }).data,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
