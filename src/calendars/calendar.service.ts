import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { WorkingCalendar } from '../domain/working-calendar';
import { AppError } from '../platform/errors';
import { definitionOf, type CalendarRows, type OfficeHoursRow } from './calendar-rows';
import { CalendarRepository, type CalendarVersion } from './calendar.repository';

export interface CurrentCalendar {
  versionId: number;
  calendar: WorkingCalendar;
}

interface LoadedCalendar extends CurrentCalendar {
  rows: CalendarRows;
}

const SHOWN_VERSIONS = 12;

@Injectable()
export class CalendarService {
  private loaded: LoadedCalendar | null = null;

  constructor(
    private readonly database: Database,
    private readonly repository: CalendarRepository,
  ) {}

  /**
   * The calendar in force. Built once per version; every call asks which version that is, so that a change made by
   * another process is seen at once.
   */
  async current(): Promise<CurrentCalendar> {
    return this.inForce();
  }

  /** The stored rows of the calendar in force, for showing it. */
  async currentRows(): Promise<LoadedCalendar> {
    return this.inForce();
  }

  /** Office hours of the week; none while there is no calendar. */
  async weeklyHours(): Promise<OfficeHoursRow[]> {
    const versionId = await this.repository.currentVersionId(this.database.pool);
    return versionId === null ? [] : (await this.load(versionId)).rows.hours;
  }

  /** Newest first. */
  versions(): Promise<CalendarVersion[]> {
    return this.repository.versions(this.database.pool, SHOWN_VERSIONS);
  }

  private async inForce(): Promise<LoadedCalendar> {
    const versionId = await this.repository.currentVersionId(this.database.pool);
    if (versionId === null) throw new AppError('CALENDAR_MISSING');
    return this.load(versionId);
  }

  private async load(versionId: number): Promise<LoadedCalendar> {
    if (this.loaded?.versionId === versionId) return this.loaded;
    const rows = await this.repository.rowsOf(this.database.pool, versionId);
    this.loaded = { versionId, rows, calendar: WorkingCalendar.of(definitionOf(rows)) };
    return this.loaded;
  }
}
