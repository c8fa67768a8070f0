import { layoutOf, recalledColumns, sameFields } from './column-layout';
import type { Field } from './fields';
import type { RunColumn } from './run';

const columns = (...pairs: [string, Field | null][]): RunColumn[] =>
  pairs.map(([heading, field], index) => ({ index, heading, field, samples: [] }));
const fields = (list: RunColumn[] | null) => list?.map((c) => c.field) ?? null;

describe('the layout of a list', () => {
  const key = layoutOf(columns(['Số', null], ['Tên', null]));

  it.each<[string, boolean, [string, Field | null][]]>([
    [
      'is the same whatever the columns are taken for',
      true,
      [
        ['Số', 'code'],
        ['Tên', 'applicantName'],
      ],
    ],
    [
      'does not look at marks and case',
      true,
      [
        ['SO', null],
        ['ten', null],
      ],
    ],
    [
      'is another with the columns in another order',
      false,
      [
        ['Tên', null],
        ['Số', null],
      ],
    ],
    [
      'is another with one column more',
      false,
      [
        ['Số', null],
        ['Tên', null],
        ['', null],
      ],
    ],
  ])('%s', (_, same, pairs) => {
    expect(layoutOf(columns(...pairs)) === key).toBe(same);
  });
});

describe('what was said of an earlier list', () => {
  const told = columns(['Số', 'code'], ['Ngày', 'receivedAt'], ['Ngày', 'promisedAt'], ['Ghi chú', null]);

  it.each<[string, [string, Field | null][], (Field | null)[] | null]>([
    [
      'holds for the same headings; of two with one name the second stays the second',
      [
        ['Số', null],
        ['Ngày', null],
        ['Ngày', null],
        ['Ghi chú', 'summary'],
      ],
      ['code', 'receivedAt', 'promisedAt', null],
    ],
    [
      'holds for the headings two lists share, wherever they stand',
      [
        ['Chủ hồ sơ', 'applicantName'],
        ['Ngày', null],
        ['Số', null],
      ],
      ['applicantName', 'receivedAt', 'code'],
    ],
    [
      'takes a field from the column that only seemed to hold it',
      [
        ['Số', null],
        ['Ngày', null],
        ['Mã hồ sơ', 'code'],
      ],
      ['code', 'receivedAt', null],
    ],
    [
      'does not hold when one heading is alike by chance',
      [
        ['Số', null],
        ['Tên', null],
      ],
      null,
    ],
    [
      'is told also when the headings say the same themselves',
      [
        ['Số', 'code'],
        ['Ngày', 'receivedAt'],
      ],
      ['code', 'receivedAt'],
    ],
  ])('%s', (_, pairs, expected) => {
    expect(fields(recalledColumns(columns(...pairs), told))).toEqual(expected);
  });
});

it('two lists say the same when every column holds the same', () => {
  const list = columns(['Số', 'code'], ['Ngày', 'receivedAt']);
  expect(sameFields(list, list)).toBe(true);
  expect(sameFields(list, columns(['Số', 'code'], ['Ngày', 'promisedAt']))).toBe(false);
});
