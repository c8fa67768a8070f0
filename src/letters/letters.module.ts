import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { Database } from '../database/transaction';
import { DocumentsModule } from '../documents/documents.module';
import { IngestModule } from '../ingest/ingest.module';
import { ReportsModule } from '../reports/reports.module';
import { UnitsModule } from '../units/units.module';
import { HeaderCounts } from '../web/header-counts';
import { BatchPages } from './batch-pages.service';
import { CoverageApiController } from './coverage.api.controller';
import { CoverageController } from './coverage.controller';
import { CoveragePages } from './coverage-pages.service';
import { CoverageRepository } from './coverage.repository';
import { CoverageService } from './coverage.service';
import { DeliveryController } from './delivery.controller';
import { DeliveryService } from './delivery.service';
import { DeskService } from './desk.service';
import { EvidencePackController } from './evidence-pack.controller';
import { EvidencePackDocuments } from './evidence-pack-documents.service';
import { EvidencePackFiles } from './evidence-pack-files.service';
import { EvidencePackPages } from './evidence-pack-pages.service';
import { EvidencePackRepository } from './evidence-pack.repository';
import { EvidencePackService } from './evidence-pack.service';
import { EvidencePackStore } from './evidence-pack-store.service';
import { LetterBatchController } from './letter-batch.controller';
import { LetterBatchService } from './letter-batch.service';
import { AfterNumbering, LetterConfirming } from './letter-confirming.service';
import { LetterConsequence } from './letter-consequence';
import { LetterComposer } from './letter-composer';
import { LetterDeskController } from './letter-desk.controller';
import { LetterDraftRepository } from './letter-draft.repository';
import { LetterDraftService } from './letter-draft.service';
import { LetterFileBatchController } from './letter-file-batch.controller';
import { LetterFileBatchProcessor } from './letter-file-batch.processor';
import { LetterFileBatchRepository } from './letter-file-batch.repository';
import { LetterFileBatches } from './letter-file-batches.service';
import { LetterFileMaker } from './letter-file-maker.service';
import { LetterFiles } from './letter-files.service';
import { LetterFormBootstrap } from './letter-form-bootstrap';
import { LetterFormRepository } from './letter-form.repository';
import { LetterForms } from './letter-forms.service';
import { LetterNumbering } from './letter-numbering.service';
import { LetterPreview } from './letter-preview.service';
import { LetterPrintFiles } from './letter-print-files.service';
import { LetterPrintController } from './letter-print.controller';
import { LetterUndo } from './letter-undo';
import { LetterProcessor } from './letter.processor';
import { LetterRepository } from './letter.repository';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterService } from './letter.service';
import { RegisterController } from './register.controller';
import { RegisterFiles } from './register-files.service';
import { RegisterReading } from './register-reading.service';
import { RegisterRepository } from './register.repository';
import { RegisterService } from './register.service';

@Module({
  imports: [
    AuditModule,
    CalendarsModule,
    CasesModule,
    DocumentsModule,
    IngestModule,
    ReportsModule,
    UnitsModule,
  ],
  controllers: [
    LetterBatchController,
    LetterPrintController,
    DeliveryController,
    LetterDeskController,
    RegisterController,
    CoverageApiController,
    CoverageController,
    EvidencePackController,
    LetterFileBatchController,
  ],
  providers: [
    AfterNumbering,
    BatchPages,
    CoveragePages,
    CoverageRepository,
    CoverageService,
    DeliveryService,
    DeskService,
    EvidencePackDocuments,
    EvidencePackFiles,
    EvidencePackPages,
    EvidencePackRepository,
    EvidencePackService,
    EvidencePackStore,
    LetterBatchService,
    LetterComposer,
    LetterConfirming,
    LetterConsequence,
    LetterDraftRepository,
    LetterDraftService,
    LetterFileBatchProcessor,
    LetterFileBatchRepository,
    LetterFileBatches,
    LetterFileMaker,
    LetterFiles,
    LetterFormBootstrap,
    LetterFormRepository,
    LetterForms,
    LetterNumbering,
    LetterPreview,
    LetterPrintFiles,
    LetterProcessor,
    LetterRepository,
    LetterSeriesRepository,
    LetterService,
    LetterUndo,
    RegisterFiles,
    RegisterReading,
    RegisterRepository,
    RegisterService,
  ],
  exports: [LetterDraftService, LetterFiles, LetterFormBootstrap, LetterForms],
})
export class LettersModule implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly counts: HeaderCounts,
  ) {}

  onModuleInit(): void {
    this.counts.register('letters', (reader) =>
      this.letters.countUnsent(this.database.pool, reader.communeIds),
    );
  }
}
