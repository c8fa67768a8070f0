import { parseIsoDay } from '../domain/local-date';
import { WorkingCalendar } from '../domain/working-calendar';
import { daysOf, definitionOf, firstCalendar, type CalendarDayRow } from './calendar-rows';
import { shownYears, yearView } from './year-view';

const rows = firstCalendar();
const calendar = WorkingCalendar.of(definitionOf(rows));
const view = (year: number) =>
  yearView({
    calendar,
    years: shownYears(calendar),
    days: daysOf([rows], [2027, 2028]),
    inherited: new Set(),
    query: '?don_vi=H35',
    year,
    today: parseIsoDay('2026-08-26'),
  });

describe('a year of the calendar', () => {
  it('counts the working days of each month', () => {
    expect(view(2026).months.map((m) => m.workingDays)).toEqual([
      21, 15, 22, 20, 20, 22, 23, 21, 20, 22, 20, 23,
    ]);
    expect(view(2026).workingDays).toBe(249);
  });

  it('lists days off in a row as one entry, with the day worked in exchange', () => {
    expect(
      view(2026).daysOff.map(({ names, from, to, days, madeUpOn }) => [
        names.join(', '),
        from,
        to,
        days,
        ...madeUpOn,
      ]),
    ).toEqual([
      ['Tết Dương lịch', '2026-01-01', '2026-01-02', 2, '2026-01-10'],
      ['Tết Nguyên đán', '2026-02-16', '2026-02-20', 5],
      ['Nghỉ bù Giỗ Tổ Hùng Vương', '2026-04-27', '2026-04-27', 1],
      ['Ngày Chiến thắng, Quốc tế Lao động', '2026-04-30', '2026-05-01', 2],
      ['Quốc khánh', '2026-08-31', '2026-09-02', 3, '2026-08-22'],
      ['Ngày Văn hóa Việt Nam', '2026-11-24', '2026-11-24', 1],
    ]);
    expect(view(2026).daysOffCount).toBe(14);
  });

  it('months begin on their weekday and hold every day', () => {
    const august = view(2026).months[7]!;
    expect(august.weeks[0]!.map((d) => d?.number ?? null)).toEqual([null, null, null, null, null, 1, 2]);
    expect(august.weeks.flat().filter((d) => d !== null)).toHaveLength(31);
  });

  it.each([
    ['2026-08-20', 'working'],
    ['2026-08-22', 'worked'],
    ['2026-08-23', 'weekend'],
    ['2026-08-31', 'off'],
    ['2027-02-08', 'awaited'],
  ])('%s is shown as %s', (day, tone) => {
    const found = view(Number(day.slice(0, 4)))
      .months.flatMap((m) => m.weeks.flat())
      .find((d) => d?.day === day);
    expect(found?.tone).toBe(tone);
  });

  it('every day leads to its own page, in the calendar of the same office', () => {
    const days = view(2026).months.flatMap((m) => m.weeks.flat());
    expect(days.find((d) => d?.day === '2026-08-22')?.href).toBe('/quan-tri/lich/2026/2026-08-22?don_vi=H35');
    expect(days.filter((d) => d?.today).map((d) => d!.day)).toEqual(['2026-08-26']);
  });
});

describe('a year with a proposal and a half day', () => {
  const own = [
    { day: '2026-11-23', kind: 'awaited' as const, name: 'Đề xuất hoán đổi', hours: null },
    { day: '2026-12-24', kind: 'worked' as const, name: 'Họp toàn cơ quan', hours: [['07:30', '11:30']] },
  ].map((row) => ({ ...row, document: null, inExchangeFor: null })) as CalendarDayRow[];
  const changed = { ...rows, days: [...rows.days, ...own] };
  const shown = yearView({
    ...{ calendar: WorkingCalendar.of(definitionOf(changed)), years: shownYears(calendar), query: '' },
    ...{ days: daysOf([changed], []), inherited: new Set(['2026-12-24']), year: 2026, today: 0 },
  });
  const dayOf = (day: string) => shown.months.flatMap((m) => m.weeks.flat()).find((d) => d?.day === day);

  it('the proposed day waits and is still a working day', () => {
    expect(dayOf('2026-11-23')).toMatchObject({
      tone: 'awaited',
      state: 'awaited',
      name: 'Đề xuất hoán đổi',
    });
    expect(shown.months[10]!.workingDays).toBe(20);
  });

  it('the half day is listed with its hours and where it comes from', () => {
    expect(dayOf('2026-12-24')?.tone).toBe('half');
    expect(shown.worked).toMatchObject([{ day: '2026-12-24', hours: '07:30–11:30', inherited: true }]);
  });
});
