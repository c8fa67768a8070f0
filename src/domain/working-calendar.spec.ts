import {
  at,
  OFFICE,
  officialCalendar,
  officialDefinition,
  rule,
  shown,
  WEEK,
} from '../../test/fixtures/calendar/official-calendar';
import { isoDay, parseIsoDay } from './local-date';
import {
  CalendarFaults,
  CalendarNotCovered,
  WorkingCalendar,
  type CalendarDefinition,
} from './working-calendar';

const calendar = officialCalendar();
const day = parseIsoDay;

describe('working days', () => {
  it.each([
    ['2026-08-20', true, 'a Thursday is worked'],
    ['2026-08-22', true, 'a make-up Saturday counts as a working day'],
    ['2026-08-29', false, 'another Saturday is not worked'],
    ['2026-08-31', false, 'a swapped Monday is off'],
    ['2026-09-02', false, 'National Day is off'],
    ['2026-11-24', false, 'the Day of Vietnamese Culture is off'],
    ['2026-11-23', true, 'the Monday before it is worked'],
    ['2024-02-29', true, 'a leap day is a day like another'],
    ['2027-05-03', false, 'by rule the Monday makes up for 1 May 2027 on a Saturday'],
  ])('%s: %s, %s', (text, worked) => {
    expect(calendar.isWorkingDay(day(text))).toBe(worked);
  });

  it.each([
    ['2026-08-20', 1, '2026-08-21'],
    ['2026-08-20', 2, '2026-08-22'],
    ['2026-08-22', 1, '2026-08-24'],
    ['2026-08-23', 1, '2026-08-24'],
    ['2026-08-28', 5, '2026-09-09'],
    ['2025-12-31', 2, '2026-01-06'],
    ['2026-08-24', -1, '2026-08-22'],
    ['2026-08-25', -2, '2026-08-22'],
    ['2026-08-23', -1, '2026-08-22'],
    ['2026-09-03', -2, '2026-08-27'],
    ['2026-08-23', 0, '2026-08-23'],
  ])('%s and %d working days is %s', (from, n, to) => {
    expect(isoDay(calendar.addWorkingDays(day(from), n))).toBe(to);
  });

  it.each([
    ['2026-08-20', '2026-08-22', 2],
    ['2026-08-22', '2026-08-23', 0],
    ['2026-08-28', '2026-09-03', 1],
    ['2026-08-22', '2026-08-20', -2],
    ['2026-08-20', '2026-08-20', 0],
    ['2024-12-31', '2025-12-31', 250],
    ['2025-12-31', '2026-12-31', 249],
  ])('after %s up to %s lie %d working days', (from, to, n) => {
    expect(calendar.workingDaysBetween(day(from), day(to))).toBe(n);
  });

  it('the next and the previous working day leave the day itself out, rolling keeps it', () => {
    expect(isoDay(calendar.nextWorkingDay(day('2026-08-28')))).toBe('2026-09-03');
    expect(isoDay(calendar.previousWorkingDay(day('2026-09-03')))).toBe('2026-08-28');
    expect(isoDay(calendar.rollForward(day('2026-08-28')))).toBe('2026-08-28');
    expect(isoDay(calendar.rollForward(day('2026-08-29')))).toBe('2026-09-03');
  });

  it.each([
    ['2026-08-20', 'working', null],
    ['2026-08-22', 'worked', 'Làm bù cho 31/8'],
    ['2026-08-23', 'weekend', null],
    ['2026-08-31', 'off', 'Nghỉ hoán đổi'],
  ])('%s is described as %s', (text, kind, name) => {
    expect(calendar.describe(day(text))).toMatchObject({ kind, name });
  });
});

