/**
 * The engine against a slow oracle that shares no code with it: a table with one entry per minute of three years,
 * read minute by minute and day by day. Seeded; a disagreement is reported with the seed that makes it again:
 * ORACLE_SEED=<seed> npx jest src/domain/brute-force
 */
import type { ClockEvent } from './case-clock';
import { computeDue, type ProcessingLimit, type TimeOfDayPolicy } from './deadline';
import { explainDue, type DueAccount, type DueStep } from './due-explanation';
import {
  CalendarNotCovered,
  WorkingCalendar,
  type CalendarDefinition,
  type OfficeInterval,
} from './working-calendar';

// Reading a global is slow inside jest; the oracle does it a thousand million times otherwise.
const { floor, imul, max, min } = Math;

const SEED = Number(process.env.ORACLE_SEED ?? 20_261_123);
const FIRST_YEAR = 2024;
const DAY = 1440;
const ORIGIN = Date.UTC(FIRST_YEAR, 0, 1) / 60_000;
const DAYS = (Date.UTC(FIRST_YEAR + 3, 0, 1) - Date.UTC(FIRST_YEAR, 0, 1)) / 86_400_000;
const END = DAYS * DAY;

// ---- chance ------------------------------------------------------------------------------------------------

type Chance = (below: number) => number;

/** mulberry32: whole numbers from 0 to below - 1. */
function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const oneOf = <T>(chance: Chance, list: readonly T[]): T => list[chance(list.length)]!;

// ---- random calendars --------------------------------------------------------------------------------------

const USUAL: [number, number][] = [
  [450, 690],
  [810, 1020],
];

function randomHours(chance: Chance): [number, number][] {
  const form = chance(6);
  if (form < 2) return USUAL;
  if (form === 2) return [[0, 1440]];
  if (form === 3)
    return [
      [540, 720],
      [720, 1020],
    ];
  if (form === 4) return [[450, 690]];
  const bounds = Array.from({ length: 2 * (1 + chance(3)) }, () => chance(1441)).sort((a, b) => a - b);
  const hours: [number, number][] = [];
  for (let i = 0; i < bounds.length; i += 2)
    if (bounds[i]! < bounds[i + 1]!) hours.push([bounds[i]!, bounds[i + 1]!]);
  return hours.length > 0 ? hours : USUAL;
}

interface PlainCalendar {
  week: [number, number][][];
  /** Day since the origin -> its own hours, none for a day off. */
  special: Map<number, [number, number][]>;
}

function randomCalendar(chance: Chance): PlainCalendar {
  const same = randomHours(chance);
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    if (weekday > 5) return chance(4) === 0 ? randomHours(chance) : [];
    if (weekday > 1 && chance(15) === 0) return [];
    return chance(3) === 0 ? randomHours(chance) : same;
  });
  const special = new Map<number, [number, number][]>();
  for (let i = chance(60); i > 0; i--) special.set(chance(DAYS), []);
  for (let i = chance(12); i > 0; i--) special.set(chance(DAYS), randomHours(chance));
  // Tết: a week without work
  for (let start = 40; start < DAYS; start += 365) for (let i = 0; i < 5; i++) special.set(start + i, []);
  return { week, special };
}

const interval = ([opens, closes]: [number, number]): OfficeInterval => ({ opens, closes });
const EPOCH_DAYS = ORIGIN / DAY;

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

// ---- the oracle --------------------------------------------------------------------------------------------

interface Stop {
  kind: 'supplement' | 'suspension';
  from: number;
  to: number;
}

interface DueCase {
  received: number;
  stops: Stop[];
  open: number | null;
  limit: ProcessingLimit;
  timeOfDay: TimeOfDayPolicy;
}

class OutOfRange extends Error {}

/** Minutes count from the origin; due instants are in seconds from the origin. */
class Oracle {
  private readonly open = new Uint8Array(END);

  constructor({ week, special }: PlainCalendar) {
    for (let day = 0; day < DAYS; day++) {
      const weekday = new Date((ORIGIN + day * DAY) * 60_000).getUTCDay();
      for (const [from, to] of special.get(day) ?? week[(weekday + 6) % 7]!)
        for (let minute = from; minute < to; minute++) this.open[day * DAY + minute] = 1;
    }
  }

  isOpen(minute: number): boolean {
    if (minute < 0 || minute >= END) throw new OutOfRange();
    return this.open[minute] === 1;
  }

  works(day: number): boolean {
    for (let minute = day * DAY; minute < (day + 1) * DAY; minute++) if (this.isOpen(minute)) return true;
    return false;
  }

  next(minute: number): number {
    while (!this.isOpen(minute)) minute++;
    return minute;
  }

  /** Seconds, so that a start within a minute is possible. */
  addSeconds(start: number, seconds: number): number {
    const openAt = (second: number) => this.isOpen(floor(second / 60));
    let at = start;
    if (seconds === 0) {
      if (at > 0 && openAt(at - 1)) return at;
      while (!openAt(at)) at++;
    }
    for (let left = seconds; left > 0; at++) if (openAt(at)) left--;
    for (let left = seconds; left < 0; at--) if (openAt(at - 1)) left++;
    return at;
  }

