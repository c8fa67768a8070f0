import * as path from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { PROJECT_ROOT } from '../platform/paths';
import { FileRefused } from './file-refused';
import type { FixedRules, ReaderMessage } from './source-batches';

/** Enough for the shared texts of a 200 MB workbook; beyond it only the thread dies, not the service. */
const MEMORY_MB = 768;
/** A reader that tells nothing for so long is stuck in its file. */
const SILENCE_MS = 120_000;

/** In tests the sources run uncompiled; the thread then needs the compiler too. */
const FROM_SOURCES = __filename.endsWith('.ts');
const COMPILER = path.join(PROJECT_ROOT, 'test', 'support', 'compile-typescript.cjs');

/**
 * Reads one file in a thread of its own, so that neither its size nor a trap in it stops the service. Messages wait
 * for the consumer: the reader is never more than a few batches ahead.
 */
export class ReaderThread {
  private readonly worker: Worker;
  private readonly queue: ReaderMessage[] = [];
  private failure: Error | undefined;
  private wake: (() => void) | undefined;

  constructor(file: string, rules: FixedRules) {
    const options: WorkerOptions = {
      workerData: { path: file, rules },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      ...(FROM_SOURCES ? { execArgv: ['--require', COMPILER] } : {}),
    };
    this.worker = new Worker(path.join(__dirname, `reader-worker${path.extname(__filename)}`), options);
    this.worker.on('message', (message: ReaderMessage) => this.arrived(message));
    this.worker.on('error', (e: NodeJS.ErrnoException) =>
      this.failed(e.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileRefused('TOO_MUCH_MEMORY') : e),
    );
    this.worker.on('exit', () => this.failed(new Error('the reader ended without a word')));
  }

  /** The next thing the reader tells. @throws FileRefused when the file is refused */
  async next(): Promise<ReaderMessage> {
    if (this.queue.length === 0 && !this.failure) await this.silence();
    const message = this.queue.shift();
    if (!message) throw this.failure ?? new FileRefused('TOO_SLOW');
    this.worker.postMessage('go on');
    if (message.kind === 'refused') throw new FileRefused(message.code, message.args);
    return message;
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private silence(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, SILENCE_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private arrived(message: ReaderMessage): void {
    this.queue.push(message);
    this.wake?.();
  }

  private failed(error: Error): void {
    this.failure ??= error;
    this.wake?.();
  }
}
