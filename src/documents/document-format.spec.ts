import { linesOf, longDay, longInstant, paddedNumber } from './document-format';

describe('dates in letters', () => {
  it.each([
    ['2026-02-05', 'ngày 05 tháng 02 năm 2026'],
    ['2026-01-31', 'ngày 31 tháng 01 năm 2026'],
    ['2026-09-05', 'ngày 05 tháng 9 năm 2026'],
    ['2026-03-09', 'ngày 09 tháng 3 năm 2026'],
    ['2026-10-10', 'ngày 10 tháng 10 năm 2026'],
    ['2026-12-01', 'ngày 01 tháng 12 năm 2026'],
  ])('%s: a zero before days under 10 and before January and February only', (day, text) => {
    expect(longDay(day)).toBe(text);
  });

  it.each([
    ['2026-09-03T10:30:00.000Z', '17 giờ 30 phút, ngày 03 tháng 9 năm 2026'],
    ['2026-02-05T01:05:00.000Z', '08 giờ 05 phút, ngày 05 tháng 02 năm 2026'],
    ['2026-12-31T17:00:00.000Z', '00 giờ 00 phút, ngày 01 tháng 01 năm 2027'],
  ])('%s is told in the time of Vietnam', (instant, text) => {
    expect(longInstant(instant)).toBe(text);
    expect(longInstant(new Date(instant))).toBe(text);
    expect(longDay(instant)).toBe(text.slice(text.indexOf('ngày')));
  });
});

it.each([[null], [undefined], ['hôm nay'], ['2026-02-30']])('%s is no date of a letter', (value) => {
  expect(() => longDay(value as never)).toThrow(RangeError);
  if (value !== '2026-02-30') expect(() => longInstant(value as never)).toThrow(RangeError);
});

it.each([
  [5, '05'],
  [10, '10'],
  [123, '123'],
])('number %d is written %s', (n, text) => {
  expect(paddedNumber(n)).toBe(text);
});

it('empty lines of a typed text are not paragraphs', () => {
  expect(linesOf(' Một \r\n\n  Hai\n')).toEqual(['Một', 'Hai']);
});
