/**
 * Runs files of calendar cases collected from other projects against the engine: what `npm run verify:calendar`
 * does. Instants without an offset are local to the case's zone, expected instants are UTC.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { computeDue } from '../domain/deadline';
import {
  atSecond,
  civil,
  dayOf,
  isoDay,
  parseIsoDay,
  type EpochDay,
  type LocalSecond,
} from '../domain/local-date';
import { addWorkingSecondsAround, workingSecondsOutside } from '../domain/paused-time';
import { mergeSpans, type Span } from '../domain/spans';
import { AppError } from '../platform/errors';
import {
  CalendarFaults,
  CalendarNotCovered,
  WorkingCalendar,
  type CalendarDayRule,
  type CalendarDefinition,
  type OfficeInterval,
} from '../domain/working-calendar';
import {
  calendarCaseSchema,
  WEEKDAY_KEYS,
  type CalendarCase,
  type CaseCalendar,
  type Roll,
} from './calendar-case-schema';
import { calendarFaultText } from './calendar-fault-text';
import { minutesOf } from './calendar-rows';
import { utcText, WallClock } from './wall-clock';

export interface Verification {
  passed: number;
  failed: number;
  /** One line per failure, then 'N passed, N failed'. */
  lines: string[];
}

type Answer = string | number | boolean;
type CaseOf<Op extends CalendarCase['op']> = Extract<CalendarCase, { op: Op }>;

/** Years are added around the case until it can be answered. */
const PADDING = [1, 8, 64, 400];

const hoursOf = (list: readonly (readonly [string, string])[]): OfficeInterval[] =>
  list.map(([opens, closes]) => ({
    opens: minutesOf(opens),
    closes: closes === '00:00' ? 1440 : minutesOf(closes),
  }));

function weeklyOf(hours: CaseCalendar['hours']): CalendarDefinition['weekly'] {
  const week = WEEKDAY_KEYS.map((key, i) => [i + 1, hoursOf(hours[key] ?? [])] as const);
  return Object.fromEntries(week) as CalendarDefinition['weekly'];
}

/** A make-up day wins over a day off, a day off over dated hours. */
function rulesOf(calendar: CaseCalendar, weekly: CalendarDefinition['weekly']): CalendarDayRule[] {
  const rules = new Map<EpochDay, CalendarDayRule>();
  const put = (date: string, hours: OfficeInterval[]) => {
    const day = parseIsoDay(date);
    const kind = hours.length > 0 ? 'worked' : 'off';
    rules.set(day, { day, kind, name: '', document: null, hours: kind === 'worked' ? hours : null });
  };
  for (const [date, hours] of Object.entries(calendar.overrides)) put(date, hoursOf(hours));
  for (const date of calendar.holidays) put(date, []);
  const usual = [weekly[1], ...Object.values(weekly)].find((hours) => hours.length > 0) ?? [];
  for (const { date, hours } of calendar.makeup) put(date, hours ? hoursOf(hours) : usual);
  return [...rules.values()];
}

/** One case, its zone and its calendar over so many years around it. */
class CaseRun {
  private readonly clock: WallClock;
  readonly calendar: WorkingCalendar;

  constructor(
    private readonly subject: CalendarCase,
    padding: number,
  ) {
    const { calendar, args } = subject;
    this.clock = new WallClock(calendar.timezone);
    const dates = [args].flatMap((a) => ('date' in a ? [a.date] : 'end' in a ? [a.start, a.end] : [a.start]));
    const years = dates.map((text) => civil(dayOf(this.clock.parse(text))).year);
    const [first, last] = [Math.min(...years) - padding, Math.max(...years) + padding];
    const weekly = weeklyOf(calendar.hours);
    this.calendar = WorkingCalendar.of({
      weekly,
      days: rulesOf(calendar, weekly).filter(
        ({ day }) => civil(day).year >= first && civil(day).year <= last,
      ),
      years: Array.from({ length: last - first + 1 }, (_, i) => ({
        year: first + i,
        state: 'decided',
        documents: [],
      })),
      breaks: this.spans([...calendar.breaks, ...this.holesOf(subject)]),
    });
  }

  answer(): Answer {
    const { subject } = this;
    switch (subject.op) {
      case 'isWorkingDay':
        return this.calendar.isWorkingDay(this.day(subject.args.date));
      case 'addWorkingDays':
        return isoDay(this.addDays(subject));
      case 'addWorkingHours':
        return utcText(this.clock.utcOf(this.addHours(subject)));
      default:
        return this.minutesBetween(subject);
    }
  }

  private addDays({ args }: CaseOf<'addWorkingDays'>): EpochDay {
    const start = this.day(args.start);
    const from = args.roll && !this.calendar.isWorkingDay(start) ? this.rolled(start, args.roll) : start;
    return args.pauses.length > 0 && args.days > 0
      ? this.addDaysAround(from, args.days, args.pauses)
      : this.calendar.addWorkingDays(from, args.days);
  }

  private addDaysAround(from: EpochDay, amount: number, pauses: [string, string][]): EpochDay {
    const events = this.spans(pauses).flatMap(([at, to]) => [
      { kind: 'suspended' as const, at },
      { kind: 'resumed' as const, at: to },
    ]);
    const limit = {
      amount,
      unit: 'working-days',
      receptionCutoff: null,
      supplementMode: 'restart',
      timeOfDay: null,
    } as const;
    const received = { kind: 'received' as const, at: atSecond(from, 0) };
    const due = computeDue({
      events: [received, ...events],
      limit,
      calendar: this.calendar,
      timeOfDay: 'end-of-office',
    });
    if (due.state === 'no-calendar') throw new CalendarNotCovered(due.year);
    return due.state === 'due' ? dayOf(due.dueAt) : from;
  }

