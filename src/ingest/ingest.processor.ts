import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '../jobs/catalogue';
import { OnJob } from '../jobs/on-job';
import { ImportFolder } from './import-folder.service';
import { ImportRunner } from './import-runner.service';
import { IngestService } from './ingest.service';
import { RunKeeping } from './run-keeping.service';

@Injectable()
export class IngestProcessor {
  constructor(
    private readonly ingest: IngestService,
    private readonly runner: ImportRunner,
    private readonly keeping: RunKeeping,
    private readonly folder: ImportFolder,
  ) {}

  @OnJob('imports.advance')
  async advance({ runId }: JobPayloads['imports.advance']): Promise<void> {
    await this.ingest.advance(runId);
  }

  @OnJob('imports.look')
  async look(): Promise<void> {
    await this.folder.look();
  }

  /** Runs whose process is gone go on; what runs that are over left behind goes away. */
  @OnJob('imports.tend')
  async tend(): Promise<void> {
    for (const runId of await this.runner.unattended()) await this.ingest.enqueue(runId);
    await this.keeping.tidy();
  }
}
