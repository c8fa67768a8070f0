import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT, TEMPLATES_DIR } from '../platform/paths';
import { fontFolders, printable } from './font-coverage';
import { mapText, templateTree } from './template-tree';

export interface PdfOptions {
  title: string;
  author: string;
  /** Written into the file instead of the clock's time: the same letter gives the same bytes again. */
  createdAt: Date;
  landscape?: boolean;
}

export interface ArchiveOptions extends PdfOptions {
  /** PDF/A-2a: tagged, fonts embedded, fit for the archive. */
  archive: boolean;
}

type Task =
  | {
      kind: 'compile';
      tree: string;
      title: string;
      author: string;
      createdAt: number;
      archive: boolean;
      landscape: boolean;
    }
  | { kind: 'merge'; parts: Uint8Array[]; title: string; author: string };

interface Pending {
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
}

/** Memory of the compiler grows faster than the document: 100 letters need 110 MB, 5,000 in one piece 15 GB. */
const CHUNK = 100;
/** A worker that made so many documents gives its memory back by being replaced. */
const RECYCLE_AFTER = 1_000;

/** HTML of `DocumentRenderer` -> PDF, in a worker thread. */
@Injectable()
export class PdfRenderer implements OnModuleDestroy {
  private worker: Worker | undefined;
  private made = 0;
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();

  async pdf(html: string, o: ArchiveOptions): Promise<Buffer> {
    return Buffer.from(await this.compile([html], o));
  }

  /**
   * One file for the printer; pages are numbered per letter. It never claims PDF/A: a merge keeps only the first
   * part's tags, so the archive holds the single letters.
   */
  async batch(htmls: string[], o: PdfOptions): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let i = 0; i < htmls.length; i += CHUNK)
      parts.push(await this.compile(htmls.slice(i, i + CHUNK), { ...o, archive: false }));
    const [only] = parts;
    if (!only) throw new RangeError('no document to print');
    if (parts.length === 1) return Buffer.from(only);
    return Buffer.from(await this.run({ kind: 'merge', parts, title: o.title, author: o.author }, 0));
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }

  private compile(htmls: string[], o: ArchiveOptions): Promise<Uint8Array> {
    const tree = mapText(templateTree(htmls.join('')), printable);
    const task: Task = {
      kind: 'compile',
      tree: JSON.stringify(tree),
      title: printable(o.title),
      author: printable(o.author),
      createdAt: Math.floor(o.createdAt.getTime() / 1000),
      archive: o.archive,
      landscape: o.landscape ?? false,
    };
    return this.run(task, htmls.length);
  }

  private async run(task: Task, documents: number): Promise<Uint8Array> {
    const worker = this.ready();
    this.made += documents;
    const id = ++this.lastId;
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        this.pending.set(id, { resolve, reject });
        worker.ref();
        worker.postMessage({ id, ...task });
      });
    } finally {
      this.pending.delete(id);
      if (this.pending.size === 0) this.idle(worker);
    }
  }

  /** Between tasks the thread does not keep the process alive; a worn one goes. */
  private idle(worker: Worker): void {
    worker.unref();
    if (this.made < RECYCLE_AFTER || worker !== this.worker) return;
    this.worker = undefined;
    void worker.terminate();
  }

  private ready(): Worker {
    if (this.worker) return this.worker;
    const workspace = path.join(TEMPLATES_DIR, 'letters', 'typst');
    const worker = new Worker(path.join(PROJECT_ROOT, 'src', 'documents', 'typst.worker.mjs'), {
      workerData: { workspace, mainFile: path.join(workspace, 'paper.typ'), fontFolders: fontFolders() },
    });
    worker.on('message', (m: { id: number; bytes?: Uint8Array; error?: string }) => {
      const waiting = this.pending.get(m.id);
      if (m.bytes) waiting?.resolve(m.bytes);
      else waiting?.reject(new Error(`PDF not made: ${m.error}`));
    });
    worker.on('error', (error) => this.broken(worker, error));
    this.made = 0;
    return (this.worker = worker);
  }

  /** The thread died (out of memory, missing binary): its tasks fail, the next one gets a new thread. */
  private broken(worker: Worker, error: unknown): void {
    if (worker === this.worker) this.worker = undefined;
    const cause = error instanceof Error ? error : new Error(String(error));
    for (const waiting of this.pending.values()) waiting.reject(cause);
  }
}
