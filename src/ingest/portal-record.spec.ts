import { isoLocal, toInstant, toLocalSecond, type LocalSecond } from '../domain/local-date';
import type { Cell } from './cell';
import { bitOf, type Field, type SourceRow } from './fields';
import { toPortalRecord } from './portal-record';

const RULES = {
  now: toLocalSecond(new Date('2026-11-23T09:00:00+07:00')),
  closesAt: 17 * 3600,
  serialShift: 0,
};
const HEADINGS = { code: 'Mã HS', receivedAt: 'Ngày nhận', finishedAt: 'Ngày xong', status: 'Tình trạng' };
const SOUND: SourceRow['values'] = {
  code: 'H35.50.12-260105-0008',
  procedureName: 'Thủ tục đăng ký khai sinh',
  applicantName: 'Lò Văn A',
  status: 'Đã trả kết quả',
  receivedAt: '05/01/2026 07:30',
  promisedAt: '08/01/2026 07:30',
  finishedAt: '07/01/2026 11:22',
  returnedAt: '09/01/2026 07:54',
};

const read = (values: Record<string, Cell>, extra: Partial<SourceRow> = {}) =>
  toPortalRecord(sourceRow({ ...SOUND, ...values }, extra), RULES, HEADINGS);
function sourceRow(values: SourceRow['values'], extra: Partial<SourceRow>): SourceRow {
  const carried = Object.keys(values).reduce((bits, field) => bits | bitOf(field as Field), 0);
  return { line: 37, carried, values, ...extra };
}
const good = (values: Record<string, Cell>, extra: Partial<SourceRow> = {}) => {
  const { record, faults } = read(values, extra);
  expect(faults).toEqual([]);
  return record!;
};
const time = (at: LocalSecond | null) => (at === null ? null : isoLocal(toInstant(at)));

describe('a row of a source', () => {
  it('becomes a record', () => {
    expect(good({})).toMatchObject({
      line: 37,
      code: 'H35.50.12-260105-0008',
      status: 10,
      channel: 'direct',
    });
  });

  it.each([
    ['10', 10],
    ['Đã trả kết quả', 10],
    ['da tra ket qua', 10],
    ['9 - Đã xử lý xong', 9],
    ['Đã có kết quả', 9],
    ['Yêu cầu bổ sung giấy tờ', 5],
    ['Công dân yêu cầu rút hồ sơ', 7],
    ['Dừng xử lý', 8],
  ])('status %s is %i', (status, code) => {
    expect(good({ status }).status).toBe(code);
  });

  it.each([
    ['2', 'online'],
    ['Trực tuyến', 'online'],
    ['Bưu chính công ích', 'postal'],
    ['', 'direct'],
    [null, 'direct'],
  ])('channel %s is %s', (channel, expected) => {
    expect(good({ channel }).channel).toBe(expected);
  });

  it('without a status is settled when its dates say so', () => {
    expect(good({ status: null, returnedAt: null }).status).toBe(9);
  });

  it('gives a telephone number that Excel took for a number its zero back', () => {
    expect(good({ phone: 912345678 }).phone).toBe('0912345678');
  });

  it('loses control and direction characters and is stored in NFC', () => {
    const name = `  Lo\u0300 \u202eVa\u0306n\u0000\n A\u200b `;
    expect(good({ applicantName: name }).applicantName).toBe('Lò Văn A');
  });

  it('may hold department and officer in one cell', () => {
    expect(good({ departmentName: 'Phòng Kinh tế/ Chuyên viên G' })).toMatchObject({
      departmentName: 'Phòng Kinh tế',
      officerName: 'Chuyên viên G',
    });
  });

  it('carries only the columns that are there', () => {
    const { carried } = good({ address: null });
    expect([carried & bitOf('address'), carried & bitOf('phone')]).toEqual([bitOf('address'), 0]);
  });

  it('with a bare day is due and done when the office closes', () => {
    const record = good({
      receivedAt: '05/01/2026',
      promisedAt: '05/01/2026',
      finishedAt: '05/01/2026',
      returnedAt: null,
    });
    expect([record.receivedAt, record.promisedAt, record.finishedAt].map(time)).toEqual([
      '2026-01-05T00:00:00',
      '2026-01-05T17:00:00',
      '2026-01-05T17:00:00',
    ]);
  });

  it('takes the first promise from the first supplement', () => {
    const supplements = [
      {
        NgayBoSung: '20260107084700',
        NgayTiepNhanBoSung: '20260108073600',
        NgayHenTraTruoc: '20260107170000',
      },
    ];
    const record = good({}, { supplements });
    expect(time(record.promisedFirstAt)).toBe('2026-01-07T17:00:00');
    expect(record.supplements).toHaveLength(1);
  });

  it('with a code of an unknown form goes in with a warning', () => {
    const { record, warnings } = read({ code: 'A-17' });
    expect([record?.code, warnings.map((w) => w.column)]).toEqual(['A-17', ['Mã HS']]);
  });

  it('with another day in its code goes in with a warning', () => {
    const { record, warnings } = read({ code: 'H35.50.12-260106-0008' });
    expect([record === null, warnings.map((w) => w.message)]).toEqual([
      false,
      ['Ngày trong mã khác ngày tiếp nhận (05/01/2026); vẫn được ghi nhận.'],
    ]);
  });
});

