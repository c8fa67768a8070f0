import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { ImportRequest } from './import-result';
import { IncomingFiles } from './incoming-files';
import { IngestRunRepository } from './ingest-run.repository';
import { IngestSources } from './ingest-sources.service';

/** Takes a file over and opens its run. */
@Injectable()
export class RunOpening {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly files: IncomingFiles,
    private readonly sources: IngestSources,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError FILE_MISSING, SOURCE_NAME */
  async open(
    request: ImportRequest & { unitId: number },
    direct: boolean,
    tx: Tx = this.database.pool,
  ): Promise<number> {
    const source = request.source ? (await this.sources.named(request.source)).code : null;
    const file = await this.files.take(request.path, request.fileName);
    try {
      const id = await this.runs.insert(tx, {
        unitId: request.unitId,
        channel: request.channel,
        actor: request.actor,
        userId: request.userId ?? null,
        fileName: request.fileName,
        sha256: file.sha256,
        size: file.size,
        source,
        direct,
        overwrite: request.overwrite ?? false,
        startedAt: this.clock.now(),
      });
      await this.files.assign(file, id);
      return id;
    } catch (e) {
      await this.files.discard(file);
      throw e;
    }
  }
}
