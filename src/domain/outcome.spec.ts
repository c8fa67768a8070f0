import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { parseIsoDay } from './local-date';
import { classifyOutcome, isOverdue, lastInstantInTime, timeLeft, urgencyOf } from './outcome';

const calendar = officialCalendar();

describe('the outcome of a settled case', () => {
  it.each([
    ['2026-08-24', '2026-08-25', 'early'],
    ['2026-08-25', '2026-08-25', 'on-time'],
    ['2026-08-26', '2026-08-25', 'late'],
    ['2026-08-26', null, 'on-time'],
  ])('settled %s with a deadline on %s is %s', (settled, deadline, outcome) => {
    expect(classifyOutcome(parseIsoDay(settled), deadline === null ? null : parseIsoDay(deadline))).toBe(
      outcome,
    );
  });
});

describe('an open case becomes overdue', () => {
  it.each([
    ['2026-08-25 17:00', '2026-08-25 17:00', 'when the office closes on its deadline day'],
    ['2026-08-25 07:30', '2026-08-25 17:00', 'not at the hour printed, for reports compare dates'],
    ['2026-08-25 18:00', '2026-08-25 18:00', 'at the deadline where that lies after closing'],
    ['2026-08-29 10:00', '2026-08-29 10:00', 'at the deadline itself on a rest day'],
    ['2031-08-29 10:00', '2031-08-29 10:00', 'at the deadline itself in a year without calendar'],
  ])('with a deadline %s after %s: %s', (deadline, last) => {
    expect(shown(lastInstantInTime(at(deadline), calendar))).toBe(last);
    expect(isOverdue(at(deadline), at(last), calendar)).toBe(false);
    expect(isOverdue(at(deadline), at(last) + 1, calendar)).toBe(true);
  });
});

describe('time left', () => {
  const left = (deadline: string, now: string) => timeLeft(at(deadline), at(now), calendar);

  it.each([
    ['2026-08-25 17:00', '2026-08-25 09:42', 0, 5, 18],
    ['2026-08-25 17:00', '2026-08-25 07:30', 0, 7, 30],
    ['2026-08-25 17:00', '2026-08-24 20:00', 1, 0, 0],
    ['2026-11-27 17:00', '2026-11-24 09:00', 3, 0, 0],
    ['2026-08-25 17:00', '2026-08-24 16:00', 1, 1, 0],
    ['2026-08-25 17:00', '2026-08-21 16:00', 3, 1, 0],
    ['2026-09-03 17:00', '2026-08-28 10:00', 1, 5, 0],
    ['2026-08-25 10:15', '2026-08-25 09:00', 0, 1, 15],
    ['2026-08-25 10:15', '2026-08-24 16:00', 1, 1, 0],
  ])(
    'before the deadline %s, at %s: %d days %d hours %d minutes of office time',
    (deadline, now, days, hours, minutes) => {
      expect(left(deadline, now)).toEqual({ state: 'left', days, hours, minutes });
    },
  );

  it.each([
    ['2026-08-25 17:00', '2026-08-26 09:42', 0, 2, 12],
    ['2026-08-25 17:00', '2026-08-25 20:00', 0, 0, 0],
    ['2026-08-25 17:00', '2026-08-26 17:01', 1, 0, 0],
    ['2026-08-25 17:00', '2026-08-28 09:30', 2, 2, 0],
    ['2026-08-28 17:00', '2026-09-03 08:00', 0, 0, 30],
    ['2026-08-29 10:00', '2026-09-03 08:00', 0, 0, 30],
  ])(
    'past the deadline %s, at %s: %d days %d hours %d minutes of office time',
    (deadline, now, days, hours, minutes) => {
      expect(left(deadline, now)).toEqual({ state: 'overdue', days, hours, minutes });
    },
  );

  it.each([
    ['2026-08-25 10:15', '2026-08-25 10:16', 0, 1],
    ['2026-08-25 10:15', '2026-08-25 14:00', 1, 45],
    ['2026-08-25 10:15', '2026-08-25 17:00', 4, 45],
  ])(
    'after the hour promised %s, at %s of the same day: %d hours %d minutes past it, not overdue',
    (...row) => {
      const [deadline, now, hours, minutes] = row;
      expect(left(deadline, now)).toEqual({ state: 'past-hour', days: 0, hours, minutes });
    },
  );

  it('is not told where the calendar has no data', () => {
    expect(left('2029-03-01 17:00', '2026-08-26 09:00')).toBeNull();
  });
});

describe('urgency', () => {
  const group = (deadline: string | null, now: string, paused = false) =>
    urgencyOf({ deadlineAt: deadline === null ? null : at(deadline), paused, now: at(now), calendar });

  it.each([
    ['2026-08-25 17:00', '2026-08-25 17:01', 'overdue'],
    ['2026-08-25 07:30', '2026-08-25 09:00', 'today'],
    ['2026-08-25 17:00', '2026-08-24 09:00', 'soon'],
    ['2026-08-25 17:00', '2026-08-22 09:00', 'soon'],
    ['2026-08-25 17:00', '2026-08-21 09:00', 'week'],
    ['2026-08-29 17:00', '2026-08-28 09:00', 'soon'],
    ['2026-08-28 17:00', '2026-08-22 09:00', 'week'],
    ['2026-09-03 17:00', '2026-08-22 09:00', 'later'],
    ['2031-01-02 17:00', '2026-08-22 09:00', 'later'],
    ['2020-01-02 17:00', '2026-08-22 09:00', 'overdue'],
    [null, '2026-08-22 09:00', 'unknown'],
  ])('with a deadline %s, at %s a case is %s', (deadline, now, expected) => {
    expect(group(deadline, now)).toBe(expected);
  });

  it('a paused case is paused, whatever its deadline', () => {
    expect(group('2026-08-20 17:00', '2026-08-22 09:00', true)).toBe('paused');
  });
});