describe('working time', () => {
  it.each([
    ['2026-08-20 08:00', 3600, '2026-08-20 09:00'],
    ['2026-08-20 08:00', 3.5 * 3600, '2026-08-20 11:30'],
    ['2026-08-20 08:00', 3.5 * 3600 + 1, '2026-08-20 13:30:01'],
    ['2026-08-20 12:00', 3600, '2026-08-20 14:30'],
    ['2026-08-20 16:00', 3600, '2026-08-20 17:00'],
    ['2026-08-20 18:00', 3600, '2026-08-21 08:30'],
    ['2026-08-21 16:00', 2 * 3600, '2026-08-22 08:30'],
    ['2026-08-22 16:00', 2 * 3600, '2026-08-24 08:30'],
    ['2026-08-20 09:00', -1.5 * 3600, '2026-08-20 07:30'],
    ['2026-08-20 07:30', -1, '2026-08-19 16:59:59'],
    ['2026-08-20 06:00', -3600, '2026-08-19 16:00'],
    ['2026-08-20 17:00', 0, '2026-08-20 17:00'],
    ['2026-08-20 11:30', 0, '2026-08-20 11:30'],
    ['2026-08-20 12:00', 0, '2026-08-20 13:30'],
    ['2026-08-29 10:00', 0, '2026-09-03 07:30'],
  ])('%s and %d seconds of office hours is %s', (from, seconds, to) => {
    expect(shown(calendar.addWorkingSeconds(at(from), seconds))).toBe(to);
  });

  it.each([
    ['2026-08-20 07:30', '2026-08-20 07:30'],
    ['2026-08-20 07:29:59', '2026-08-20 07:30'],
    ['2026-08-20 11:29:59', '2026-08-20 11:29:59'],
    ['2026-08-20 11:30', '2026-08-20 13:30'],
    ['2026-08-20 17:00', '2026-08-21 07:30'],
    ['2026-08-28 17:00', '2026-09-03 07:30'],
  ])('the next opening from %s is %s', (from, to) => {
    expect(shown(calendar.nextOpening(at(from)))).toBe(to);
  });

  it.each([
    ['2026-08-20 00:00', '2026-08-21 00:00', 7.5],
    ['2026-08-20 10:00', '2026-08-20 14:00', 2],
    ['2026-08-28 16:00', '2026-09-03 08:30', 2],
    ['2026-09-03 08:30', '2026-08-28 16:00', -2],
    ['2026-08-20 12:00', '2026-08-20 13:00', 0],
  ])('from %s to %s pass %d office hours', (from, to, hours) => {
    expect(calendar.workingSecondsBetween(at(from), at(to))).toBe(hours * 3600);
  });

  it('a half day has its own hours', () => {
    const definition = officialDefinition();
    const morning = [OFFICE[0]!];
    definition.days.push(rule('worked', '2026-08-20', 'Nghỉ buổi chiều', morning));
    const half = WorkingCalendar.of(definition);
    expect(shown(half.closesAt(day('2026-08-20'))!)).toBe('2026-08-20 11:30');
    expect(shown(half.addWorkingSeconds(at('2026-08-20 11:00'), 3600))).toBe('2026-08-21 08:00');
    expect(half.describe(day('2026-08-20')).kind).toBe('working');
  });

  it('a break takes time away, the day stays a working day', () => {
    const definition = { ...officialDefinition(), breaks: [] as [number, number][] };
    definition.breaks.push([at('2026-08-20 09:00'), at('2026-08-20 15:00')]);
    definition.breaks.push([at('2026-08-20 10:00'), at('2026-08-20 16:00')]);
    const broken = WorkingCalendar.of(definition);
    expect(shown(broken.addWorkingSeconds(at('2026-08-20 08:00'), 2 * 3600))).toBe('2026-08-20 17:00');
    expect(broken.isWorkingDay(day('2026-08-20'))).toBe(true);
  });

  it('a day that closes at midnight still ends within itself', () => {
    const always = [{ opens: 0, closes: 1440 }];
    const weekly = { 1: always, 2: always, 3: always, 4: always, 5: always, 6: always, 7: always };
    const round = WorkingCalendar.of({ ...officialDefinition(), weekly, days: [] });
    expect(shown(round.closesAt(day('2026-08-20'))!)).toBe('2026-08-20 23:59:59');
    expect(shown(round.addWorkingSeconds(at('2026-08-20 12:00'), 86_400))).toBe('2026-08-21 12:00');
    expect(round.workingSecondsBetween(at('2027-12-31 23:00'), at('2028-01-01 00:00'))).toBe(3600);
  });
});

describe('years without data', () => {
  it.each([
    ['2023-12-29', 1, 2023],
    ['2027-12-31', 1, 2028],
    ['2024-01-02', -1, 2023],
    ['2028-01-04', 0, 2028],
  ])('%s and %d working days needs the missing year %d', (from, n, year) => {
    const attempt = () => calendar.addWorkingDays(day(from), n);
    expect(attempt).toThrow(CalendarNotCovered);
    expect(attempt).toThrow(expect.objectContaining({ year }) as Error);
  });

  it('office time beyond the last year is not guessed', () => {
    expect(() => calendar.addWorkingSeconds(at('2027-12-31 16:00'), 2 * 3600)).toThrow(CalendarNotCovered);
    expect(shown(calendar.addWorkingSeconds(at('2027-12-31 16:00'), 3600))).toBe('2027-12-31 17:00');
    expect(() => calendar.nextOpening(at('2027-12-31 17:00'))).toThrow(CalendarNotCovered);
  });

  it('a forecast year is covered and says that it is one', () => {
    expect(calendar.covers(day('2027-03-01'))).toBe(true);
    expect(calendar.isForecast(day('2027-03-01'))).toBe(true);
    expect(calendar.isForecast(day('2026-12-31'))).toBe(false);
    expect(calendar.forecastYears(day('2026-12-31'), day('2027-01-04'))).toEqual([2027]);
    expect(calendar.forecastYears(day('2026-01-01'), day('2026-12-31'))).toEqual([]);
  });
});

