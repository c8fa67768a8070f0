import { Injectable } from '@nestjs/common';
import { stat } from 'node:fs/promises';
import { Database } from '../database/transaction';
import { FileStore } from '../platform/file-store';
import type { PackFile } from './evidence-pack';
import { LetterFiles } from './letter-files.service';
import { LetterRepository } from './letter.repository';

/** A file of the pack as it was found. */
export interface FoundFile extends PackFile {
  /** missing: neither kept nor to be made again; remade: made again from the frozen text, other bytes than were kept */
  state: 'kept' | 'remade' | 'missing';
  /** where the bytes are now; null: missing */
  kept: string | null;
}

/** Finds the kept files, and makes a letter's file again where only that is gone. */
@Injectable()
export class EvidencePackStore {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly files: LetterFiles,
    private readonly store: FileStore,
  ) {}

  async find(files: PackFile[], signal: AbortSignal): Promise<FoundFile[]> {
    const found: FoundFile[] = [];
    for (const file of files) {
      signal.throwIfAborted();
      found.push(await this.one(file));
    }
    return found;
  }

  private async one(file: PackFile): Promise<FoundFile> {
    if (file.sha256 !== null && (await this.exists(file.sha256)))
      return { ...file, state: 'kept', kept: file.sha256 };
    const again = await this.again(file);
    if (again === null) return { ...file, state: 'missing', kept: null };
    return { ...file, state: again === file.sha256 ? 'kept' : 'remade', kept: again };
  }

  /** A signed copy cannot be made again: its signature is gone with it. */
  private async again({ letterId, sha256 }: PackFile): Promise<string | null> {
    if (letterId === null) return null;
    const [letter] = await this.letters.byIds(this.database.pool, [letterId]);
    if (!letter?.model || (sha256 !== null && sha256 !== letter.fileSha256)) return null;
    return (await this.store.put(await this.files.archived(letter))).sha256;
  }

  private async exists(sha256: string): Promise<boolean> {
    try {
      return (await stat(this.store.path(sha256))).isFile();
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw e;
    }
  }
}
