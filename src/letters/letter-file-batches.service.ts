import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { LetterFileBatch, LetterFileKind, LettersRequest, PackRequest } from './letter-file-batch';
import { LetterFileBatchRepository } from './letter-file-batch.repository';

/** Asks for large files and tells how far they are. */
@Injectable()
export class LetterFileBatches {
  constructor(
    private readonly database: Database,
    private readonly batches: LetterFileBatchRepository,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the file's page, /thu-xin-loi/tep/:id */
  async ask(
    reader: Reader,
    kind: LetterFileKind,
    request: LettersRequest | (PackRequest & { unitId: number }),
  ): Promise<string> {
    const { unitId, ...stored } =
      'letterIds' in request
        ? { unitId: await this.unitOf(reader, request.letterIds), letterIds: request.letterIds }
        : request;
    if (!reader.communeIds.includes(unitId)) throw new AppError('UNIT_NOT_FOUND', { code: unitId });
    const { actor, userId } = actorOf(reader);
    const id = await this.database.transaction(async (tx) => {
      const asked = { unitId, kind, request: stored, by: userId, at: this.clock.now() };
      const made = await this.batches.ask(tx, asked);
      const detail =
        'letterIds' in request ? { kind, letters: request.letterIds.length } : { kind, ...stored };
      const subject = `letter-file:${made}`;
      await this.audit.record(tx, { actor, userId, action: 'letter-file.asked', subject, detail });
      return made;
    });
    await this.enqueue(id);
    return id;
  }

  /** @throws LETTER_FILE_NOT_FOUND also for files of other offices */
  async find(reader: Reader, id: string): Promise<LetterFileBatch> {
    const batch = await this.batches.find(this.database.pool, id, reader.communeIds);
    if (!batch) throw new AppError('LETTER_FILE_NOT_FOUND');
    return batch;
  }

  /** @throws LETTER_FILE_NOT_READY */
  async made(reader: Reader, id: string): Promise<{ sha256: string; name: string }> {
    const { fileSha256, fileName } = await this.find(reader, id);
    if (fileSha256 === null || fileName === null) throw new AppError('LETTER_FILE_NOT_READY');
    return { sha256: fileSha256, name: fileName };
  }

  latestPacks(reader: Reader): Promise<LetterFileBatch[]> {
    return this.batches.latest(this.database.pool, reader.communeIds, ['pack-zip', 'pack-pdf'], 10);
  }

  /** Once more, after it failed. */
  async again(reader: Reader, id: string): Promise<void> {
    await this.find(reader, id);
    await this.database.transaction((tx) => this.batches.letGo(tx, id, null));
    await this.enqueue(id);
  }

  /** What nobody makes is handed to the queue again. @returns how many */
  async tend(): Promise<number> {
    const ids = await this.batches.unattended(this.database.pool);
    for (const id of ids) await this.enqueue(id);
    return ids.length;
  }

  private enqueue(batchId: string): Promise<void> {
    return this.jobs.enqueue('letters.make-file', { batchId }, { jobId: `letter-file-${batchId}` });
  }

  private async unitOf(reader: Reader, letterIds: number[]): Promise<number> {
    const units = await this.batches.unitsOf(this.database.pool, letterIds, reader.communeIds);
    const [only] = units;
    if (only === undefined) throw new AppError('LETTERS_NONE_CHOSEN');
    if (units.length > 1) throw new AppError('LETTERS_OF_SEVERAL_UNITS');
    return only;
  }
}
