import {
  at,
  officialCalendar,
  officialDefinition,
  OFFICE,
  rule,
  shown,
} from '../../test/fixtures/calendar/official-calendar';
import type { ClockEvent, ClockEventKind } from './case-clock';
import {
  computeDue,
  type LimitUnit,
  type ProcessingLimit,
  type SupplementMode,
  type TimeOfDayPolicy,
} from './deadline';
import { WorkingCalendar } from './working-calendar';

const calendar = officialCalendar();

const limitOf = (amount: number, unit: LimitUnit, more: Partial<ProcessingLimit> = {}): ProcessingLimit => ({
  amount,
  unit,
  receptionCutoff: null,
  timeOfDay: null,
  supplementMode: 'restart',
  ...more,
});

type Told = [kind: ClockEventKind, when: string];
const ledger = (received: string, told: Told[] = []): ClockEvent[] =>
  [['received', received] as Told, ...told].map(([kind, when]) => ({ kind, at: at(when) }));

function due(
  received: string,
  limit: ProcessingLimit | null,
  told: Told[] = [],
  timeOfDay: TimeOfDayPolicy = 'end-of-office',
): string {
  const result = computeDue({ events: ledger(received, told), limit, calendar, timeOfDay });
  return result.state === 'due' ? shown(result.dueAt) : result.state;
}

describe('limits in working days', () => {
  // Vectors of the domain research: a plain Monday-to-Friday count gets all but the last of them wrong.
  it.each([
    ['2026-08-28', 5, '2026-09-09', 'a swap and National Day lie between'],
    ['2026-08-20', 2, '2026-08-22', 'a make-up Saturday counts as a working day'],
    ['2026-11-23', 1, '2026-11-25', 'the Day of Vietnamese Culture is off'],
    ['2026-11-20', 3, '2026-11-26', 'the Day of Vietnamese Culture is off'],
    ['2026-02-13', 3, '2026-02-25', 'Tết lies between'],
    ['2025-12-31', 2, '2026-01-06', 'a term across the year knows the days off of both years'],
    ['2026-01-08', 2, '2026-01-10', 'a make-up Saturday counts as a working day'],
    ['2026-04-24', 1, '2026-04-28', 'Giỗ Tổ on a Sunday is made up for on Monday'],
    ['2025-04-24', 2, '2025-04-26', 'a make-up Saturday counts as a working day'],
    ['2026-06-16', 10, '2026-06-30', 'no day off lies between'],
  ])('received %s, %d working days: %s, as %s', (received, amount, expected) => {
    expect(due(`${received} 09:00`, limitOf(amount, 'working-days'))).toBe(`${expected} 17:00`);
  });

  it.each([
    ['2026-08-19 07:00', 'the day of reception is not counted, before opening'],
    ['2026-08-19 16:59', 'nor just before closing'],
    ['2026-08-19 21:00', 'nor in the evening'],
  ])('received %s: %s', (received) => {
    expect(due(received, limitOf(1, 'working-days'))).toBe('2026-08-20 17:00');
  });

  it('received on a rest day, the next working day is the first', () => {
    expect(due('2026-08-29 10:00', limitOf(1, 'working-days'))).toBe('2026-09-03 17:00');
    expect(due('2026-11-24 10:00', limitOf(2, 'working-days'))).toBe('2026-11-26 17:00');
  });

  it('received on a make-up Saturday, that day is day zero', () => {
    expect(due('2026-08-22 10:00', limitOf(1, 'working-days'))).toBe('2026-08-24 17:00');
  });

  it.each([
    ['2026-08-19 10:15', '2026-08-20 10:15', 'the hour of reception'],
    ['2026-08-19 06:10', '2026-08-20 07:30', 'not before opening'],
    ['2026-08-19 21:00', '2026-08-20 17:00', 'not after closing'],
    ['2026-08-19 12:00', '2026-08-20 13:30', 'not in the lunch break'],
  ])('where the unit counts to the hour, %s is due %s: %s', (received, expected) => {
    expect(due(received, limitOf(1, 'working-days'), [], 'same-hour')).toBe(expected);
  });

  it('a half day ends the term when that day closes', () => {
    const definition = officialDefinition();
    definition.days.push(rule('worked', '2026-08-20', 'Nghỉ buổi chiều', [OFFICE[0]!]));
    const half = WorkingCalendar.of(definition);
    const events = ledger('2026-08-19 15:00');
    const of = (timeOfDay: TimeOfDayPolicy) =>
      computeDue({ events, limit: limitOf(1, 'working-days'), calendar: half, timeOfDay });
    expect(of('end-of-office')).toMatchObject({ dueAt: at('2026-08-20 11:30') });
    expect(of('same-hour')).toMatchObject({ dueAt: at('2026-08-20 11:30') });
  });
});

