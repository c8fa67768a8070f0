import { csv, type Grid } from '../../test/fixtures/ingest/files';
import { read, type Reading } from '../../test/fixtures/ingest/reading';
import type { ChosenColumn } from './column-mapping';

const code = (n: number) => `H35.50.12-260105-000${n}`;
/** Rows of one system; `cells` of the n-th row. */
const list = (headings: Grid, cells: (n: number) => Grid[number], rows = 5): Grid => [
  ...headings,
  ...Array.from({ length: rows }, (_, i) => cells(i + 1)),
];
const mapped = ({ opened, message }: Reading) =>
  message ??
  Object.fromEntries((opened?.columns ?? []).filter((c) => c.field).map((c) => [c.heading, c.field]));

describe('headings that alone do not tell', () => {
  it.each<[string, string, (n: number) => string, string | null]>([
    ['“Thủ tục” over names', 'Thủ tục', () => 'Thủ tục đăng ký khai sinh', 'procedureName'],
    ['“Thủ tục” over codes', 'Thủ tục', (n) => `2.00090${n}`, 'procedureCode'],
    ['“Lĩnh vực” over words', 'Lĩnh vực', () => 'Hộ tịch', 'fieldName'],
    ['“Lĩnh vực” over codes', 'Lĩnh vực', () => 'G15-TP03', 'fieldCode'],
    ['“Ngày” over the days of the codes', 'Ngày', () => '05/01/2026', 'receivedAt'],
    ['“Ngày” over other days', 'Ngày', () => '09/01/2026', null],
    ['“Tiến độ” over statuses', 'Tiến độ', () => 'Đang xử lý', 'status'],
    ['“Tiến độ” over something else', 'Tiến độ', () => 'Đúng hạn', null],
    [
      '“Đơn vị/ cá nhân giải quyết” over units',
      'Đơn vị/ cá nhân giải quyết',
      () => 'Phòng Kinh tế',
      'departmentName',
    ],
    [
      '… over units and persons',
      'Đơn vị/ cá nhân giải quyết',
      (n) => `Phòng Kinh tế/ Lò Văn ${'ABCDE'[n - 1]}`,
      'departmentName',
    ],
    ['… over persons', 'Đơn vị/ cá nhân giải quyết', (n) => `Lò Văn ${'ABCDE'[n - 1]}`, 'officerName'],
    [
      '“Trực tuyến/Trực tiếp/Bưu chính” over words',
      'Trực tuyến/Trực tiếp/Bưu chính',
      () => 'Trực tuyến',
      'channel',
    ],
  ])('%s', async (_, heading, cell, field) => {
    const reading = await read(
      csv(list([['STT', 'Mã hồ sơ', 'Chủ hồ sơ', heading]], (n) => [n, code(n), 'Người A', cell(n)])),
    );
    expect(reading.opened?.columns[3]?.field).toBe(field);
  });

  it('“Mã” over case codes is the code, over procedure codes it is not', async () => {
    const cells = (n: number) => [n, code(n), `2.00090${n}`, 'Lò Văn A', '05/01/2026'];
    const reading = await read(csv(list([['STT', 'Mã', 'Mã số', 'Chủ hồ sơ', 'Ngày nhận']], cells)));
    expect(mapped(reading)).toEqual({
      Mã: 'code',
      'Mã số': 'procedureCode',
      'Chủ hồ sơ': 'applicantName',
      'Ngày nhận': 'receivedAt',
    });
  });

  it('of two headings for one field the one whose cells fit is used, else the nearer to the official name', async () => {
    const cells = (n: number) => [code(n), 'Lò Văn A', 'Đúng hạn', 'Đang xử lý'];
    const fits = await read(csv(list([['Mã hồ sơ', 'Chủ hồ sơ', 'Trạng thái', 'Trạng thái']], cells)));
    expect(fits.opened?.columns.map((c) => c.field)).toEqual(['code', 'applicantName', 'status', null]);
    const nearer = await read(
      csv(
        list([['Mã hồ sơ', 'Chủ hồ sơ', 'Tình trạng', 'Trạng thái']], (n) => [
          code(n),
          'A',
          'Đang xử lý',
          'Đang xử lý',
        ]),
      ),
    );
    expect(nearer.opened?.columns.map((c) => c.field)).toEqual(['code', 'applicantName', null, 'status']);
  });
});

