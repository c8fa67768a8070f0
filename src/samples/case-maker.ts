import { computeDue } from '../domain/deadline';
import {
  atSecond,
  civil,
  DAY_SECONDS,
  dayOf,
  isoDay,
  secondOfDay,
  type EpochDay,
  type LocalSecond,
} from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { Random } from './random';
import { STATUS, type SampleCase } from './sample-case';
import { COMMUNE, OFFICERS } from './sample-commune';
import { inventApplicant } from './sample-people';
import { PROCEDURES, type SampleProcedure } from './sample-procedures';

/** 15:00, as in the catalogue of same-day procedures. */
const SAME_DAY_CUTOFF = 15 * 60;
/** Case codes changed their form when the communes were formed anew. */
const NEW_CODES_FROM = '2025-07-01';
const MINUTE = 60;

/** Makes single cases the way offices make them: within office hours, promised by a one-stop system. */
export class CaseMaker {
  private readonly lastNumber = new Map<EpochDay, number>();

  /** @param numbersAfter daily number after which codes of a day are given: two files never share a code */
  constructor(
    readonly calendar: WorkingCalendar,
    readonly random: Random,
    private readonly numbersAfter: (day: EpochDay) => number = () => 0,
  ) {}

  /** A case just received; `promisedAt` can be overridden by the caller. */
  receive(
    procedure: SampleProcedure,
    receivedAt: LocalSecond,
    promisedAt = this.promise(procedure, receivedAt),
  ): SampleCase {
    const roll = this.random.next();
    return {
      code: '',
      procedure,
      applicant: inventApplicant(this.random, procedure.field === 'Đăng ký kinh doanh'),
      channel: roll < 0.47 ? 'online' : roll < 0.98 ? 'direct' : 'postal',
      officer: this.random.pick(OFFICERS[procedure.department]!),
      status: STATUS.handling,
      receivedAt,
      promisedAt,
      finishedAt: null,
      returnedAt: null,
      supplements: [],
    };
  }

  procedure(among: readonly SampleProcedure[] = PROCEDURES): SampleProcedure {
    return this.random.weighted(among, (p) => p.share);
  }

  /** A minute within the office hours of the day, at or after `notBefore`. */
  minuteOf(day: EpochDay, notBefore: LocalSecond = 0): LocalSecond {
    const minutes = this.calendar.intervalsOf(day).flatMap(({ opens, closes }) => {
      const from = Math.max(opens * MINUTE, notBefore - day * DAY_SECONDS);
      return from < closes * MINUTE ? [{ from, to: closes * MINUTE }] : [];
    });
    if (minutes.length === 0) return notBefore + MINUTE * this.random.int(1, 20); // after closing, still that day
    const { from, to } = this.random.weighted(minutes, (m) => m.to - m.from);
    return atSecond(
      day,
      from + MINUTE * this.random.int(0, Math.max(0, Math.floor((to - from) / MINUTE) - 1)),
    );
  }

  /**
   * What the one-stop system prints on the receipt: the hour of reception, by a calendar that knows the days off but
   * not the make-up Saturdays. So a promise across such a Saturday comes out one working day late.
   */
  promise(procedure: SampleProcedure, receivedAt: LocalSecond): LocalSecond {
    const limit = {
      ...procedure.limit,
      receptionCutoff: procedure.limit.unit === 'same-day' ? SAME_DAY_CUTOFF : null,
      supplementMode: 'restart' as const,
      timeOfDay: null,
    };
    const events = [{ kind: 'received' as const, at: receivedAt }];
    const due = computeDue({ events, limit, calendar: this.calendar, timeOfDay: 'same-hour' });
    if (due.state !== 'due')
      throw new Error(`no due date for ${procedure.code} on ${isoDay(dayOf(receivedAt))}`);
    if (procedure.limit.unit !== 'working-days') return due.dueAt;
    let day = dayOf(receivedAt);
    for (let left = procedure.limit.amount; left > 0;) {
      day = this.calendar.nextWorkingDay(day);
      if (this.calendar.describe(day).kind !== 'worked') left--;
    }
    return atSecond(day, secondOfDay(due.dueAt));
  }

  /** Finished on that day; most results are handed over within two working days, if the export is that late. */
  finish(record: SampleCase, day: EpochDay, exportedAt: LocalSecond): void {
    const last = record.supplements.at(-1)?.receivedAt ?? record.receivedAt;
    record.finishedAt = this.minuteOf(day, Math.max(last + 8 * MINUTE, atSecond(day, 0)));
    record.status = STATUS.finished;
    if (!this.random.chance(0.9)) return;
    const days = this.random.weighted([0, 1, 2], (n) => [0.75, 0.18, 0.07][n]!);
    const returnedOn = days === 0 ? day : this.calendar.addWorkingDays(day, days);
    const returnedAt = this.minuteOf(returnedOn, record.finishedAt + 5 * MINUTE);
    if (returnedAt > exportedAt) return;
    record.returnedAt = returnedAt;
    record.status = STATUS.returned;
  }

  /** Gives codes in the order of reception: unit, day, daily number. */
  number(cases: SampleCase[]): SampleCase[] {
    cases.sort((a, b) => a.receivedAt - b.receivedAt || a.promisedAt - b.promisedAt);
    for (const record of cases) {
      if (record.code !== '') continue;
      const day = dayOf(record.receivedAt);
      const number = (this.lastNumber.get(day) ?? this.numbersAfter(day)) + 1;
      this.lastNumber.set(day, number);
      record.code = codeOf(day, number);
    }
    return cases;
  }
}

function codeOf(day: EpochDay, number: number): string {
  const { year, month, day: ofMonth } = civil(day);
  const office = isoDay(day) < NEW_CODES_FROM ? '000.15.23.H35' : COMMUNE.code;
  const date = [year % 100, month, ofMonth].map((n) => String(n).padStart(2, '0')).join('');
  return `${office}-${date}-${String(number).padStart(4, '0')}`;
}
