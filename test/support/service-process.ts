import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROJECT_ROOT } from '../../src/platform/paths';

const START = path.join(PROJECT_ROOT, 'src', 'start.mjs');
/** The address, and the last line of the greeting: output comes in pieces. */
const READY = /đang chạy (?:tại (http:\S+)[\s\S]*Dừng: Ctrl-C|phần xử lý nền)/;

/** Settings of the test run must not reach the service under test. */
function cleanEnvironment(extra: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, CHROMIUM_PATH } = process.env;
  return { PATH, HOME, LANG, CHROMIUM_PATH, ...extra };
}

export interface ServiceProcess {
  /** Empty for a worker. */
  url: string;
  pid: number;
  /** Everything said so far on stdout and stderr. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, null when killed by a signal. */
  ended: Promise<number | null>;
}

/** Starts the built service as its own process, as `npm start` and `npm run demo` do. */
export async function startService(
  mode: 'start' | 'demo',
  env: Record<string, string>,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [START, mode], {
    env: cleanEnvironment({ PORT: '0', ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = collect(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const url = await new Promise<string>((resolve, reject) => {
    const look = () => {
      const found = READY.exec(said());
      if (found) resolve(found[1] ?? '');
    };
    child.stdout!.on('data', look);
    void ended.then((code) => reject(new Error(`ended with ${code} before it was ready:\n${said()}`)));
  });
  return { url, pid: child.pid!, output: said, ended, kill: (signal) => void child.kill(signal) };
}

function collect(child: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of the command line to its end. */
export function runCommand(args: string[], env: Record<string, string>): CommandResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [START, ...args], {
    env: cleanEnvironment(env),
    encoding: 'utf8',
    timeout: 110_000,
  });
  return { code: status, stdout, stderr };
}

/** Pid of the embedded server of a data folder, undefined when none is running. */
export function serverPid(dataDir: string): number | undefined {
  const file = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  return Number(fs.readFileSync(file, 'utf8').split('\n')[0]);
}
