import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { fileHref } from './letter-file-batch';
import { LetterFileBatches } from './letter-file-batches.service';
import { LetterFiles } from './letter-files.service';
import { LetterRepository } from './letter.repository';

/** Letters printed while the browser waits; more are made in the background. */
export const MOST_AT_ONCE = 100;

/** Letters on their way to the printer. */
@Injectable()
export class LetterPrinting {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly files: LetterFiles,
    private readonly batches: LetterFileBatches,
    private readonly clock: Clock,
  ) {}

  /** @throws LETTERS_NONE_CHOSEN */
  async chosen(
    reader: Reader,
    codes: string[],
    { nam, tu, den }: { nam?: number | undefined; tu: number; den: number },
  ): Promise<Letter[]> {
    const { pool } = this.database;
    const letters = nam
      ? await this.letters.byNumbers(pool, reader.communeIds, { year: nam, from: tu, to: den })
      : await this.letters.ofCases(pool, codes, reader.communeIds);
    if (letters.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    return letters;
  }

  async one(reader: Reader, letter: Letter): Promise<Buffer> {
    const numbered = letter.number !== null;
    const file = numbered ? await this.files.archived(letter) : await this.files.blank(letter);
    await this.printed(reader, [letter]);
    return file;
  }

  async batch(reader: Reader, letters: Letter[]): Promise<Buffer> {
    const file = await this.files.batch(letters, this.clock.now());
    await this.printed(reader, letters);
    return file;
  }

  word(letters: Letter[]): Promise<Buffer> {
    return this.files.word(letters);
  }

  /** @returns address of the page that shows how far the file is */
  async ask(reader: Reader, kind: 'pdf' | 'docx', letters: Letter[]): Promise<string> {
    const id = await this.batches.ask(reader, kind, { letterIds: letters.map((l) => l.id) });
    await this.printed(reader, letters);
    return fileHref(id);
  }

  /** Only whoever gives numbers prints to send; others look. */
  private async printed(reader: Reader, letters: Letter[]): Promise<void> {
    if (reader.role !== 'clerk') return;
    const { pool } = this.database;
    const now = this.clock.now();
    const numbered = letters.filter((l) => l.state === 'numbered').map((l) => l.id);
    if (numbered.length > 0) await this.letters.markPrinted(pool, numbered, now);
    const blank = letters.filter((l) => l.state === 'approved').map((l) => l.id);
    if (blank.length > 0) await this.letters.markBlankPrinted(pool, blank, now);
  }
}
