import type { OfficeHoursRow } from './calendar-rows';
import { sharedHours } from './typed-hours';

const row = (weekday: OfficeHoursRow['weekday'], opens: string, closes: string): OfficeHoursRow => ({
  period: 0,
  weekday,
  opens,
  closes,
});

describe('office hours in words', () => {
  it('weekdays in a row with the same hours are one line', () => {
    const rows = ([1, 2, 3, 4, 5] as const).flatMap((d) => [
      row(d, '13:30:00', '17:00:00'),
      row(d, '07:30', '11:30'),
    ]);
    expect(sharedHours([...rows, row(6, '07:30', '11:30')])).toEqual([
      { from: 1, to: 5, hours: '07:30–11:30, 13:30–17:00' },
      { from: 6, to: 6, hours: '07:30–11:30' },
    ]);
  });

  it('a weekday without hours parts them', () => {
    expect(sharedHours([row(1, '08:00', '12:00'), row(3, '08:00', '12:00')]).map(({ from }) => from)).toEqual(
      [1, 3],
    );
  });

  it('without hours there is no line', () => {
    expect(sharedHours([])).toEqual([]);
  });
});
