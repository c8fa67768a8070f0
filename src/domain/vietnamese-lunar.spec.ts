import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { epochDay, isoDay, parseIsoDay } from './local-date';
import { dayOfLunar, hungKingsDay, lunarNewYear, lunarOf } from './vietnamese-lunar';

const table = JSON.parse(
  readFileSync(path.join(__dirname, '../../test/fixtures/calendar/lunar_1990_2050.json'), 'utf8'),
) as { years: Record<string, { tet: string; hung_kings: string }> };

describe('the Vietnamese lunar calendar', () => {
  it.each(Object.entries(table.years))('Tết and Giỗ Tổ of %s', (year, { tet, hung_kings }) => {
    expect(isoDay(lunarNewYear(Number(year)))).toBe(tet);
    expect(isoDay(hungKingsDay(Number(year)))).toBe(hung_kings);
  });

  it.each([
    [1968, '1968-01-29'],
    [1969, '1969-02-16'],
    [1985, '1985-01-21'],
    [2007, '2007-02-17'],
    [2030, '2030-02-02'],
  ])('in %d Tết is not the Chinese new year: %s', (year, tet) => {
    expect(isoDay(lunarNewYear(year))).toBe(tet);
  });

  it.each([
    ['2026-02-16', { year: 2025, month: 12, day: 29, leap: false }],
    ['2026-02-17', { year: 2026, month: 1, day: 1, leap: false }],
    ['2025-07-25', { year: 2025, month: 6, day: 1, leap: true }],
    ['2025-08-22', { year: 2025, month: 6, day: 29, leap: true }],
    ['2025-08-23', { year: 2025, month: 7, day: 1, leap: false }],
    ['2033-12-22', { year: 2033, month: 11, day: 1, leap: true }],
    ['2024-12-31', { year: 2024, month: 12, day: 1, leap: false }],
  ])('%s is %j', (text, lunar) => {
    expect(lunarOf(parseIsoDay(text))).toEqual(lunar);
  });

  it('turns the days of 1930 to 2099, every fifth of them, into a lunar date and back', () => {
    const wrong: string[] = [];
    for (let day = epochDay(1930, 1, 1); day < epochDay(2100, 1, 1); day += 5) {
      const { year, month, day: n, leap } = lunarOf(day);
      if (!leap && dayOfLunar(year, month, n) !== day) wrong.push(isoDay(day));
    }
    expect(wrong).toEqual([]);
  });
});
