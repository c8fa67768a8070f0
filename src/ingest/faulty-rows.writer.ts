import { rm } from 'node:fs/promises';
import type { Fault } from './faults';
import { FileRefused, type RefusalCode } from './file-refused';
import { asRefusal, limitedWorker } from './limited-worker';
import type { FixedRules } from './reading-rules';
import { SILENCE_MS } from './reader-thread';

/** What is told of a line in the workbook of faulty rows. */
export type LineFault = Pick<Fault, 'line' | 'message' | 'remedy'>;

export interface FaultyRowsTask {
  source: string;
  rules: FixedRules;
  faults: LineFault[];
  target: string;
}

export type FaultyRowsMessage =
  | { kind: 'alive' }
  | { kind: 'done'; rows: number }
  | { kind: 'refused'; code: RefusalCode; args: Record<string, string | number> };

/**
 * Reads the source again, in a thread with the limits of every reader, and writes a workbook with its heading, the rows
 * of these faults as they stand in the source, and why each stayed out. Corrected and imported again it changes these
 * rows only. Answers the number of rows; a workbook that was not finished is removed. @throws FileRefused
 */
export async function writeFaultyRows(
  source: string,
  rules: FixedRules,
  faults: LineFault[],
  target: string,
): Promise<number> {
  const told = faults.map(({ line, message, remedy }) => ({ line, message, remedy }));
  try {
    return await runTask({ source, rules, faults: told, target });
  } catch (e) {
    await rm(target, { force: true });
    throw e;
  }
}

function runTask(task: FaultyRowsTask): Promise<number> {
  const worker = limitedWorker('faulty-rows-worker', task);
  let timer: NodeJS.Timeout | undefined;
  const outcome = new Promise<number>((resolve, reject) => {
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(new FileRefused('TOO_SLOW')), SILENCE_MS);
    };
    wait();
    worker.on('message', (message: FaultyRowsMessage) => {
      wait();
      if (message.kind === 'done') resolve(message.rows);
      if (message.kind === 'refused') reject(new FileRefused(message.code, message.args));
    });
    worker.on('error', (e: NodeJS.ErrnoException) => reject(asRefusal(e)));
    worker.on('exit', () => reject(new Error('the writer ended without a word')));
  });
  return outcome.finally(async () => {
    clearTimeout(timer);
    await worker.terminate();
  });
}