describe('limits in working hours', () => {
  it.each([
    ['2026-08-19 14:00', 8, '2026-08-20 14:30', 'over the night and the lunch break'],
    ['2026-08-19 15:00', 2, '2026-08-19 17:00', 'at closing, not the next morning'],
    ['2026-08-19 18:00', 1, '2026-08-20 08:30', 'received after hours it counts from the next opening'],
    ['2026-08-29 09:00', 4, '2026-09-03 11:30', 'received on a rest day it counts from the next opening'],
    ['2026-08-21 16:00', 8, '2026-08-22 16:30', 'hours of a make-up Saturday count'],
    ['2026-11-23 16:00', 2, '2026-11-25 08:30', 'a day off has no hours'],
    ['2026-08-19 12:00', 1, '2026-08-19 14:30', 'the lunch break has none either'],
  ])('received %s, %d hours: %s, %s', (received, amount, expected) => {
    expect(due(received, limitOf(amount, 'working-hours'))).toBe(expected);
  });
});

describe('limits in calendar days and months', () => {
  it.each<[string, number, LimitUnit, string, string]>([
    ['2026-08-03', 20, 'days', '2026-08-24', 'an end on a Sunday moves to Monday'],
    ['2026-08-04', 20, 'days', '2026-08-24', 'rest days are counted'],
    ['2026-08-02', 20, 'days', '2026-08-22', 'an end on a make-up Saturday stays'],
    ['2026-08-11', 20, 'days', '2026-09-03', 'an end on a day off moves past all of them'],
    ['2026-08-10', 1, 'months', '2026-09-10', 'the same day of the next month'],
    ['2026-08-01', 1, 'months', '2026-09-03', 'an end on National Day moves on'],
    ['2026-01-31', 1, 'months', '2026-03-02', '31 January + 1 month is 28 February, a Saturday'],
    ['2024-01-31', 1, 'months', '2024-02-29', 'in a leap year it is 29 February'],
    ['2025-12-15', 3, 'months', '2026-03-16', 'across the year'],
  ])('received %s, %d %s: %s, as %s', (received, amount, unit, expected) => {
    expect(due(`${received} 09:00`, limitOf(amount, unit))).toBe(`${expected} 17:00`);
  });
});

describe('same-day limits', () => {
  const cutoff = limitOf(0, 'same-day', { receptionCutoff: 15 * 60 });
  it.each([
    ['2026-08-20 08:00', '2026-08-20 17:00', 'in the morning'],
    ['2026-08-20 06:00', '2026-08-20 17:00', 'before opening'],
    ['2026-08-20 15:00', '2026-08-20 17:00', 'at 15:00 sharp is still in time'],
    ['2026-08-20 15:00:01', '2026-08-21 17:00', 'one second later it is not'],
    ['2026-08-21 15:30', '2026-08-22 17:00', 'the next working day may be a make-up Saturday'],
    ['2026-08-28 16:10', '2026-09-03 17:00', 'the next working day may be far'],
    ['2026-08-29 09:00', '2026-09-03 17:00', 'a rest day'],
  ])('with a cut-off at 15:00, received %s is due %s: %s', (received, expected) => {
    expect(due(received, cutoff)).toBe(expected);
    expect(due(received, cutoff, [], 'same-hour')).toBe(expected);
  });

  it.each([
    ['2026-08-20 16:59', '2026-08-20 17:00'],
    ['2026-08-20 17:00', '2026-08-21 17:00'],
    ['2026-08-20 20:00', '2026-08-21 17:00'],
  ])('without a cut-off the closing is one: received %s is due %s', (received, expected) => {
    expect(due(received, limitOf(0, 'same-day'))).toBe(expected);
  });
});

