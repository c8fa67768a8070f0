import { Injectable } from '@nestjs/common';
import { FileStore } from '../platform/file-store';
import { LetterFiles } from './letter-files.service';
import type { Letter } from './letter';

/** The letter as it is handed out: the copy signed electronically, else the file that is kept. */
@Injectable()
export class LetterMailCopy {
  constructor(
    private readonly files: LetterFiles,
    private readonly store: FileStore,
  ) {}

  of(letter: Letter, signedSha256: string | null): Promise<Buffer> {
    return signedSha256 === null ? this.files.archived(letter) : this.store.read(signedSha256);
  }
}