describe('headings of two rows', () => {
  const cells = (n: number) => [n, code(n), 'Lò Văn A', '0912345678', '05/01/2026', '06/01/2026'];
  const expected = {
    'Mã hồ sơ': 'code',
    'Chủ hồ sơ Họ tên': 'applicantName',
    'Chủ hồ sơ Điện thoại': 'phone',
    'Thời gian Tiếp nhận': 'receivedAt',
    'Thời gian Hẹn trả': 'promisedAt',
  };
  it.each<[string, Grid]>([
    [
      'with the upper cell in its first column only',
      [
        ['STT', 'Mã hồ sơ', 'Chủ hồ sơ', null, 'Thời gian', null],
        [null, null, 'Họ tên', 'Điện thoại', 'Tiếp nhận', 'Hẹn trả'],
      ],
    ],
    [
      'with the upper cell repeated',
      [
        ['STT', 'Mã hồ sơ', 'Chủ hồ sơ', 'Chủ hồ sơ', 'Thời gian', 'Thời gian'],
        ['STT', 'Mã hồ sơ', 'Họ tên', 'Điện thoại', 'Tiếp nhận', 'Hẹn trả'],
        ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)'],
      ],
    ],
  ])('%s', async (_, headings) => {
    const reading = await read(csv(list([['DANH SÁCH HỒ SƠ'], [], ...headings], cells)));
    expect([mapped(reading), reading.rows, reading.faulty]).toEqual([expected, 5, 0]);
  });

  it('name the channel by a tick', async () => {
    const ticked = (n: number) => [code(n), 'A', n % 2 ? 'x' : null, n % 2 ? null : 'x', null];
    const reading = await read(
      csv(
        list(
          [
            ['Mã hồ sơ', 'Chủ hồ sơ', 'Hình thức', null, null],
            [null, null, 'Trực tuyến', 'Trực tiếp', 'Bưu chính'],
          ],
          ticked,
          4,
        ),
      ),
    );
    expect(reading.stored.map((r) => r.channel)).toEqual(['online', 'direct', 'online', 'direct']);
  });

  it('stand below any number of title rows', async () => {
    const titles = Array.from({ length: 150 }, (_, i) => [`Dòng ${i}`]);
    const reading = await read(csv(list([...titles, ['Mã hồ sơ', 'Chủ hồ sơ']], (n) => [code(n), 'A'])));
    expect(reading.rows).toBe(5);
  });
});

/** The list of one production system: twelve headings, nine cells. */
const MOVED: Grid = list(
  [
    [
      'STT',
      'Đơn vị tiếp nhận',
      'Lĩnh vực',
      'Tên thủ tục hành chính',
      'Mã hồ sơ',
      'Trạng thái',
      'Địa chỉ',
      'Chủ hồ sơ',
      'Ngày nhận',
      'Ngày hẹn trả',
      'Ngày kết thúc xử lý',
      'Đơn vị/ cá nhân giải quyết',
    ],
  ],
  (n) => [
    n,
    code(n),
    'Thủ tục đăng ký khai sinh',
    'Lò Văn A',
    '05/01/2026 07:30',
    '09/01/2026 17:00',
    '08/01/2026 10:00',
    'Đang xử lý',
    'Phòng Kinh tế',
  ],
);

