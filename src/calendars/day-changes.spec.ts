import {
  DOCUMENT,
  expectRefused,
  groundOf,
  daysOf,
  done,
  nation,
  refused,
  row,
  WHOLE,
  withRows,
  type Refusal,
} from '../../test/fixtures/calendar/changes';
import type { CalendarForm } from './calendar-form';
import { NO_ROWS } from './calendar-rows';

describe('days off', () => {
  it.each<[string, Partial<CalendarForm>, [string, string][]]>([
    ['one day', { tu: '23/11/2026' }, [['2026-11-23', 'off Nghỉ']]],
    [
      'several days; the rest days between them need no entry',
      { tu: '4/12/2026', den: '8/12/2026' },
      [
        ['2026-12-04', 'off Nghỉ'],
        ['2026-12-07', 'off Nghỉ'],
        ['2026-12-08', 'off Nghỉ'],
      ],
    ],
    ['a day off by rule only, before its year is decided', { tu: '5/2/2027' }, [['2027-02-05', 'off Nghỉ']]],
    ['a make-up day that is given up by one office', { tu: '22/8/2026' }, [['2026-08-22', 'off Nghỉ']]],
  ])('%s', (name, form, expected) => {
    const ground = name.includes('office') ? groundOf(NO_ROWS, nation) : groundOf(nation);
    expect(daysOf(form, ground)).toEqual(expected);
  });

  it('are told by their days, their name and their document', () => {
    const { words, document } = done({ tu: '4/12/2026', den: '8/12/2026', ten: 'Kiểm kê' });
    expect([words, document]).toEqual(['Nghỉ 4/12/2026 đến 8/12/2026 (Kiểm kê)', DOCUMENT]);
  });

  it('take the place of a proposal', () => {
    const ground = groundOf(withRows(row('2026-11-23', { kind: 'awaited', name: 'Đề xuất' })));
    expect(daysOf({ tu: '23/11/2026' }, ground)).toEqual([['2026-11-23', 'off Nghỉ']]);
  });

  it.each<Refusal>([
    [
      'everything missing is said at once',
      { tu: '' },
      [
        ['tu', /Chưa ghi ngày đầu/],
        ['ten', /Chưa ghi tên ngày/],
        ['van_ban', /Chưa ghi số văn bản/],
      ],
    ],
    ['an unreadable day', { ...WHOLE, tu: '31/11/2026' }, [['tu', /Không đọc được ngày đầu “31\/11\/2026”/]]],
    [
      'both ends unreadable',
      { ...WHOLE, tu: 'mai', den: 'mốt' },
      [
        ['tu', /“mai”/],
        ['den', /“mốt”/],
      ],
    ],
    ['a rest day', { ...WHOLE, tu: '28/11/2026' }, [['tu', /nghỉ sẵn thứ Bảy 28\/11\/2026, không cần nhập/]]],
    [
      'a day that is off already',
      { ...WHOLE, tu: '24/11/2026' },
      [['tu', /thứ Ba 24\/11\/2026: Ngày Văn hóa Việt Nam/]],
    ],
    [
      'a make-up day of its own calendar',
      { ...WHOLE, tu: '22/8/2026' },
      [['tu', /đã có mục cho thứ Bảy 22\/8\/2026/]],
    ],
    [
      'each such day of several',
      { ...WHOLE, tu: '31/8/2026', den: '3/9/2026' },
      [
        ['tu', /31\/8\/2026/],
        ['tu', /1\/9\/2026/],
        ['tu', /2\/9\/2026/],
      ],
    ],
    [
      'a range that ends before it begins',
      { ...WHOLE, tu: '8/12/2026', den: '4/12/2026' },
      [['den', /Ngày cuối \(4\/12\/2026\) trước ngày đầu \(8\/12\/2026\)/]],
    ],
    [
      'a range of more than 60 days',
      { ...WHOLE, tu: '1/10/2026', den: '30/11/2026' },
      [['den', /dài 61 ngày, quá 60 ngày/]],
    ],
    [
      'a year before the calendar',
      { ...WHOLE, tu: '4/12/2023' },
      [['tu', /các năm 2024 đến 2051.*4\/12\/2023/]],
    ],
    ['a year beyond all forecasts', { ...WHOLE, tu: '4/12/2060' }, [['tu', /các năm 2024 đến 2051/]]],
  ])('%s is refused', (_, form, expected) => {
    expectRefused(refused({ viec: 'nghi', ...form }), expected);
  });

  it('an office below is told that the day rests by the calendar above', () => {
    const ground = groundOf(NO_ROWS, nation);
    expect(refused({ ...WHOLE, tu: '24/11/2026' }, ground)).toEqual([
      ['tu', expect.stringContaining('Ngày Văn hóa Việt Nam') as string],
    ]);
    expect(daysOf({ tu: '25/11/2026' }, ground)).toEqual([['2026-11-25', 'off Nghỉ']]);
  });
});

