import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/transaction';
import { SetupChecklist } from '../units/setup-checklist';
import { IMPORTS } from './import-address';
import { ImportFolder } from './import-folder.service';
import { casesToImport, catalogueToImport, folderWords } from './import-words';
import { IngestRunRepository } from './ingest-run.repository';

/** What a new commune still has to bring in, for the administrator's first page. */
@Injectable()
export class ImportSetup implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly checklist: SetupChecklist,
    private readonly folder: ImportFolder,
  ) {}

  onModuleInit(): void {
    this.checklist.register('import-folder', async () => {
      const detail = await this.folder.complaint();
      return detail === null ? null : { label: folderWords.label, detail, href: IMPORTS, done: false };
    });
    this.checklist.register('procedures', async () => {
      const limits = await this.runs.countLimits(this.database.pool);
      return { ...catalogueToImport(limits), href: IMPORTS, done: limits > 0 };
    });
    this.checklist.register('cases', async (reader) => {
      const cases = await this.runs.anyCase(this.database.pool, reader.communeIds);
      return { ...casesToImport(cases), href: IMPORTS, done: cases };
    });
  }
}
