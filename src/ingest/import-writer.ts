import { Injectable } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import { FileStore } from '../platform/file-store';
import { CaseImport } from './case-import.service';
import { CatalogueImport } from './catalogue-import.service';
import type { ImportOutcome } from './import-outcome';
import type { ReaderThread } from './reader-thread';
import { RunLog, type Run } from './run-log.service';

/** Writes one file with everything that belongs to it: cases, the run, the kept file, the audit entry. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly cases: CaseImport,
    private readonly catalogue: CatalogueImport,
    private readonly runs: RunLog,
    private readonly files: FileStore,
    private readonly audit: AuditService,
  ) {}

  async write(tx: Tx, run: Run, reader: ReaderThread, outcome: ImportOutcome): Promise<void> {
    if (outcome.shape === 'procedures') await this.catalogue.write(tx, reader, outcome);
    else await this.cases.write(tx, run, reader, outcome);
    await this.runs.done(tx, run, outcome);
    // Before the commit: a row that names a kept file must find it. A file without a row does no harm.
    await this.files.put(createReadStream(run.path));
    await this.audit.record(tx, {
      actor: run.actor,
      userId: run.userId ?? null,
      action: 'cases.imported',
      subject: `import:${run.id}`,
      detail: { file: run.fileName, sha256: run.sha256, ...countsOf(outcome) },
    });
  }
}

const countsOf = ({ rows, created, updated, unchanged, faulty }: ImportOutcome) => ({
  rows,
  created,
  updated,
  unchanged,
  faulty,
});
