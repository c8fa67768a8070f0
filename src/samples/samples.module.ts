import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module';
import { AuthModule } from '../auth/auth.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { IngestModule } from '../ingest/ingest.module';
import { LettersModule } from '../letters/letters.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { UnitsModule } from '../units/units.module';
import { DemoService } from './demo.service';
import { SampleFollowUp } from './sample-follow-up.service';
import { SampleImport } from './sample-import.service';
import { SampleOffice } from './sample-office.service';
import { SampleRepository } from './sample.repository';

@Module({
  imports: [
    UnitsModule,
    AuthModule,
    NotificationsModule,
    CalendarsModule,
    IngestModule,
    AlertsModule,
    LettersModule,
  ],
  providers: [DemoService, SampleFollowUp, SampleImport, SampleOffice, SampleRepository],
  exports: [DemoService, SampleOffice],
})
export class SamplesModule {}
