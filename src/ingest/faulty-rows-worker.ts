import { parentPort, workerData } from 'node:worker_threads';
import { FileRefused } from './file-refused';
import { fillFaultyRows } from './faulty-rows-sheet';
import type { FaultyRowsMessage, FaultyRowsTask } from './faulty-rows.writer';

const tell = (message: FaultyRowsMessage): void => parentPort?.postMessage(message);

void fillFaultyRows(workerData as FaultyRowsTask, () => tell({ kind: 'alive' })).then(
  (rows) => tell({ kind: 'done', rows }),
  (e: unknown) => {
    if (!(e instanceof FileRefused)) throw e;
    tell({ kind: 'refused', code: e.code, args: e.args });
  },
);
