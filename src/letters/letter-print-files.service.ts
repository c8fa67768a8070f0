import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { docxOf } from '../documents/docx.writer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { FileStore } from '../platform/file-store';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { Letter } from './letter';
import type { BatchProgress, LettersRequest, MadeFile } from './letter-file-batch';
import { authorOf } from './letter-files.service';
import { LetterTexts, paperOf, type LetterText } from './letter-texts.service';
import { LetterRepository } from './letter.repository';
import type { PaperSize } from './shipped-forms';

/** Rows read and written as HTML at a time; between two of them others get their turn. */
const PART = 100;

/** Many letters as one file, for the printer or for a word processor. */
@Injectable()
export class LetterPrintFiles {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly texts: LetterTexts,
    private readonly pdfs: PdfRenderer,
    private readonly store: FileStore,
  ) {}

  async make(
    kind: 'pdf' | 'docx',
    { letterIds }: LettersRequest,
    progress: BatchProgress,
  ): Promise<MadeFile> {
    progress.total = letterIds.length;
    const [first] = await this.read(letterIds.slice(0, 1));
    if (!first) throw new AppError('LETTERS_NONE_CHOSEN');
    const title = `${letterIds.length} ${labels.letter.batch}`;
    const about = { title, author: authorOf(first.letter), paper: first.paper };
    const htmls = this.htmls(letterIds, first.paper, progress);
    const content =
      kind === 'docx'
        ? await docxOf(await all(htmls), about)
        : await this.pdfs.batch(htmls, { ...about, createdAt: progress.startedAt }, (done) => {
            progress.done = done;
          });
    const { sha256 } = await this.store.put(content);
    return { sha256, name: `${labels.letter.file}-${letterIds.length}.${kind}` };
  }

  /** As the printer needs them: a hundred in memory. @throws LETTERS_OF_SEVERAL_PAPERS */
  private async *htmls(ids: number[], paper: PaperSize, progress: BatchProgress): AsyncGenerator<string> {
    for (let i = 0; i < ids.length; i += PART) {
      progress.signal.throwIfAborted();
      const texts = await this.read(ids.slice(i, i + PART));
      if (texts.length > 0 && paperOf(texts) !== paper) throw new AppError('LETTERS_OF_SEVERAL_PAPERS');
      for (const { html } of texts) yield html;
    }
  }

  /** In the order asked for. */
  private async read(ids: number[]): Promise<LetterText[]> {
    const found = new Map((await this.letters.byIds(this.database.pool, ids)).map((l) => [l.id, l]));
    return this.texts.of(ids.map((id) => found.get(id)).filter((l): l is Letter => l !== undefined));
  }
}

async function all(htmls: AsyncIterable<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const html of htmls) found.push(html);
  return found;
}