describe('cells that do not belong to their headings', () => {
  it('are noticed: heading, example, and what each column seems to be', async () => {
    const { refused, message } = await read(csv(MOVED));
    expect(refused?.code).toBe('MISALIGNED');
    expect(message).toBe(
      'Tiêu đề và nội dung các cột không khớp nhau trong tệp “tep.xlsx”: dưới “Mã hồ sơ” (dòng 1) là “05/01/2026 07:30”. ' +
        'Chưa có dữ liệu nào được ghi.',
    );
    expect(refused?.columns?.slice(0, 9).map((c) => c.field)).toEqual([
      null,
      'code',
      'procedureName',
      'applicantName',
      'receivedAt',
      'promisedAt',
      'finishedAt',
      'status',
      'departmentName',
    ]);
    expect(refused?.columns?.[1]).toEqual({
      index: 1,
      heading: 'Đơn vị tiếp nhận',
      field: 'code',
      samples: [code(1), code(2), code(3)],
    });
  });

  it('go in once a person has said what the columns are', async () => {
    const { refused } = await read(csv(MOVED));
    const columns: ChosenColumn[] = refused!.columns!.map(({ index, heading, field }) => ({
      index,
      heading,
      field,
    }));
    const reading = await read(csv(MOVED), { columns });
    expect([reading.message, reading.rows, reading.faults]).toEqual([null, 5, []]);
    expect(reading.stored[0]).toMatchObject({ code: code(1), applicant_name: 'Lò Văn A', status: 4 });
  });

  it('in a single row are faults of that row', async () => {
    const rows = list([['Mã hồ sơ', 'Chủ hồ sơ', 'Ngày nhận']], (n) => [
      code(n),
      'A',
      n === 3 ? 'Đang xử lý' : '05/01/2026',
    ]);
    const reading = await read(csv(rows));
    expect([reading.rows, reading.faults.map((f) => [f.line, f.field])]).toEqual([5, [[4, 'receivedAt']]]);
  });
});

describe('a mapping by hand', () => {
  const rows = list([['Số phiếu', 'Người dân', 'Bắt đầu']], (n) => [code(n), 'Lò Văn A', '05/01/2026']);
  const columns: ChosenColumn[] = [
    { index: 0, heading: 'Số phiếu', field: 'code' },
    { index: 1, heading: 'Người dân', field: 'applicantName' },
    { index: 2, heading: 'Bắt đầu', field: 'receivedAt' },
  ];

  it('is offered when no row reads like a heading', async () => {
    const { refused } = await read(csv(rows));
    expect([refused?.code, refused?.columns?.map((c) => c.field)]).toEqual([
      'NO_HEADINGS',
      ['code', 'applicantName', 'receivedAt'],
    ]);
  });

  it('is offered when no heading names the code', async () => {
    const { refused } = await read(
      csv(list([['Số phiếu', 'Chủ hồ sơ', 'Ngày nhận', 'Hẹn trả']], (n) => [code(n), 'A', '05/01/2026', ''])),
    );
    expect([refused?.code, refused?.columns?.[0]]).toEqual([
      'NO_CODE_COLUMN',
      { index: 0, heading: 'Số phiếu', field: 'code', samples: [code(1), code(2), code(3)] },
    ]);
  });

  it('is applied by position under the same headings', async () => {
    const reading = await read(csv(rows), { columns });
    expect([reading.rows, reading.faults]).toEqual([5, []]);
  });

  it('is applied by the headings when they stand elsewhere, and the others are recognised as ever', async () => {
    const other = list([['Trạng thái', 'Bắt đầu', 'Số phiếu', 'Người dân']], (n) => [
      'Đang xử lý',
      '05/01/2026',
      code(n),
      'B',
    ]);
    const reading = await read(csv(other), { columns });
    expect(reading.mapping).toEqual({
      'Trạng thái': 'status',
      'Bắt đầu': 'receivedAt',
      'Số phiếu': 'code',
      'Người dân': 'applicantName',
    });
  });

  it('of JSON goes by the keys', async () => {
    const text = JSON.stringify([{ id: code(1), ten: 'Lò Văn A', MaHoSo: 'cũ' }]);
    const chosen: ChosenColumn[] = [
      { index: 0, heading: 'id', field: 'code' },
      { index: 1, heading: 'ten', field: 'applicantName' },
      { index: 2, heading: 'MaHoSo', field: null },
    ];
    const { stored } = await read(text, { columns: chosen });
    expect(stored[0]).toMatchObject({ code: code(1), applicant_name: 'Lò Văn A' });
  });
});
