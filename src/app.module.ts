import { type DynamicModule, Module } from '@nestjs/common';
import { AlertsModule } from './alerts/alerts.module';
import { AuditModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import { CalendarsModule } from './calendars/calendars.module';
import { CasesModule } from './cases/cases.module';
import { DeadlineChecksModule } from './cases/deadline-checks.module';
import { DatabaseModule } from './database/database.module';
import { DocumentsModule } from './documents/documents.module';
import { IngestModule } from './ingest/ingest.module';
import { JobsModule } from './jobs/jobs.module';
import { LettersModule } from './letters/letters.module';
import { NotificationsModule } from './notifications/notifications.module';
import { OperationsModule } from './operations/operations.module';
import type { Clock } from './platform/clock';
import { PlatformModule } from './platform/platform.module';
import type { Runtime } from './platform/runtime';
import { ReconciliationModule } from './reconciliation/reconciliation.module';
import { ReportsModule } from './reports/reports.module';
import { SamplesModule } from './samples/samples.module';
import { UnitsModule } from './units/units.module';
import { WebModule } from './web/web.module';

/** Features in the order in which they may use each other. */
const FEATURES = [
  ...[JobsModule, DocumentsModule, WebModule, AuditModule, UnitsModule, AuthModule, NotificationsModule],
  ...[
    OperationsModule,
    CalendarsModule,
    CasesModule,
    DeadlineChecksModule,
    IngestModule,
    ReconciliationModule,
    ReportsModule,
  ],
  ...[AlertsModule, LettersModule, SamplesModule],
];

@Module({})
export class AppModule {
  static with(runtime: Runtime, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(runtime, clock),
        DatabaseModule.connect(runtime.databaseUrl),
        ...FEATURES,
      ],
    };
  }
}
