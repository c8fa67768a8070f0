import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database, type Tx } from '../database/transaction';
import { lastSendingDay } from '../domain/apology';
import { coverageClass, coverageOf, type Coverage, type CoverageClass } from '../domain/apology-coverage';
import { dayOfInstant, isoDay, parseIsoDay, type EpochDay } from '../domain/local-date';
import { CalendarNotCovered, type WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { CoverageRepository, type PromiseRow } from './coverage.repository';

export interface OwedPromise extends PromiseRow {
  class: CoverageClass;
  lastDay: EpochDay;
}

export interface CoverageSummary {
  total: Coverage;
  promises: OwedPromise[];
}

/** Which promises of a period were not kept, and what letter followed each of them. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly database: Database,
    private readonly repository: CoverageRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  async of(
    communeIds: number[],
    period: { from: string; to: string },
    tx: Tx = this.database.pool,
  ): Promise<CoverageSummary> {
    if (period.from > period.to) throw new AppError('PERIOD_INVALID', { ...period });
    const today = isoDay(dayOfInstant(this.clock.now()));
    const found = await this.repository.brokenPromises(tx, communeIds, { ...period, today });
    const lastDayOf = await this.lastDays(found, tx);
    const promises = found.map((row) => classified(row, lastDayOf(row)));
    return { total: coverageOf(promises.map((p) => p.class)), promises };
  }

  /** The last day to send a letter in time, by the calendar of who has the case. */
  async lastDays(
    found: { calendarUnitId: number }[],
    tx: Tx = this.database.pool,
  ): Promise<(row: { calendarUnitId: number; deadlineDay: string }) => EpochDay> {
    const calendars = new Map<number, WorkingCalendar>();
    for (const unitId of new Set(found.map((row) => row.calendarUnitId)))
      calendars.set(unitId, (await this.calendars.of(unitId, tx)).calendar);
    return ({ calendarUnitId, deadlineDay }) => lastDay(calendars.get(calendarUnitId), deadlineDay);
  }
}

/** Without a calendar of those days the day before stands in. */
function lastDay(calendar: WorkingCalendar | undefined, deadlineDay: string): EpochDay {
  const day = parseIsoDay(deadlineDay);
  try {
    return calendar ? lastSendingDay(day, calendar) : day - 1;
  } catch (e) {
    if (e instanceof CalendarNotCovered) return day - 1;
    throw e;
  }
}

function classified(row: PromiseRow, lastDay: EpochDay): OwedPromise {
  const apology = row.letterId !== null && row.form !== 'system-error-slip';
  const letter = apology
    ? {
        sentDay: row.sentAt === null ? null : dayOfInstant(row.sentAt),
        notNeeded: row.state === 'not-needed',
      }
    : null;
  return { ...row, lastDay, class: coverageClass({ excused: row.excused, letter, lastDay }) };
}
