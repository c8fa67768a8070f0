import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROJECT_ROOT } from './paths';
import { runningServices, type RunRecord } from './run-record';

/** Real data or the sample commune; one folder never holds both. */
export type DataKind = 'real' | 'demo';

const DEFAULTS: Record<DataKind, string> = {
  real: path.join(PROJECT_ROOT, '.data', 'chinh'),
  demo: path.join(PROJECT_ROOT, '.data', 'demo'),
};

/** The data folder of a service: DATA_DIR, else the usual one of its kind. */
export const serviceFolder = (kind: DataKind, env: NodeJS.ProcessEnv): string =>
  path.resolve(PROJECT_ROOT, env.DATA_DIR || DEFAULTS[kind]);

/**
 * The data folder a command works on: DATA_DIR, else that of the only service running from this copy of the project,
 * else the usual one for real data.
 */
export function commandFolder(
  env: NodeJS.ProcessEnv,
  services: RunRecord[] = runningServices(),
): { dataDir: string; service?: RunRecord } {
  const serving = (dir: string) => services.find((s) => s.dataDir === dir);
  if (env.DATA_DIR || env.DATABASE_URL) {
    const dataDir = serviceFolder('real', env);
    return { dataDir, service: serving(dataDir) };
  }
  const folders = new Set(services.map((s) => s.dataDir));
  const dataDir = folders.size === 1 ? [...folders][0]! : DEFAULTS.real;
  return { dataDir, service: serving(dataDir) };
}

/** Makes the folder. Others may pass through (the database server runs under its own account) but not look around. */
export function openFolder(dataDir: string): void {
  if (fs.existsSync(dataDir)) return;
  fs.mkdirSync(dataDir, { recursive: true });
  if (process.platform !== 'win32') fs.chmodSync(dataDir, 0o711);
}