describe('pauses', () => {
  const suspended = (from: string, to: string): Told[] => [
    ['suspended', from],
    ['resumed', to],
  ];
  const tenDays = limitOf(10, 'working-days');

  it('the day of the stop counts, the days after it up to the day it runs again do not', () => {
    expect(due('2026-08-10 10:15', tenDays)).toBe('2026-08-22 17:00');
    expect(due('2026-08-10 10:15', tenDays, suspended('2026-08-13 16:40', '2026-08-17 16:55'))).toBe(
      '2026-08-25 17:00',
    );
  });

  it.each([
    ['2026-08-13 08:00', '2026-08-13 16:00', '2026-08-22', 'within a day leaves out none'],
    ['2026-08-14 16:00', '2026-08-15 10:00', '2026-08-22', 'into a weekend leaves out none'],
    [
      '2026-08-15 10:00',
      '2026-08-17 07:00',
      '2026-08-24',
      'out of a weekend leaves out the day it runs again',
    ],
    ['2026-08-22 10:00', '2026-08-24 10:00', '2026-08-24', 'that begins on the last day moves the end'],
    ['2026-08-22 10:00', '2026-08-24 17:30', '2026-08-25', 'never ends the term before the clock runs again'],
    [
      '2026-08-22 10:00',
      '2026-08-30 10:00',
      '2026-09-03',
      'over on a rest day, the term ends with the next office day',
    ],
    [
      '2026-08-22 17:00',
      '2026-08-25 10:00',
      '2026-08-22',
      'that opens exactly at the due instant does not count',
    ],
    ['2026-08-22 16:59:59', '2026-08-24 10:00', '2026-08-24', 'that opens a second before it does'],
  ])('a pause from %s to %s gives %s: it %s', (from, to, expected) => {
    expect(due('2026-08-10 10:15', tenDays, suspended(from, to))).toBe(`${expected} 17:00`);
  });

  it('two pauses both move the end, the second from where the first has moved it', () => {
    const told = [
      ...suspended('2026-08-12 09:00', '2026-08-13 09:00'),
      ...suspended('2026-08-24 09:00', '2026-08-25 09:00'),
    ];
    expect(due('2026-08-10 10:15', tenDays, told)).toBe('2026-08-25 17:00');
  });

  it.each([
    ['2026-08-19 14:00', '2026-08-20 10:00', '2026-08-21 10:30', 'takes its office hours out'],
    ['2026-08-19 18:00', '2026-08-20 06:00', '2026-08-20 14:30', 'at night takes nothing out'],
    [
      '2026-08-20 14:30',
      '2026-08-21 10:00',
      '2026-08-20 14:30',
      'that opens exactly at the due instant does not count',
    ],
  ])('for working hours a pause from %s to %s gives %s: it %s', (from, to, expected) => {
    expect(due('2026-08-19 14:00', limitOf(8, 'working-hours'), suspended(from, to))).toBe(expected);
  });

  it('for calendar days it leaves out calendar days, and the end moves off a rest day', () => {
    const told = suspended('2026-08-13 16:40', '2026-08-17 16:55');
    expect(due('2026-08-03 09:00', limitOf(20, 'days'), told)).toBe('2026-08-27 17:00');
    expect(due('2026-08-03 09:00', limitOf(1, 'months'), told)).toBe('2026-09-07 17:00');
  });

  it('a same-day case moves by the working days it stood still', () => {
    const told = suspended('2026-08-20 10:00', '2026-08-24 08:00');
    expect(due('2026-08-20 09:00', limitOf(0, 'same-day'), told)).toBe('2026-08-24 17:00');
  });

  it('while a pause is open there is no due date, and it is said since when', () => {
    const events = ledger('2026-08-10 10:15', [['suspended', '2026-08-13 16:40']]);
    const result = computeDue({ events, limit: tenDays, calendar, timeOfDay: 'end-of-office' });
    expect(result).toEqual({ state: 'paused', since: at('2026-08-13 16:40') });
  });
});

describe('supplements', () => {
  const told: Told[] = [
    ['supplement-requested', '2026-08-13 16:40'],
    ['supplement-received', '2026-08-17 16:55'],
  ];
  it.each<[SupplementMode, string, string]>([
    ['restart', '2026-08-28', 'the whole term starts anew'],
    ['extend-working-days', '2026-08-25', 'the working days of the wait are left out'],
    ['extend-calendar-days', '2026-08-26', 'the calendar days of the wait are added'],
  ])('in mode %s the case is due %s: %s', (supplementMode, expected) => {
    expect(due('2026-08-10 10:15', limitOf(10, 'working-days', { supplementMode }), told)).toBe(
      `${expected} 17:00`,
    );
  });

  it('after a restart the hour of the supplement is the hour of reception', () => {
    const limit = limitOf(2, 'working-days');
    expect(due('2026-08-10 10:15', limit, told, 'same-hour')).toBe('2026-08-19 16:55');
  });

  it('a supplement after the cut-off of a same-day procedure is due the next working day', () => {
    const limit = limitOf(0, 'same-day', { receptionCutoff: 900 });
    expect(due('2026-08-13 10:15', limit, told)).toBe('2026-08-18 17:00');
  });

  it('a request that was never answered leaves the case in time when it ends', () => {
    const ended: Told[] = [
      ['supplement-requested', '2026-08-13 16:40'],
      ['withdrawn', '2026-09-10 09:00'],
    ];
    expect(due('2026-08-10 10:15', limitOf(3, 'working-days'), ended)).toBe('2026-09-10 17:00');
  });
});

describe('no due date', () => {
  it('without a limit', () => {
    expect(due('2026-08-10 10:15', null)).toBe('no-limit');
  });

  it.each([
    ['2023-12-28 09:00', 2, 2023],
    ['2027-12-28 09:00', 5, 2028],
  ])(
    'received %s with %d working days the calendar of %d is missing, and that is said',
    (received, amount, year) => {
      const limit = limitOf(amount, 'working-days');
      const result = computeDue({ events: ledger(received), limit, calendar, timeOfDay: 'end-of-office' });
      expect(result).toEqual({ state: 'no-calendar', year });
    },
  );
});

describe('forecast', () => {
  it.each([
    ['2026-12-30 09:00', false],
    ['2026-12-31 09:00', true],
    ['2027-03-01 09:00', true],
  ])('one working day from %s rests on an undecided year: %s', (received, forecast) => {
    const limit = limitOf(1, 'working-days');
    const result = computeDue({ events: ledger(received), limit, calendar, timeOfDay: 'end-of-office' });
    expect(result).toMatchObject({ state: 'due', forecast });
  });
});