describe('a definition that cannot be a calendar', () => {
  const broken = (change: Partial<CalendarDefinition>): string[] => {
    try {
      WorkingCalendar.of({ ...officialDefinition(), ...change });
      return [];
    } catch (error) {
      return (error as CalendarFaults).faults.map((f) => f.kind);
    }
  };

  it.each<[string, Partial<CalendarDefinition>, string[]]>([
    [
      'hours that end before they start',
      { weekly: { ...WEEK, 1: [{ opens: 600, closes: 500 }] } },
      ['interval-reversed'],
    ],
    [
      'hours that overlap',
      {
        weekly: {
          ...WEEK,
          2: [
            { opens: 480, closes: 700 },
            { opens: 690, closes: 1000 },
          ],
        },
      },
      ['intervals-overlap'],
    ],
    [
      'a make-up day that is a working day',
      { days: [rule('worked', '2026-08-20')] },
      ['already-working-day'],
    ],
    ['a day named twice', { days: [rule('off', '2026-08-20'), rule('off', '2026-08-20')] }, ['day-twice']],
    ['a day of a year not listed', { days: [rule('off', '2031-08-20')] }, ['day-outside-years']],
    ['a day off with hours', { days: [rule('off', '2026-08-20', '', OFFICE)] }, ['off-with-hours']],
    ['no years', { years: [], days: [] }, ['no-years']],
    [
      'a year left out',
      { days: [], years: [2024, 2026].map((year) => ({ year, state: 'decided', documents: [] })) },
      ['year-gap'],
    ],
    [
      'no office hours',
      { weekly: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }, days: [] },
      ['no-working-time'],
    ],
    ['a break that ends before it starts', { breaks: [[5, 5]] }, ['break-reversed']],
  ])('%s is refused', (_, change, faults) => {
    expect(broken(change)).toEqual(faults);
  });

  it('every fault is named, not only the first', () => {
    const days = [rule('worked', '2026-08-20'), rule('off', '2031-01-01')];
    expect(broken({ days, breaks: [[9, 2]] })).toEqual([
      'already-working-day',
      'day-outside-years',
      'break-reversed',
    ]);
  });

  it('a calendar does not change with the definition it was built from', () => {
    const definition = officialDefinition();
    const built = WorkingCalendar.of(definition);
    definition.days.push(rule('off', '2026-08-20'));
    expect(built.isWorkingDay(day('2026-08-20'))).toBe(true);
  });
});

describe('the difference from another calendar', () => {
  const definition = officialDefinition();
  const other = (change: Partial<CalendarDefinition>) =>
    WorkingCalendar.of({ ...definition, ...change }).differenceFrom(calendar);
  const shownDays = (found: { first: number; last: number } | null) =>
    found && [isoDay(found.first), isoDay(found.last)];

  it.each<[string, Partial<CalendarDefinition>, string[] | null]>([
    ['none', {}, null],
    ['a name is none', { days: definition.days.map((d) => ({ ...d, name: 'X' })) }, null],
    [
      'a day off and the day worked for it',
      { days: [...definition.days, rule('off', '2026-11-23'), rule('worked', '2026-11-28')] },
      ['2026-11-23', '2026-11-28'],
    ],
    ['hours of a weekday', { weekly: { ...WEEK, 5: OFFICE.slice(0, 1) } }, ['2024-01-05', '2027-12-31']],
    [
      'a year that is decided now, although its days are the same',
      { years: definition.years.map((y) => ({ ...y, state: 'decided' as const })) },
      ['2027-01-01', '2027-12-31'],
    ],
    [
      'only days that both cover count',
      { years: definition.years.slice(0, 3), days: definition.days.filter((d) => d.day < day('2027-01-01')) },
      null,
    ],
  ])('%s', (_, change, expected) => expect(shownDays(other(change))).toEqual(expected));
});

it('where Mondays are rest days, a make-up day is a whole day as the first working day of the week is', () => {
  const tuesdays = WorkingCalendar.of({
    ...officialDefinition(),
    weekly: { ...WEEK, 1: [], 2: OFFICE.slice(0, 1) },
  });
  expect(tuesdays.intervalsOf(day('2026-08-22'))).toEqual(OFFICE.slice(0, 1));
});
