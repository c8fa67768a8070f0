import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import {
  alertInstant,
  dueRungs,
  letterAnchor,
  ruleFault,
  type AlertAnchor,
  type AlertMeasure,
  type AlertMoment,
  type AlertRule,
  type AlertTheme,
} from './alert-rules';

// Monday 31/8 to Wednesday 2/9 are days off, Saturday 22/8 is made up; office hours 07:30–11:30, 13:30–17:00.
const calendar = officialCalendar();
const rule = (
  theme: AlertTheme,
  moment: AlertMoment,
  amount = 0,
  measure: AlertMeasure = 'working-days',
  id = 1,
): AlertRule => ({ id, theme, moment, amount, measure });
const deadline = (text: string, from: string | null = null): AlertAnchor => ({
  ...{ at: at(text), from: from === null ? null : at(from), byDay: true },
});
const instant = (r: AlertRule, anchor: AlertAnchor) => {
  const found = alertInstant(r, anchor, calendar);
  return found === null ? null : shown(found);
};

describe('a rule about a deadline falls due', () => {
  const before = rule('deadline', 'before', 2);
  const onDay = rule('deadline', 'on-day');
  const overdue = rule('deadline', 'after');
  it.each([
    [
      before,
      '2026-08-25 17:00',
      '2026-08-22 07:30',
      'two working days before, a made-up Saturday among them',
    ],
    [before, '2026-09-03 17:00', '2026-08-27 07:30', 'over the days off'],
    [before, '2026-08-30 17:00', '2026-08-27 07:30', 'before a deadline on a rest day'],
    [onDay, '2026-08-25 10:15', '2026-08-25 07:30', 'when the office opens on the day'],
    [onDay, '2026-08-30 17:00', '2026-08-28 07:30', 'on the last working day before a rest day'],
    [overdue, '2026-08-25 17:00', '2026-08-25 17:00:01', 'just after the last instant in time'],
    [overdue, '2026-08-25 10:15', '2026-08-25 17:00:01', 'after closing where the promise names an hour'],
    [rule('deadline', 'after', 5), '2026-08-25 17:00', '2026-09-04 07:30', 'so many working days after it'],
    [
      rule('deadline', 'before', 2, 'working-hours'),
      '2026-08-25 17:00',
      '2026-08-25 15:00',
      'two office hours before',
    ],
    [
      rule('deadline', 'before', 2, 'working-hours'),
      '2026-09-03 08:30',
      '2026-08-28 16:00',
      'office hours go back over days off',
    ],
    [rule('deadline', 'after', 2, 'working-hours'), '2026-08-28 17:00', '2026-09-03 09:30', 'hours after it'],
  ])('%j of a deadline %s at %s: %s', (r, due, expected) => expect(instant(r, deadline(due))).toBe(expected));

  it('at a share of the term, in working time', () => {
    const half = rule('deadline', 'before', 50, 'percent');
    expect(instant(half, deadline('2026-08-25 17:00', '2026-08-24 07:30'))).toBe('2026-08-24 17:00');
    expect(instant(half, deadline('2026-08-25 17:00'))).toBeNull();
    expect(instant(half, deadline('2026-08-25 17:00', '2026-08-25 17:00'))).toBeNull();
  });
});

describe('other themes', () => {
  it.each([
    [rule('acceptance', 'before', 2, 'working-hours'), '2026-08-28 08:30', '2026-08-27 16:00'],
    [rule('acceptance', 'after'), '2026-08-28 08:30', '2026-08-28 08:30:01'],
    [rule('supplement', 'after', 3), '2026-08-27 10:00', '2026-09-04 07:30'],
    [rule('idle', 'after', 1), '2026-08-21 16:59', '2026-08-22 07:30'],
    [rule('unassigned', 'after', 4, 'working-hours'), '2026-08-27 16:00', '2026-08-28 10:30'],
  ])('%j counted from %s falls due at %s, by the hour', (r, from, expected) =>
    expect(instant(r, { at: at(from), from: null, byDay: false })).toBe(expected),
  );

  it.each([
    ['2026-08-26 17:00', '2026-08-25 07:30', 'the day before'],
    ['2026-08-24 17:00', '2026-08-22 07:30', 'a made-up Saturday before a Monday'],
    ['2026-09-03 17:00', '2026-08-28 07:30', 'the working day before the days off'],
    ['2026-08-30 17:00', '2026-08-28 07:30', 'before a deadline on a Sunday'],
  ])('the letter about a deadline %s is asked for at %s: %s', (due, expected) =>
    expect(instant(rule('letter', 'on-day'), letterAnchor(at(due), calendar))).toBe(expected),
  );
});

