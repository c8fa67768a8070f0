import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { IngestModule } from '../ingest/ingest.module';
import { MailContents } from '../notifications/mail-contents';
import { NotificationsModule } from '../notifications/notifications.module';
import { HeaderCounts } from '../web/header-counts';
import { AlertDigest } from './alert-digest';
import { AlertListRepository } from './alert-list.repository';
import { AlertListService } from './alert-list.service';
import { AlertBootstrap } from './alert-bootstrap';
import { AlertConsequence } from './alert-consequence';
import { AlertController } from './alert.controller';
import { AlertUndo } from './alert-undo';
import { AlertRepository } from './alert.repository';
import { ALERT_DIGEST, AlertService } from './alert.service';
import { AlertsProcessor } from './alerts.processor';
import { CaseOpenedInterceptor } from './case-opened.interceptor';

@Module({
  imports: [NotificationsModule, CalendarsModule, CasesModule, IngestModule],
  controllers: [AlertController],
  providers: [
    AlertRepository,
    AlertListRepository,
    AlertService,
    AlertListService,
    AlertDigest,
    AlertBootstrap,
    AlertConsequence,
    AlertUndo,
    AlertsProcessor,
    { provide: APP_INTERCEPTOR, useClass: CaseOpenedInterceptor },
  ],
  exports: [AlertService, AlertBootstrap],
})
export class AlertsModule implements OnModuleInit {
  constructor(
    private readonly digest: AlertDigest,
    private readonly list: AlertListService,
    private readonly contents: MailContents,
    private readonly counts: HeaderCounts,
  ) {}

  onModuleInit(): void {
    this.contents.register(ALERT_DIGEST, (tx, id) => this.digest.compose(tx, id));
    this.counts.register('alerts', (reader) => this.list.unseen(reader));
  }
}
