import { Module } from '@nestjs/common';
import { UnitsModule } from '../units/units.module';
import { CalendarBootstrap } from './calendar-bootstrap';
import { CalendarController } from './calendar.controller';
import { CalendarRepository } from './calendar.repository';
import { CalendarService } from './calendar.service';
import { OfficeHoursSign } from './office-hours';

@Module({
  imports: [UnitsModule],
  controllers: [CalendarController],
  providers: [CalendarService, CalendarRepository, CalendarBootstrap, OfficeHoursSign],
  exports: [CalendarService, CalendarBootstrap],
})
export class CalendarsModule {}
