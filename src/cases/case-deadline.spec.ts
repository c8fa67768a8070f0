import type { ClockEvent } from '../domain/case-clock';
import {
  atSecond,
  isoDay,
  isoLocal,
  parseIsoDay,
  toInstant,
  toLocalSecond,
  type LocalSecond,
} from '../domain/local-date';
import { WorkingCalendar, type CalendarDayRule, type OfficeInterval } from '../domain/working-calendar';
import { deriveDeadline, isRunning, type DeadlineGround, type StoredDeadline } from './case-deadline';
import type { CaseFacts } from './deadline.repository';

const office: OfficeInterval[] = [
  { opens: 450, closes: 690 },
  { opens: 810, closes: 1020 },
];
const rule = (day: string, kind: 'off' | 'worked'): CalendarDayRule => ({
  day: parseIsoDay(day),
  kind,
  name: day,
  document: null,
  hours: null,
});
const calendar = WorkingCalendar.of({
  weekly: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] },
  days: [
    rule('2026-08-31', 'off'),
    rule('2026-09-01', 'off'),
    rule('2026-09-02', 'off'),
    rule('2026-08-22', 'worked'),
  ],
  years: [{ year: 2026, state: 'decided', documents: [] }],
});
const ground: DeadlineGround = {
  calendar,
  calendarVersionId: 7,
  limit: {
    id: 3,
    amount: 10,
    unit: 'working-days',
    receptionCutoff: null,
    supplementMode: 'restart',
    timeOfDay: null,
  },
  timeOfDay: 'end-of-office',
  acceptanceHours: 8,
};

const second = (text: string): LocalSecond => toLocalSecond(new Date(`${text}:00+07:00`));
const epoch = (text: string): number => new Date(`${text}:00+07:00`).getTime() / 1000;
const shown = (epochSecond: number | null): string | null =>
  epochSecond === null ? null : isoLocal(new Date(epochSecond * 1000)).slice(0, 16);

const nothing: StoredDeadline = {
  limitId: null,
  calendarVersionId: null,
  computedDue: null,
  dueState: 'pending',
  dueForecast: false,
  pausedSince: null,
  deadline: null,
  deadlineDay: null,
  settledDay: null,
  outcome: null,
  outcomeFirst: null,
  mismatch: false,
  mismatchCause: null,
  acceptanceDue: null,
};

type Facts = Partial<
  Record<'received' | 'promised' | 'promisedFirst' | 'finished' | 'returned' | 'submitted', string>
> & {
  status?: number;
};
const facts = ({ status = 4, received = '2026-08-10T10:15', ...times }: Facts): CaseFacts => {
  const at = (name: keyof typeof times): number | null => (times[name] ? epoch(times[name]) : null);
  return {
    ...nothing,
    ...{
      id: 1,
      unitId: 1,
      calendarUnitId: 1,
      procedureId: 1,
      status,
      received: epoch(received),
      armed: false,
    },
    ...{ promised: at('promised'), promisedFirst: at('promisedFirst') ?? at('promised') },
    ...{ finished: at('finished'), returned: at('returned'), submitted: at('submitted') },
  };
};
const events = (...list: [ClockEvent['kind'], string][]): ClockEvent[] =>
  list.map(([kind, at]) => ({ kind, at: second(at) }));
const supplement = events(
  ['supplement-requested', '2026-08-13T16:40'],
  ['supplement-received', '2026-08-17T16:55'],
);

