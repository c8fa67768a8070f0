import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { docxOf } from '../documents/docx.writer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { FileStore } from '../platform/file-store';
import { labels } from '../platform/labels';
import type { Letter } from './letter';
import { LetterTexts, paperOf, type LetterText } from './letter-texts.service';
import { LetterRepository } from './letter.repository';

/** Letters read at once for a batch: their texts are held in memory together. */
const PIECE = 200;

/** Letters as files: one PDF/A-2a each for the archive, one print batch without that claim for the printer. */
@Injectable()
export class LetterFiles {
  private readonly log = new Logger('Letters');

  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly texts: LetterTexts,
    private readonly pdfs: PdfRenderer,
    private readonly store: FileStore,
  ) {}

  /** Makes and keeps the files of numbered letters that have none. A failure is told and left to the next run. */
  async keep(ids: number[]): Promise<void> {
    for (let i = 0; i < ids.length; i += PIECE) {
      const letters = await this.letters.byIds(this.database.pool, ids.slice(i, i + PIECE));
      for (const letter of letters.filter((l) => l.fileSha256 === null)) await this.keepOne(letter);
    }
  }

  /** @returns how many letters still lacked their file */
  async keepMissing(limit: number): Promise<number> {
    const ids = await this.letters.withoutFile(this.database.pool, limit);
    await this.keep(ids);
    return ids.length;
  }

  /**
   * The kept file, or the same letter made again from its frozen text where the file is gone; before it has a number
   * the sheet as it is signed.
   */
  async archived(letter: Letter): Promise<Buffer> {
    if (letter.number === null) return this.blank(letter);
    if (letter.fileSha256 === null) return this.render(letter);
    try {
      return await this.store.read(letter.fileSha256);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
      return this.render(letter);
    }
  }

  /** An approved letter as it is signed before it has a number: blanks for number and date, not kept. */
  async blank(letter: Letter): Promise<Buffer> {
    const [text] = await this.texts.of([letter]);
    const createdAt = letter.approved?.approvedAt ?? letter.deadlineAt;
    return this.pdfs.pdf(text!.html, { ...describe(text!), createdAt, archive: false });
  }

  /** One file for the printer, in the order given. */
  async batch(letters: Letter[], createdAt: Date): Promise<Buffer> {
    const texts = await this.texts.of(letters);
    const about = { ...batchTitle(letters), paper: paperOf(texts), createdAt };
    return this.pdfs.batch(
      texts.map(({ html }) => html),
      about,
    );
  }

  /** One letter or many as a Word file, from the same text. */
  async word(letters: Letter[]): Promise<Buffer> {
    const texts = await this.texts.of(letters);
    const about = letters.length === 1 ? describe(texts[0]!) : batchTitle(letters);
    return docxOf(
      texts.map(({ html }) => html),
      { ...about, paper: paperOf(texts) },
    );
  }

  private async keepOne(letter: Letter): Promise<void> {
    try {
      await this.render(letter);
    } catch (e) {
      this.log.error(`letter ${letter.id}: no file yet: ${e instanceof Error ? e.message : String(e)}`);
    }
  }

  private async render(letter: Letter): Promise<Buffer> {
    const [text] = await this.texts.of([letter]);
    const createdAt = letter.numberedAt ?? letter.deadlineAt;
    const pdf = await this.pdfs.pdf(text!.html, { ...describe(text!), createdAt, archive: true });
    const { sha256 } = await this.store.put(pdf);
    await this.letters.keepFile(this.database.pool, letter.id, sha256);
    return pdf;
  }
}

const describe = ({ letter, paper }: LetterText) => ({
  title: titleOf(letter),
  author: authorOf(letter),
  paper,
});

export const authorOf = ({ model, approved }: Letter): string =>
  (model ?? approved?.model)?.agencyInText ?? '';

const batchTitle = (letters: Letter[]) => ({
  title: `${letters.length} ${labels.letter.batch}`,
  author: letters[0] ? authorOf(letters[0]) : '',
});

const titleOf = (letter: Letter): string =>
  letter.number === null
    ? `${labels.letter.draftTitle} ${letter.code}`
    : `${labels.letter.title} ${paddedNumber(letter.number)}/${letter.suffix ?? ''}`;
