import { at, officialCalendar } from '../../test/fixtures/calendar/official-calendar';
import type { ClockEvent, ClockEventKind } from './case-clock';
import type { LimitUnit, ProcessingLimit } from './deadline';
import { explainDue } from './due-explanation';
import { dayOf } from './local-date';

const calendar = officialCalendar();

type Promised = [received: string, promised: string, unit: LimitUnit, amount: number];
type Told = [kind: ClockEventKind, when: string];

/** The cause as the account tells it, null when promise and computation agree. */
function cause([received, promised, unit, amount]: Promised, told: Told[] = []) {
  const events = [['received', received] as Told, ...told].map(([kind, when]): ClockEvent => ({
    kind,
    at: at(when),
  }));
  const limit: ProcessingLimit = {
    amount,
    unit,
    receptionCutoff: unit === 'same-day' ? 900 : null,
    supplementMode: 'extend-working-days',
    timeOfDay: null,
  };
  const { steps } = explainDue({
    events,
    limit,
    calendar,
    timeOfDay: 'end-of-office',
    today: dayOf(at(received)),
    promisedAt: at(promised),
  });
  const found = steps.find((s) => s.kind === 'mismatch');
  return found ? [found.cause, found.workingDays] : null;
}

describe('the likely cause of another promise', () => {
  it.each<[name: string, promise: Promised, cause: string]>([
    [
      'a make-up Saturday forgotten',
      ['2026-08-20 09:00', '2026-08-24 17:00', 'working-days', 2],
      'worked-day-forgotten',
    ],
    [
      'the same in hours',
      ['2026-08-21 16:00', '2026-08-24 08:30', 'working-hours', 2],
      'worked-day-forgotten',
    ],
    [
      'the same for a same-day case',
      ['2026-08-21 15:30', '2026-08-24 17:00', 'same-day', 0],
      'worked-day-forgotten',
    ],
    [
      'the days off of the next year forgotten',
      ['2025-12-31 09:00', '2026-01-02 17:00', 'working-days', 2],
      'other-year-days-off-forgotten',
    ],
    ['days off forgotten', ['2026-11-20 09:00', '2026-11-25 17:00', 'working-days', 3], 'days-off-forgotten'],
    ['the weekend counted', ['2026-06-11 09:00', '2026-06-16 17:00', 'working-days', 5], 'weekend-counted'],
    ['the cut-off ignored', ['2026-08-20 15:30', '2026-08-20 17:00', 'same-day', 0], 'cutoff-ignored'],
    ['a rest day not skipped', ['2026-06-01 09:00', '2026-06-21 17:00', 'days', 20], 'rest-day-not-skipped'],
    ['nothing known', ['2026-06-01 09:00', '2026-06-14 17:00', 'working-days', 5], 'unknown'],
    ['a promise beyond the calendar', ['2026-06-01 09:00', '2030-06-14 17:00', 'working-days', 5], 'unknown'],
  ])('%s', (_, promise, expected) => {
    expect(cause(promise)).toEqual([expected, null]);
  });

  it('another limit, with the working days it amounts to', () => {
    expect(cause(['2026-06-01 09:00', '2026-06-12 17:00', 'working-days', 5])).toEqual(['other-limit', 9]);
  });

  it('a pause the source does not know of', () => {
    const pause: Told[] = [
      ['suspended', '2026-06-02 09:00'],
      ['resumed', '2026-06-04 09:00'],
    ];
    expect(cause(['2026-06-01 09:00', '2026-06-08 17:00', 'working-days', 5], pause)).toEqual([
      'pause-ignored',
      null,
    ]);
  });

  it('the same day at another hour is no mismatch', () => {
    expect(cause(['2026-06-01 09:00', '2026-06-08 09:00', 'working-days', 5])).toBeNull();
  });
});
