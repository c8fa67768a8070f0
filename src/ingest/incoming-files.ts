import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { Runtime } from '../platform/runtime';

export interface IncomingFile {
  scratch: string;
  sha256: string;
  size: number;
}

const OWN_NAME = /^run-(\d+)$/;

/** Files of runs that are not over: a copy of their own, kept for good only when something of it is written. */
@Injectable()
export class IncomingFiles {
  private readonly folder: string;

  constructor(
    runtime: Runtime,
    private readonly store: FileStore,
  ) {
    this.folder = path.join(runtime.dataDir, 'imports');
  }

  /** Copies the file. @throws AppError FILE_MISSING */
  async take(source: string, fileName: string): Promise<IncomingFile> {
    const scratch = await this.scratch();
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    if (!existsSync(source)) throw new AppError('FILE_MISSING', { file: fileName });
    try {
      await pipeline(
        createReadStream(source),
        measure,
        createWriteStream(scratch, { mode: 0o600, flush: true }),
      );
    } catch (e) {
      await rm(scratch, { force: true });
      if (!isUnreadable(e)) throw e;
      throw new AppError('FILE_MISSING', { file: fileName });
    }
    return { scratch, sha256: hash.digest('hex'), size };
  }

  /** The file belongs to the run from now on. */
  async assign({ scratch }: IncomingFile, runId: number): Promise<void> {
    await rename(scratch, this.own(runId));
  }

  async discard({ scratch }: IncomingFile): Promise<void> {
    await rm(scratch, { force: true });
  }

  /** Where the bytes of a run lie: with the run, or in the store when they were kept already. */
  path(runId: number, sha256: string): string {
    return existsSync(this.own(runId)) ? this.own(runId) : this.store.path(sha256);
  }

  /** Where something may be made for a moment; whoever makes it removes it. */
  async scratch(): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return path.join(this.folder, randomUUID());
  }

  /** Before the first row is written: a row that names a kept file must find it. */
  async keep(runId: number, sha256: string): Promise<void> {
    if (existsSync(this.store.path(sha256))) return;
    await this.store.put(createReadStream(this.own(runId)));
  }

  async remove(runId: number): Promise<void> {
    await rm(this.own(runId), { force: true });
  }

  /** Runs whose file is still here. */
  async runs(): Promise<number[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.flatMap((name) => Number(OWN_NAME.exec(name)?.[1] ?? []) || []);
  }

  private own(runId: number): string {
    return path.join(this.folder, `run-${runId}`);
  }
}

const isUnreadable = (e: unknown): boolean =>
  ['ENOENT', 'EACCES', 'EISDIR', 'EPERM'].includes((e as NodeJS.ErrnoException).code ?? '');
