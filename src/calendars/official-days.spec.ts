import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { WorkingCalendar } from '../domain/working-calendar';
import { isoDay, parseIsoDay } from '../domain/local-date';
import { definitionOf, firstCalendar } from './calendar-rows';
import { OFFICIAL_YEARS } from './official-days';

interface AnnouncedYear {
  off: [string, string][];
  worked: [string, string][];
  documents: string[];
}

const announced = JSON.parse(
  readFileSync(path.join(__dirname, '../../test/fixtures/calendar/official_days_2024_2027.json'), 'utf8'),
) as { years: Record<string, AnnouncedYear> };

describe('the official days', () => {
  it.each(OFFICIAL_YEARS.map((y) => [y.year, y] as const))(
    'of %d are the announced ones',
    (year, { off, worked, documents }) => {
      const expected = announced.years[String(year)]!;
      expect(off.map(({ day, name }) => [day, name])).toEqual(expected.off);
      expect(worked.map(({ day, name }) => [day, name])).toEqual(expected.worked);
      expect(documents).toEqual(expected.documents);
    },
  );

  it('each make-up day is worked for a day off of the same document', () => {
    for (const { off, worked } of OFFICIAL_YEARS)
      for (const { inExchangeFor, document } of worked)
        expect(off.find((d) => d.day === inExchangeFor)).toMatchObject({ document });
  });
});

describe('the first calendar', () => {
  const rows = firstCalendar();
  const calendar = WorkingCalendar.of(definitionOf(rows));

  it('knows 2024 to 2026 as decided and the 25 years after them as forecast', () => {
    const years = calendar.years().map(({ year, state }) => `${year} ${state}`);
    expect(years.slice(0, 4)).toEqual(['2024 decided', '2025 decided', '2026 decided', '2027 forecast']);
    expect(years).toHaveLength(28);
    expect(years.at(-1)).toBe('2051 forecast');
  });

  it.each([
    [2024, 251],
    [2025, 250],
    [2026, 249],
  ])('%d has %d working days', (year, count) => {
    const [from, to] = [parseIsoDay(`${year}-01-01`), parseIsoDay(`${year}-12-31`)];
    const days = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((d) =>
      calendar.isWorkingDay(d),
    );
    expect(days).toHaveLength(count);
  });

  it('a date in 2027 rests on a forecast', () => {
    expect(calendar.isForecast(parseIsoDay('2027-02-11'))).toBe(true);
    expect(isoDay(calendar.addWorkingDays(parseIsoDay('2027-02-04'), 1))).toBe('2027-02-12');
  });

  it('every day off names its document', () => {
    expect(rows.days.filter((d) => !d.document)).toEqual([]);
  });
});