describe('a faulty row', () => {
  it.each<[string, Record<string, Cell>, string, string, string]>([
    ['no code', { code: ' ' }, 'Mã HS', '', 'Thiếu mã hồ sơ.'],
    [
      'a day that does not exist',
      { receivedAt: '31/02/2026' },
      'Ngày nhận',
      '31/02/2026',
      'Ngày không có thật.',
    ],
    ['a day before 2000', { receivedAt: '05/01/1999' }, 'Ngày nhận', '05/01/1999', 'Ngày trước 01/01/2000.'],
    [
      'a serial before 2000',
      { receivedAt: 36_000 },
      'Ngày nhận',
      '24/07/1998 00:00',
      'Ngày trước 01/01/2000.',
    ],
    [
      'ten years ahead',
      { promisedAt: '24/11/2036' },
      'Ngày hẹn trả',
      '24/11/2036',
      'Ngày quá xa: sau 23/11/2036.',
    ],
    ['no date at all', { receivedAt: 'sáng mai' }, 'Ngày nhận', 'sáng mai', 'Không đọc được thành ngày.'],
    [
      'finished before received',
      { finishedAt: '04/01/2026 10:00' },
      'Ngày xong',
      '04/01/2026 10:00',
      'Kết thúc xử lý trước khi tiếp nhận (05/01/2026).',
    ],
    [
      'returned before received',
      { returnedAt: '04/01/2026' },
      'Ngày trả kết quả',
      '04/01/2026',
      'Trả kết quả trước khi tiếp nhận (05/01/2026).',
    ],
    [
      'promised before received',
      { promisedAt: '04/01/2026' },
      'Ngày hẹn trả',
      '04/01/2026',
      'Hẹn trả trước ngày tiếp nhận (05/01/2026).',
    ],
    [
      'a formula as text',
      { applicantName: '=HYPERLINK("http://x")' },
      'Chủ hồ sơ',
      '=HYPERLINK("http://x")',
      'Ô chứa công thức thay cho nội dung. Công thức không được thực hiện.',
    ],
    [
      'a formula without a value',
      { receivedAt: { formula: true } },
      'Ngày nhận',
      '',
      'Ô là công thức chưa có kết quả. Công thức không được thực hiện.',
    ],
    [
      'an error of Excel',
      { applicantName: '#REF!' },
      'Chủ hồ sơ',
      '#REF!',
      'Ô báo lỗi của Excel, không có nội dung.',
    ],
    ['no applicant', { applicantName: '' }, 'Chủ hồ sơ', '', 'Ô trống: thiếu chủ hồ sơ.'],
    [
      'settled without a day',
      { finishedAt: null, returnedAt: null },
      'Ngày xong',
      '',
      'Trạng thái “Đã trả kết quả” nhưng không có ngày kết thúc xử lý và ngày trả kết quả.',
    ],
  ])('%s', (_, values, column, value, message) => {
    const { record, faults } = read(values);
    expect(record).toBeNull();
    expect(faults.map((f) => [f.line, f.column, f.value, f.message])).toEqual([[37, column, value, message]]);
  });

  it.each([
    ['Đã trả kết qả', 'Trạng thái gần nhất: Đã trả kết quả.'],
    ['đang sử lí', 'Trạng thái gần nhất: Đang xử lý.'],
  ])('with status %s is told the nearest word', (status, remedy) => {
    expect(read({ status, finishedAt: null, returnedAt: null }).faults.map((f) => f.remedy)).toEqual([
      remedy,
    ]);
  });

  it('tells every fault of the row at once', () => {
    const { faults } = read({ applicantName: '', receivedAt: '31/02/2026', status: 'xyz' });
    expect(faults.map((f) => f.column)).toEqual(['Ngày nhận', 'Tình trạng', 'Chủ hồ sơ']);
  });

  it.each([
    [
      { NgayBoSung: '20250101000000' },
      'Yêu cầu bổ sung lúc 01/01/2025 00:00, trước khi tiếp nhận (05/01/2026 07:30).',
    ],
    [
      { NgayBoSung: '20260107080000', NgayTiepNhanBoSung: '20260106080000' },
      'Nhận bổ sung lúc 06/01/2026 08:00, trước khi yêu cầu bổ sung (07/01/2026 08:00).',
    ],
    [{ NgayBoSung: 'hôm qua' }, 'Ngày yêu cầu hoặc ngày nhận bổ sung không đúng.'],
  ])('with a supplement that cannot have been: %j', (supplement, message) => {
    expect(read({}, { supplements: [supplement] }).faults.map((f) => f.message)).toEqual([message]);
  });

  it('that was submitted after the day of its reception', () => {
    expect(read({ submittedAt: '06/01/2026 08:00' }).faults.map((f) => f.message)).toEqual([
      'Nộp hồ sơ sau khi tiếp nhận (05/01/2026).',
    ]);
    expect(time(good({ submittedAt: '05/01/2026 08:00' }).submittedAt)).toBe('2026-01-05T08:00:00');
  });
});

describe('a submission that nobody has received', () => {
  const waiting = { status: '1', receivedAt: '', promisedAt: '', finishedAt: null, returnedAt: null };

  it('is a case when the row tells when it was submitted', () => {
    const record = good({ ...waiting, submittedAt: '05/01/2026 08:00' });
    expect([record.receivedAt, time(record.submittedAt)]).toEqual([null, '2026-01-05T08:00:00']);
    expect(record.carried & bitOf('receivedAt')).not.toBe(0);
  });

  it('is none otherwise', () => {
    expect(read(waiting).faults.map((f) => f.message)).toEqual([
      'Hồ sơ chưa được tiếp nhận nên chưa có ngày tiếp nhận.',
    ]);
  });
});
