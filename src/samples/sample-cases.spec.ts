import { definitionOf, firstCalendar } from '../calendars/calendar-rows';
import { atSecond, civil, dayOf, epochDay, parseIsoDay, type LocalSecond } from '../domain/local-date';
import type { ClockEvent } from '../domain/case-clock';
import { computeDue, type ProcessingLimit } from '../domain/deadline';
import { overdueCauses, type OverdueFacts } from '../domain/false-overdue';
import { classifyOutcome } from '../domain/outcome';
import { WorkingCalendar } from '../domain/working-calendar';
import { casesUpTo } from './current-year';
import { STATUS, type SampleCase } from './sample-case';
import { casesOf2025 } from './year-2025';

const calendar = WorkingCalendar.of(definitionOf(firstCalendar()));

const outcomesOf = (cases: SampleCase[]): Record<string, number> => {
  const counts: Record<string, number> = { early: 0, 'on-time': 0, late: 0 };
  for (const record of cases)
    if (record.finishedAt !== null)
      counts[classifyOutcome(dayOf(record.finishedAt), dayOf(record.promisedAt))]! += 1;
  return counts;
};
const settled = (cases: SampleCase[]) =>
  cases.filter((c) => c.status === STATUS.finished || c.status === STATUS.returned);
const isOpen = (c: SampleCase) => c.finishedAt === null;

describe('the list of 2025', () => {
  const cases = casesOf2025(calendar);

  it('has the totals of the plan: 2.141 settled, 384 early, 1.705 on time, 52 late, 21 open', () => {
    expect(cases).toHaveLength(2_162);
    expect(settled(cases)).toHaveLength(2_141);
    expect(outcomesOf(cases)).toEqual({ early: 384, 'on-time': 1_705, late: 52 });
  });

  it('settles every case within 2025, after its reception', () => {
    for (const record of settled(cases)) {
      expect(civil(dayOf(record.finishedAt!)).year).toBe(2025);
      expect(record.finishedAt!).toBeGreaterThan(record.receivedAt);
      if (record.returnedAt !== null) expect(record.returnedAt).toBeGreaterThan(record.finishedAt!);
    }
  });

  it('gives every case a code of its own, in the form of its time', () => {
    expect(new Set(cases.map((c) => c.code)).size).toBe(cases.length);
    for (const { code, receivedAt } of cases)
      expect(code).toMatch(
        dayOf(receivedAt) < epochDay(2025, 7, 1)
          ? /^000\.15\.23\.H35-2[45]\d{4}-\d{4}$/
          : /^H35\.50\.12-25\d{4}-\d{4}$/,
      );
  });

  it('is the same on every machine', () => {
    expect(casesOf2025(calendar)).toEqual(cases);
  });
});

const NEW_YEAR = parseIsoDay('2026-01-01');

