import fc from 'fast-check';
import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import {
  climbAt,
  deliveryOf,
  GATHERING_SECONDS,
  morningOf,
  snoozedUntil,
  type DeliveryMoment,
  type Snooze,
  type Urgency,
} from './alert-delivery';
import { dayOf, type LocalSecond } from './local-date';

// Monday 31/8 to Wednesday 2/9 are days off; office hours 07:30–11:30, 13:30–17:00.
const calendar = officialCalendar();

describe('an alert is told', () => {
  it.each<[Urgency, string, 'morning' | 'now', string, string]>([
    [
      'digest',
      '2026-08-26 07:30',
      'morning',
      '2026-08-26 07:40',
      'with the morning message that gathers still',
    ],
    ['digest', '2026-08-26 07:40', 'morning', '2026-08-27 07:40', 'the next morning when it has left'],
    ['digest', '2026-08-28 16:00', 'morning', '2026-09-03 07:40', 'after the days off'],
    ['day', '2026-08-26 03:00', 'morning', '2026-08-26 07:40', 'in the morning what came up at night'],
    ['day', '2026-08-26 09:00', 'now', '2026-08-26 09:00', 'at once during office hours'],
    ['day', '2026-08-26 12:00', 'now', '2026-08-26 13:30', 'after the lunch break'],
    ['day', '2026-08-26 17:00', 'morning', '2026-08-27 07:40', 'the next morning after closing'],
    ['day', '2026-09-02 10:00', 'morning', '2026-09-03 07:40', 'never on a holiday'],
    ['urgent', '2026-09-02 22:00', 'now', '2026-09-02 22:00', 'at any hour when it is urgent'],
  ])('%s at %s: %s at %s, %s', (urgency, now, kind, expected) => {
    const moment = deliveryOf(urgency, at(now), calendar);
    expect([moment.kind, shown(moment.at)]).toEqual([kind, expected]);
  });

  it('at once where no calendar says when', () => {
    expect(deliveryOf('digest', at('2040-01-02 09:00'), calendar)).toEqual({
      ...{ kind: 'now', at: at('2040-01-02 09:00') },
    });
  });
});

/** Minute by minute, as somebody would look at the clock and the calendar on the wall. */
function slowDelivery(urgency: Urgency, now: LocalSecond): DeliveryMoment {
  if (urgency === 'urgent') return { kind: 'now', at: now };
  const open = (t: LocalSecond) =>
    calendar.intervalsOf(dayOf(t)).some(({ opens, closes }) => {
      const minute = Math.floor((t - dayOf(t) * 86_400) / 60);
      return minute >= opens && minute < closes;
    });
  const today = calendar.opensAt(dayOf(now));
  if (today !== null && now >= today + GATHERING_SECONDS && urgency === 'day')
    for (let t = now; dayOf(t) === dayOf(now); t += 60) if (open(t)) return { kind: 'now', at: t };
  for (let t = now; ; t += 60) {
    const opens = calendar.opensAt(dayOf(t));
    if (opens !== null && t === opens + GATHERING_SECONDS && t > now) return { kind: 'morning', at: t };
  }
}

describe('against looking minute by minute', () => {
  it('every alert of two years is told at the same moment', () => {
    const minute = fc.integer({ min: 0, max: 600 * 1440 }).map((m) => at('2025-03-03 00:00') + m * 60);
    fc.assert(
      fc.property(minute, fc.constantFrom<Urgency>('digest', 'day', 'urgent'), (now, urgency) => {
        expect(deliveryOf(urgency, now, calendar)).toEqual(slowDelivery(urgency, now));
      }),
      { numRuns: 2_000, seed: 26 },
    );
  });
});

describe('an alert climbs', () => {
  it.each([
    ['2026-08-26 09:00', 4, '2026-08-26 15:00', 'over the lunch break'],
    ['2026-08-28 15:00', 4, '2026-09-03 09:30', 'over the days off, not during them'],
    ['2026-08-26 20:00', 1, '2026-08-27 08:30', 'counted from the opening when it was told at night'],
  ])('told at %s after %d working hours at %s: %s', (told, hours, expected) =>
    expect(shown(climbAt(at(told), hours, calendar)!)).toBe(expected),
  );

  it('never without a calendar', () => expect(climbAt(at('2040-01-02 09:00'), 4, calendar)).toBeNull());
});

describe('an alert is put off', () => {
  it.each<[Snooze, string, string]>([
    ['two-hours', '2026-08-26 10:30', '2026-08-26 14:30'],
    ['two-hours', '2026-08-28 16:00', '2026-09-03 08:30'],
    ['next-morning', '2026-08-28 16:00', '2026-09-03 07:30'],
    ['two-days', '2026-08-28 16:00', '2026-09-04 07:30'],
  ])('for %s at %s until %s, a working instant', (snooze, now, expected) =>
    expect(shown(snoozedUntil(snooze, at(now), calendar))).toBe(expected),
  );
});

it('there is no morning message on a day without office hours', () => {
  expect(morningOf(dayOf(at('2026-09-02 00:00')), calendar)).toBeNull();
});
