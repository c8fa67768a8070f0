import { Module, type OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module';
import { UnitsModule } from '../units/units.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { IngestModule } from '../ingest/ingest.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { HeaderCounts } from '../web/header-counts';
import { AlertListRepository } from './alert-list.repository';
import { AlertListService } from './alert-list.service';
import { AbsenceController } from './absence.controller';
import { AbsenceRepository } from './absence.repository';
import { Absences } from './absence.service';
import { AlertActsRepository } from './alert-acts.repository';
import { AlertActs } from './alert-acts.service';
import { AlertLinkController } from './alert-link.controller';
import { AlertBootstrap } from './alert-bootstrap';
import { AlertConsequence } from './alert-consequence';
import { AlertGrounds } from './alert-grounds';
import { AlertMail } from './alert-mail';
import { AlertMessageRepository } from './alert-message.repository';
import { AlertRaising } from './alert-raising.service';
import { AlertRuleController } from './alert-rule.controller';
import { AlertRuleEditor } from './alert-rule-editor.service';
import { AlertRulePages } from './alert-rule-pages.service';
import { AlertRuleRepository } from './alert-rule.repository';
import { AlertSuperiors } from './alert-superiors';
import { AlertTrial } from './alert-trial.service';
import { AlertTelling } from './alert-telling.service';
import { AlertController } from './alert.controller';
import { AlertUndo } from './alert-undo';
import { AlertRepository } from './alert.repository';
import { AlertService } from './alert.service';
import { AlertsProcessor } from './alerts.processor';
import { Chairmen } from './chairmen';
import { CaseOpenedInterceptor } from './case-opened.interceptor';

@Module({
  imports: [AuditModule, UnitsModule, NotificationsModule, CalendarsModule, CasesModule, IngestModule],
  controllers: [AbsenceController, AlertLinkController, AlertController, AlertRuleController],
  providers: [
    AbsenceRepository,
    Absences,
    AlertActs,
    AlertActsRepository,
    AlertBootstrap,
    AlertConsequence,
    AlertGrounds,
    AlertListRepository,
    AlertListService,
    AlertMail,
    AlertMessageRepository,
    AlertRaising,
    AlertRepository,
    AlertRuleEditor,
    AlertRulePages,
    AlertRuleRepository,
    AlertService,
    AlertSuperiors,
    AlertTelling,
    AlertTrial,
    AlertUndo,
    AlertsProcessor,
    Chairmen,
    { provide: APP_INTERCEPTOR, useClass: CaseOpenedInterceptor },
  ],
  exports: [AlertService, AlertBootstrap, Chairmen],
})
export class AlertsModule implements OnModuleInit {
  constructor(
    private readonly list: AlertListService,
    private readonly counts: HeaderCounts,
  ) {}

  onModuleInit(): void {
    this.counts.register('alerts', (reader) => this.list.unseen(reader));
  }
}
