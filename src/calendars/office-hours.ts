import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOffice } from '../units/unit-office';
import { OfficeDirectory } from '../web/office';
import type { OfficeHoursRow } from './calendar-rows';
import { CalendarService } from './calendar.service';

/** Weekdays in a row that share their hours; 1 = Monday. */
export interface SharedHours {
  from: number;
  to: number;
  /** "07:30–11:30, 13:30–17:00" */
  hours: string;
}

const shown = ({ opens, closes }: OfficeHoursRow): string => `${opens.slice(0, 5)}–${closes.slice(0, 5)}`;

/** The hours outside every period. */
export function sharedHours(all: readonly OfficeHoursRow[]): SharedHours[] {
  const rows = all.filter((row) => row.period === 0);
  const groups: SharedHours[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = rows
      .filter((row) => row.weekday === weekday)
      .map(shown)
      .sort()
      .join(', ');
    const last = groups.at(-1);
    if (last && last.to === weekday - 1 && last.hours === hours) last.to = weekday;
    else if (hours !== '') groups.push({ from: weekday, to: weekday, hours });
  }
  return groups;
}

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
