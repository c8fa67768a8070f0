import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { Database } from '../database/transaction';
import { MailContents } from '../notifications/mail-contents';
import { NotificationsModule } from '../notifications/notifications.module';
import { SetupChecklist } from '../units/setup-checklist';
import { UnitsModule } from '../units/units.module';
import { CalendarApiController } from './calendar.api.controller';
import { CalendarBootstrap } from './calendar-bootstrap';
import { CalendarChangeController } from './calendar-change.controller';
import { CalendarConfirming } from './calendar-confirming.service';
import { CalendarConsequences } from './calendar-consequences';
import { CalendarDrafts } from './calendar-drafts.service';
import { CalendarOffices } from './calendar-offices.service';
import { CalendarPages } from './calendar-pages.service';
import { CalendarReminderProcessor } from './calendar-reminder.processor';
import { CALENDAR_REMINDER, CalendarReminder, MissedYear } from './calendar-reminder.service';
import { CalendarController } from './calendar.controller';
import { CalendarRepository } from './calendar.repository';
import { CalendarService } from './calendar.service';
import { CalendarWriter } from './calendar-writer.service';
import { CalendarYears } from './calendar-years.service';
import { ForecastCases } from './forecast-cases';
import { OfficeHoursSign } from './office-hours';

@Module({
  imports: [AuditModule, UnitsModule, NotificationsModule],
  controllers: [CalendarChangeController, CalendarController, CalendarApiController],
  providers: [
    CalendarBootstrap,
    CalendarConfirming,
    CalendarConsequences,
    CalendarDrafts,
    CalendarOffices,
    CalendarPages,
    CalendarReminder,
    CalendarReminderProcessor,
    CalendarRepository,
    CalendarService,
    CalendarWriter,
    CalendarYears,
    ForecastCases,
    MissedYear,
    OfficeHoursSign,
  ],
  exports: [CalendarBootstrap, CalendarConsequences, CalendarReminder, CalendarService, ForecastCases],
})
export class CalendarsModule implements OnModuleInit {
  constructor(
    private readonly missed: MissedYear,
    private readonly contents: MailContents,
    private readonly checklist: SetupChecklist,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.contents.register(CALENDAR_REMINDER, {
      compose: (tx, id) => this.missed.compose(tx, id),
      sample: () => Promise.resolve(this.missed.sample()),
    });
    this.checklist.register('calendar', (reader) => this.missed.setupItem(reader, this.database.pool));
  }
}
