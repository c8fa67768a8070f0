import { Module, type OnModuleInit } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { Database } from '../database/transaction';
import { DocumentsModule } from '../documents/documents.module';
import { IngestModule } from '../ingest/ingest.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { ReportsModule } from '../reports/reports.module';
import { UnitsModule } from '../units/units.module';
import { HeaderCounts } from '../web/header-counts';
import { BatchPages } from './batch-pages.service';
import { CaseSlipNumbering } from './case-slip-numbering.service';
import { CaseSlipPages } from './case-slip-pages.service';
import { CaseSlipUndo } from './case-slip-undo';
import { CaseSlipController } from './case-slip.controller';
import { CaseSlipRepository } from './case-slip.repository';
import { CaseSlipFiles, CaseSlips } from './case-slip.service';
import { CoveragePages } from './coverage-pages.service';
import { CoverageApiController } from './coverage.api.controller';
import { CoverageController } from './coverage.controller';
import { CoverageRepository } from './coverage.repository';
import { CoverageService } from './coverage.service';
import { DeliveryController } from './delivery.controller';
import { DeliveryRepository } from './delivery.repository';
import { DeliveryService } from './delivery.service';
import { DeskPaper, DeskService } from './desk.service';
import { EvidencePackDocuments } from './evidence-pack-documents.service';
import { EvidencePackFiles } from './evidence-pack-files.service';
import { EvidencePackPages } from './evidence-pack-pages.service';
import { EvidencePackStore } from './evidence-pack-store.service';
import { EvidencePackController } from './evidence-pack.controller';
import { EvidencePackRepository } from './evidence-pack.repository';
import { EvidencePackService } from './evidence-pack.service';
import { LetterAdoption } from './letter-adoption';
import { LetterApprovalRepository } from './letter-approval.repository';
import { LetterApproval, LetterApprovalParts } from './letter-approval.service';
import { LetterBatchController } from './letter-batch.controller';
import { LetterBatchService } from './letter-batch.service';
import { LetterChoice } from './letter-choice.service';
import { LetterComposer } from './letter-composer';
import { AfterNumbering, LetterConfirming } from './letter-confirming.service';
import { LetterConsequence } from './letter-consequence';
import { LetterDeskController } from './letter-desk.controller';
import { LetterDraftGround } from './letter-draft-ground';
import { LetterDraftRepository } from './letter-draft.repository';
import { LetterDraftService } from './letter-draft.service';
import { LetterFileBatchController } from './letter-file-batch.controller';
import { LetterFileBatchProcessor } from './letter-file-batch.processor';
import { LetterFileBatchRepository } from './letter-file-batch.repository';
import { LetterFileBatches } from './letter-file-batches.service';
import { LetterFileMaker } from './letter-file-maker.service';
import { LetterFiles } from './letter-files.service';
import { LetterFormBootstrap } from './letter-form-bootstrap';
import { LetterFormCheck } from './letter-form-check.service';
import { LetterFormEditor } from './letter-form-editor.service';
import { LetterFormPages } from './letter-form-pages.service';
import { LetterFormController } from './letter-form.controller';
import { LetterFormRepository } from './letter-form.repository';
import { LetterForms } from './letter-forms.service';
import { LetterMail } from './letter-mail';
import { LetterMailCopy } from './letter-mail-copy';
import { LetterNumbering } from './letter-numbering.service';
import { LetterPreview, LetterPreviewParts } from './letter-preview.service';
import { LetterPrintFiles } from './letter-print-files.service';
import { LetterPrintController } from './letter-print.controller';
import { LetterPrinting } from './letter-printing.service';
import { LetterPromiseRepository } from './letter-promise.repository';
import { LetterPromise } from './letter-promise.service';
import { LetterReportPage } from './letter-report-page.service';
import { LetterReportController } from './letter-report.controller';
import { LetterReportRepository } from './letter-report.repository';
import { LetterReport, LetterReportWriting } from './letter-report.service';
import { LetterReviewController } from './letter-review.controller';
import { LetterReview, LetterReviewParts } from './letter-review.service';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterTexts } from './letter-texts.service';
import { LetterTogetherController } from './letter-together.controller';
import { LetterUndo } from './letter-undo';
import { LetterWebhook } from './letter-webhook';
import { LetterProcessor } from './letter.processor';
import { LetterRepository } from './letter.repository';
import { LetterService } from './letter.service';
import { ReasonCatalogueController } from './reason-catalogue.controller';
import { ReasonCatalogueRepository } from './reason-catalogue.repository';
import { ReasonCatalogue } from './reason-catalogue.service';
import { RegisterFiles } from './register-files.service';
import { RegisterReading } from './register-reading.service';
import { RegisterController } from './register.controller';
import { RegisterRepository } from './register.repository';
import { RegisterService } from './register.service';
import { SecondPromiseMail, SecondPromiseReaders } from './second-promise-mail';
import { SecondPromiseRepository } from './second-promise.repository';
import { SendingAttempts } from './sending-attempts.service';
import { SendingCarriers } from './sending-carriers.service';
import { SendingEffects } from './sending-effects.service';
import { SendingEvidenceRepository } from './sending-evidence.repository';
import { SendingEvidence } from './sending-evidence.service';
import { SendingLetters } from './sending-letters.service';
import { SendingMessages } from './sending-messages.service';
import { SendingPages } from './sending-pages.service';
import { SendingQueue } from './sending-queue.service';
import { SendingWork } from './sending-work.service';
import { SendingController } from './sending.controller';
import { SendingProcessor } from './sending.processor';
import { SendingService } from './sending.service';
import { SignedCopyCheck } from './signed-copy-check';
import { SignedCopyController } from './signed-copy.controller';
import { SignedCopyRepository } from './signed-copy.repository';
import { SignedCopies } from './signed-copy.service';
import { SignedCopyWriter } from './signed-copy.writer';
import { SigningClient } from './signing-client';
import { SigningKeyController } from './signing-key.controller';
import { SigningKeyRepository } from './signing-key.repository';
import { SigningKeys } from './signing-key.service';
import { SigningOpener } from './signing-opener';
import { SigningService } from './signing.service';
import { TogetherPages } from './together-pages.service';

