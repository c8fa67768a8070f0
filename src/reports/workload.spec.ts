import { parseIsoDay } from '../domain/local-date';
import { WorkingCalendar, type OfficeInterval } from '../domain/working-calendar';
import { heatWeeks, spectrumBins, workingDaysLeft } from './workload';

const hours: OfficeInterval[] = [{ opens: 450, closes: 1020 }];
const off = (day: string) => ({
  day: parseIsoDay(day),
  kind: 'off' as const,
  name: 'Nghỉ',
  document: null,
  hours: null,
});
const calendar = WorkingCalendar.of({
  weekly: { 1: hours, 2: hours, 3: hours, 4: hours, 5: hours, 6: [], 7: [] },
  days: [off('2026-11-24')],
  years: [{ year: 2026, state: 'decided', documents: [] }],
});
const monday = parseIsoDay('2026-11-23');

describe('load ahead', () => {
  it.each([
    ['2026-11-23', 0],
    ['2026-11-25', 1],
    ['2026-11-20', -1],
    ['2026-11-18', -3],
    ['2026-11-30', 4],
    ['2027-03-01', Infinity],
  ])('a deadline on %s is %d working days away on Monday 23/11, the holiday left out', (day, left) => {
    expect(workingDaysLeft(calendar, monday, parseIsoDay(day))).toBe(left);
  });

  it('a deadline on Friday is one day overdue on Sunday, not due today', () => {
    expect(workingDaysLeft(calendar, parseIsoDay('2026-11-22'), parseIsoDay('2026-11-20'))).toBe(-1);
  });

  it('every open case stands in exactly one bin', () => {
    const open = Array.from({ length: 40 }, (_, i) => ({ day: isoOf(monday - 20 + i), count: i }));
    const bins = spectrumBins(calendar, monday, open);
    expect(bins.reduce((n, b) => n + b.count, 0)).toBe(open.reduce((n, o) => n + o.count, 0));
  });

  it('the four weeks start on Monday, hide what is past and mark days off', () => {
    const weeks = heatWeeks(calendar, parseIsoDay('2026-11-25'), [
      { day: '2026-11-23', count: 9 },
      { day: '2026-11-25', count: 4 },
      { day: '2026-11-26', count: 1 },
      { day: '2026-11-26', count: 1 },
    ]);
    expect(weeks.map((w) => w.length)).toEqual([7, 7, 7, 7]);
    expect(weeks[0]![0]).toMatchObject({ day: '2026-11-23', count: 0, past: true });
    expect(weeks[0]![1]).toMatchObject({ off: true });
    expect(weeks[0]![2]).toMatchObject({ count: 4, level: 5, today: true });
    expect(weeks[0]![3]).toMatchObject({ count: 2, level: 3 });
  });
});

const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
