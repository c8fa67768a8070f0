import { Module, type OnModuleInit } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { Database } from '../database/transaction';
import { DocumentsModule } from '../documents/documents.module';
import { IngestModule } from '../ingest/ingest.module';
import { NotificationsModule } from '../notifications/notifications.module';
import { UnitsModule } from '../units/units.module';
import { HeaderCounts } from '../web/header-counts';
import { BatchPages } from './batch-pages.service';
import { DeliveryController } from './delivery.controller';
import { DeliveryRepository } from './delivery.repository';
import { DeliveryService } from './delivery.service';
import { DeskService } from './desk.service';
import { LetterBatchController } from './letter-batch.controller';
import { LetterBatchService } from './letter-batch.service';
import { AfterNumbering, LetterConfirming } from './letter-confirming.service';
import { LetterConsequence } from './letter-consequence';
import { LetterComposer } from './letter-composer';
import { LetterDeskController } from './letter-desk.controller';
import { LetterDraftRepository } from './letter-draft.repository';
import { LetterDraftService } from './letter-draft.service';
import { LetterFiles } from './letter-files.service';
import { LetterMail } from './letter-mail';
import { LetterMailCopy } from './letter-mail-copy';
import { LetterNumbering } from './letter-numbering.service';
import { LetterPreview } from './letter-preview.service';
import { LetterPrintController } from './letter-print.controller';
import { LetterPromise } from './letter-promise.service';
import { LetterUndo } from './letter-undo';
import { LetterWebhook } from './letter-webhook';
import { LetterProcessor } from './letter.processor';
import { LetterRepository } from './letter.repository';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterService } from './letter.service';
import { RegisterController } from './register.controller';
import { RegisterRepository } from './register.repository';
import { RegisterService } from './register.service';
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

@Module({
  imports: [
    AuditModule,
    CalendarsModule,
    CasesModule,
    DocumentsModule,
    IngestModule,
    NotificationsModule,
    UnitsModule,
  ],
  controllers: [
    LetterBatchController,
    LetterPrintController,
    DeliveryController,
    LetterDeskController,
    RegisterController,
    SendingController,
  ],
  providers: [
    AfterNumbering,
    BatchPages,
    DeliveryService,
    DeskService,
    LetterBatchService,
    LetterComposer,
    LetterConfirming,
    LetterConsequence,
    LetterDraftRepository,
    LetterDraftService,
    LetterFiles,
    LetterNumbering,
    LetterPreview,
    LetterProcessor,
    LetterRepository,
    LetterSeriesRepository,
    LetterService,
    LetterUndo,
    RegisterRepository,
    RegisterService,
    ...[DeliveryRepository, LetterMail, LetterMailCopy, LetterPromise, LetterWebhook],
    ...[
      SendingAttempts,
      SendingCarriers,
      SendingEffects,
      SendingEvidence,
      SendingEvidenceRepository,
      SendingLetters,
    ],
    ...[SendingMessages, SendingPages, SendingProcessor, SendingQueue, SendingService, SendingWork],
  ],
  exports: [LetterDraftService, LetterFiles],
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
