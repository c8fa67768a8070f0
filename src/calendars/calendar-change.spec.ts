import { calendarOf, definitionOfLayers } from './calendar-book';
import { readChange } from './calendar-change';
import { calendarDifference } from './calendar-difference';
import { blankForm, type CalendarForm } from './calendar-form';
import { firstCalendar, NO_ROWS, type CalendarDayRow, type CalendarRows } from './calendar-rows';
import type { ChangeGround } from './change-ground';
import { yearForm } from './year-change';

const nation = firstCalendar();
const DOCUMENT = 'CV 123/BNV';

const groundOf = (own: CalendarRows, ...above: CalendarRows[]): ChangeGround => {
  const layers = [...above, own].map((rows, id) => ({ id, rows }));
  return {
    ...{ own, above, restored: null, calendar: calendarOf(layers).calendar },
    definition: definitionOfLayers(layers.map((l) => l.rows)),
  };
};
const row = (day: string, facts: Partial<CalendarDayRow>): CalendarDayRow => ({
  ...{ day, kind: 'off', name: 'X', document: DOCUMENT, hours: null, inExchangeFor: null },
  ...facts,
});
const withRows = (...days: CalendarDayRow[]): CalendarRows => ({
  ...nation,
  days: [...nation.days, ...days],
});

/** What an act does, as pairs of what was and what is. */
function done(form: Partial<CalendarForm>, ground = groundOf(nation)) {
  const { draft, faults } = readChange(blankForm({ van_ban: DOCUMENT, ten: 'Nghỉ', ...form }), ground);
  if (!draft) throw new Error(JSON.stringify(faults));
  return { ...draft, difference: calendarDifference(ground.own, draft.rows) };
}
const days = (form: Partial<CalendarForm>, ground = groundOf(nation)) =>
  done(form, ground).difference.days.map(({ day, after }) => [
    day,
    after && [after.kind, after.name, ...(after.hours ?? []).map((pair) => pair.join('-'))].join(' '),
  ]);
const refused = (form: Partial<CalendarForm>, ground = groundOf(nation)): [string, string][] =>
  (readChange(blankForm(form), ground).faults ?? []).map((f) => [f.field, f.text]);

const WHOLE = { ten: 'Nghỉ', van_ban: DOCUMENT };
const OFFICE = '07:30-11:30, 13:30-17:00';
const WEEK = { gio_2: OFFICE, gio_3: OFFICE, gio_4: OFFICE, gio_5: OFFICE, gio_6: OFFICE };

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
    expect(days(form, ground)).toEqual(expected);
  });

  it('are told by their days, their name and their document', () => {
    const { words, document } = done({ tu: '4/12/2026', den: '8/12/2026', ten: 'Kiểm kê' });
    expect([words, document]).toEqual(['Nghỉ 4/12/2026 đến 8/12/2026 (Kiểm kê)', DOCUMENT]);
  });

  it('take the place of a proposal', () => {
    const ground = groundOf(withRows(row('2026-11-23', { kind: 'awaited', name: 'Đề xuất' })));
    expect(days({ tu: '23/11/2026' }, ground)).toEqual([['2026-11-23', 'off Nghỉ']]);
  });

  it.each<[string, Partial<CalendarForm>, [string, RegExp][]]>([
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
    const found = refused({ viec: 'nghi', ...form });
    expect(found.map(([field]) => field)).toEqual(expected.map(([field]) => field));
    found.forEach(([, text], i) => expect(text).toMatch(expected[i]![1]));
  });

  it('an office below is told that the day rests by the calendar above', () => {
    const ground = groundOf(NO_ROWS, nation);
    expect(refused({ ...WHOLE, tu: '24/11/2026' }, ground)).toEqual([
      ['tu', expect.stringContaining('Ngày Văn hóa Việt Nam') as string],
    ]);
    expect(days({ tu: '25/11/2026' }, ground)).toEqual([['2026-11-25', 'off Nghỉ']]);
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
    expect(days({ ...SWAP, gio: '13:30-17h và 7h30 đến 11h30' })[1]).toEqual([
      '2026-11-28',
      'worked Làm bù cho 23/11 07:30-11:30 13:30-17:00',
    ]);
  });

  it.each<[string, Partial<CalendarForm>, [string, RegExp][]]>([
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
    const found = refused({ viec: 'hoan-doi', ...WHOLE, ...form });
    expect(found.map(([field]) => field)).toEqual(expected.map(([field]) => field));
    found.forEach(([, text], i) => expect(text).toMatch(expected[i]![1]));
  });
});

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
  ])('%s', (_, form, expected) => expect(days(form)).toEqual(expected));

  it('one office may open on a holiday of the nation, with the hours of that weekday', () => {
    expect(days({ viec: 'lam-bu', tu: '24/11/2026' }, groundOf(NO_ROWS, nation))).toEqual([
      ['2026-11-24', 'worked Nghỉ 07:30-11:30 13:30-17:00'],
    ]);
  });

  it.each<[string, Partial<CalendarForm>, [string, RegExp][]]>([
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
    const found = refused({ ...WHOLE, ...form });
    expect(found.map(([field]) => field)).toEqual(expected.map(([field]) => field));
    found.forEach(([, text], i) => expect(text).toMatch(expected[i]![1]));
  });

  it('half a day needs two halves', () => {
    const short = { ...nation, hours: nation.hours.filter((h) => h.opens === '07:30') };
    const found = refused({ ...WHOLE, viec: 'nua-ngay', tu: '31/12/2026' }, groundOf(short));
    expect(found).toEqual([['buoi', expect.stringContaining('không chia thành hai buổi') as string]]);
  });

  it('a proposal needs no document, and not twice', () => {
    expect(days({ viec: 'cho', tu: '23/11/2026', van_ban: '' })).toEqual([['2026-11-23', 'awaited Nghỉ']]);
    const known = groundOf(withRows(row('2026-11-23', { kind: 'awaited' })));
    expect(refused({ ...WHOLE, viec: 'cho', tu: '23/11/2026' }, known)).toHaveLength(1);
  });
});