describe('what is derived about the time of one case', () => {
  it('the promise of the source is the deadline, the computed due is kept beside it', () => {
    const d = deriveDeadline(facts({ promised: '2026-08-24T10:15' }), [], ground);
    expect(shown(d.computedDue)).toBe('2026-08-22T17:00');
    expect(shown(d.deadline)).toBe('2026-08-24T10:15');
    expect([d.dueState, d.limitId, d.calendarVersionId, d.mismatch]).toEqual(['due', 3, 7, true]);
  });

  it('a promise before the computed day is a mismatch, whatever led to it', () => {
    expect(deriveDeadline(facts({ promised: '2026-08-13T10:15' }), [], ground).mismatch).toBe(true);
  });

  it('a later promise that no wrong way of counting explains may rest on what the source kept to itself', () => {
    expect(deriveDeadline(facts({ promised: '2026-08-28T10:15' }), [], ground).mismatch).toBe(false);
  });

  it('a promise on the computed day is no mismatch, whatever its hour', () => {
    expect(deriveDeadline(facts({ promised: '2026-08-22T08:00' }), [], ground).mismatch).toBe(false);
  });

  it('a promise that was right until the calendar changed is no miscount, another one still is', () => {
    const changed = { ...ground, formerDues: [epoch('2026-08-20T17:00')] };
    const told = (promised: string) => deriveDeadline(facts({ promised }), [], changed);
    expect(told('2026-08-20T10:15')).toMatchObject({ mismatch: false, mismatchCause: null });
    expect(told('2026-08-19T10:15').mismatch).toBe(true);
  });

  it('without a promise the computed due is the deadline', () => {
    const d = deriveDeadline(facts({}), [], ground);
    expect([d.deadline, isoDay(d.deadlineDay!), d.mismatch]).toEqual([d.computedDue, '2026-08-22', false]);
  });

  it.each([
    ['2026-08-21T16:00', 'early'],
    ['2026-08-22T16:59', 'on-time'],
    ['2026-08-24T07:30', 'late'],
  ])('a result ready at %s against a promise for 22/8 08:00 is %s, by date', (finished, outcome) => {
    const d = deriveDeadline(facts({ status: 9, promised: '2026-08-22T08:00', finished }), [], ground);
    expect([d.outcome, isoDay(d.settledDay!)]).toEqual([outcome, finished.slice(0, 10)]);
  });

  it('the day the result was ready settles a case, not the day it was fetched', () => {
    const d = deriveDeadline(
      facts({
        status: 10,
        promised: '2026-08-22T08:00',
        finished: '2026-08-22T10:00',
        returned: '2026-09-03T09:00',
      }),
      [],
      ground,
    );
    expect([isoDay(d.settledDay!), d.outcome]).toEqual(['2026-08-22', 'on-time']);
  });

  it('the hand-over settles a case whose source does not tell when the result was ready', () => {
    const d = deriveDeadline(
      facts({ status: 10, promised: '2026-08-22T08:00', returned: '2026-09-03T09:00' }),
      [],
      ground,
    );
    expect([isoDay(d.settledDay!), d.outcome]).toEqual(['2026-09-03', 'late']);
  });

  it('a re-promised case is judged against both promises', () => {
    const times = {
      promisedFirst: '2026-08-22T08:00',
      promised: '2026-08-28T17:00',
      finished: '2026-08-27T09:00',
    };
    const d = deriveDeadline(facts({ status: 9, ...times }), [], ground);
    expect([d.outcome, d.outcomeFirst]).toEqual(['early', 'late']);
  });

  it('a settled case with neither promise nor limit counts as on time', () => {
    const d = deriveDeadline(facts({ status: 9, finished: '2026-08-27T09:00' }), [], {
      ...ground,
      limit: null,
    });
    expect([d.dueState, d.deadline, d.outcome, d.limitId]).toEqual(['no-limit', null, 'on-time', null]);
  });

  it('a requested supplement stops the clock; the promise stays what it was', () => {
    const d = deriveDeadline(
      facts({ status: 5, promised: '2026-08-25T10:15' }),
      supplement.slice(0, 1),
      ground,
    );
    expect([d.dueState, d.computedDue, shown(d.pausedSince)]).toEqual(['paused', null, '2026-08-13T16:40']);
    expect(shown(d.deadline)).toBe('2026-08-25T10:15');
    expect(isRunning(5, d)).toBe(false);
  });

  it('a case its source calls paused is paused, even when nobody told since when', () => {
    const d = deriveDeadline(facts({ status: 6, promised: '2026-08-25T10:15' }), [], ground);
    expect([d.dueState, d.computedDue, d.pausedSince, d.mismatch]).toEqual(['paused', null, null, false]);
  });

  it('a complete supplement starts the whole term anew and is compared with no older promise', () => {
    const d = deriveDeadline(facts({ promised: '2026-08-22T10:15' }), supplement, ground);
    expect(shown(d.computedDue)).toBe('2026-08-28T17:00');
    expect(d.mismatch).toBe(false);
  });

  it('a settled case with a closed supplement still has a computed due', () => {
    const settled = facts({ status: 10, promised: '2026-08-28T10:15', finished: '2026-08-28T09:00' });
    const d = deriveDeadline(settled, supplement, ground);
    expect([shown(d.computedDue), d.outcome, d.dueState]).toEqual(['2026-08-28T17:00', 'on-time', 'due']);
  });

  it.each([1, 3])('status %d is no case: no deadline, no outcome', (status) => {
    const d = deriveDeadline(
      facts({ status, promised: '2026-08-25T10:15', finished: '2026-08-25T10:00' }),
      [],
      ground,
    );
    expect([d.dueState, d.deadline, d.deadlineDay, d.outcome, d.settledDay]).toEqual([
      'excluded',
      null,
      null,
      null,
      null,
    ]);
  });

  it.each([7, 8])('status %d ends a case without settling it', (status) => {
    const d = deriveDeadline(
      facts({ status, promised: '2026-08-25T10:15', finished: '2026-08-20T10:00' }),
      [],
      ground,
    );
    expect([d.deadline, d.outcome, d.settledDay, isRunning(status, d)]).toEqual([null, null, null, false]);
  });

  it('outside the calendar there is no computed due, the promise still stands', () => {
    const d = deriveDeadline(
      facts({ received: '2026-12-28T10:00', promised: '2027-01-12T10:00' }),
      [],
      ground,
    );
    expect([d.dueState, d.computedDue, shown(d.deadline), d.mismatch]).toEqual([
      'no-calendar',
      null,
      '2027-01-12T10:00',
      false,
    ]);
  });

  it('instants survive the way from storage to the domain and back', () => {
    const at = atSecond(parseIsoDay('2026-08-26'), 9 * 3600 + 42 * 60 + 17);
    expect(toLocalSecond(toInstant(at))).toBe(at);
  });

  it('an online submission is answered within the working hours of the setting', () => {
    const of = (hours: number) =>
      deriveDeadline(facts({ status: 1, submitted: '2026-08-21T16:00' }), [], {
        ...ground,
        acceptanceHours: hours,
      });
    expect(shown(of(8).acceptanceDue)).toBe('2026-08-22T16:30');
    expect(shown(of(1).acceptanceDue)).toBe('2026-08-21T17:00');
    expect(of(8).dueState).toBe('excluded');
  });

  it('a submission in a year without a calendar has no acceptance due', () => {
    expect(deriveDeadline(facts({ submitted: '2025-08-21T16:00' }), [], ground).acceptanceDue).toBeNull();
  });
});
