import { Injectable } from '@nestjs/common';
import { epochDay, isoDay } from '../domain/local-date';
import type { Reader } from '../web/reader';
import { CalendarOffices } from './calendar-offices.service';
import { CalendarService } from './calendar.service';
import { daysOf } from './calendar-rows';
import { pairsOf } from './change-ground';

/** A year of a calendar, day by day, for other programs. */
@Injectable()
export class CalendarYears {
  constructor(
    private readonly calendars: CalendarService,
    private readonly offices: CalendarOffices,
  ) {}

  /** A year without data has no days. @throws AppError UNIT_NOT_FOUND */
  async of(reader: Reader, typed: string, code: string) {
    const office = await this.offices.find(reader, code);
    const { calendar, versionId } = await this.calendars.of(office.unitId);
    const year = /^\d{4}$/.test(typed) ? Number(typed) : 0;
    const layers = await this.calendars.layersOf(office.unitId);
    const entered = daysOf(
      layers.map((layer) => layer.rows),
      [],
    );
    const awaited = new Set(entered.filter((row) => row.kind === 'awaited').map((row) => row.day));
    const known = calendar.years().find((y) => y.year === year);
    const first = epochDay(year, 1, 1);
    const days = known ? Array.from({ length: epochDay(year + 1, 1, 1) - first }, (_, i) => first + i) : [];
    return {
      year,
      unit: office.code || null,
      state: known?.state ?? 'no-data',
      documents: known?.documents ?? [],
      version: versionId,
      days: days.map((day) => ({
        day: isoDay(day),
        ...calendar.describe(day),
        awaited: awaited.has(isoDay(day)),
        hours: pairsOf(calendar.intervalsOf(day)).map(([opens, closes]) => ({ opens, closes })),
      })),
    };
  }
}
