/**
 * The engine against a slow oracle that shares no code with it. Seeded; a disagreement is reported with the seed
 * that makes it again: ORACLE_SEED=<seed> npx jest src/domain/brute-force
 */
import {
  DAY,
  DAYS,
  EPOCH_DAYS,
  FIRST_YEAR,
  Oracle,
  ORIGIN,
  OutOfRange,
  type DueCase,
  type PlainCalendar,
} from '../../test/fixtures/calendar/oracle';
import {
  chanceOf,
  ledgerOf,
  local,
  onBorder,
  oneOf,
  randomCalendar,
  randomDueCase,
  randomMinute,
  type Chance,
} from '../../test/fixtures/calendar/random-cases';
import { computeDue } from './deadline';
import { explainDue, type DueAccount, type DueStep } from './due-explanation';
import {
  CalendarNotCovered,
  WorkingCalendar,
  type CalendarDefinition,
  type OfficeInterval,
} from './working-calendar';

const SEED = Number(process.env.ORACLE_SEED ?? 20_261_123);

const interval = ([opens, closes]: [number, number]): OfficeInterval => ({ opens, closes });
function engineOf({ week, special }: PlainCalendar): WorkingCalendar {
  const weekly = Object.fromEntries(week.map((hours, i) => [i + 1, hours.map(interval)]));
  return WorkingCalendar.of({
    weekly: weekly as CalendarDefinition['weekly'],
    days: [...special].map(([day, hours]) => ({
      day: EPOCH_DAYS + day,
      kind: hours.length > 0 ? 'worked' : 'off',
      name: 'x',
      document: null,
      hours: hours.length > 0 ? hours.map(interval) : null,
    })),
    years: [0, 1, 2].map((i) => ({ year: FIRST_YEAR + i, state: 'decided', documents: [] })),
  });
}

/** The due second told by cells and steps alone; the calendar is asked for closings and rest days only. */
function replay(account: DueAccount, c: DueCase, oracle: Oracle): number {
  const minute = (local: number) => local / 60 - ORIGIN;
  const steps = <K extends DueStep['kind']>(kind: K) =>
    account.steps.filter((s): s is Extract<DueStep, { kind: K }> => s.kind === kind);
  const start = minute(account.startedAt);
  const [hours] = steps('hours');
  if (hours) {
    const ran = hours.spans.reduce((sum, { from, to }) => sum + to - from, 0);
    return ran === c.limit.amount * 3600 ? minute(hours.spans.at(-1)!.to) * 60 : NaN;
  }
  const numbered = account.cells.find((cell) => cell.ordinal === c.limit.amount);
  let day: number;
  if (c.limit.unit === 'months') day = steps('months')[0]!.endDay - EPOCH_DAYS;
  else if (c.limit.unit !== 'same-day') day = numbered!.day - EPOCH_DAYS;
  else if (steps('same-day')[0]) day = Math.floor(start / DAY);
  else day = steps('cutoff-passed')[0]!.nextDay - EPOCH_DAYS;
  if (c.limit.unit === 'months' || c.limit.unit === 'same-day')
    for (const { from, days } of steps('paused')) {
      if (Math.floor(minute(from) / DAY) >= day) continue;
      day = c.limit.unit === 'months' ? day + days.length : oracle.addDays(day, days.length);
    }
  while (!oracle.works(day)) day++;
  for (const { to } of steps('paused')) {
    if (oracle.instant(day, start, c) > minute(to!) * 60) continue;
    day = Math.floor(minute(to!) / DAY);
    while (!oracle.works(day) || oracle.instant(day, start, c) <= minute(to!) * 60) day++;
  }
  return oracle.instant(day, start, c);
}

type Question = [facts: unknown, expected: () => unknown, actual: () => unknown];

const answerOf = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    if (error instanceof OutOfRange || error instanceof CalendarNotCovered) return 'no-calendar';
    throw error;
  }
};

/** Asks both sides `count` questions over several calendars and collects the first disagreements. */
function disagreements(
  name: string,
  count: number,
  question: (chance: Chance, engine: WorkingCalendar, oracle: Oracle) => Question,
): unknown[] {
  const found: unknown[] = [];
  const perCalendar = 250;
  for (let i = 0; i < count && found.length < 3; i += perCalendar) {
    const chance = chanceOf(SEED + i * 7919 + name.length);
    const plain = randomCalendar(chance);
    const [engine, oracle] = [engineOf(plain), new Oracle(plain)];
    for (let k = 0; k < perCalendar && found.length < 3; k++) {
      const [facts, expected, actual] = question(chance, engine, oracle);
      const [e, a] = [answerOf(expected), answerOf(actual)];
      if (!Object.is(e, a)) found.push({ seed: SEED, name, calendar: i, k, facts, expected: e, actual: a });
    }
  }
  return found;
}

