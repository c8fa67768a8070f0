import { Injectable } from '@nestjs/common';
import { OnJob } from '../jobs/on-job';
import { CalendarReminder } from './calendar-reminder.service';

@Injectable()
export class CalendarReminderProcessor {
  constructor(private readonly reminder: CalendarReminder) {}

  @OnJob('calendars.remind')
  async remind(): Promise<void> {
    await this.reminder.remind();
  }
}
