import { parseIsoDay } from '../domain/local-date';
import { offeredPeriods, readPeriod, twelveMonths } from './period';

const today = parseIsoDay('2026-11-23');

describe('report periods', () => {
  it.each([
    ['2025', '2025-01-01', '2025-12-31'],
    ['2026-q1', '2026-01-01', '2026-03-31'],
    ['2026-q3', '2026-07-01', '2026-09-30'],
    ['2028-q1', '2028-01-01', '2028-03-31'],
  ])('%s runs from %s to %s', (key, from, to) => {
    expect(readPeriod(key, today)).toMatchObject({ key, from, to });
  });

  it.each([undefined, '', 'x', '2026-q5', '1999', '2026; drop table'])(
    'an unreadable key %p means the current year',
    (key) => {
      expect(readPeriod(key, today).key).toBe('2026');
    },
  );

  it('offers this year, its quarters so far and the two years before', () => {
    expect(offeredPeriods(today).map((p) => p.key)).toEqual([
      '2026',
      '2026-q4',
      '2026-q3',
      '2026-q2',
      '2026-q1',
      '2025',
      '2024',
    ]);
  });

  it('a finished year shows its own twelve months', () => {
    const months = twelveMonths('2025-12-31', today);
    expect([months.length, months[0], months.at(-1)]).toEqual([12, '2025-01', '2025-12']);
  });

  it('a running year shows the twelve months up to today', () => {
    const months = twelveMonths('2026-12-31', today);
    expect([months.length, months[0], months.at(-1)]).toEqual([12, '2025-12', '2026-11']);
  });
});
