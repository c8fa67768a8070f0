import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { forecastDaysOff } from './holiday-forecast';
import { isoDay } from './local-date';

const daysOff = (year: number): string[] => forecastDaysOff(year).map(({ day }) => isoDay(day).slice(5));
const named = (year: number, day: string) => forecastDaysOff(year).find((d) => isoDay(d.day) === day);

describe('days off by rule', () => {
  it('2027: Tết over a weekend is made up for, so is 1 May', () => {
    expect(daysOff(2027)).toEqual([
      ...['01-01', '02-05', '02-08', '02-09', '02-10', '02-11', '04-16', '04-30', '05-03'],
      ...['09-02', '09-03', '11-24'],
    ]);
    expect(named(2027, '2027-05-03')).toMatchObject({
      name: 'Nghỉ bù Quốc tế Lao động',
      document: 'Bộ luật Lao động 2019, Điều 111.3',
    });
  });

  it('2026 comes out as decided, but for the swaps, which no rule can know', () => {
    const fixture = path.join(__dirname, '../../test/fixtures/calendar/official_days_2024_2027.json');
    const official = JSON.parse(readFileSync(fixture, 'utf8')) as {
      years: Record<string, { off: [string, string][] }>;
    };
    const decided = official.years['2026']!.off.filter(([, name]) => name !== 'Nghỉ hoán đổi');
    expect(forecastDaysOff(2026).map(({ day, name }) => [isoDay(day), name])).toEqual(decided);
  });

  it.each([
    [2021, '09-03', 'a Thursday'],
    [2022, '09-01', 'a Friday'],
    [2023, '09-01', 'a Saturday'],
    [2024, '09-03', 'a Monday'],
    [2025, '09-01', 'a Tuesday'],
    [2026, '09-01', 'a Wednesday'],
    [2029, '09-03', 'a Sunday'],
  ])('in %d the day beside National Day is %s: 2/9 is %s', (year, day) => {
    expect(daysOff(year)).toContain(day);
  });

  it('a National Day on a Saturday is made up for on Monday', () => {
    expect(named(2023, '2023-09-04')).toMatchObject({ name: 'Nghỉ bù Quốc khánh' });
  });

  it('two days off on one weekend are made up for on two working days', () => {
    expect(daysOff(2022)).toEqual(expect.arrayContaining(['05-02', '05-03']));
  });

  it('the Day of Vietnamese Culture is off from 2026 on and not made up for', () => {
    expect(daysOff(2025)).not.toContain('11-24');
    expect(daysOff(2027)).toContain('11-24');
    // 24/11/2029 is a Saturday
    expect(daysOff(2029).filter((d) => d.startsWith('11'))).toEqual([]);
  });

  it('names each day once, in order, never a weekly rest day', () => {
    for (let year = 2024; year <= 2060; year++) {
      const days = forecastDaysOff(year).map(({ day }) => day);
      expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
      expect(days.every((day) => (((day + 3) % 7) + 7) % 7 < 5)).toBe(true);
    }
  });
});
