import { at, officialDefinition, rule, shown, WEEK } from '../../test/fixtures/calendar/official-calendar';
import { layered, type CalendarLayer } from './calendar-layers';
import { isoDay, parseIsoDay } from './local-date';
import { WorkingCalendar } from './working-calendar';

const day = parseIsoDay;
const hours = (...pairs: [number, number][]) => pairs.map(([opens, closes]) => ({ opens, closes }));
const layer = (change: Partial<CalendarLayer>): CalendarLayer => ({
  weekly: null,
  periods: [],
  days: [],
  ...change,
});
const calendarOf = (...layers: Partial<CalendarLayer>[]) =>
  WorkingCalendar.of(layered(officialDefinition(), layers.map(layer)));

describe('a calendar inherited from office to office', () => {
  it('a closure of one office is a day off there and nowhere else', () => {
    const closed = calendarOf({ days: [rule('off', '2026-08-20', 'Cúp điện')] });
    expect(isoDay(closed.addWorkingDays(day('2026-08-19'), 1))).toBe('2026-08-21');
    expect(isoDay(calendarOf().addWorkingDays(day('2026-08-19'), 1))).toBe('2026-08-20');
  });

  it('the nearest office has the last word on a day', () => {
    const province = { days: [rule('off', '2026-08-20')] };
    const commune = { days: [rule('worked', '2026-08-20', 'Trực', hours([450, 690]))] };
    expect(calendarOf(province, commune).isWorkingDay(day('2026-08-20'))).toBe(true);
    expect(calendarOf(province, commune, province).isWorkingDay(day('2026-08-20'))).toBe(false);
  });

  it('hours of its own replace the inherited week, days off stay', () => {
    const weekly = { ...WEEK, 1: hours([420, 690], [810, 1020]), 6: hours([450, 690]) };
    const own = calendarOf({ weekly });
    expect(shown(own.opensAt(day('2026-08-24'))!)).toBe('2026-08-24 07:00');
    expect(own.isWorkingDay(day('2026-08-29'))).toBe(true);
    expect(own.isWorkingDay(day('2026-08-31'))).toBe(false);
  });

  it('a make-up Saturday is a whole day also where Saturday mornings are worked', () => {
    const own = calendarOf({ weekly: { ...WEEK, 6: hours([450, 690]) } });
    expect(shown(own.closesAt(day('2026-08-22'))!)).toBe('2026-08-22 17:00');
    expect(shown(own.closesAt(day('2026-08-29'))!)).toBe('2026-08-29 11:30');
  });

  it('a layer that adds nothing changes nothing', () => {
    const [plain, same] = [calendarOf(), calendarOf({}, {})];
    for (let d = day('2024-01-01'); d <= day('2027-12-31'); d++)
      expect(same.intervalsOf(d)).toEqual(plain.intervalsOf(d));
  });
});

describe('summer and winter hours', () => {
  const summer = { ...WEEK, 1: hours([420, 690], [840, 1050]) };
  const seasonal = calendarOf({
    weekly: WEEK,
    periods: [{ from: day('2026-04-15'), to: day('2026-10-14'), weekly: summer }],
  });

  it.each([
    ['2026-04-13', '2026-04-13 17:00'],
    ['2026-04-20', '2026-04-20 17:30'],
    ['2026-10-12', '2026-10-12 17:30'],
    ['2026-10-19', '2026-10-19 17:00'],
  ])('on Monday %s the office closes at %s', (text, closes) => {
    expect(shown(seasonal.closesAt(day(text))!)).toBe(closes);
  });

  it('working time runs on across the change', () => {
    const seconds = seasonal.workingSecondsBetween(at('2026-04-13 07:30'), at('2026-04-20 17:30'));
    expect(seconds).toBe(5 * 7.5 * 3600 + 8 * 3600);
  });

  it('a make-up day without hours of its own has those of a Monday then', () => {
    expect(shown(seasonal.closesAt(day('2026-08-22'))!)).toBe('2026-08-22 17:30');
  });

  it.each([
    ['overlap', ['2026-04-15', '2026-10-14'], ['2026-10-14', '2026-12-31'], 'periods-overlap'],
    ['end before they start', ['2026-04-15', '2026-04-14'], ['2026-10-14', '2026-12-31'], 'period-reversed'],
  ])('periods that %s are refused', (_, first, second, fault) => {
    const periods = [first, second].map(([from = '', to = '']) => ({
      ...{ from: day(from), to: day(to), weekly: summer },
    }));
    const faults = [expect.objectContaining({ kind: fault }) as object];
    expect(() => calendarOf({ weekly: WEEK, periods })).toThrow(expect.objectContaining({ faults }) as Error);
  });
});
