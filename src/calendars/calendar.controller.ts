import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { CalendarPages } from './calendar-pages.service';

const line = z.string().trim().max(60).default('').catch('');
const officeQuery = z.object({ don_vi: line });
const versionsQuery = z.object({ don_vi: line, tu: line, den: line });
type OfficeQuery = z.infer<typeof officeQuery>;

const place = { nav: '/quan-tri', subnav: '/quan-tri/lich', title: 'Lịch làm việc' };

/** Reading the calendar. */
@Controller('quan-tri/lich')
export class CalendarController {
  constructor(
    private readonly pages: CalendarPages,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Roles('supervisor', 'administrator')
  thisYear() {
    return redirect(`/quan-tri/lich/${civil(dayOfInstant(this.clock.now())).year}`);
  }

  @Get('so-sanh')
  @Roles('supervisor', 'administrator')
  @Page('calendars/compare', place)
  compare(
    @CurrentReader() reader: Reader,
    @Query({ schema: versionsQuery }) query: z.infer<typeof versionsQuery>,
  ) {
    return this.pages.comparison(reader, query);
  }

  @Get('gio-lam-viec')
  @Roles('administrator')
  @Page('calendars/hours', place)
  hours(@CurrentReader() reader: Reader, @Query({ schema: officeQuery }) { don_vi }: OfficeQuery) {
    return this.pages.hours(reader, don_vi);
  }

  @Get(':nam')
  @Roles('supervisor', 'administrator')
  @Page('calendars/year', place)
  year(
    @CurrentReader() reader: Reader,
    @Param('nam') nam: string,
    @Query({ schema: officeQuery }) { don_vi }: OfficeQuery,
  ) {
    return this.pages.year(reader, nam, don_vi);
  }

  @Get(':nam/quyet-dinh')
  @Roles('administrator')
  @Page('calendars/decide', place)
  decide(@CurrentReader() reader: Reader, @Param('nam') nam: string) {
    return this.pages.decision(reader, nam);
  }

  @Get(':nam/:ngay')
  @Roles('supervisor', 'administrator')
  @Page('calendars/day', place)
  day(
    @CurrentReader() reader: Reader,
    @Param() { nam, ngay }: { nam: string; ngay: string },
    @Query({ schema: officeQuery }) { don_vi }: OfficeQuery,
  ) {
    return this.pages.day(reader, nam, ngay, don_vi);
  }
}
