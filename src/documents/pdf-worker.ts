import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT, TEMPLATES_DIR } from '../platform/paths';
import { fontFolders } from './font-file';

export type PdfTask =
  | { kind: 'compile'; inputs: Record<string, string>; createdAt: number; archive: boolean }
  | { kind: 'merge'; files: string[]; title: string; author: string };

interface Pending {
  worker: Worker;
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
}

/** A worker that made so many documents gives its memory back by being replaced. */
const RECYCLE_AFTER = 1_000;
/** Of the heap of JavaScript: a merge gone wrong must not take the memory of the server. */
const LIMITS = { maxOldGenerationSizeMb: 768 };

/** The thread that compiles: started when needed, replaced when worn or dead. */
export class PdfWorker {
  private worker: Worker | undefined;
  private made = 0;
  private lastId = 0;
  private readonly pending = new Map<number, Pending>();

  constructor(private readonly limits: { maxOldGenerationSizeMb: number } = LIMITS) {}

  /** @param documents how many of them the task makes, counted for the replacement */
  async run(task: PdfTask, documents: number): Promise<Uint8Array> {
    const worker = this.ready();
    this.made += documents;
    const id = ++this.lastId;
    try {
      return await new Promise<Uint8Array>((resolve, reject) => {
        this.pending.set(id, { worker, resolve, reject });
        worker.ref();
        worker.postMessage({ id, ...task });
      });
    } finally {
      this.pending.delete(id);
      await this.rest(worker);
    }
  }

  async stop(): Promise<void> {
    await this.worker?.terminate();
    this.worker = undefined;
  }

  /** The next task gets a new thread. An idle one has given its memory back when this ends; a busy one goes later. */
  async retire(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    if (worker) await this.rest(worker);
  }

  /** Between tasks the thread does not keep the process alive; a worn one goes. */
  private async rest(worker: Worker): Promise<void> {
    if ([...this.pending.values()].some((waiting) => waiting.worker === worker)) return;
    worker.unref();
    if (worker === this.worker && this.made >= RECYCLE_AFTER) this.worker = undefined;
    if (worker !== this.worker) await worker.terminate();
  }

  private ready(): Worker {
    if (this.worker) return this.worker;
    const workspace = path.join(TEMPLATES_DIR, 'letters', 'typst');
    const worker = new Worker(path.join(PROJECT_ROOT, 'src', 'documents', 'typst.worker.mjs'), {
      workerData: { workspace, mainFile: path.join(workspace, 'paper.typ'), fontFolders: fontFolders() },
      resourceLimits: this.limits,
    });
    worker.on('message', (m: { id: number; bytes?: Uint8Array; error?: string }) => {
      const waiting = this.pending.get(m.id);
      if (m.bytes) waiting?.resolve(m.bytes);
      else waiting?.reject(new Error(`PDF not made: ${m.error}`));
    });
    worker.on('error', (error: unknown) => this.broken(worker, error));
    worker.on('exit', () => this.broken(worker, 'the thread ended'));
    this.made = 0;
    return (this.worker = worker);
  }

  /** The thread died (out of memory, missing binary, stop): its tasks fail, the next one gets a new thread. */
  private broken(worker: Worker, error: unknown): void {
    if (worker === this.worker) this.worker = undefined;
    const cause = error instanceof Error ? error : new Error(`PDF not made: ${String(error)}`);
    for (const waiting of this.pending.values()) if (waiting.worker === worker) waiting.reject(cause);
  }
}
