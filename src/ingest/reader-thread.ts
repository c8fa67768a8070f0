import type { Worker } from 'node:worker_threads';
import { FileRefused } from './file-refused';
import { asRefusal, limitedWorker } from './limited-worker';
import type { FixedRules } from './reading-rules';
import type { ReaderMessage } from './source-batches';

/** A reader that tells nothing for so long is stuck in its file. */
export const SILENCE_MS = 120_000;

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
    this.worker = limitedWorker('reader-worker', { path: file, rules });
    this.worker.on('message', (message: ReaderMessage) => this.arrived(message));
    this.worker.on('error', (e: NodeJS.ErrnoException) => this.failed(asRefusal(e)));
    this.worker.on('exit', () => this.failed(new Error('the reader ended without a word')));
  }

  /** The next thing the reader tells. @throws FileRefused when the file is refused */
  async next(): Promise<ReaderMessage> {
    if (this.queue.length === 0 && !this.failure) await this.silence();
    const message = this.queue.shift();
    if (!message) throw this.failure ?? new FileRefused('TOO_SLOW');
    this.worker.postMessage('go on');
    if (message.kind === 'refused') throw new FileRefused(message.code, message.args, message.columns);
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
