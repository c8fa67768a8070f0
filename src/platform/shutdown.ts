/** Still running after this many milliseconds, the process leaves; the database has its own, longer patience. */
const PATIENCE = 40_000;

/** What has to be closed, in the order it was opened; closed the other way round, once. */
export class Shutdown {
  private readonly closers: (() => unknown)[] = [];
  private closing: Promise<void> | undefined;

  opened(close: () => unknown): void {
    this.closers.push(close);
  }

  /** Ctrl-C, SIGTERM and a closed terminal stop the process in order; a second signal changes nothing. */
  onSignals(announce: () => void, done: () => void): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (this.closing) return;
        announce();
        void this.close()
          .then(done)
          .then(
            () => process.exit(0),
            () => process.exit(1),
          );
      });
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    setTimeout(() => process.exit(1), PATIENCE).unref();
    let failure: unknown;
    for (const close of this.closers.reverse()) {
      try {
        await close();
      } catch (e) {
        failure ??= e; // the rest is closed all the same
      }
    }
    if (failure) throw failure as Error;
  }
}
