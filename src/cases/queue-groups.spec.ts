import * as fc from 'fast-check';
import { atSecond, dayOf, isoDay, parseIsoDay, toInstant, toLocalSecond } from '../domain/local-date';
import { urgencyOf } from '../domain/outcome';
import { WorkingCalendar, type OfficeInterval } from '../domain/working-calendar';
import { boundsAt, groupOf, GROUPS, sliceOf } from './queue-groups';
import { buildRuler } from './queue-ruler';
import type { DayCount } from './queue.repository';

const office: OfficeInterval[] = [
  { opens: 450, closes: 690 },
  { opens: 810, closes: 1020 },
];
const off = (day: string) => ({
  day: parseIsoDay(day),
  kind: 'off' as const,
  name: day,
  document: null,
  hours: null,
});
const calendar = WorkingCalendar.of({
  weekly: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] },
  days: [
    ...['2026-08-31', '2026-09-01', '2026-09-02'].map(off),
    { day: parseIsoDay('2026-08-22'), kind: 'worked', name: 'làm bù', document: null, hours: null },
  ],
  years: [{ year: 2026, state: 'decided', documents: [] }],
});
const at = (text: string): Date => new Date(`${text}:00+07:00`);

describe('groups of the work queue', () => {
  it('the borders handed to the database put every case where the domain puts it', () => {
    const from = atSecond(parseIsoDay('2026-08-17'), 0);
    const second = fc.integer({ min: from, max: from + 25 * 86_400 });
    fc.assert(
      fc.property(second, second, (nowSecond, deadline) => {
        const now = toInstant(nowSecond);
        const bounds = boundsAt(now, calendar);
        const overdue = toInstant(deadline) < bounds.overdueBefore;
        const count: DayCount = overdue
          ? { state: 'overdue', day: null, count: 1 }
          : { state: 'running', day: isoDay(dayOf(deadline)), count: 1 };
        const expected = urgencyOf({
          deadlineAt: deadline,
          paused: false,
          now: toLocalSecond(now),
          calendar,
        });
        expect(groupOf(count, bounds)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('every case is in exactly one group', () => {
    const bounds = boundsAt(at('2026-08-26T09:42'), calendar);
    const days = [
      '2026-08-26',
      '2026-08-27',
      '2026-08-28',
      '2026-09-03',
      '2026-09-07',
      '2026-09-08',
      '2026-12-31',
    ];
    expect(days.map((day) => groupOf({ state: 'running', day, count: 1 }, bounds))).toEqual([
      'today',
      'soon',
      'soon',
      'week',
      'week',
      'later',
      'later',
    ]);
    expect(GROUPS.map((g) => sliceOf(g, bounds).state)).toEqual([
      'overdue',
      'running',
      'running',
      'running',
      'running',
      'paused',
      'unknown',
    ]);
  });

  it('opens even when the calendar ends within the next days', () => {
    const bounds = boundsAt(at('2026-12-30T09:00'), calendar);
    expect([isoDay(bounds.soonTo), isoDay(bounds.weekTo)]).toEqual(['2027-01-01', '2027-01-04']);
  });
});

describe('the deadline ruler', () => {
  const running = (day: string, count: number): DayCount => ({ state: 'running', day, count });
  const bounds = boundsAt(at('2026-08-26T09:42'), calendar);
  const ruler = buildRuler(
    [
      { state: 'overdue', day: null, count: 5 },
      running('2026-08-26', 5),
      running('2026-08-28', 3),
      running('2026-09-15', 2),
      running('2026-10-01', 1),
      { state: 'paused', day: null, count: 3 },
    ],
    calendar,
    bounds,
  );

  it('shows eleven working days and merges the days off between them', () => {
    const days = ruler.filter((c) => c.kind === 'day').map((c) => c.day);
    expect(days).toHaveLength(11);
    expect(days.at(-1)).toBe('2026-09-14');
    expect(ruler.filter((c) => c.kind === 'rest').map((c) => [c.day, c.until, c.holiday])).toEqual([
      ['2026-08-29', '2026-09-02', true],
      ['2026-09-05', '2026-09-06', false],
      ['2026-09-12', '2026-09-13', false],
    ]);
  });

  it('counts every case once', () => {
    expect(ruler.reduce((sum, c) => sum + c.n, 0)).toBe(19);
    expect(ruler.find((c) => c.kind === 'later')).toMatchObject({
      n: 3,
      day: '2026-09-15',
      han: 'tu-2026-09-15',
    });
  });

  it('marks today and colours every day as its group', () => {
    const days = ruler.filter((c) => c.kind === 'day');
    expect(days.filter((c) => c.today).map((c) => c.day)).toEqual(['2026-08-26']);
    expect(days.slice(0, 5).map((c) => c.urgency)).toEqual(['today', 'soon', 'soon', 'week', 'week']);
  });

  it('never hides a case that its source promised for a day off', () => {
    const sunday = buildRuler([running('2026-08-30', 1)], calendar, bounds);
    expect(sunday.find((c) => c.day === '2026-08-30')).toMatchObject({ kind: 'day', n: 1 });
    expect(
      sunday
        .filter((c) => c.kind === 'rest')
        .slice(0, 2)
        .map((c) => [c.day, c.until]),
    ).toEqual([
      ['2026-08-29', '2026-08-29'],
      ['2026-08-31', '2026-09-02'],
    ]);
  });

  it('has a column for cases without a deadline only when there are any', () => {
    expect(ruler.some((c) => c.kind === 'unknown')).toBe(false);
    const with1 = buildRuler([{ state: 'unknown', day: null, count: 1 }], calendar, bounds);
    expect(with1.at(-1)).toMatchObject({ kind: 'unknown', n: 1, han: 'chua-co-han' });
  });
});
