import { consoleText } from './console-text';

/** Step-by-step lines on the console. Commands use stderr, because their stdout is the answer. */
export class Progress {
  constructor(private readonly out: { write(text: string): unknown }) {}

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
    this.out.write(`${text}\n`);
  }
}
