import * as path from 'node:path';
import { Worker } from 'node:worker_threads';
import { PROJECT_ROOT } from '../platform/paths';
import { FileRefused } from './file-refused';

/** Enough for the shared texts of a large workbook; beyond it only the thread dies, not the service. */
const MEMORY_MB = 768;

/** In tests the sources run uncompiled; the thread then needs the compiler too. */
const FROM_SOURCES = __filename.endsWith('.ts');
const COMPILER = path.join(PROJECT_ROOT, 'test', 'support', 'compile-typescript.cjs');

/** A thread for a file from outside, so that neither its size nor a trap in it stops the service. */
export const limitedWorker = (name: 'reader-worker' | 'faulty-rows-worker', data: unknown): Worker =>
  new Worker(path.join(__dirname, `${name}${path.extname(__filename)}`), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    ...(FROM_SOURCES ? { execArgv: ['--require', COMPILER] } : {}),
  });

/** What the end of such a thread means. */
export const asRefusal = (e: NodeJS.ErrnoException): Error =>
  e.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new FileRefused('TOO_MUCH_MEMORY') : e;
