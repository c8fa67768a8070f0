import type { OfficeHoursRow } from './calendar-rows';
import { parseTypedHours, sharedHours, typedHours } from './typed-hours';

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

describe('hours as people type them', () => {
  it.each([
    [
      '07:30-11:30, 13:30-17:00',
      [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
    ],
    [
      '13:30–17:00; 7h30 – 11h30',
      [
        ['07:30', '11:30'],
        ['13:30', '17:00'],
      ],
    ],
    [
      '7h đến 11h30 và 13g30 đến 17g',
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
    ],
    [
      '08:00-12:00, 12:00-16:00',
      [
        ['08:00', '12:00'],
        ['12:00', '16:00'],
      ],
    ],
    ['22:00-24:00', [['22:00', '24:00']]],
    ['', []],
  ])('%s', (typed, pairs) => expect(parseTypedHours(typed)).toEqual({ pairs, faults: [] }));

  it.each([
    ['11:30-07:30', [{ kind: 'reversed', typed: '11:30-07:30' }]],
    ['08:00-08:00', [{ kind: 'reversed', typed: '08:00-08:00' }]],
    ['sáng', [{ kind: 'unreadable', typed: 'sáng' }]],
    ['08:00-10:00-12:00', [{ kind: 'unreadable', typed: '08:00-10:00-12:00' }]],
    ['24:30-25:00', [{ kind: 'unreadable', typed: '24:30-25:00' }]],
    [
      '08:00-12:00, 11:00-13:00, trưa',
      [
        { kind: 'unreadable', typed: 'trưa' },
        { kind: 'overlap', typed: '11:00-13:00', other: '08:00-12:00' },
      ],
    ],
  ])('%s is refused with every piece that is wrong', (typed, faults) =>
    expect(parseTypedHours(typed).faults).toEqual(faults),
  );

  it('come back as they are typed', () => {
    expect(typedHours(parseTypedHours('7h30-11h30,13h30-17h').pairs)).toBe('07:30-11:30, 13:30-17:00');
  });
});
