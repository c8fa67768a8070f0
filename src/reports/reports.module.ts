import { Module } from '@nestjs/common';
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

@Module({
  imports: [CalendarsModule, ReconciliationModule],
  controllers: [DashboardController, OnTimeApiController],
  providers: [
    DashboardRepository,
    DashboardService,
    OnTimeRepository,
    OnTimeService,
    ParRuleRepository,
    ReportBootstrap,
  ],
  exports: [ReportBootstrap],
})
export class ReportsModule {}