describe('entries are taken back and reworded', () => {
  it.each(['31/8/2026', '22/8/2026'])('with %s the other day of the swap goes too', (tu) => {
    expect(days({ viec: 'bo', tu, ly_do: 'Nhập nhầm' })).toEqual([
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

describe('office hours', () => {
  const hours = (form: Partial<CalendarForm>, ground = groundOf(nation)) => done(form, ground).rows;
  const opening = (rows: CalendarRows, day: string, ...above: CalendarRows[]) => {
    const { calendar } = calendarOf([...above, rows].map((r, id) => ({ id, rows: r })));
    const [first] = calendar.intervalsOf(new Date(`${day}T00:00:00Z`).getTime() / 86_400_000);
    return first?.opens ?? null;
  };
  const late = '08:00-12:00';
  const LATE = { gio_2: late, gio_3: late, gio_4: late, gio_5: late, gio_6: late };

  it('that were wrong are replaced for all time; an empty weekday rests', () => {
    const rows = hours({ viec: 'gio', ...LATE, gio_6: '' });
    expect([opening(rows, '2025-06-02'), opening(rows, '2026-12-01')]).toEqual([480, 480]);
    expect(opening(rows, '2026-12-04')).toBeNull();
  });

  it('of a day on leave the days before as they were', () => {
    const rows = hours({ viec: 'gio', tu: '1/12/2026', ...LATE });
    expect([opening(rows, '2026-11-30'), opening(rows, '2026-12-01'), opening(rows, '2028-01-04')]).toEqual([
      450, 480, 480,
    ]);
    const again = hours({ viec: 'gio', tu: '1/12/2026', ...WEEK }, groundOf(rows));
    expect(again.periods).toHaveLength(1);
    expect(opening(again, '2026-12-01')).toBe(450);
  });

  it('of the summer come back every year, inside hours from a day on as well', () => {
    const summer = {
      viec: 'dot-gio',
      ten: 'Giờ mùa hè',
      tu: '1/4/2027',
      den: '30/9/2027',
      hang_nam: 'co',
    } as const;
    const early = { gio_2: '07:00-11:00', gio_3: '07:00-11:00', gio_4: '07:00-11:00', gio_5: '07:00-11:00' };
    const rows = hours({ ...summer, ...early }, groundOf(hours({ viec: 'gio', tu: '1/12/2026', ...LATE })));
    const at = ['2026-11-30', '2026-12-01', '2027-04-01', '2027-09-30', '2027-10-01', '2030-07-01'];
    expect(at.map((day) => opening(rows, day))).toEqual([450, 480, 420, 420, 480, 420]);
    const back = hours({ viec: 'bo-dot', dot: String(rows.periods.at(-1)!.period) }, groundOf(rows));
    expect(opening(back, '2027-04-01')).toBe(480);
  });

  it('an office that adds a season keeps the week it inherits, and can return to it', () => {
    const season = {
      viec: 'dot-gio',
      ten: 'Giờ mùa đông',
      tu: '1/12/2026',
      den: '31/1/2027',
      ...LATE,
    } as const;
    const rows = hours(season, groundOf(NO_ROWS, nation));
    expect([opening(rows, '2026-11-30', nation), opening(rows, '2026-12-01', nation)]).toEqual([450, 480]);
    const back = hours({ viec: 'gio', theo_tren: 'co' }, groundOf(rows, nation));
    expect([back.hours, back.periods]).toEqual([[], []]);
  });

  it.each<[string, Partial<CalendarForm>, [string, RegExp][]]>([
    [
      'no hours and no document',
      { viec: 'gio', van_ban: '' },
      [
        ['van_ban', /Chưa ghi số văn bản/],
        ['gio_2', /Cả tuần không có giờ làm việc nào/],
      ],
    ],
    [
      'each weekday that cannot be read',
      { viec: 'gio', ...WEEK, gio_3: 'sáng', gio_6: '12:00-08:00' },
      [
        ['gio_3', /^Thứ Ba: không đọc được khoảng giờ “sáng”/],
        ['gio_6', /^Thứ Sáu: khoảng giờ 12:00-08:00 kết thúc/],
      ],
    ],
    [
      'a season without name, end and document',
      { viec: 'dot-gio', ten: '', van_ban: '', tu: '1/4/2027', ...WEEK },
      [
        ['ten', /tên đợt/],
        ['van_ban', /số văn bản/],
        ['den', /Chưa ghi ngày cuối/],
      ],
    ],
    [
      'a season that ends before it begins',
      { viec: 'dot-gio', tu: '1/4/2027', den: '1/3/2027', ...WEEK },
      [['den', /Ngày cuối \(1\/3\/2027\)/]],
    ],
    [
      'a yearly season longer than a year',
      { viec: 'dot-gio', ten: 'Dài', tu: '1/4/2026', den: '30/4/2027', hang_nam: 'co', ...LATE },
      [['tu', /cùng có thứ Năm 1\/4\/2027: Dài/]],
    ],
    ['a season nobody knows', { viec: 'bo-dot', dot: '7' }, [['bieu-mau', /không còn trong lịch/]]],
  ])('%s is refused', (_, form, expected) => {
    const found = refused({ ...WHOLE, ...form });
    expect(found.map(([field]) => field)).toEqual(expected.map(([field]) => field));
    found.forEach(([, text], i) => expect(text).toMatch(expected[i]![1]));
  });

  it('two seasons that meet are named', () => {
    const summer = { viec: 'dot-gio', ten: 'Giờ mùa hè', tu: '1/4/2027', den: '30/9/2027', ...LATE } as const;
    const found = refused(
      { ...WHOLE, ...summer, ten: 'Giờ Tết', tu: '30/9/2027', den: '31/10/2027' },
      groundOf(hours(summer)),
    );
    expect(found).toEqual([
      ['tu', expect.stringMatching(/thứ Năm 30\/9\/2027: Giờ mùa hè, Giờ Tết/) as string],
    ]);
  });
});

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

  it.each<[string, Partial<CalendarForm>, [string, RegExp][]]>([
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
    const found = refused(form);
    expect(found.map(([field]) => field)).toEqual(expected.map(([field]) => field));
    found.forEach(([, text], i) => expect(text).toMatch(expected[i]![1]));
  });

  it('only in the calendar of the nation', () => {
    expect(refused(typed(2027), groundOf(NO_ROWS, nation))).toEqual([
      ['bieu-mau', 'Quyết định của cả năm chỉ nhập vào Lịch chung.'],
    ]);
  });
});

describe('an older version is made again', () => {
  it('with exactly its rows', () => {
    const later = withRows(row('2026-11-23', {}));
    const { rows, words } = done({ viec: 'lap-lai', ban: '6' }, { ...groundOf(later), restored: nation });
    expect([rows, words]).toEqual([nation, 'Lập lại bản 6']);
  });
});

it('what only the whole calendar shows is told in words', () => {
  const own = { ...NO_ROWS, days: [row('2026-12-05', { kind: 'worked', name: 'Làm bù' })] };
  expect(refused({ ...WHOLE, viec: 'gio', ...WEEK, gio_7: OFFICE }, groundOf(own, nation))).toEqual([
    ['bieu-mau', 'Lịch sau khi đổi: thứ Bảy 5/12/2026 ghi là ngày làm bù nhưng vốn đã là ngày làm việc.'],
  ]);
});