describe('the ladders of a case', () => {
  const rules = [
    rule('deadline', 'after', 0, 'working-days', 1),
    rule('deadline', 'before', 2, 'working-days', 2),
    rule('deadline', 'on-day', 0, 'working-days', 3),
    rule('idle', 'after', 3, 'working-days', 4),
  ];
  const stand = (now: string, due: string | null = '2026-08-25 17:00', moved: string | null = null) => {
    const anchors = {
      deadline: due === null ? null : deadline(due),
      idle: moved === null ? null : { at: at(moved), from: null, byDay: false },
    };
    const found = dueRungs(rules, anchors, at(now), calendar);
    return [found.due.map((d) => d.rule.id), found.nextAt === null ? null : shown(found.nextAt)];
  };

  it.each([
    ['2026-08-21 16:00', [], '2026-08-22 07:30'],
    ['2026-08-22 07:30', [2], '2026-08-25 07:30'],
    ['2026-08-24 12:00', [2], '2026-08-25 07:30'],
    ['2026-08-25 08:00', [3], '2026-08-25 17:00:01'],
    ['2026-08-25 17:00:01', [1], null],
    ['2026-10-01 08:00', [1], null],
  ])('at %s the case stands on %j, the next rung is %s', (now, ids, nextAt) =>
    expect(stand(now)).toEqual([ids, nextAt]),
  );

  it('are climbed apart: each theme tells its highest rung', () => {
    expect(stand('2026-08-26 08:00', '2026-08-25 17:00', '2026-08-20 08:00')).toEqual([[1, 4], null]);
    expect(stand('2026-08-24 08:00', '2026-08-25 17:00', '2026-08-22 08:00')).toEqual([
      [2],
      '2026-08-25 07:30',
    ]);
  });

  it('without anything to watch, or without rules, there is nothing to wait for', () => {
    expect(stand('2026-08-26 08:00', null)).toEqual([[], null]);
    expect(
      dueRungs([], { deadline: deadline('2026-08-25 17:00') }, at('2026-08-26 08:00'), calendar),
    ).toEqual({
      due: [],
      nextAt: null,
    });
  });

  it('rules that need a year without calendar are passed over', () => {
    expect(stand('2026-08-26 08:00', '2020-08-25 17:00')).toEqual([[1], null]);
    expect(stand('2026-08-26 08:00', '2031-08-25 17:00')).toEqual([[], '2031-08-25 17:00:01']);
  });
});

describe('a rule somebody put together', () => {
  it.each([
    [rule('deadline', 'before', 2), null],
    [rule('deadline', 'before', 0), 'amount'],
    [rule('deadline', 'before', 251), 'amount'],
    [rule('deadline', 'before', 1.5), 'amount'],
    [rule('deadline', 'on-day', 1), 'amount'],
    [rule('deadline', 'after', 0), null],
    [rule('deadline', 'before', 80, 'percent'), null],
    [rule('deadline', 'before', 100, 'percent'), 'amount'],
    [rule('deadline', 'after', 80, 'percent'), 'measure'],
    [rule('step', 'before', 80, 'percent'), 'measure'],
    [rule('letter', 'after', 1), 'moment'],
    [rule('acceptance', 'on-day'), 'moment'],
    [rule('idle', 'before', 1), 'moment'],
    [rule('idle', 'after', 0), 'amount'],
    [rule('unassigned', 'after', 4, 'working-hours'), null],
  ])('%j is wrong in: %s', (r, fault) => expect(ruleFault(r)).toBe(fault));
});
