import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROJECT_ROOT } from './paths';
import { runs } from './process-list';

/** One running service of this copy of the project, so that a command finds the data it serves. */
export interface RunRecord {
  pid: number;
  dataDir: string;
  /** null: a worker without pages */
  url: string | null;
  /** true: the database is the one of DATABASE_URL, not one in the data folder */
  externalDatabase: boolean;
}

const FOLDER = path.join(PROJECT_ROOT, '.data', 'run');

/** Notes this process as running. @returns takes the note away again. */
export function announceRun(record: Omit<RunRecord, 'pid'>): () => void {
  const file = path.join(FOLDER, `${process.pid}.json`);
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, ...record }));
  return () => fs.rmSync(file, { force: true });
}

/** Services that really run; notes of killed ones are taken away. */
export function runningServices(): RunRecord[] {
  if (!fs.existsSync(FOLDER)) return [];
  return fs.readdirSync(FOLDER).flatMap((name) => {
    const file = path.join(FOLDER, name);
    try {
      const record = JSON.parse(fs.readFileSync(file, 'utf8')) as RunRecord;
      if (runs(record.pid, ['node'])) return [record];
      fs.rmSync(file, { force: true });
    } catch {
      // being written or taken away this moment
    }
    return [];
  });
}
