import { Controller, Get, Param } from '@nestjs/common';
import { dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { Page } from '../web/page';
import { Roles } from '../web/reader';
import { CalendarService } from './calendar.service';
import { sharedHours } from './office-hours';
import { weekdayIn, yearView } from './year-view';

@Controller('quan-tri/lich')
export class CalendarController {
  constructor(
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  @Get(':nam')
  @Roles('administrator')
  @Page('calendars/year', { title: 'Lịch làm việc', nav: '/quan-tri', subnav: '/quan-tri/lich' })
  async year(@Param('nam') nam: string) {
    const { calendar, rows, versionId } = await this.calendars.currentRows();
    const year = /^\d{4}$/.test(nam) ? Number(nam) : 0;
    const covered = rows.years.map((y) => y.year);
    if (!covered.includes(year))
      throw new AppError('CALENDAR_YEAR_UNKNOWN', { year: nam, first: covered[0]!, last: covered.at(-1)! });
    const versions = await this.calendars.versions();
    const today = dayOfInstant(this.clock.now());
    return {
      ...yearView({ calendar, years: rows.years, days: rows.days, year, today }),
      officeHours: sharedHours(rows.hours).map((h) => ({
        ...h,
        from: weekdayIn(year, h.from),
        to: weekdayIn(year, h.to),
      })),
      version: versions.find((v) => v.id === versionId) ?? null,
      versions,
    };
  }
}
