import {
  DOCUMENT,
  expectRefused,
  groundOf,
  daysOf,
  done,
  nation,
  OFFICE,
  refused,
  row,
  WHOLE,
  withRows,
  type Refusal,
} from '../../test/fixtures/calendar/changes';
import type { CalendarForm } from './calendar-form';
import { NO_ROWS } from './calendar-rows';

describe('make-up days and half days', () => {
  it.each<[string, Partial<CalendarForm>, [string, string][]]>([
    [
      'a make-up day has the hours of a Monday',
      { viec: 'lam-bu', tu: '5/12/2026' },
      [['2026-12-05', 'worked Nghỉ']],
    ],
    [
      'a make-up day with its own hours',
      { viec: 'lam-bu', tu: '5/12/2026', gio: '7:30-11:30' },
      [['2026-12-05', 'worked Nghỉ 07:30-11:30']],
    ],
    [
      'a morning is worked',
      { viec: 'nua-ngay', tu: '31/12/2026', buoi: 'sang' },
      [['2026-12-31', 'worked Nghỉ 07:30-11:30']],
    ],
    [
      'an afternoon is worked',
      { viec: 'nua-ngay', tu: '31/12/2026', buoi: 'chieu' },
      [['2026-12-31', 'worked Nghỉ 13:30-17:00']],
    ],
    [
      'other hours',
      { viec: 'nua-ngay', tu: '31/12/2026', buoi: 'khac', gio: '8h-10h' },
      [['2026-12-31', 'worked Nghỉ 08:00-10:00']],
    ],
    ['a proposal counts as worked', { viec: 'cho', tu: '23/11/2026' }, [['2026-11-23', 'awaited Nghỉ']]],
  ])('%s', (_, form, expected) => expect(daysOf(form)).toEqual(expected));

  it('one office may open on a holiday of the nation, with the hours of that weekday', () => {
    expect(daysOf({ viec: 'lam-bu', tu: '24/11/2026' }, groundOf(NO_ROWS, nation))).toEqual([
      ['2026-11-24', 'worked Nghỉ 07:30-11:30 13:30-17:00'],
    ]);
  });

  it.each<Refusal>([
    [
      'a make-up day that is worked anyway',
      { viec: 'lam-bu', tu: '23/11/2026' },
      [['tu', /vốn đã làm việc thứ Hai 23\/11/]],
    ],
    [
      'a make-up day that is entered',
      { viec: 'lam-bu', tu: '24/11/2026' },
      [['tu', /đã có mục.*Ngày Văn hóa/]],
    ],
    [
      'hours that end before they begin',
      { viec: 'lam-bu', tu: '5/12/2026', gio: '11:30-07:30, 25:00-26:00' },
      [
        ['gio', /11:30-07:30 kết thúc không sau/],
        ['gio', /không đọc được khoảng giờ “25:00-26:00”/],
      ],
    ],
    [
      'half a rest day',
      { viec: 'nua-ngay', tu: '5/12/2026' },
      [['tu', /nghỉ thứ Bảy 5\/12\/2026 nên không có nửa ngày/]],
    ],
    ['half a day that is entered', { viec: 'nua-ngay', tu: '24/11/2026' }, [['tu', /đã có mục/]]],
    [
      'other hours that are none',
      { viec: 'nua-ngay', tu: '31/12/2026', buoi: 'khac' },
      [['gio', /Chưa ghi giờ làm việc/]],
    ],
    [
      'other hours that are the usual ones',
      { viec: 'nua-ngay', tu: '31/12/2026', buoi: 'khac', gio: OFFICE },
      [['gio', /vốn là 07:30–11:30, 13:30–17:00/]],
    ],
    ['a proposal for a rest day', { viec: 'cho', tu: '5/12/2026' }, [['tu', /nghỉ sẵn thứ Bảy/]]],
  ])('%s is refused', (_, form, expected) => {
    expectRefused(refused({ ...WHOLE, ...form }), expected);
  });

  it('half a day needs two halves', () => {
    const short = { ...nation, hours: nation.hours.filter((h) => h.opens === '07:30') };
    const found = refused({ ...WHOLE, viec: 'nua-ngay', tu: '31/12/2026' }, groundOf(short));
    expect(found).toEqual([['buoi', expect.stringContaining('không chia thành hai buổi') as string]]);
  });

  it('a proposal needs no document, and not twice', () => {
    expect(daysOf({ viec: 'cho', tu: '23/11/2026', van_ban: '' })).toEqual([['2026-11-23', 'awaited Nghỉ']]);
    const known = groundOf(withRows(row('2026-11-23', { kind: 'awaited' })));
    expect(refused({ ...WHOLE, viec: 'cho', tu: '23/11/2026' }, known)).toHaveLength(1);
  });
});

describe('entries are taken back and reworded', () => {
  it.each(['31/8/2026', '22/8/2026'])('with %s the other day of the swap goes too', (tu) => {
    expect(daysOf({ viec: 'bo', tu, ly_do: 'Nhập nhầm' })).toEqual([
      ['2026-08-22', null],
      ['2026-08-31', null],
    ]);
  });

  it('says why', () => {
    const { words } = done({ viec: 'bo', tu: '24/11/2026', ly_do: 'Nhập nhầm', van_ban: '' });
    expect(words).toBe('Bỏ khỏi lịch thứ Ba 24/11/2026 (Nhập nhầm)');
    expect(refused({ viec: 'bo', tu: '24/11/2026' })).toEqual([['ly_do', 'Chưa ghi lý do bỏ.']]);
  });

  it('an office takes back only what is its own', () => {
    expect(refused({ viec: 'bo', tu: '24/11/2026', ly_do: 'x' }, groundOf(NO_ROWS, nation))).toEqual([
      ['tu', expect.stringContaining('không có mục nào cho thứ Ba 24/11/2026') as string],
    ]);
  });

  it('both days of a swap carry the corrected document', () => {
    const { difference } = done({ viec: 'sua', tu: '31/8/2026', ten: 'Nghỉ hoán đổi Quốc khánh' });
    expect(difference.days.map(({ after }) => [after?.name, after?.document])).toEqual([
      ['Làm bù cho 31/8', DOCUMENT],
      ['Nghỉ hoán đổi Quốc khánh', DOCUMENT],
    ]);
    expect(refused({ viec: 'sua', tu: '23/11/2026', ...WHOLE })).toHaveLength(1);
  });

  it('what changes nothing is refused', () => {
    const same = {
      viec: 'sua',
      tu: '24/11/2026',
      ten: 'Ngày Văn hóa Việt Nam',
      van_ban: 'NQ 28/2026/QH16',
    } as const;
    expect(refused(same)).toEqual([['bieu-mau', 'Nội dung nhập không làm lịch thay đổi.']]);
  });
});
