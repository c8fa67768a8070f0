import { Module, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/transaction';
import { MailContents } from '../notifications/mail-contents';
import { NotificationsModule } from '../notifications/notifications.module';
import { SetupChecklist } from '../units/setup-checklist';
import { UnitsModule } from '../units/units.module';
import { CalendarBootstrap } from './calendar-bootstrap';
import { CalendarReminderProcessor } from './calendar-reminder.processor';
import { CALENDAR_REMINDER, CalendarReminder, MissedYear } from './calendar-reminder.service';
import { CalendarController } from './calendar.controller';
import { CalendarRepository } from './calendar.repository';
import { CalendarService } from './calendar.service';
import { ForecastCases } from './forecast-cases';
import { OfficeHoursSign } from './office-hours';

@Module({
  imports: [UnitsModule, NotificationsModule],
  controllers: [CalendarController],
  providers: [
    CalendarService,
    CalendarRepository,
    CalendarBootstrap,
    CalendarReminder,
    CalendarReminderProcessor,
    ForecastCases,
    MissedYear,
    OfficeHoursSign,
  ],
  exports: [CalendarService, CalendarBootstrap, CalendarReminder, ForecastCases],
})
export class CalendarsModule implements OnModuleInit {
  constructor(
    private readonly missed: MissedYear,
    private readonly contents: MailContents,
    private readonly checklist: SetupChecklist,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.contents.register(CALENDAR_REMINDER, (tx, id) => this.missed.compose(tx, id));
    this.checklist.register('calendar', (reader) => this.missed.setupItem(reader, this.database.pool));
  }
}
