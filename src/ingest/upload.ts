import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { MultipartFields } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';

const MEBIBYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
/** What a year's list of a province stays below; larger files go through the command line. */
export const UPLOAD_LIMIT_MB = 60;
/** So many times the limit is read on before the line is cut. */
const PATIENCE = 5;

export interface ReceivedFile {
  path: string;
  fileName: string;
}

/** Files sent to the page or the API, streamed to disk and never held in memory. */
@Injectable()
export class Upload implements OnModuleInit {
  private readonly folder: string;

  constructor(
    runtime: Runtime,
    private readonly clock: Clock,
  ) {
    this.folder = path.join(runtime.dataDir, 'incoming');
  }

  /** A crash leaves its upload behind; one of today may still be under way in another process. */
  async onModuleInit(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const file of names.map((name) => path.join(this.folder, name))) {
      const found = await stat(file).catch(() => null);
      if (found && this.clock.now().getTime() - found.mtimeMs > DAY_MS) await rm(file, { force: true });
    }
  }

  /**
   * Receives the file of a multipart form (field of any name) or the raw body, hands it to `use` and removes it.
   * @param onFields gets what else the form says before its file, also when there is no file
   * @throws AppError UPLOAD_MISSING, UPLOAD_TOO_LARGE
   */
  async receive<T>(
    request: FastifyRequest,
    use: (file: ReceivedFile) => Promise<T>,
    onFields: (fields: Record<string, string>) => void = () => undefined,
  ): Promise<T> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const scratch = path.join(this.folder, randomUUID());
    try {
      const fileName = request.isMultipart()
        ? await this.fromForm(request, scratch, onFields)
        : await this.fromBody(request, scratch);
      return await use({ path: scratch, fileName });
    } finally {
      await rm(scratch, { force: true });
    }
  }

  private async fromForm(
    request: FastifyRequest,
    scratch: string,
    onFields: (fields: Record<string, string>) => void,
  ): Promise<string> {
    // One byte more than allowed is let through, so that our own limit speaks and not the framework's.
    const part = await request.file({ limits: { fileSize: UPLOAD_LIMIT_MB * MEBIBYTE + 1, files: 1 } });
    if (part) onFields(textsOf(part.fields));
    // A form without a chosen file sends a part without a name.
    if (!part?.filename) {
      part?.file.resume();
      throw new AppError('UPLOAD_MISSING');
    }
    await save(part.file, scratch);
    return fileNameOf(part.filename);
  }

  private async fromBody(request: FastifyRequest, scratch: string): Promise<string> {
    const { body, query } = request;
    if (!(body instanceof Readable)) throw new AppError('UPLOAD_MISSING');
    const { fileName } = query as { fileName?: unknown };
    const size = await save(body, scratch);
    if (size === 0) throw new AppError('UPLOAD_MISSING');
    return fileNameOf(typeof fileName === 'string' ? fileName : headerName(request));
  }
}

/** Fields of a form that are no files. */
function textsOf(fields: MultipartFields): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, part] of Object.entries(fields))
    if (part && !Array.isArray(part) && part.type === 'field' && typeof part.value === 'string')
      texts[name] = part.value;
  return texts;
}

/** What is too much is read on and thrown away: a sender who is cut off in mid-sentence never sees the answer. */
async function save(content: Readable, file: string): Promise<number> {
  const limit = UPLOAD_LIMIT_MB * MEBIBYTE;
  let size = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit * PATIENCE) done(tooLarge());
      else done(null, size > limit ? undefined : chunk);
    },
  });
  await pipeline(content, limited, createWriteStream(file, { mode: 0o600 }));
  if (size > limit) throw tooLarge();
  return size;
}

const tooLarge = () => new AppError('UPLOAD_TOO_LARGE', { limit: UPLOAD_LIMIT_MB });

function headerName(request: FastifyRequest): string {
  const header = request.headers['x-file-name'];
  try {
    return decodeURIComponent(String(header ?? ''));
  } catch {
    return '';
  }
}

/** The last part of what a browser calls the file; never used as a path. */
export function fileNameOf(given: string): string {
  const name = given.split(/[\\/]/).at(-1) ?? '';
  const clean = name.replace(/\p{C}/gu, '').normalize('NFC').trim().slice(0, 200);
  return clean === '' ? 'tep-khong-ten' : clean;
}