  addMinutes(start: number, minutes: number): number {
    let at = start;
    if (minutes === 0) return at > 0 && this.isOpen(at - 1) ? at : this.next(at);
    for (let left = minutes; left > 0; at++) if (this.isOpen(at)) left--;
    for (let left = minutes; left < 0; at--) if (this.isOpen(at - 1)) left++;
    return at;
  }

  between(a: number, b: number): number {
    let count = 0;
    const [from, to] = [min(a, b), max(a, b)];
    for (let minute = from; minute < to; minute++) if (this.isOpen(minute)) count++;
    return a <= b ? count : 0 - count;
  }

  addDays(day: number, n: number): number {
    let at = day;
    for (let left = n; left > 0;) if (this.works(++at)) left--;
    for (let left = n; left < 0;) if (this.works(--at)) left++;
    return at;
  }

  daysBetween(from: number, to: number): number {
    let count = 0;
    for (let day = min(from, to) + 1; day <= max(from, to); day++) if (this.works(day)) count++;
    return from <= to ? count : 0 - count;
  }

  /** Second at which the office closes for the day; a closing at midnight is the second before. */
  closing(day: number): number {
    let last = (day + 1) * DAY - 1;
    while (!this.isOpen(last)) last--;
    return min((last + 1) * 60, (day + 1) * DAY * 60 - 1);
  }

  /** End of a term on a working day. */
  instant(day: number, start: number, { limit, timeOfDay }: DueCase): number {
    if (timeOfDay === 'end-of-office' || limit.unit === 'same-day') return this.closing(day);
    let minute = day * DAY + (start % DAY);
    const inOffice = () => this.isOpen(minute) || (minute % DAY > 0 && this.isOpen(minute - 1));
    while (floor(minute / DAY) === day && !inOffice()) minute++;
    return floor(minute / DAY) === day ? minute * 60 : this.closing(day);
  }

  /** When the clock stood still since the start, minute by minute. */
  stillSpans(start: number, stops: Stop[]): { from: number; to: number }[] {
    const spans: { from: number; to: number }[] = [];
    const last = max(start, ...stops.map((s) => s.to));
    for (let minute = start; minute < last; minute++) {
      if (!stops.some((s) => s.from <= minute && minute < s.to)) continue;
      const span = spans.at(-1);
      if (span && span.to === minute) span.to = minute + 1;
      else spans.push({ from: minute, to: minute + 1 });
    }
    return spans;
  }

  due(c: DueCase): number {
    const supplements = c.stops.filter((s) => s.kind === 'supplement');
    const restarts = c.limit.supplementMode === 'restart' && supplements.length > 0;
    const start = restarts ? max(...supplements.map((s) => s.to)) : c.received;
    const spans = this.stillSpans(start, c.stops);
    if (c.limit.unit === 'working-hours') {
      let at = start;
      for (let left = c.limit.amount * 60; left > 0; at++)
        if (this.isOpen(at) && !spans.some((s) => s.from <= at && at < s.to)) left--;
      return at * 60;
    }
    if (c.limit.supplementMode === 'extend-calendar-days') return this.pushed(start, spans, c);
    const applied: { from: number; to: number }[] = [];
    let due = this.dueAround(start, applied, c);
    for (const span of spans) {
      if (span.from * 60 >= due) break;
      applied.push(span);
      due = this.dueAround(start, applied, c);
    }
    return due;
  }

  private count(start: number, { limit }: DueCase): { n: number; inWorkingDays: boolean } {
    const day = floor(start / DAY);
    if (limit.unit === 'same-day') {
      const late = limit.sameDayCutoff !== null && start % DAY > limit.sameDayCutoff;
      const inTime = this.works(day) && start * 60 < this.closing(day) && !late;
      return { n: inTime ? 0 : 1, inWorkingDays: true };
    }
    if (limit.unit !== 'months') return { n: limit.amount, inWorkingDays: limit.unit === 'working-days' };
    const from = new Date((ORIGIN + day * DAY) * 60_000);
    let to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + limit.amount, from.getUTCDate()));
    if (to.getUTCDate() !== from.getUTCDate())
      to = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth(), 0));
    return { n: (to.getTime() - from.getTime()) / 86_400_000, inWorkingDays: false };
  }

  /** Counts the days, leaving out those after a stop up to the day the clock ran again. */
  private dueAround(start: number, spans: { from: number; to: number }[], c: DueCase): number {
    const { n, inWorkingDays } = this.count(start, c);
    const dayOf = (minute: number) => floor(minute / DAY);
    let day = dayOf(start);
    for (let left = n; left > 0;) {
      day++;
      const paused = spans.some((s) => day > dayOf(s.from) && day <= dayOf(s.to));
      if (!paused && (!inWorkingDays || this.works(day))) left--;
    }
    while (!this.works(day)) day++;
    for (const span of spans) day = this.dayAfter(day, start, span.to, c);
    return this.instant(day, start, c);
  }

  /** The first working day from `day` on that ends the term after the clock runs again. */
  private dayAfter(day: number, start: number, runsAgain: number, c: DueCase): number {
    if (this.instant(day, start, c) > runsAgain * 60) return day;
    let later = floor(runsAgain / DAY);
    while (!this.works(later) || this.instant(later, start, c) <= runsAgain * 60) later++;
    return later;
  }

  /** Mode 'extend-calendar-days': the calendar days of each wait are added to the end. */
  private pushed(start: number, spans: { from: number; to: number }[], c: DueCase): number {
    const { n, inWorkingDays } = this.count(start, c);
    const first = floor(start / DAY);
    const counted = inWorkingDays ? this.addDays(first, n) : first + n;
    const around = (applied: { from: number; to: number }[]) => {
      let day = counted;
      for (const { from, to } of applied) day += floor(to / DAY) - floor(from / DAY);
      while (!this.works(day)) day++;
      for (const { to } of applied) day = this.dayAfter(day, start, to, c);
      return this.instant(day, start, c);
    };
    const late = spans.findIndex((span, i) => span.from * 60 >= around(spans.slice(0, i)));
    return around(late < 0 ? spans : spans.slice(0, late));
  }
}

