import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { LetterRepository } from './letter.repository';

/** Letters that may be sent: those with a number. */
@Injectable()
export class SendingLetters {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
  ) {}

  /** @throws LETTER_NOT_FOUND, LETTER_NOT_NUMBERED, LETTERS_NONE_CHOSEN */
  async of(reader: Reader, codes: string[]): Promise<Letter[]> {
    const letters = await this.letters.ofCases(this.database.pool, codes, reader.communeIds);
    const missing = codes.find((code) => !letters.some((l) => l.code === code));
    if (missing !== undefined) throw new AppError('LETTER_NOT_FOUND', { code: missing });
    if (letters.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    for (const letter of letters) assertNumbered(letter);
    return letters;
  }

  /** The same as they are now; they stay so until the transaction ends. @throws LETTER_NOT_NUMBERED */
  async lock(tx: Tx, chosen: Letter[]): Promise<Letter[]> {
    const letters = await this.letters.lock(
      tx,
      chosen.map((l) => l.id),
    );
    for (const letter of letters) assertNumbered(letter);
    return letters;
  }
}

function assertNumbered({ state, code }: Letter): void {
  if (state !== 'numbered' && state !== 'printed' && state !== 'sent')
    throw new AppError('LETTER_NOT_NUMBERED', { code });
}
