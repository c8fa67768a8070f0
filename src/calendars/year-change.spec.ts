import {
  DOCUMENT,
  expectRefused,
  groundOf,
  done,
  nation,
  refused,
  row,
  withRows,
  type Refusal,
} from '../../test/fixtures/calendar/changes';
import type { CalendarForm } from './calendar-form';
import { NO_ROWS } from './calendar-rows';
import { yearForm } from './year-change';

describe('a year is decided', () => {
  const typed = (year: number, change: Partial<CalendarForm> = {}): CalendarForm => ({
    ...yearForm({ own: nation }, year),
    van_ban: 'TB 777/TB-BNV\nCV 888/VPCP',
    ...change,
  });
  const asked = yearForm({ own: nation }, 2027);
  const plus = (list: string[], value: string): string[] => list.map((v, i) => (i === 12 ? value : v));

  it('starts from the days by rule', () => {
    expect(asked.nghi.slice(0, 3)).toEqual(['1/1/2027', '5/2/2027', '8/2/2027']);
    expect(asked.nghi).toHaveLength(16);
  });

  it('with its documents and the swaps that no rule tells', () => {
    const form = typed(2027, {
      nghi: plus(asked.nghi, '31/12/2027'),
      ten_ngay: plus(asked.ten_ngay, 'Nghỉ hoán đổi'),
      bu: plus(asked.bu, '25/12/2027'),
      van_ban_ngay: plus(asked.van_ban_ngay, 'CV 999'),
    });
    const { rows, words, document, difference } = done(form);
    expect(rows.years.at(-1)).toEqual({ year: 2027, documents: ['TB 777/TB-BNV', 'CV 888/VPCP'] });
    expect(difference.days).toHaveLength(14);
    expect(difference.days.at(0)!.after).toMatchObject({ day: '2027-01-01', document: 'TB 777/TB-BNV' });
    expect(rows.days.slice(-2).map((d) => [d.day, d.document, d.inExchangeFor])).toEqual([
      ['2027-12-25', 'CV 999', '2027-12-31'],
      ['2027-12-31', 'CV 999', null],
    ]);
    expect([words, document]).toEqual(['Lịch nghỉ năm 2027 theo quyết định', 'TB 777/TB-BNV; CV 888/VPCP']);
  });

  it('what was entered before its decision is shown in the form and replaced by it', () => {
    const early = withRows(
      row('2027-04-29', { name: 'Nghỉ hoán đổi' }),
      row('2027-05-08', { kind: 'worked', name: 'Làm bù cho 29/4', inExchangeFor: '2027-04-29' }),
      row('2027-12-31', { kind: 'worked', name: 'Nửa ngày', hours: [['07:30', '11:30']] }),
    );
    const form = yearForm({ own: early }, 2027);
    const at = form.nghi.indexOf('29/4/2027');
    expect([form.ten_ngay[at], form.bu[at], form.van_ban_ngay[at]]).toEqual([
      'Nghỉ hoán đổi',
      '8/5/2027',
      DOCUMENT,
    ]);
    const without = { ...form, nghi: form.nghi.map((d, i) => (i === at ? '' : d)), van_ban: 'TB 7' };
    for (const field of ['ten_ngay', 'bu', 'van_ban_ngay'] as const)
      without[field] = form[field].map((v, i) => (i === at ? '' : v));
    const kept = done(without, groundOf(early)).rows.days.map((d) => d.day);
    expect(kept).not.toContain('2027-04-29');
    expect(kept).not.toContain('2027-05-08');
    expect(kept).toContain('2027-12-31');
  });

  it.each<Refusal>([
    [
      'a year after one that is not decided',
      typed(2028),
      [['bieu-mau', /Chưa nhập được năm 2028 khi năm 2027/]],
    ],
    ['a year that is decided', typed(2026), [['bieu-mau', /năm 2026 đã có quyết định/]]],
    ['no document', typed(2027, { van_ban: ' ' }), [['van_ban', /số văn bản/]]],
    [
      'no day',
      typed(2027, { nghi: [], ten_ngay: [], bu: [], van_ban_ngay: [] }),
      [['nghi-0', /Chưa ghi ngày nghỉ nào/]],
    ],
    [
      'lines that are wrong, each at its place',
      typed(2027, {
        nghi: ['1/1/2027', '2/1/2027', '1/1/2027', '1/1/2028', 'Tết', '4/1/2027', '3/1/2028'],
        ten_ngay: ['Tết', 'Bảy', 'Lại', 'Khác', 'Chữ', '', 'Năm khác'],
        bu: ['', '', '', '', '', '5/1/2027'],
        van_ban_ngay: [],
      }),
      [
        ['nghi-1', /nghỉ sẵn thứ Bảy 2\/1\/2027/],
        ['nghi-2', /đã có mục cho thứ Sáu 1\/1\/2027: Tết/],
        ['nghi-3', /nghỉ sẵn thứ Bảy 1\/1\/2028/],
        ['nghi-4', /Không đọc được ngày nghỉ “Tết”/],
        ['bu-5', /vốn đã làm việc thứ Ba 5\/1\/2027/],
        ['ten_ngay-5', /Chưa ghi tên ngày/],
        ['nghi-6', /thứ Hai 3\/1\/2028 không thuộc năm 2027/],
      ],
    ],
  ])('%s is refused', (_, form, expected) => {
    expectRefused(refused(form), expected);
  });

  it('only in the calendar of the nation', () => {
    expect(refused(typed(2027), groundOf(NO_ROWS, nation))).toEqual([
      ['bieu-mau', 'Quyết định của cả năm chỉ nhập vào Lịch chung.'],
    ]);
  });
});
