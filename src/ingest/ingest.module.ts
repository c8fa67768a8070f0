import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module';
import { CalendarsModule } from '../calendars/calendars.module';
import { CasesModule } from '../cases/cases.module';
import { UnitsModule } from '../units/units.module';
import { CaseHistoryRepository } from './case-history.repository';
import { CaseImport } from './case-import.service';
import { CaseMergeRepository } from './case-merge.repository';
import { CaseStageRepository } from './case-stage.repository';
import { CatalogueImport } from './catalogue-import.service';
import { ImportApiController } from './import.api.controller';
import { ImportController } from './import.controller';
import { ImportPages } from './import-pages';
import { ImportRules } from './import-rules';
import { ImportSetup } from './import-setup';
import { ImportWriter } from './import-writer';
import { IngestRunRepository } from './ingest-run.repository';
import { IngestService } from './ingest.service';
import { NameResolver } from './name-resolver';
import { NewNamesRepository } from './new-names.repository';
import { RawBody } from './raw-body';
import { RunLog } from './run-log.service';
import { Upload } from './upload';

@Module({
  imports: [AuditModule, UnitsModule, CalendarsModule, CasesModule],
  controllers: [ImportApiController, ImportController],
  providers: [
    CaseHistoryRepository,
    CaseImport,
    CaseMergeRepository,
    CaseStageRepository,
    CatalogueImport,
    ImportPages,
    ImportRules,
    ImportSetup,
    ImportWriter,
    IngestRunRepository,
    IngestService,
    NameResolver,
    NewNamesRepository,
    RawBody,
    RunLog,
    Upload,
  ],
  exports: [IngestService],
})
export class IngestModule {}
