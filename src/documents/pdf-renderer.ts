import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import { printable } from './font-coverage';
import { paperSheet, type PaperSize } from './paper-styles';
import { PdfWorker } from './pdf-worker';
import { mapText, templateTree, type TreeElement } from './template-tree';

export interface PdfOptions {
  title: string;
  author: string;
  /** Written into the file instead of the clock's time: the same letter gives the same bytes again. */
  createdAt: Date;
  /** A4 unless told. */
  paper?: PaperSize;
  landscape?: boolean;
}

export interface ArchiveOptions extends PdfOptions {
  /** PDF/A-2a: tagged, fonts embedded, fit for the archive. */
  archive: boolean;
}

/**
 * Memory of the compiler grows faster than the document: 5,000 letters in one piece need 15 GB. Every piece brings its
 * own fonts into the file, so pieces are not smaller than needed.
 */
const CHUNK = 50;
/** So many letters are read before others get their turn. */
const BREATH = 10;

/** HTML of `DocumentRenderer` -> PDF, in a worker thread. */
@Injectable()
export class PdfRenderer implements OnModuleDestroy {
  private readonly worker = new PdfWorker();
  private readonly stopping = new AbortController();

  async pdf(html: string, o: ArchiveOptions): Promise<Buffer> {
    return Buffer.from(await this.compile(treeOf(html).k, o));
  }

  /**
   * One file for the printer; pages are numbered per letter. It never claims PDF/A: a merge keeps only the first
   * part's tags, so the archive holds the single letters.
   * @param htmls letters as they are needed: a generator keeps but fifty of them in memory
   * @param onProgress told how many letters are done after each fifty
   */
  async batch(
    htmls: Iterable<string> | AsyncIterable<string>,
    o: PdfOptions,
    onProgress?: (done: number) => void | Promise<void>,
  ): Promise<Buffer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dung-hen-print-'));
    try {
      const files = await this.parts(htmls, o, { folder, onProgress });
      const [only] = files;
      if (!only) throw new RangeError('no document to print');
      if (files.length === 1) return await readFile(only);
      return await this.merge(files, o);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort(new Error('PDF not made: the service stops'));
    await this.worker.stop();
  }

  /** Parts wait in files: in memory they would stay until the last letter is set. */
  private async parts(
    htmls: Iterable<string> | AsyncIterable<string>,
    o: PdfOptions,
    { folder, onProgress }: { folder: string; onProgress?: (done: number) => void | Promise<void> },
  ): Promise<string[]> {
    const files: string[] = [];
    let done = 0;
    for await (const letters of chunksOf(htmls)) {
      this.stopping.signal.throwIfAborted();
      const file = path.join(folder, `${files.length}.pdf`);
      await writeFile(file, await this.compile(letters, { ...o, archive: false }));
      files.push(file);
      done += letters.length;
      await onProgress?.(done);
    }
    return files;
  }

  private async merge(files: string[], { title, author }: PdfOptions): Promise<Buffer> {
    this.stopping.signal.throwIfAborted();
    // what the compiler holds and what a merge needs are not in memory together
    await this.worker.retire();
    const task = { kind: 'merge' as const, files, title: printable(title), author: printable(author) };
    const merged = await this.worker.run(task, 0);
    await this.worker.retire();
    return Buffer.from(merged);
  }

  private compile(letters: TreeElement['k'], o: ArchiveOptions): Promise<Uint8Array> {
    const paper = o.paper ?? 'A4';
    const tree = JSON.stringify({ t: 'root', k: letters });
    const { longWord } = paperSheet(paper);
    const inputs = {
      tree,
      title: printable(o.title),
      author: printable(o.author),
      paper,
      landscape: o.landscape ? '1' : '',
      // only a batch that has such words pays for looking at every word of it
      longWord: new RegExp(`[^\\s"]{${longWord},}`).test(tree) ? String(longWord) : '',
    };
    const createdAt = Math.floor(o.createdAt.getTime() / 1000);
    return this.worker.run({ kind: 'compile', inputs, createdAt, archive: o.archive }, letters.length);
  }
}

const treeOf = (html: string): TreeElement => mapText(templateTree(html), printable);

/** Letters by the fifty; others get their turn while they are read. */
async function* chunksOf(htmls: Iterable<string> | AsyncIterable<string>): AsyncGenerator<TreeElement['k']> {
  let letters: TreeElement['k'] = [];
  for await (const html of htmls) {
    letters.push(...treeOf(html).k);
    if (letters.length % BREATH === 0) await others();
    if (letters.length < CHUNK) continue;
    yield letters;
    letters = [];
  }
  if (letters.length > 0) yield letters;
}
