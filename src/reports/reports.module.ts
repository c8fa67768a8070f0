import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { ReconciliationModule } from '../reconciliation/reconciliation.module';
import { DashboardController } from './dashboard.controller';
import { DashboardRepository } from './dashboard.repository';
import { DashboardService } from './dashboard.service';
import { OnTimeApiController } from './on-time.api.controller';
import { OnTimeRepository } from './on-time.repository';
import { OnTimeService } from './on-time.service';
import { ParRuleRepository } from './par-rule.repository';
import { ReportBootstrap } from './report-bootstrap';
import { ReportRollupRepository } from './report-rollup.repository';
import { ReportRollupService } from './report-rollup.service';
import { ReportProcessor } from './report.processor';

@Module({
  imports: [AuditModule, CalendarsModule, ReconciliationModule],
  controllers: [DashboardController, OnTimeApiController],
  providers: [
    DashboardRepository,
    DashboardService,
    OnTimeRepository,
    OnTimeService,
    ParRuleRepository,
    ReportBootstrap,
    ReportProcessor,
    ReportRollupRepository,
    ReportRollupService,
  ],
  exports: [ReportBootstrap],
})
export class ReportsModule {}