describe.each([
  ['a Monday morning', '2026-11-23', 9 * 3600],
  ['the eve of a day off, after closing', '2026-11-23', 18 * 3600],
  ['a day off', '2026-11-24', 10 * 3600],
  ['a Sunday', '2026-11-29', 10 * 3600],
  ['noon', '2026-12-01', 12 * 3600],
  ['late on a Friday', '2026-12-11', 16.5 * 3600],
  ['a Wednesday evening', '2026-11-25', 22 * 3600],
  ['before the office opens', '2027-01-04', 6 * 3600],
  ['a year later', '2027-06-15', 14 * 3600],
  ['the first days of 2026', '2026-01-05', 11 * 3600],
  ['a make-up Saturday', '2026-08-22', 9 * 3600],
])('the running year, on %s', (_name, iso, seconds) => {
  const today = parseIsoDay(iso);
  const now: LocalSecond = atSecond(today, seconds);
  const year2025 = casesOf2025(calendar);
  const carried = year2025.filter(isOpen);
  const cases = casesUpTo(now, calendar, carried);
  const open = cases.filter(isOpen);
  const running = open.filter((c) => c.status === STATUS.received || c.status === STATUS.handling);

  it('has cases in every group of the queue', () => {
    const closes = calendar.closesAt(today);
    const base = closes !== null && now < closes - 1800 ? today : calendar.nextWorkingDay(today);
    const within = (from: number, to: number) =>
      running.filter(
        (c) =>
          c.promisedAt > now &&
          dayOf(c.promisedAt) >= calendar.addWorkingDays(base, from) &&
          dayOf(c.promisedAt) <= calendar.addWorkingDays(base, to),
      ).length;
    expect(
      running.filter((c) => c.promisedAt < now && dayOf(c.promisedAt) < today).length,
    ).toBeGreaterThanOrEqual(6);
    expect(within(0, 0)).toBeGreaterThanOrEqual(3);
    expect(
      running.filter((c) => dayOf(c.promisedAt) === today && c.promisedAt > now).length,
    ).toBeGreaterThanOrEqual(2);
    expect(within(1, 2)).toBeGreaterThanOrEqual(4);
    expect(within(3, 5)).toBeGreaterThanOrEqual(5);
    expect(within(6, 30)).toBeGreaterThanOrEqual(5);
    expect(open.filter((c) => c.status === STATUS.supplement)).toHaveLength(2);
    expect(open.filter((c) => c.status === STATUS.fee)).toHaveLength(2);
  });

  it('tells nothing that has not happened yet', () => {
    for (const c of cases)
      for (const at of [
        c.receivedAt,
        c.finishedAt,
        c.returnedAt,
        ...c.supplements.flatMap((s) => [s.requestedAt, s.receivedAt]),
      ])
        expect(at ?? 0).toBeLessThanOrEqual(now);
  });

  it('takes no code of the list of 2025 except for the cases it carries on', () => {
    const known = new Set(year2025.map((c) => c.code));
    const again = cases.filter((c) => known.has(c.code)).map((c) => c.code);
    const ended = carried.map((c) => c.code);
    expect(again.filter((code) => !ended.includes(code))).toEqual([]);
    expect(new Set(cases.map((c) => c.code)).size).toBe(cases.length);
  });

  it('ends nothing in 2025 that the list of 2025 still shows as open', () => {
    const codes = new Set(carried.map((c) => c.code));
    const ended = settled(cases).filter((c) => codes.has(c.code) && c.finishedAt! < atSecond(NEW_YEAR, 0));
    expect(ended.map((c) => c.code)).toEqual([]);
  });

  it('settles few late', () => {
    const { late = 0 } = outcomesOf(settled(cases));
    expect(late / Math.max(1, settled(cases).length)).toBeLessThan(0.05);
  });
});

describe.each([
  ['a Monday', '2026-11-23', 9],
  ['a make-up Saturday', '2026-08-22', 9],
  ['a year later', '2027-06-15', 14],
])('cases called overdue though nobody was late, on %s', (_name, iso, hour) => {
  const now: LocalSecond = atSecond(parseIsoDay(iso), hour * 3600);
  const cases = casesUpTo(now, calendar, []);

  /** What the program will know of the case. */
  function causesOf(record: SampleCase): string[] {
    const { receivedAt, finishedAt, promisedAt, supplements, procedure, status } = record;
    const rules = { receptionCutoff: null, supplementMode: 'restart', timeOfDay: null } as const;
    const limit: ProcessingLimit = { ...procedure.limit, ...rules };
    const events: ClockEvent[] = [
      { kind: 'received', at: receivedAt },
      ...supplements.flatMap((s): ClockEvent[] => [
        { kind: 'supplement-requested', at: s.requestedAt },
        ...(s.receivedAt === null ? [] : [{ kind: 'supplement-received' as const, at: s.receivedAt }]),
      ]),
    ];
    const due = computeDue({ events, limit, calendar, timeOfDay: 'end-of-office' });
    const day = finishedAt === null ? null : dayOf(finishedAt);
    const open = status === STATUS.received || status === STATUS.handling;
    const facts: OverdueFacts = {
      open,
      settledDay: open ? null : day,
      deadlineAt: promisedAt,
      computedDueAt: due.state === 'due' ? due.dueAt : null,
      resultDay: day,
      pausedFrom: supplements[0]?.requestedAt ?? null,
      standing: null,
      pauseUntold: false,
      settledElsewhere: cases.some((c) => c !== record && c.applicant === record.applicant),
      mismatch: 'none',
    };
    return overdueCauses(facts, now, calendar);
  }

  it('are there for every cause', () => {
    const found = cases.flatMap(causesOf);
    const count = (cause: string): number => found.filter((c) => c === cause).length;
    expect(count('status-not-updated')).toBe(2);
    for (const cause of ['pause-not-recorded', 'wrong-calendar', 'duplicate-code'])
      expect([cause, count(cause)]).toEqual([cause, 1]);
  });
});
