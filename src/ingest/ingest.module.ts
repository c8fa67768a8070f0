import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { AuthModule } from '../auth/auth.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { UnitsModule } from '../units/units.module';
import { CaseHistoryRepository } from './case-history.repository';
import { CaseImport } from './case-import.service';
import { CaseRecordApiController } from './case-record.api.controller';
import { CaseRecords } from './case-records.service';
import { CaseMergeRepository } from './case-merge.repository';
import { CaseRun } from './case-run.service';
import { CaseStageRepository } from './case-stage.repository';
import { CatalogueImport } from './catalogue-import.service';
import { ChunkWriter } from './chunk-writer.service';
import { ColumnMemoryRepository } from './column-memory.repository';
import { ColumnMemory } from './column-memory.service';
import { DroppedFileRepository } from './dropped-file.repository';
import { FaultyRows } from './faulty-rows.service';
import { FolderRuns } from './folder-runs.service';
import { ImportActsController } from './import-acts.controller';
import { ImportActs } from './import-acts.service';
import { ImportCheck } from './import-check.service';
import { ImportComparisonRepository } from './import-comparison.repository';
import { ImportCommand } from './import-command.service';
import { ImportColumnsController } from './import-columns.controller';
import { ImportColumnsPage } from './import-columns-page';
import { ImportColumns } from './import-columns.service';
import { ImportConfirmPages } from './import-confirm-pages';
import { ImportContexts } from './import-contexts.service';
import { ImportCorrections } from './import-corrections.service';
import { ImportDownloads } from './import-downloads.service';
import { ImportFilesController } from './import-files.controller';
import { ImportFolder } from './import-folder.service';
import { ImportPages } from './import-pages';
import { ImportReading } from './import-reading.service';
import { ImportRules } from './import-rules';
import { ImportRunPage } from './import-run-page';
import { ImportRunner } from './import-runner.service';
import { ImportSetup } from './import-setup';
import { ImportSteps } from './import-steps.service';
import { ImportTelling } from './import-telling.service';
import { ImportUndoGuards } from './import-undo-guards';
import { ImportUndoRepository } from './import-undo.repository';
import { ImportUndo } from './import-undo.service';
import { ImportApiController } from './import.api.controller';
import { ImportController } from './import.controller';
import { IncomingFiles } from './incoming-files';
import { IngestRunRepository } from './ingest-run.repository';
import { IngestSourceRepository } from './ingest-source.repository';
import { IngestSources } from './ingest-sources.service';
import { IngestProcessor } from './ingest.processor';
import { IngestService } from './ingest.service';
import { KnownCaseRepository } from './known-case.repository';
import { NameResolver } from './name-resolver';
import { NewCasesRepository } from './new-cases.repository';
import { NewNamesRepository } from './new-names.repository';
import { OtherImportsRepository } from './other-imports.repository';
import { PortalApiController } from './portal.api.controller';
import { ProgressWriter } from './progress-writer.service';
import { PushCases } from './push-cases.service';
import { PushDesk } from './push-desk.service';
import { PushLog } from './push-log.service';
import { PushProgress } from './push-progress.service';
import { PushRunRepository } from './push-run.repository';
import { PushStage } from './push-stage.service';
import { RawBody } from './raw-body';
import { RunClaimRepository } from './run-claim.repository';
import { RunEnding } from './run-ending.service';
import { RunKeeping } from './run-keeping.service';
import { RunLog } from './run-log.service';
import { RunOpening } from './run-opening.service';
import { RunReportRepository } from './run-report.repository';
import { RunRows } from './run-rows';
import { SampleListWriter } from './sample-list.writer';
import { SourceOpening } from './source-opening.service';
import { Upload } from './upload';

@Module({
  imports: [AuditModule, UnitsModule, AuthModule, CalendarsModule, CasesModule],
  controllers: [
    ImportApiController,
    PortalApiController,
    CaseRecordApiController,
    ImportFilesController,
    ImportController,
    ImportActsController,
    ImportColumnsController,
  ],
  providers: [
    CaseHistoryRepository,
    CaseImport,
    CaseMergeRepository,
    CaseRecords,
    CaseRun,
    CaseStageRepository,
    CatalogueImport,
    ChunkWriter,
    ColumnMemory,
    ColumnMemoryRepository,
    DroppedFileRepository,
    FaultyRows,
    FolderRuns,
    ImportActs,
    ImportCheck,
    ImportColumns,
    ImportColumnsPage,
    ImportCommand,
    ImportComparisonRepository,
    ImportConfirmPages,
    ImportContexts,
    ImportCorrections,
    ImportDownloads,
    ImportFolder,
    ImportPages,
    ImportReading,
    ImportRules,
    ImportRunPage,
    ImportRunner,
    ImportSetup,
    ImportSteps,
    ImportTelling,
    ImportUndo,
    ImportUndoGuards,
    ImportUndoRepository,
    IncomingFiles,
    IngestProcessor,
    IngestRunRepository,
    IngestService,
    IngestSourceRepository,
    IngestSources,
    KnownCaseRepository,
    NameResolver,
    NewCasesRepository,
    NewNamesRepository,
    OtherImportsRepository,
    ProgressWriter,
    PushCases,
    PushDesk,
    PushLog,
    PushProgress,
    PushRunRepository,
    PushStage,
    RawBody,
    RunClaimRepository,
    RunEnding,
    RunKeeping,
    RunLog,
    RunOpening,
    RunReportRepository,
    RunRows,
    SampleListWriter,
    SourceOpening,
    Upload,
  ],
  exports: [ImportUndoGuards, IngestService],
})
export class IngestModule {}
