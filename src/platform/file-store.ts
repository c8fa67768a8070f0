import { Injectable } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Runtime } from './runtime';

export interface StoredFile {
  sha256: string;
  size: number;
}

/** Files by the hash of their content, below DATA_DIR/files: the same bytes are kept once, a name never lies. */
@Injectable()
export class FileStore {
  private readonly root: string;

  constructor(runtime: Runtime) {
    this.root = path.join(runtime.dataDir, 'files');
  }

  async put(content: Buffer | Uint8Array | string | Readable): Promise<StoredFile> {
    // Without waiting: a stream that fails before anybody listens would end the process.
    fs.mkdirSync(this.root, { recursive: true, mode: 0o700 });
    const scratch = path.join(this.root, `.${randomUUID()}`);
    const hash = createHash('sha256');
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    const source = content instanceof Readable ? content : Readable.from([Buffer.from(content)]);
    try {
      await pipeline(source, measure, fs.createWriteStream(scratch, { mode: 0o600, flush: true }));
      const sha256 = hash.digest('hex');
      await fs.promises.mkdir(path.dirname(this.path(sha256)), { recursive: true, mode: 0o700 });
      await fs.promises.rename(scratch, this.path(sha256));
      return { sha256, size };
    } catch (e) {
      await fs.promises.rm(scratch, { force: true });
      throw e;
    }
  }

  read(sha256: string): Promise<Buffer> {
    return fs.promises.readFile(this.path(sha256));
  }

  stream(sha256: string): Readable {
    return fs.createReadStream(this.path(sha256));
  }

  path(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`not a SHA-256: ${sha256}`);
    return path.join(this.root, sha256.slice(0, 2), sha256);
  }
}
