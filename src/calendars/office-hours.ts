import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOffice } from '../units/unit-office';
import { OfficeDirectory } from '../web/office';
import { CalendarService } from './calendar.service';
import { sharedHours } from './typed-hours';

/** Adds the office hours to the name of the office at the foot of every page. */
@Injectable()
export class OfficeHoursSign implements OnModuleInit {
  constructor(
    private readonly offices: OfficeDirectory,
    private readonly unitOffice: UnitOffice,
    private readonly calendars: CalendarService,
  ) {}

  onModuleInit(): void {
    this.offices.register(async (reader) => {
      const [office, rows] = await Promise.all([
        this.unitOffice.of(reader),
        this.calendars.weeklyHours(reader?.unitId ?? null),
      ]);
      return { ...office, officeHours: sharedHours(rows)[0]?.hours ?? null };
    });
  }
}
