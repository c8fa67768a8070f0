import { isReminderDay, lastReminderDay, missedYear } from './calendar-reminder';
import { isoDay, isoWeekday, parseIsoDay } from './local-date';

/** Monday to Friday, with days off. */
const workedExcept = (...off: string[]) => ({
  isWorkingDay: (day: number) => isoWeekday(day) <= 5 && !off.includes(isoDay(day)),
});
const decidedUpTo = (last: number) => ({
  years: () =>
    [2025, 2026, 2027, 2028].map((year) => ({
      ...{ year, documents: [] },
      state: year <= last ? ('decided' as const) : ('forecast' as const),
    })),
});

describe('the year whose decision is missed', () => {
  it.each<[string, number, number | null]>([
    ['2026-10-31', 2026, null],
    ['2026-11-01', 2026, 2027],
    ['2026-12-31', 2026, 2027],
    ['2026-11-01', 2027, null],
    ['2026-06-01', 2026, null],
    ['2027-01-01', 2026, 2027],
    ['2027-11-15', 2026, 2027],
    ['2027-11-15', 2027, 2028],
  ])('on %s with decisions up to %i: %p', (day, last, expected) => {
    expect(missedYear(parseIsoDay(day), decidedUpTo(last))).toBe(expected);
  });

  it('a year the calendar does not have is missed by nobody', () => {
    expect(missedYear(parseIsoDay('2028-12-01'), decidedUpTo(2028))).toBeNull();
  });
});

describe('days on which the decision is asked for', () => {
  const days = (from: string, to: string, year: number, calendar = workedExcept()) => {
    const [first, last] = [parseIsoDay(from), parseIsoDay(to)];
    return Array.from({ length: last - first + 1 }, (_, i) => first + i)
      .filter((day) => isReminderDay(day, year, calendar))
      .map(isoDay);
  };

  it('the first working day of November and December, every Monday after 15 December, and on into the year', () => {
    expect(days('2026-01-01', '2027-01-20', 2027)).toEqual([
      '2026-11-02',
      '2026-12-01',
      '2026-12-21',
      '2026-12-28',
      '2027-01-04',
      '2027-01-11',
      '2027-01-18',
    ]);
  });

  it('a Monday 15 December is none, the one after it is', () => {
    expect(days('2025-12-02', '2025-12-31', 2026)).toEqual(['2025-12-22', '2025-12-29']);
    expect(days('2030-12-03', '2030-12-31', 2031)).toEqual(['2030-12-16', '2030-12-23', '2030-12-30']);
  });

  it('a month that begins with days off is asked about on the day work begins', () => {
    expect(days('2026-11-01', '2026-11-30', 2027, workedExcept('2026-11-02', '2026-11-03'))).toEqual([
      '2026-11-04',
    ]);
  });
});

describe('the newest day on which it was asked for', () => {
  it.each<[string, string | null]>([
    ['2026-11-01', null],
    ['2026-11-02', '2026-11-02'],
    ['2026-11-20', '2026-11-02'],
    ['2026-12-01', '2026-12-01'],
    ['2026-12-20', '2026-12-01'],
    ['2026-12-27', '2026-12-21'],
    ['2027-01-03', '2026-12-28'],
  ])('on %s: %p', (today, expected) => {
    const found = lastReminderDay(parseIsoDay(today), 2027, workedExcept());
    expect(found && isoDay(found)).toBe(expected);
  });
});
