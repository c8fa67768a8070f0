import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { alertInstants, dueRung, type AlertRule } from './alert-rules';

const calendar = officialCalendar();
const before: AlertRule = { id: 1, kind: 'before', amount: 2 };
const dueDay: AlertRule = { id: 2, kind: 'due-day', amount: 0 };
const overdue: AlertRule = { id: 3, kind: 'overdue', amount: 0 };
const weekLate: AlertRule = { id: 4, kind: 'overdue', amount: 5 };

describe('a rule of alert falls due', () => {
  it.each([
    [
      before,
      '2026-08-25 17:00',
      '2026-08-22 07:30',
      'two working days before, a make-up Saturday among them',
    ],
    [before, '2026-09-03 17:00', '2026-08-27 07:30', 'over the days off'],
    [before, '2026-08-30 17:00', '2026-08-27 07:30', 'before a deadline on a rest day'],
    [dueDay, '2026-08-25 10:15', '2026-08-25 07:30', 'when the office opens on the deadline day'],
    [
      dueDay,
      '2026-08-30 17:00',
      '2026-08-28 07:30',
      'on the last working day before a deadline on a rest day',
    ],
    [overdue, '2026-08-25 17:00', '2026-08-25 17:00:01', 'just after the last instant in time'],
    [overdue, '2026-08-25 10:15', '2026-08-25 17:00:01', 'after closing where the promise names an hour'],
    [weekLate, '2026-08-25 17:00', '2026-09-04 07:30', 'so many working days after the deadline'],
  ])('%j for a deadline %s at %s: %s', (rule, deadline, expected) => {
    expect(shown(alertInstants(rule, at(deadline), calendar))).toBe(expected);
  });
});

describe('the ladder of a case', () => {
  const rung = (now: string, deadline = '2026-08-25 17:00', rules = [overdue, before, dueDay]) => {
    const { rule, nextAt } = dueRung(rules, at(deadline), at(now), calendar);
    return [rule?.kind ?? null, nextAt === null ? null : shown(nextAt)];
  };

  it.each([
    ['2026-08-21 16:00', null, '2026-08-22 07:30'],
    ['2026-08-22 07:30', 'before', '2026-08-25 07:30'],
    ['2026-08-24 12:00', 'before', '2026-08-25 07:30'],
    ['2026-08-25 08:00', 'due-day', '2026-08-25 17:00:01'],
    ['2026-08-25 17:00:01', 'overdue', null],
    ['2026-10-01 08:00', 'overdue', null],
  ])('at %s stands on %s, the next rung is %s', (now, kind, nextAt) => {
    expect(rung(now)).toEqual([kind, nextAt]);
  });

  it('a case imported late stands on the highest rung at once', () => {
    expect(rung('2026-08-26 08:00')).toEqual(['overdue', null]);
  });

  it('without rules there is nothing to wait for', () => {
    expect(rung('2026-08-26 08:00', '2026-08-25 17:00', [])).toEqual([null, null]);
  });

  it('rules that need a year without calendar are passed over', () => {
    expect(rung('2026-08-26 08:00', '2020-08-25 17:00')).toEqual(['overdue', null]);
    expect(rung('2026-08-26 08:00', '2031-08-25 17:00')).toEqual([null, '2031-08-25 17:00:01']);
  });
});