describe('100,000 random questions, the engine and the oracle agree', () => {
  it('on office minutes added, forwards and backwards (25,000)', () => {
    const found = disagreements('minutes', 25_000, (chance, engine, oracle) => {
      const [start, minutes] = [randomMinute(chance), oneOf(chance, [0, 1, -1, 0])];
      const n = chance(8) === 0 ? minutes : chance(2400) - 900;
      return [
        { start, n },
        () => local(oracle.addMinutes(start, n)),
        () => engine.addWorkingSeconds(local(start), n * 60),
      ];
    });
    expect(found).toEqual([]);
  });

  it('on office seconds added from within a minute (2,000)', () => {
    const found = disagreements('seconds', 2_000, (chance, engine, oracle) => {
      const [start, n] = [randomMinute(chance) * 60 + chance(60), chance(12_000) - 4_000];
      return [
        { start, n },
        () => ORIGIN * 60 + oracle.addSeconds(start, n),
        () => engine.addWorkingSeconds(ORIGIN * 60 + start, n),
      ];
    });
    expect(found).toEqual([]);
  });

  it('on office time between two instants (13,000)', () => {
    const found = disagreements('between', 13_000, (chance, engine, oracle) => {
      const a = randomMinute(chance);
      const b = onBorder(chance, a + chance(30 * DAY) - 10 * DAY);
      return [
        { a, b },
        () => oracle.between(a, b) * 60,
        () => engine.workingSecondsBetween(local(a), local(b)),
      ];
    });
    expect(found).toEqual([]);
  });

  it('on the next opening (3,000)', () => {
    const found = disagreements('opening', 3_000, (chance, engine, oracle) => {
      const at = randomMinute(chance);
      return [{ at }, () => local(oracle.next(at)), () => engine.nextOpening(local(at))];
    });
    expect(found).toEqual([]);
  });

  it('on working days added and counted, forwards and backwards (20,000)', () => {
    const found = disagreements('days', 20_000, (chance, engine, oracle) => {
      const day = 30 + chance(DAYS - 120);
      const n = chance(90) - 30;
      if (chance(2) === 0)
        return [
          { day, n },
          () => EPOCH_DAYS + oracle.addDays(day, n),
          () => engine.addWorkingDays(EPOCH_DAYS + day, n),
        ];
      return [
        { from: day, to: day + n },
        () => oracle.daysBetween(day, day + n),
        () => engine.workingDaysBetween(EPOCH_DAYS + day, EPOCH_DAYS + day + n),
      ];
    });
    expect(found).toEqual([]);
  });

  it('on due instants of every kind of limit, with pauses and supplements (37,000)', () => {
    const found = disagreements('due', 37_000, (chance, calendar, oracle) => {
      const c = randomDueCase(chance);
      const events = ledgerOf(c, chance);
      const actual = () => {
        const due = computeDue({ events, limit: c.limit, calendar, timeOfDay: c.timeOfDay });
        return due.state === 'due' ? due.dueAt : due.state;
      };
      return [c, () => (c.open === null ? ORIGIN * 60 + oracle.due(c) : 'paused'), actual];
    });
    expect(found).toEqual([]);
  });
});

describe('the account of a deadline', () => {
  it('replayed, gives the same instant (5,000)', () => {
    const found = disagreements('replay', 5_000, (chance, calendar, oracle) => {
      const c = { ...randomDueCase(chance), open: null };
      if (c.limit.supplementMode === 'extend-calendar-days') c.stops = [];
      const input = { events: ledgerOf(c, chance), limit: c.limit, calendar, timeOfDay: c.timeOfDay };
      const account = explainDue({ ...input, today: EPOCH_DAYS + 100 + chance(900), promisedAt: null });
      const replayed = () =>
        account.due.state === 'due' ? ORIGIN * 60 + replay(account, c, oracle) : 'no-calendar';
      return [c, replayed, () => (account.due.state === 'due' ? account.due.dueAt : account.due.state)];
    });
    expect(found).toEqual([]);
  });
});
