import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { UnitService } from '../units/unit.service';
import type { FileRefused } from './file-refused';
import type { ImportOutcome } from './import-outcome';
import { resultOf, type ImportRequest, type ImportResult } from './import-result';
import { doneMessage } from './import-words';
import { IngestRunRepository, type RunDetail, type RunEnd, type RunLine } from './ingest-run.repository';
import { MAX_FAULTS } from './source-batches';

/** An import under way. */
export interface Run extends ImportRequest {
  id: number;
  unitId: number;
  sha256: string;
  now: Date;
}

const NOTHING = { rows: 0, created: 0, updated: 0, unchanged: 0, faulty: 0, warned: 0 };

/** The log of imports: every file that was ever offered, and what became of it. */
@Injectable()
export class RunLog {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  async start(request: ImportRequest): Promise<Run> {
    const now = this.clock.now();
    const { sha256, size } = await fingerprint(request);
    const unitId = request.unitId ?? (await this.units.commune()).id;
    const { pool } = this.database;
    await this.runs.closeAbandoned(pool, now);
    const id = await this.runs.insert(pool, { ...request, unitId, sha256, size, startedAt: now });
    return { ...request, id, unitId, sha256, now };
  }

  /** Closes the run in the transaction that wrote its rows. */
  async done(tx: Tx, run: Run, outcome: ImportOutcome): Promise<void> {
    const before = await this.runs.lastDone(tx, run.sha256, run.unitId);
    await this.runs.insertFaults(tx, run.id, outcome.faults, 'fault');
    await this.runs.insertFaults(tx, run.id, outcome.warnings, 'warning');
    await this.end(tx, run, {
      ...outcome,
      state: 'done',
      message: doneMessage(outcome, before),
      warned: outcome.warnings.length,
    });
  }

  async refused(run: Run, refusal: FileRefused): Promise<void> {
    await this.end(this.database.pool, run, {
      ...NOTHING,
      state: 'refused',
      ...refusal.worded(run.fileName),
    });
  }

  async failed(run: Run): Promise<void> {
    await this.end(this.database.pool, run, { ...NOTHING, state: 'failed' });
  }

  /** @throws AppError IMPORT_NOT_FOUND */
  async detail(id: number, communeIds: number[]): Promise<RunDetail> {
    const run = await this.runs.byId(this.database.pool, id, communeIds);
    if (!run) throw new AppError('IMPORT_NOT_FOUND', { id });
    return run;
  }

  async result(id: number, communeIds: number[]): Promise<ImportResult> {
    const run = await this.detail(id, communeIds);
    const { pool } = this.database;
    const faults = await this.runs.faults(pool, id, 'fault', MAX_FAULTS, 0);
    return resultOf(run, faults, await this.runs.faults(pool, id, 'warning', MAX_FAULTS, 0));
  }

  faults(id: number, severity: 'fault' | 'warning', limit: number, offset = 0) {
    return this.runs.faults(this.database.pool, id, severity, limit, offset);
  }

  countFaults(id: number, severity: 'fault' | 'warning'): Promise<number> {
    return this.runs.countFaults(this.database.pool, id, severity);
  }

  latest(communeIds: number[], limit: number, offset: number): Promise<RunLine[]> {
    return this.runs.latest(this.database.pool, communeIds, limit, offset);
  }

  count(communeIds: number[]): Promise<number> {
    return this.runs.count(this.database.pool, communeIds);
  }

  private end(tx: Tx, run: Run, end: Partial<RunEnd> & Pick<RunEnd, 'state'>): Promise<void> {
    return this.runs.end(tx, run.id, {
      ...NOTHING,
      shape: null,
      sheet: null,
      message: null,
      remedy: null,
      mapping: [],
      createdProcedures: [],
      createdDepartments: [],
      finishedAt: this.clock.now(),
      ...end,
    });
  }
}

async function fingerprint({ path, fileName }: ImportRequest): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(piece);
      size += piece.length;
    }
  } catch {
    throw new AppError('FILE_MISSING', { file: fileName });
  }
  return { sha256: hash.digest('hex'), size };
}
