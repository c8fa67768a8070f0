import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/transaction';
import { DocumentRenderer } from '../documents/document-renderer';
import { paddedNumber } from '../documents/document-format';
import { PdfRenderer } from '../documents/pdf-renderer';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { labels } from '../platform/labels';
import { LetterRepository, type Letter } from './letter.repository';

/** Letters as files: one PDF/A-2a each for the archive, one print batch without that claim for the printer. */
@Injectable()
export class LetterFiles {
  private readonly log = new Logger('Letters');

  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
    private readonly store: FileStore,
  ) {}

  /** Makes and keeps the files of numbered letters that have none. A failure is told and left to the next run. */
  async keep(ids: number[]): Promise<void> {
    const letters = await this.letters.byIds(this.database.pool, ids);
    for (const letter of letters) {
      if (letter.fileSha256 !== null) continue;
      try {
        await this.render(letter);
      } catch (e) {
        this.log.error(`letter ${letter.id}: no file yet: ${e instanceof Error ? e.message : String(e)}`);
      }
    }
  }

  /** @returns how many letters still lacked their file */
  async keepMissing(limit: number): Promise<number> {
    const ids = await this.letters.withoutFile(this.database.pool, limit);
    await this.keep(ids);
    return ids.length;
  }

  /** The kept file, or the same letter made again from its frozen text where the file is gone. */
  async archived(letter: Letter): Promise<Buffer> {
    if (letter.fileSha256 === null) return this.render(letter);
    try {
      return await this.store.read(letter.fileSha256);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
      return this.render(letter);
    }
  }

  /** One file for the printer, in the order given. */
  batch(letters: Letter[], createdAt: Date): Promise<Buffer> {
    const title = `${letters.length} ${labels.letter.batch}`;
    const author = letters[0]?.model?.agencyInText ?? '';
    return this.pdfs.batch(
      letters.map((letter) => this.html(letter)),
      { title, author, createdAt },
    );
  }

  private async render(letter: Letter): Promise<Buffer> {
    const html = this.html(letter);
    const pdf = await this.pdfs.pdf(html, {
      title: titleOf(letter),
      author: letter.model?.agencyInText ?? '',
      createdAt: letter.numberedAt ?? letter.deadlineAt,
      archive: true,
    });
    const { sha256 } = await this.store.put(pdf);
    await this.letters.keepFile(this.database.pool, letter.id, sha256);
    return pdf;
  }

  html(letter: Letter): string {
    if (letter.model === null) throw new AppError('LETTER_NOT_NUMBERED', { code: letter.code });
    return this.documents.html(`letters/${letter.form}`, letter.model);
  }
}

const titleOf = ({ number, model }: Letter): string =>
  `${labels.letter.title} ${paddedNumber(number ?? 0)}/${model?.suffix ?? ''}`;
