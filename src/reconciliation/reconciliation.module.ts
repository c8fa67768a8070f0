import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { IngestModule } from '../ingest/ingest.module';
import { FindingsService } from './findings.service';
import { ReconciliationApiController } from './reconciliation.api.controller';
import { ReconciliationController } from './reconciliation.controller';
import { ReconciliationRepository } from './reconciliation.repository';
import { ReconciliationService } from './reconciliation.service';
import { ReconciliationWriter } from './reconciliation.writer';
import { SettlementController } from './settlement.controller';
import { SettlementLedger } from './settlement-ledger.service';
import { SettlementPages } from './settlement-pages.service';
import { SettlementUndo } from './settlement-undo';
import { SettlementRepository } from './settlement.repository';
import { SettlementService } from './settlement.service';

@Module({
  imports: [AuditModule, CalendarsModule, CasesModule, IngestModule],
  controllers: [ReconciliationController, SettlementController, ReconciliationApiController],
  providers: [
    FindingsService,
    ReconciliationRepository,
    ReconciliationService,
    ReconciliationWriter,
    SettlementLedger,
    SettlementPages,
    SettlementRepository,
    SettlementService,
    SettlementUndo,
  ],
  exports: [ReconciliationService],
})
export class ReconciliationModule {}
