import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { Database } from '../database/transaction';
import { FileStore } from '../platform/file-store';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { SignedCopyCheck } from './signed-copy-check';
import { SignedCopyRepository, type SignedCopy } from './signed-copy.repository';
import { assertApproved, SignedCopyWriter } from './signed-copy.writer';

export interface SignedFile {
  content: Buffer;
  name: string;
  how: 'here' | 'sent';
}

/** The copy of a letter that carries electronic signatures. A file that was replaced stays in the store. */
@Injectable()
export class SignedCopies {
  constructor(
    private readonly database: Database,
    private readonly copies: SignedCopyRepository,
    private readonly store: FileStore,
    private readonly check: SignedCopyCheck,
    private readonly writer: SignedCopyWriter,
  ) {}

  of({ id }: Pick<Letter, 'id'>): Promise<SignedCopy | undefined> {
    return this.copies.of(this.database.pool, id);
  }

  /** The signed file; null when there is none. */
  async bytesOf(letter: Pick<Letter, 'id'>): Promise<Buffer | null> {
    const copy = await this.of(letter);
    return copy ? this.store.read(copy.sha256) : null;
  }

  /**
   * Checks a signed file and keeps it. The same file again changes nothing.
   * @param instead the copy it is made to replace; undefined: whichever is there
   * @throws LETTER_NOT_APPROVED, SIGNED_FILE_…, SIGNED_MEANWHILE
   */
  async keep(reader: Reader, letter: Letter, file: SignedFile, instead?: string | null): Promise<void> {
    assertApproved(letter);
    const before = instead === undefined ? ((await this.of(letter))?.sha256 ?? null) : instead;
    const { content, name, how } = file;
    const check = await this.check.passed(letter, name, content);
    const { sha256, size } = await this.store.put(content);
    if (sha256 === before) return;
    const signature = { ...check, name, how, size, by: actorOf(reader).actor };
    await this.writer.write(reader, letter, { sha256, instead: before, signature });
  }
}
