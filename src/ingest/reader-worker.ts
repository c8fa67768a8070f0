import { parentPort, workerData } from 'node:worker_threads';
import type { FixedRules } from './reading-rules';
import { readBatches, type ReaderMessage } from './source-batches';

/** Messages the reader may be ahead of its consumer. */
const AHEAD = 3;

const { path, rules } = workerData as { path: string; rules: FixedRules };
const port = parentPort!;
let ahead = 0;
let goOn: (() => void) | undefined;

port.on('message', () => {
  ahead -= 1;
  goOn?.();
});

async function emit(message: ReaderMessage): Promise<void> {
  while (ahead >= AHEAD) await new Promise<void>((resolve) => (goOn = resolve));
  ahead += 1;
  port.postMessage(message, message.kind === 'cases' ? [message.bytes.buffer] : []);
}

void readBatches(path, rules, emit).finally(() => port.unref());
