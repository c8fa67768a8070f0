import * as fc from 'fast-check';
import { toLocalSecond } from '../domain/local-date';
import type { Cell, TableRow } from './cell';
import { toPortalRecord, type PortalRecord } from './portal-record';
import { bindTable, ownHeadings, startTable } from './source-table';
import { TableBinder } from './table-binder';

const RULES = { now: toLocalSecond(new Date('2026-11-23T09:00:00+07:00')), closesAt: 61_200, serialShift: 0 };
const HEADINGS = [
  'STT',
  'Mã hồ sơ',
  'Tên thủ tục',
  'Chủ hồ sơ',
  'Ngày nhận',
  'Hẹn trả',
  'Ngày trả',
  'Tình trạng',
  'Phòng ban',
];
const CASES: Cell[][] = [
  [
    1,
    'H35.50.12-260105-0001',
    'Khai sinh',
    'Lò Văn A',
    '05/01/2026 07:30',
    '06/01/2026',
    46028.5,
    'Đã trả',
    'Phòng Kinh tế/ B',
  ],
  [2, 'H35.50.12-260105-0002', 'Khai tử', 'Lò Thị C', 46027.3125, null, null, 'Đang xử lý', 'Phòng Kinh tế'],
  [3, 'H35.50.12-260105-0003', 'Kết hôn', 'Sùng A D', '31/02/2026', null, null, 'Đang xử lý', null],
];

async function read(grid: Cell[][]): Promise<(PortalRecord | string)[]> {
  async function* rows(): AsyncGenerator<TableRow[]> {
    for (const [i, cells] of grid.entries()) yield [{ line: i + 1, cells }];
  }
  const { columns, rows: data } = bindTable(await startTable(rows()), null, RULES);
  const binder = new TableBinder(columns);
  const records: (PortalRecord | string)[] = [];
  for await (const batch of data)
    for (const row of batch) {
      const { record, faults } = toPortalRecord(binder.bind(row), RULES, ownHeadings({ headings: columns }));
      records.push(record ? { ...record, line: 0 } : faults.map((f) => f.message).join());
    }
  return records;
}

/** The list with its columns in another order, foreign columns between them, titles above and a total below. */
const disguised = fc
  .record({
    order: fc.shuffledSubarray([...HEADINGS.keys()], { minLength: HEADINGS.length }),
    foreign: fc.array(fc.tuple(fc.nat({ max: HEADINGS.length }), fc.string({ maxLength: 8 })), {
      maxLength: 3,
    }),
    titles: fc.array(
      fc.constantFrom<Cell[]>([], ['DANH SÁCH'], [null, 'Đơn vị: xã A'], ['Từ ngày', '01/01/2026']),
      {
        maxLength: 10,
      },
    ),
    total: fc.boolean(),
  })
  .map(({ order, foreign, titles, total }) => {
    const rows = [HEADINGS, ...CASES].map((row, line) => {
      const cells: Cell[] = order.map((column) => row[column] ?? null);
      for (const [at, text] of foreign) cells.splice(at, 0, line === 0 ? `Cột lạ ${text}` : text);
      return cells;
    });
    return [...titles, ...rows, ...(total ? [['Tổng cộng', 3]] : [])];
  });

describe('a list', () => {
  it('gives the same records whatever the order of its columns and whatever stands around them', async () => {
    const plain = await read([HEADINGS, ...CASES]);
    expect(plain).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(disguised, async (grid) => {
        expect(await read(grid)).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });
});
