import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { DocumentsModule } from '../documents/documents.module';
import { ReconciliationModule } from '../reconciliation/reconciliation.module';
import { UnitsModule } from '../units/units.module';
import { DashboardController } from './dashboard.controller';
import { DashboardRepository } from './dashboard.repository';
import { DashboardService } from './dashboard.service';
import { Form06aController } from './form-06a.controller';
import { Form06aRepository } from './form-06a.repository';
import { Form06aService } from './form-06a.service';
import { OnTimeApiController } from './on-time.api.controller';
import { OnTimeRepository } from './on-time.repository';
import { OnTimeService } from './on-time.service';
import { ParRuleRepository } from './par-rule.repository';
import { ReportBootstrap } from './report-bootstrap';
import { ReportRollupRepository } from './report-rollup.repository';
import { ReportRollupService } from './report-rollup.service';
import { ReportProcessor } from './report.processor';

@Module({
  imports: [AuditModule, CalendarsModule, DocumentsModule, ReconciliationModule, UnitsModule],
  controllers: [DashboardController, Form06aController, OnTimeApiController],
  providers: [
    DashboardRepository,
    DashboardService,
    Form06aRepository,
    Form06aService,
    OnTimeRepository,
    OnTimeService,
    ParRuleRepository,
    ReportBootstrap,
    ReportProcessor,
    ReportRollupRepository,
    ReportRollupService,
  ],
  exports: [Form06aService, ReportBootstrap],
})
export class ReportsModule {}
