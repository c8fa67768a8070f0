import { Controller, Get, Param } from '@nestjs/common';
import { dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { Page } from '../web/page';
import { Roles } from '../web/reader';
import { daysOf } from './calendar-rows';
import { CalendarService } from './calendar.service';
import { sharedHours } from './typed-hours';
import { shownYears, weekdayIn, yearView } from './year-view';

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
    const [{ calendar, versionId }, layers] = await Promise.all([
      this.calendars.of(null),
      this.calendars.layersOf(null),
    ]);
    const year = /^\d{4}$/.test(nam) ? Number(nam) : 0;
    const years = shownYears(calendar);
    if (!years.some((y) => y.year === year))
      throw new AppError('CALENDAR_YEAR_UNKNOWN', {
        year: nam,
        first: years[0]!.year,
        last: years.at(-1)!.year,
      });
    const versions = await this.calendars.versions(null);
    const today = dayOfInstant(this.clock.now());
    const undecided = years.filter((y) => y.state === 'forecast').map((y) => y.year);
    const days = daysOf(
      layers.map((l) => l.rows),
      undecided,
    );
    return {
      ...yearView({ calendar, years, days, year, today }),
      officeHours: sharedHours(await this.calendars.weeklyHours(null)).map((h) => ({
        ...h,
        from: weekdayIn(year, h.from),
        to: weekdayIn(year, h.to),
      })),
      version: versions.find((v) => v.id === versionId) ?? null,
      versions,
    };
  }
}
