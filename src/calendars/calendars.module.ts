import { Module } from '@nestjs/common';
import { CalendarBootstrap } from './calendar.bootstrap';
import { CalendarController } from './calendar.controller';
import { CalendarRepository } from './calendar.repository';
import { CalendarService } from './calendar.service';

@Module({
  controllers: [CalendarController],
  providers: [CalendarService, CalendarRepository, CalendarBootstrap],
  exports: [CalendarService, CalendarBootstrap],
})
export class CalendarsModule {}
