import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { ForecastCases } from '../calendars/forecast-cases';
import { labels } from '../platform/labels';
import { SetupChecklist } from '../units/setup-checklist';
import { UnitsModule } from '../units/units.module';
import { HeaderCounts } from '../web/header-counts';
import { ActFormService } from './act-form.service';
import { ActLedger } from './act-ledger.service';
import { CalculationApiController } from './calculation.api.controller';
import { CalculationController } from './calculation.controller';
import { CalculationPage } from './calculation-page.service';
import { CalculationService } from './calculation.service';
import { CalendarImpact } from './calendar-impact.service';
import { CaseActsController } from './case-acts.controller';
import { CaseLedgerController } from './case-ledger.controller';
import { CaseActRepository } from './case-act.repository';
import { CaseActsService } from './case-acts.service';
import { CaseListService } from './case-list.service';
import { CaseEventApiController } from './case-event.api.controller';
import { CaseConsequence } from './case-consequence';
import { CaseListWriter } from './case-list.writer';
import { CaseStoryService } from './case-story.service';
import { CaseApiController } from './case.api.controller';
import { CaseController } from './case.controller';
import { CaseRepository } from './case.repository';
import { CaseService } from './case.service';
import { DeadlineProcessor } from './deadline.processor';
import { DeadlineRepository } from './deadline.repository';
import { DeadlineService } from './deadline.service';
import { DueAccountService } from './due-account.service';
import { DueWords } from './due-words.renderer';
import { LedgerFormService } from './ledger-form.service';
import { LimitChange, LimitPreview } from './limit-change.service';
import { ProcedureController } from './procedure.controller';
import { ProcedurePageService } from './procedure-page.service';
import { ProcedureRepository } from './procedure.repository';
import { ProcedureService } from './procedure.service';
import { QueueController } from './queue.controller';
import { QueueRepository } from './queue.repository';
import { QueueService } from './queue.service';
import { StepDueRepository } from './step-due.repository';
import { StepDues } from './step-due.service';

@Module({
  imports: [AuditModule, UnitsModule, CalendarsModule],
  controllers: [
    QueueController,
    CaseActsController,
    CaseLedgerController,
    CaseController,
    CaseApiController,
    CaseEventApiController,
    CalculationController,
    CalculationApiController,
    ProcedureController,
  ],
  providers: [
    ActFormService,
    ActLedger,
    CalculationPage,
    CalculationService,
    CalendarImpact,
    CaseActRepository,
    CaseActsService,
    CaseConsequence,
    CaseListService,
    CaseListWriter,
    CaseRepository,
    CaseService,
    CaseStoryService,
    DeadlineProcessor,
    DeadlineRepository,
    DeadlineService,
    DueAccountService,
    DueWords,
    LedgerFormService,
    LimitChange,
    LimitPreview,
    ProcedurePageService,
    ProcedureRepository,
    ProcedureService,
    QueueRepository,
    QueueService,
    StepDueRepository,
    StepDues,
  ],
  exports: [
    ActLedger,
    CalendarImpact,
    CaseRepository,
    CaseService,
    DeadlineRepository,
    DeadlineService,
    DueAccountService,
    ProcedureService,
    QueueService,
    StepDues,
  ],
})
export class CasesModule implements OnModuleInit {
  constructor(
    private readonly queue: QueueService,
    private readonly procedures: ProcedureService,
    private readonly counts: HeaderCounts,
    private readonly checklist: SetupChecklist,
    private readonly forecasts: ForecastCases,
  ) {}

  onModuleInit(): void {
    this.forecasts.register((tx, communeIds) => this.queue.countForecast(tx, communeIds));
    this.counts.register('queue', (reader) => this.queue.countUrgent(reader));
    this.checklist.register('incomplete-procedures', async () => {
      const missing = await this.procedures.countIncomplete();
      return { ...labels.incompleteProcedures(missing), href: '/quan-tri/thu-tuc', done: missing === 0 };
    });
  }
}