@Module({
  imports: [
    AlertsModule,
    AuditModule,
    CalendarsModule,
    CasesModule,
    DocumentsModule,
    IngestModule,
    NotificationsModule,
    ReportsModule,
    UnitsModule,
  ],
  controllers: [
    LetterTogetherController,
    LetterReportController,
    ReasonCatalogueController,
    LetterBatchController,
    CaseSlipController,
    CoverageApiController,
    CoverageController,
    DeliveryController,
    EvidencePackController,
    LetterFileBatchController,
    LetterFormController,
    LetterPrintController,
    RegisterController,
    SendingController,
    SignedCopyController,
    SigningKeyController,
    LetterDeskController,
    LetterReviewController,
  ],
  providers: [
    AfterNumbering,
    BatchPages,
    CaseSlipFiles,
    CaseSlipNumbering,
    CaseSlipPages,
    CaseSlipRepository,
    CaseSlipUndo,
    CaseSlips,
    CoveragePages,
    CoverageRepository,
    CoverageService,
    DeliveryRepository,
    DeliveryService,
    DeskPaper,
    DeskService,
    EvidencePackDocuments,
    EvidencePackFiles,
    EvidencePackPages,
    EvidencePackRepository,
    EvidencePackService,
    EvidencePackStore,
    LetterAdoption,
    LetterApproval,
    LetterApprovalParts,
    LetterApprovalRepository,
    LetterBatchService,
    LetterChoice,
    LetterComposer,
    LetterConfirming,
    LetterConsequence,
    LetterDraftGround,
    LetterDraftRepository,
    LetterDraftService,
    LetterFileBatchProcessor,
    LetterFileBatchRepository,
    LetterFileBatches,
    LetterFileMaker,
    LetterFiles,
    LetterFormBootstrap,
    LetterFormCheck,
    LetterFormEditor,
    LetterFormPages,
    LetterFormRepository,
    LetterForms,
    LetterMail,
    LetterMailCopy,
    LetterNumbering,
    LetterPreview,
    LetterPreviewParts,
    LetterPrintFiles,
    LetterPrinting,
    LetterProcessor,
    LetterPromise,
    LetterPromiseRepository,
    LetterReport,
    LetterReportPage,
    LetterReportRepository,
    LetterReportWriting,
    LetterRepository,
    LetterReview,
    LetterReviewParts,
    LetterSeriesRepository,
    LetterService,
    LetterTexts,
    LetterUndo,
    LetterWebhook,
    ReasonCatalogue,
    ReasonCatalogueRepository,
    RegisterFiles,
    RegisterReading,
    RegisterRepository,
    RegisterService,
    SecondPromiseMail,
    SecondPromiseReaders,
    SecondPromiseRepository,
    SendingAttempts,
    SendingCarriers,
    SendingEffects,
    SendingEvidence,
    SendingEvidenceRepository,
    SendingLetters,
    SendingMessages,
    SendingPages,
    SendingProcessor,
    SendingQueue,
    SendingService,
    SendingWork,
    SignedCopies,
    SignedCopyCheck,
    SignedCopyRepository,
    SignedCopyWriter,
    SigningClient,
    SigningKeyRepository,
    SigningKeys,
    SigningOpener,
    SigningService,
    TogetherPages,
  ],
  exports: [LetterAdoption, LetterDraftService, LetterFiles, LetterFormBootstrap, LetterForms, SignedCopies],
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
