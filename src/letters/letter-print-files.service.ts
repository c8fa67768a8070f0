import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { PdfRenderer, type PdfOptions } from '../documents/pdf-renderer';
import { FileStore } from '../platform/file-store';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { BatchProgress, LettersRequest, MadeFile } from './letter-file-batch';
import { LetterFiles } from './letter-files.service';
import { LetterRepository, type Letter } from './letter.repository';

/** Rows read and written as HTML at a time; between two of them others get their turn. */
const PART = 100;

type Printer = (htmls: string[], o: PdfOptions, onProgress?: (done: number) => void) => Promise<Buffer>;

interface WordOptions {
  title: string;
  author: string;
  paper: 'A4' | 'A5';
}

/** Many letters as one file, for the printer or for a word processor. */
@Injectable()
export class LetterPrintFiles {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly files: LetterFiles,
    private readonly pdfs: PdfRenderer,
    private readonly store: FileStore,
  ) {}

  async make(
    kind: 'pdf' | 'docx',
    { letterIds }: LettersRequest,
    progress: BatchProgress,
  ): Promise<MadeFile> {
    progress.total = letterIds.length;
    const { htmls, author } = await this.read(letterIds, progress.signal);
    const title = `${letterIds.length} ${labels.letter.batch}`;
    const content =
      kind === 'docx'
        ? await wordFile(htmls, { title, author, paper: 'A4' })
        : await this.print(htmls, { title, author, createdAt: progress.startedAt }, progress);
    const { sha256 } = await this.store.put(content);
    return { sha256, name: `${labels.letter.file}-${letterIds.length}.${kind}` };
  }

  private print(htmls: string[], o: PdfOptions, progress: BatchProgress): Promise<Buffer> {
    const printer: Printer = this.pdfs.batch.bind(this.pdfs);
    return printer(htmls, o, (done) => {
      progress.signal.throwIfAborted();
      progress.done = done;
    });
  }

  private async read(ids: number[], signal: AbortSignal): Promise<{ htmls: string[]; author: string }> {
    const htmls: string[] = [];
    let author = '';
    for (let i = 0; i < ids.length; i += PART) {
      signal.throwIfAborted();
      const letters = await this.inOrder(ids.slice(i, i + PART));
      author ||= letters[0]?.model?.agencyInText ?? '';
      for (const letter of letters) htmls.push(this.files.html(letter));
    }
    if (htmls.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    return { htmls, author };
  }

  private async inOrder(ids: number[]): Promise<Letter[]> {
    const found = new Map((await this.letters.byIds(this.database.pool, ids)).map((l) => [l.id, l]));
    return ids.flatMap((id) => found.get(id) ?? []);
  }
}

/** Loaded when first asked for: most offices print. */
async function wordFile(htmls: string[], o: WordOptions): Promise<Buffer> {
  const writer = '../documents/docx.writer';
  const { docxOf } = (await import(writer)) as {
    docxOf: (htmls: string[], o: WordOptions) => Promise<Buffer>;
  };
  return docxOf(htmls, o);
}
