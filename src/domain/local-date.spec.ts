import { addMonths, civil, epochDay, isoDay, isoWeekday, parseIsoDay } from './local-date';

describe('days as whole numbers', () => {
  it('agree with the platform’s own calendar on every day from 1600 to 2400', () => {
    const wrong: string[] = [];
    const first = Date.UTC(1600, 0, 1) / 86_400_000;
    const last = Date.UTC(2400, 11, 31) / 86_400_000;
    for (let day = first; day <= last; day++) {
      const d = new Date(day * 86_400_000);
      const [year, month, date] = [d.getUTCFullYear(), d.getUTCMonth() + 1, d.getUTCDate()];
      const c = civil(day);
      const same = c.year === year && c.month === month && c.day === date;
      const weekday = isoWeekday(day) % 7 === d.getUTCDay();
      if (!same || !weekday || epochDay(year, month, date) !== day) wrong.push(d.toISOString());
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %d months is %s', (from, months, to) => {
    expect(isoDay(addMonths(parseIsoDay(from), months))).toBe(to);
  });

  it.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''])('%s is no day', (text) => {
    expect(() => parseIsoDay(text)).toThrow(RangeError);
  });
});