  private rolled(day: EpochDay, roll: Roll): EpochDay {
    const next = this.calendar.nextWorkingDay(day);
    const previous = this.calendar.previousWorkingDay(day);
    const sameMonth = (other: EpochDay): boolean => civil(other).month === civil(day).month;
    if (roll === 'modifiedfollowing') return sameMonth(next) ? next : previous;
    if (roll === 'modifiedpreceding') return sameMonth(previous) ? previous : next;
    return roll === 'following' || roll === 'forward' ? next : previous;
  }

  private addHours({ args }: CaseOf<'addWorkingHours'>): LocalSecond {
    const seconds = Math.round(((args.minutes ?? 0) + (args.hours ?? 0) * 60) * 60);
    const start = this.clock.parse(args.start);
    if (seconds < 0) return this.calendar.addWorkingSeconds(start, seconds);
    return addWorkingSecondsAround(this.calendar, start, seconds, this.holes(args.pauses));
  }

  private minutesBetween({ args }: CaseOf<'workingMinutesBetween'>): number {
    const [start, end] = [this.clock.parse(args.start), this.clock.parse(args.end)];
    const [a, b] = start <= end ? [start, end] : [end, start];
    const minutes = workingSecondsOutside(this.calendar, a, b, this.holes(args.pauses)) / 60;
    return start <= end ? minutes : 0 - minutes;
  }

  /** Going back, the pauses are holes of the calendar itself; the clock of a case only runs forward. */
  private holesOf(subject: CalendarCase): [string, string][] {
    if (subject.op !== 'addWorkingHours') return [];
    const { minutes = 0, hours = 0, pauses } = subject.args;
    return minutes + hours * 60 < 0 ? pauses : [];
  }

  private spans(list: readonly (readonly [string, string])[]): [LocalSecond, LocalSecond][] {
    const parsed = list.map(([from, to]): Span => [this.clock.parse(from), this.clock.parse(to)]);
    return mergeSpans(parsed.filter(([from, to]) => from < to)).map(([from, to]) => [from, to]);
  }

  private holes(list: readonly (readonly [string, string])[]): { from: LocalSecond; to: LocalSecond }[] {
    return this.spans(list).map(([from, to]) => ({ from, to }));
  }

  private day(text: string): EpochDay {
    return dayOf(this.clock.parse(text));
  }
}

function answerOf(subject: CalendarCase): Answer {
  for (const padding of PADDING)
    try {
      return new CaseRun(subject, padding).answer();
    } catch (error) {
      if (!(error instanceof CalendarNotCovered) || padding === PADDING.at(-1)) throw error;
    }
  throw new Error('unreachable');
}

function agrees(actual: Answer, subject: CalendarCase): boolean {
  const { expected, op } = subject;
  if (op === 'addWorkingHours' && typeof actual === 'string') {
    const hasOffset = /(?:Z|[+-]\d{2}:?\d{2})$/.test(expected);
    return Date.parse(hasOffset ? expected : `${expected}Z`) === Date.parse(actual);
  }
  if (typeof actual === 'number' && typeof expected === 'number') return Math.abs(actual - expected) < 1e-6;
  return actual === expected;
}

function reasonOf(error: unknown): string {
  if (error instanceof CalendarFaults) return error.faults.map(calendarFaultText).join('; ');
  if (error instanceof CalendarNotCovered) return 'không đủ ngày làm việc để tính';
  if (error instanceof RangeError) return `thời điểm không đúng: ${error.message}`;
  throw error;
}

/** @returns null when the case holds, else what to print about it */
function failureOf(raw: unknown, index: number): string | null {
  const parsed = calendarCaseSchema.safeParse(raw);
  if (!parsed.success) {
    const name = z.object({ id: z.string() }).safeParse(raw).data?.id ?? `số ${index + 1}`;
    const faults = parsed.error.issues.map((i) => `${i.path.join('.') || 'phép thử'}: ${i.message}`);
    return `${name}: không đọc được phép thử (${faults.join('; ')})`;
  }
  const { id, op, expected } = parsed.data;
  try {
    const actual = answerOf(parsed.data);
    return agrees(actual, parsed.data) ? null : `${id} (${op}): cần ${expected}, tính ra ${actual}`;
  } catch (error) {
    return `${id} (${op}): cần ${expected}, không tính được (${reasonOf(error)})`;
  }
}

const fileSchema = z.union([
  z.array(z.unknown()),
  z.object({ cases: z.array(z.unknown()) }).transform((f) => f.cases),
]);

async function casesIn(file: string): Promise<unknown[]> {
  const invalid = (cause: string) => new AppError('CALENDAR_FILE_INVALID', { file, cause });
  const text = await readFile(file, 'utf8').catch(() => {
    throw new AppError('FILE_MISSING', { file });
  });
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid('không phải JSON');
  }
  const cases = fileSchema.safeParse(content);
  if (!cases.success) throw invalid('không phải danh sách phép thử');
  return cases.data;
}

/** @throws AppError when the file cannot be read as a list of cases */
export async function verifyCalendarFile(file: string): Promise<Verification> {
  z.config(z.locales.vi());
  const cases = await casesIn(file);
  const failures = cases.map(failureOf).filter((line) => line !== null);
  const [passed, failed] = [cases.length - failures.length, failures.length];
  return { passed, failed, lines: [...failures, `${passed} passed, ${failed} failed`] };
}