describe('a swap', () => {
  const SWAP = { viec: 'hoan-doi', tu: '23/11/2026', lam_bu: '28/11/2026' } as const;

  it('is a day off and a day worked for it, under one document', () => {
    const { words, rows, difference } = done({ ...SWAP, ten: 'Nghỉ hoán đổi' });
    expect(difference.days.map((d) => d.after)).toEqual([
      row('2026-11-23', { name: 'Nghỉ hoán đổi' }),
      row('2026-11-28', { kind: 'worked', name: 'Làm bù cho 23/11', inExchangeFor: '2026-11-23' }),
    ]);
    expect(words).toBe('Nghỉ thứ Hai 23/11/2026, làm bù thứ Bảy 28/11/2026 (Nghỉ hoán đổi)');
    expect(rows.years).toEqual(nation.years);
  });

  it('may have hours of its own', () => {
    expect(daysOf({ ...SWAP, gio: '13:30-17h và 7h30 đến 11h30' })[1]).toEqual([
      '2026-11-28',
      'worked Làm bù cho 23/11 07:30-11:30 13:30-17:00',
    ]);
  });

  it.each<Refusal>([
    ['without the day worked', { tu: '23/11/2026' }, [['lam_bu', /Hoán đổi thiếu ngày làm bù/]]],
    ['without the day off', { lam_bu: '28/11/2026' }, [['tu', /Hoán đổi thiếu ngày nghỉ/]]],
    ['on one day', { tu: '23/11/2026', lam_bu: '23/11/2026' }, [['lam_bu', /cùng là thứ Hai 23\/11\/2026/]]],
    [
      'with both days the wrong way round',
      { tu: '28/11/2026', lam_bu: '23/11/2026' },
      [
        ['tu', /nghỉ sẵn thứ Bảy 28\/11\/2026 nên không hoán đổi/],
        ['lam_bu', /vốn đã làm việc thứ Hai 23\/11\/2026/],
      ],
    ],
    [
      'with days that are entered already',
      { tu: '24/11/2026', lam_bu: '22/8/2026' },
      [
        ['tu', /đã có mục cho thứ Ba 24\/11\/2026/],
        ['lam_bu', /đã có mục cho thứ Bảy 22\/8\/2026/],
      ],
    ],
    [
      'with a day off that only a rule gives',
      { tu: '5/2/2027', lam_bu: '13/2/2027' },
      [['tu', /nghỉ sẵn thứ Sáu 5\/2\/2027/]],
    ],
    [
      'with hours that meet',
      { ...SWAP, gio: '07:30-11:30, 11:00-12:00' },
      [['gio', /khoảng giờ 11:00-12:00 chồng lên 07:30-11:30/]],
    ],
  ])('%s is refused', (_, form, expected) => {
    expectRefused(refused({ viec: 'hoan-doi', ...WHOLE, ...form }), expected);
  });
});