// ---- replaying an account ----------------------------------------------------------------------------------

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
  else if (steps('same-day')[0]) day = floor(start / DAY);
  else day = steps('cutoff-passed')[0]!.nextDay - EPOCH_DAYS;
  if (c.limit.unit === 'months' || c.limit.unit === 'same-day')
    for (const { from, days } of steps('paused')) {
      if (floor(minute(from) / DAY) >= day) continue;
      day = c.limit.unit === 'months' ? day + days.length : oracle.addDays(day, days.length);
    }
  while (!oracle.works(day)) day++;
  for (const { to } of steps('paused')) {
    if (oracle.instant(day, start, c) > minute(to!) * 60) continue;
    day = floor(minute(to!) / DAY);
    while (!oracle.works(day) || oracle.instant(day, start, c) <= minute(to!) * 60) day++;
  }
  return oracle.instant(day, start, c);
}

// ---- random cases ------------------------------------------------------------------------------------------

/** Half of the instants lie on the borders where mistakes are made: midnight, openings, closings, the cut-off. */
function onBorder(chance: Chance, minute: number): number {
  if (chance(2) === 0) return minute;
  return minute - (minute % DAY) + oneOf(chance, [0, 450, 540, 690, 720, 810, 900, 1020]);
}

const randomMinute = (chance: Chance): number => onBorder(chance, DAY * 30 + chance(END - DAY * 200));

function randomStops(chance: Chance, received: number, mixed: boolean): Stop[] {
  const stops: Stop[] = [];
  for (const kind of ['supplement', 'suspension'] as const) {
    if (!mixed && kind === 'suspension') continue;
    let at = received;
    for (let i = oneOf(chance, [0, 0, 1, 1, 2]); i > 0; i--) {
      const from = max(at, onBorder(chance, at + chance(6 * DAY)));
      const to = max(from + 1, onBorder(chance, from + (chance(3) === 0 ? chance(300) : chance(7 * DAY))));
      stops.push({ kind, from, to });
      at = to + 1 + chance(DAY);
    }
  }
  return stops;
}

function randomDueCase(chance: Chance): DueCase {
  const unit = oneOf(chance, [
    'working-days',
    'working-days',
    'working-hours',
    'days',
    'months',
    'same-day',
  ] as const);
  const largest = { 'working-days': 30, 'working-hours': 40, days: 45, months: 3, 'same-day': 0 }[unit];
  const supplementMode = oneOf(chance, ['restart', 'extend-working-days', 'extend-calendar-days'] as const);
  const received = randomMinute(chance);
  const stops =
    chance(3) === 0 ? [] : randomStops(chance, received, supplementMode !== 'extend-calendar-days');
  return {
    received,
    stops,
    open: chance(20) === 0 ? max(received, ...stops.map((s) => s.to)) + 1 + chance(DAY) : null,
    limit: {
      amount: unit === 'same-day' ? 0 : 1 + chance(largest),
      unit,
      sameDayCutoff: unit === 'same-day' && chance(2) === 0 ? 840 + chance(120) : null,
      supplementMode,
    },
    timeOfDay: oneOf(chance, ['end-of-office', 'end-of-office', 'same-hour'] as const),
  };
}

const local = (minute: number): number => (ORIGIN + minute) * 60;

function ledgerOf(c: DueCase, chance: Chance): ClockEvent[] {
  const events: ClockEvent[] = [{ kind: 'received', at: local(c.received) }];
  for (const { kind, from, to } of c.stops) {
    const supplement = kind === 'supplement';
    events.push({ kind: supplement ? 'supplement-requested' : 'suspended', at: local(from), ground: kind });
    events.push({ kind: supplement ? 'supplement-received' : 'resumed', at: local(to) });
  }
  if (c.open !== null) events.push({ kind: 'suspended', at: local(c.open) });
  // The fold sorts by time; ties keep their order, and no two of these fall together on one kind.
  return events.sort(() => chance(3) - 1);
}

// ---- agreement ---------------------------------------------------------------------------------------------

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
