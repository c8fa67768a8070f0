import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { LetterRepository } from './letter.repository';

/** The letters that stand ticked in a list. */
@Injectable()
export class LetterChoice {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
  ) {}

  /** @throws LETTERS_NONE_CHOSEN, LETTER_NOT_FOUND when one is not the reader's, LETTERS_OF_SEVERAL_UNITS */
  async of(reader: Reader, codes: string[]): Promise<Letter[]> {
    const chosen = await this.letters.ofCases(this.database.pool, codes, reader.communeIds);
    const missing = codes.find((code) => !chosen.some((l) => l.code === code));
    if (missing !== undefined) throw new AppError('LETTER_NOT_FOUND', { code: missing });
    if (chosen.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    if (new Set(chosen.map((l) => l.unitId)).size > 1) throw new AppError('LETTERS_OF_SEVERAL_UNITS');
    return chosen;
  }
}
