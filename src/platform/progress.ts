import { consoleText } from './console-text';

const SAY_AGAIN_AFTER = 5_000;

/** Step-by-step lines on the console. Commands use stderr, because their stdout is the answer. */
export class Progress {
  private standing = false;
  private saidAt = performance.now();

  constructor(private readonly out: { write(text: string): unknown; isTTY?: boolean }) {}

  async step<T>(what: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    try {
      const result = await work();
      this.line(consoleText.done(what, consoleText.seconds(performance.now() - started)));
      return result;
    } catch (e) {
      this.line(consoleText.failed(what));
      throw e;
    }
  }

  line(text: string): void {
    this.clear();
    this.out.write(`${text}\n`);
  }

  /** How far something is: on a terminal one line that changes, elsewhere a line now and then. */
  now(text: string): void {
    if (this.out.isTTY) {
      this.out.write(`\r\x1b[2K${text}`);
      this.standing = true;
      return;
    }
    const at = performance.now();
    if (at - this.saidAt < SAY_AGAIN_AFTER) return;
    this.saidAt = at;
    this.out.write(`${text}\n`);
  }

  private clear(): void {
    if (this.standing) this.out.write('\r\x1b[2K');
    this.standing = false;
  }
}
