import { isoLocal, toInstant } from '../domain/local-date';
import { fromSerial, readTime, type SourceTime } from './source-time';

const shown = (value: string | number): string => {
  const time = readTime(value);
  return typeof time === 'string' ? time : `${isoLocal(toInstant(time.at))}${time.dayOnly ? ' day' : ''}`;
};

describe('dates of sources', () => {
  it.each([
    ['20260105073000', '2026-01-05T07:30:00'],
    ['202601050730', '2026-01-05T07:30:00'],
    ['20260105', '2026-01-05T00:00:00 day'],
    ['2026-01-05 07:30:00', '2026-01-05T07:30:00'],
    ['2026-01-05T07:30:00.000', '2026-01-05T07:30:00'],
    ['2026-01-05T00:30:00Z', '2026-01-05T07:30:00'],
    ['2026-01-05T07:30:00+07:00', '2026-01-05T07:30:00'],
    ['2026-01-05', '2026-01-05T00:00:00 day'],
    ['05/01/2026 07:30:00', '2026-01-05T07:30:00'],
    ['05/01/2026 07:30', '2026-01-05T07:30:00'],
    ['5/1/2026', '2026-01-05T00:00:00 day'],
    ['05-01-2026', '2026-01-05T00:00:00 day'],
    ['07:30 05/01/2026', '2026-01-05T07:30:00'],
    ['7:30:15, ngày 05/01/2026', '2026-01-05T07:30:15'],
    ['05/01/2026 01:30:00 CH', '2026-01-05T13:30:00'],
    ['05/01/2026 12:05 SA', '2026-01-05T00:05:00'],
    [20260105073000, '2026-01-05T07:30:00'],
    [46027.3125, '2026-01-05T07:30:00'],
    ['46027', '2026-01-05T00:00:00 day'],
  ])('%s is %s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it.each([
    ['31/02/2026', 'no-such-day'],
    ['29/02/2026', 'no-such-day'],
    ['20261301', 'no-such-day'],
    ['05/01/2026 24:00', 'no-such-time'],
    ['05/01/2026 13:05 CH', 'no-such-time'],
    ['05/01/26', 'not-a-date'],
    ['hôm qua', 'not-a-date'],
    ['2026', '1905-07-18T00:00:00 day'],
  ])('%s is refused: %s', (value, expected) => {
    expect(shown(value)).toBe(expected);
  });

  it('a serial of Excel loses its rounding error below a second', () => {
    const times = [45631.59305555555, 46022.62361111111, 46022.70833333333].map((n) =>
      isoLocal(toInstant(fromSerial(n).at)),
    );
    expect(times).toEqual(['2024-12-05T14:14:00', '2025-12-31T14:58:00', '2025-12-31T17:00:00']);
  });

  it('every minute of a day survives the way through a serial', () => {
    const midnight = (readTime('05/12/2024') as SourceTime).at;
    const wrong = Array.from({ length: 1_440 }, (_, minute) => minute * 60).filter(
      (second) => fromSerial(45_631 + second / 86_400).at !== midnight + second,
    );
    expect(wrong).toEqual([]);
  });
});
