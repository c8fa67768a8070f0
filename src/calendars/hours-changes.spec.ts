import {
  expectRefused,
  groundOf,
  done,
  nation,
  refused,
  WEEK,
  WHOLE,
  type Refusal,
} from '../../test/fixtures/calendar/changes';
import type { CalendarForm } from './calendar-form';
import { NO_ROWS, type CalendarRows } from './calendar-rows';
import { calendarOf } from './calendar-book';

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

  it.each<Refusal>([
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
    expectRefused(refused({ ...WHOLE, ...form }), expected);
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
