import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { ColumnMemory } from './column-memory.service';
import type { Field } from './fields';
import { ImportActs } from './import-acts.service';
import { IngestRunRepository } from './ingest-run.repository';
import type { RunColumn, RunDetail } from './run';

/** What a person says the columns of a file hold. */
@Injectable()
export class ImportColumns {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly memory: ColumnMemory,
    private readonly acts: ImportActs,
    private readonly clock: Clock,
  ) {}

  /** Reads the file anew as told, and the next list of the source too. @throws AppError IMPORT_NOT_CHECKED */
  async choose(reader: Reader, run: RunDetail, fields: (Field | null)[]): Promise<void> {
    const columns: RunColumn[] = run.columns.map((column, i) => ({ ...column, field: fields[i] ?? null }));
    await this.database.transaction(async (tx) => {
      if (!(await this.runs.choose(tx, run.id, columns, reader.name)))
        throw new AppError('IMPORT_NOT_CHECKED', { id: run.id });
      await this.memory.save(tx, run, columns, { savedBy: reader.name, now: this.clock.now() });
    });
    await this.acts.recheck(run);
  }
}
