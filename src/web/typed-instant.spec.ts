import { parseTypedDay, parseTypedInstant, parseTypedTime, typed } from './typed-instant';
import { isoDay } from '../domain/local-date';

describe('days and times as people type them', () => {
  it.each([
    ['26/8/2026', '2026-08-26'],
    ['26/08/2026', '2026-08-26'],
    [' 1-2-2027 ', '2027-02-01'],
    ['29.2.2028', '2028-02-29'],
  ])('%s is the day %s', (text, day) => {
    expect(isoDay(parseTypedDay(text)!)).toBe(day);
  });

  it.each(['31/2/2026', '29/2/2027', '2026-08-26', '26/8/26', '26/13/2026', 'mai', ''])(
    '%s names no day',
    (text) => {
      expect(parseTypedDay(text)).toBeNull();
    },
  );

  it.each([
    ['9:30', 9.5],
    ['09:30', 9.5],
    ['9h30', 9.5],
    ['17h', 17],
    ['17g00', 17],
    ['0:00', 0],
    ['9:30:36', 9.51],
  ])('%s is %d hours after midnight', (text, hours) => {
    expect(parseTypedTime(text)).toBe(hours * 3600);
  });

  it.each(['24:00', '9:60', '9:5', '9:30:60', '9:30:5', 'trưa', ''])('%s is no time of day', (text) => {
    expect(parseTypedTime(text)).toBeNull();
  });

  it('an instant comes back from what the form shows of it', () => {
    const instant = new Date('2026-08-26T09:42:00+07:00');
    expect(typed(instant)).toEqual({ day: '26/8/2026', time: '09:42' });
    expect(parseTypedInstant('26/8/2026', '09:42')).toEqual(instant);
  });
});
