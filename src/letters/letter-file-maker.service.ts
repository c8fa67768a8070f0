import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { letterFileLabels as words } from '../platform/letter-file-labels';
import { EvidencePackFiles } from './evidence-pack-files.service';
import type {
  BatchProgress,
  LetterFileBatch,
  LettersRequest,
  MadeFile,
  PackRequest,
} from './letter-file-batch';
import { LetterFileBatchRepository } from './letter-file-batch.repository';
import { LetterPrintFiles } from './letter-print-files.service';

const BEAT_MS = 2_000;
/** A file that ended its process so often will do so again. */
const MOST_ATTEMPTS = 3;

/** Makes the files that were asked for, one process each; goes on with what a process left that is gone. */
@Injectable()
export class LetterFileMaker implements BeforeApplicationShutdown {
  private readonly log = new Logger('LetterFiles');
  private readonly running = new Set<AbortController>();

  constructor(
    private readonly database: Database,
    private readonly batches: LetterFileBatchRepository,
    private readonly prints: LetterPrintFiles,
    private readonly packs: EvidencePackFiles,
    private readonly clock: Clock,
  ) {}

  async make(id: string): Promise<void> {
    const worker = randomUUID();
    const batch = await this.batches.claim(this.database.pool, id, worker);
    if (!batch) return;
    if (batch.attempts > MOST_ATTEMPTS) return this.failed(batch, worker, words.gaveUp);
    const stop = new AbortController();
    const progress = { total: batch.total, done: 0, startedAt: this.clock.now(), signal: stop.signal };
    const heart = setInterval(() => void this.beat(id, worker, progress, stop), BEAT_MS);
    this.running.add(stop);
    try {
      const made = await this.file(batch, progress);
      stop.signal.throwIfAborted();
      await this.batches.beat(this.database.pool, id, worker, progress);
      await this.batches.finish(this.database.pool, id, worker, made, this.clock.now());
    } catch (e) {
      await this.ended(batch, worker, stop.signal, e);
    } finally {
      clearInterval(heart);
      this.running.delete(stop);
    }
  }

  /** The work goes back before the process ends; another takes it. */
  beforeApplicationShutdown(): void {
    for (const stop of this.running) stop.abort();
  }

  private file(
    { unitId, kind, request, askedBy }: LetterFileBatch,
    progress: BatchProgress,
  ): Promise<MadeFile> {
    if (kind === 'pdf' || kind === 'docx') return this.prints.make(kind, request as LettersRequest, progress);
    return this.packs.make(kind, { unitId, ...(request as PackRequest), madeBy: askedBy ?? '' }, progress);
  }

  private async beat(id: string, worker: string, progress: BatchProgress, stop: AbortController) {
    try {
      if (!(await this.batches.beat(this.database.pool, id, worker, progress))) stop.abort();
    } catch (e) {
      // the database is away for a moment; when it stays away the work fails by itself
      this.log.warn(`file ${id}: ${e instanceof Error ? e.message : String(e)}`);
    }
  }

  private async ended(
    batch: LetterFileBatch,
    worker: string,
    signal: AbortSignal,
    e: unknown,
  ): Promise<void> {
    if (signal.aborted) return this.batches.letGo(this.database.pool, batch.id, worker);
    const told = e instanceof AppError ? `${e.message} ${e.remedy}`.trim() : words.failed;
    this.log.error(
      `file ${batch.id} (${batch.kind}): ${e instanceof Error ? (e.stack ?? e.message) : String(e)}`,
    );
    await this.failed(batch, worker, told);
  }

  private failed({ id }: LetterFileBatch, worker: string, error: string): Promise<void> {
    return this.batches.fail(this.database.pool, id, worker, error, this.clock.now());
  }
}
