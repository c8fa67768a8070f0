import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../platform/paths';

export interface BookEntry {
  title: string;
  /** from 1 */
  page: number;
}

export interface BookDetails {
  to: string;
  title: string;
  author: string;
  createdAt: Date;
  entries: BookEntry[];
}

interface Waiting {
  resolve: (pages: number) => void;
  reject: (error: Error) => void;
}

/** Many PDFs and pictures as one PDF with bookmarks and numbered pages, put together in a thread of its own. */
export class PdfBook {
  private readonly worker = new Worker(path.join(PROJECT_ROOT, 'src', 'documents', 'pdf-book.worker.mjs'));
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor() {
    this.worker.on('message', (m: { id: number; pages?: number; error?: string }) => {
      const waiting = this.waiting.get(m.id);
      this.waiting.delete(m.id);
      if (m.error === undefined) waiting?.resolve(m.pages ?? 0);
      else waiting?.reject(new Error(m.error));
    });
    this.worker.on('error', (error) =>
      this.failAll(error instanceof Error ? error : new Error(String(error))),
    );
    this.worker.on('exit', () => this.failAll(new Error('the thread that puts the PDF together has ended')));
  }

  /** @returns its pages @throws when the file is no readable PDF; nothing of it is in the book then */
  pdf(file: string): Promise<number> {
    return this.ask('pdf', { path: file });
  }

  /** A JPEG or PNG on a page of its own. @throws as `pdf` */
  picture(file: string): Promise<number> {
    return this.ask('picture', { path: file });
  }

  pdfBytes(bytes: Uint8Array): Promise<number> {
    return this.ask('pdf', { bytes });
  }

  /** Puts these before everything added so far. @returns their pages */
  front(parts: Uint8Array[]): Promise<number> {
    return this.ask('front', { parts });
  }

  count(bytes: Uint8Array): Promise<number> {
    return this.ask('count', { bytes });
  }

  save({ createdAt, ...details }: BookDetails): Promise<number> {
    return this.ask('save', { ...details, createdAt: createdAt.getTime() });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private ask(act: string, given: object): Promise<number> {
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, act, ...given });
    });
  }

  private failAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
