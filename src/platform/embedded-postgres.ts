import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as net from 'node:net';
import * as path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import {
  binariesFor,
  reachable,
  serverAccount,
  stateRoot,
  type Account,
  type Binaries,
} from './postgres-binaries';
import { keptSecret } from './kept-secret';
import { isAlive, runs } from './process-list';

export interface EmbeddedPostgresOptions {
  /** Folder for the cluster, its password and its log; made when absent. */
  dir: string;
  database?: string;
  settings?: Record<string, string>;
  /** Called once when the server goes away while it is still in use. */
  onLost?: () => void;
}

export interface EmbeddedPostgres {
  url: string;
  /** Stops the server unless another process still uses it. */
  stop(): Promise<void>;
}

interface Cluster {
  dir: string;
  pgdata: string;
  password: string;
  account: Account;
  binaries: Binaries;
}

/** Every user of a server holds this lock shared; who gets it alone may stop the server. */
const IN_USE = 7_240_719;

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '2GB',
  logging_collector: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * A PostgreSQL server of our own on 127.0.0.1, as its own process: it outlives a killed service, and the next start
 * takes it over. Two processes on one folder share one server.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const dir = serverFolder(path.resolve(options.dir), account);
  const cluster: Cluster = {
    dir,
    pgdata: path.join(dir, 'cluster'),
    password: passwordIn(dir, account),
    account,
    binaries: binariesFor(account),
  };
  await createCluster(cluster);
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const port = await runningPort(cluster, until);
    const keeper = port && (await takeHold(url(cluster, port, 'postgres')));
    if (keeper) return inUse(cluster, port, keeper, options);
    if (!port) await launch(cluster, options.settings ?? {});
    await pause(port ? 100 : 0);
  }
  throw new Error(`PostgreSQL did not start in ${cluster.pgdata}, see ${path.join(dir, 'postgres.log')}`);
}

const url = (c: Cluster, port: number, database: string) =>
  `postgres://postgres:${c.password}@127.0.0.1:${port}/${database}`;

async function inUse(
  cluster: Cluster,
  port: number,
  keeper: Client,
  { database = 'dung_hen', onLost }: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  await ensureDatabase(keeper, database);
  let stopping = false;
  keeper.once('end', () => {
    if (!stopping) onLost?.();
  });
  const stop = async () => {
    stopping = true;
    await keeper.end().catch(() => undefined);
    await stopIfUnused(cluster, port);
  };
  return { url: url(cluster, port, database), stop };
}

/**
 * The folder itself, or, when the server's account cannot enter it, one below the state root. The choice is noted
 * with the path it was made for, so that a copied or newly cloned project never shares another one's data.
 */
function serverFolder(wanted: string, account: Account): string {
  fs.mkdirSync(wanted, { recursive: true });
  if (reachable(wanted, account)) return wanted;
  const note = path.join(wanted, 'location.json');
  const noted = fs.existsSync(note)
    ? (JSON.parse(fs.readFileSync(note, 'utf8')) as { origin: string; folder: string })
    : undefined;
  if (noted?.origin === wanted && fs.existsSync(noted.folder)) return noted.folder;
  const folder = path.join(stateRoot(), `data-${randomBytes(8).toString('hex')}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  fs.writeFileSync(note, JSON.stringify({ origin: wanted, folder }));
  return folder;
}

function passwordIn(dir: string, account: Account): string {
  const file = path.join(dir, 'password');
  const password = keptSecret(file, 18);
  give(file, account);
  return password;
}

function give(file: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) fs.chownSync(file, uid, gid);
}

async function createCluster(c: Cluster): Promise<void> {
  if (fs.existsSync(path.join(c.pgdata, 'PG_VERSION'))) return;
  // Into a scratch name, then renamed: a killed initdb leaves no half-made cluster.
  const scratch = `${c.pgdata}.${randomBytes(6).toString('hex')}`;
  fs.mkdirSync(scratch, { mode: 0o700 });
  give(scratch, c.account);
  const options = ['-U', 'postgres', '--encoding=UTF8', '--locale=C', '--auth=scram-sha-256'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-sync', '--no-instructions'];
  await run(c, c.binaries.initdb, [
    '-D',
    scratch,
    ...options,
    ...locale,
    `--pwfile=${path.join(c.dir, 'password')}`,
  ]);
  fs.appendFileSync(path.join(scratch, 'postgresql.conf'), "\ninclude_if_exists = 'service.conf'\n");
  try {
    fs.renameSync(scratch, c.pgdata);
  } catch {
    fs.rmSync(scratch, { recursive: true, force: true }); // another first start was quicker
  }
}

/** Port of the server that already runs on this cluster (left by a killed service, or shared). */
async function runningPort(c: Cluster, until: number): Promise<number | undefined> {
  const file = path.join(c.pgdata, 'postmaster.pid');
  while (Date.now() < until) {
    const [pid, , , port, , , , state] = linesOf(file);
    if (!pid || !isAlive(Number(pid))) return undefined;
    if (!runs(Number(pid), ['postgres', c.pgdata])) {
      fs.rmSync(file, { force: true }); // the pid now belongs to another program
      return undefined;
    }
    if (port && state?.trim() === 'ready') return Number(port);
    await pause(25);
  }
  return undefined;
}

function linesOf(file: string): string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

async function launch(c: Cluster, settings: Record<string, string>): Promise<void> {
  const all = { ...SETTINGS, ...settings, port: String(await freePort()) };
  const conf = path.join(c.pgdata, 'service.conf');
  fs.writeFileSync(
    conf,
    Object.entries(all)
      .map(([k, v]) => `${k} = '${v}'\n`)
      .join(''),
  );
  give(conf, c.account);
  const log = path.join(c.dir, 'postgres.log');
  if ((fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) fs.rmSync(log);
  fs.closeSync(fs.openSync(log, 'a', 0o600));
  give(log, c.account);
  // A lost race for the port or the cluster fails here; the caller looks again who runs.
  await run(c, c.binaries.pgCtl, ['start', '-D', c.pgdata, '-l', log, '-w', '-t', '30', '-s']).catch(() =>
    pause(200),
  );
}

async function takeHold(adminUrl: string): Promise<Client | undefined> {
  const keeper = new Client({
    connectionString: adminUrl,
    application_name: 'dung-hen-keeper',
    keepAlive: true,
  });
  keeper.on('error', () => undefined);
  try {
    await keeper.connect();
    await keeper.query('select pg_advisory_lock_shared($1)', [IN_USE]);
    return keeper;
  } catch {
    await keeper.end().catch(() => undefined); // going down under us
    return undefined;
  }
}

async function ensureDatabase(keeper: Client, name: string): Promise<void> {
  const { rowCount } = await keeper.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount) return;
  await keeper.query(`create database ${keeper.escapeIdentifier(name)}`).catch((e: { code?: string }) => {
    if (e.code !== '42P04' && e.code !== '23505') throw e; // made by another start meanwhile
  });
}

async function stopIfUnused(c: Cluster, port: number): Promise<void> {
  const last = new Client({ connectionString: url(c, port, 'postgres') });
  last.on('error', () => undefined);
  try {
    await last.connect();
    const { rows } = await last.query<{ alone: boolean }>('select pg_try_advisory_lock($1) alone', [IN_USE]);
    if (!rows[0]?.alone) return;
    // The lock is held until the server is down, so nobody takes hold of it meanwhile.
    await run(c, c.binaries.pgCtl, ['stop', '-D', c.pgdata, '-m', 'fast', '-w', '-t', '30', '-s']);
  } catch {
    // already gone
  } finally {
    await last.end().catch(() => undefined);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function run(c: Cluster, command: string, args: string[]): Promise<void> {
  const output = fs.openSync(path.join(c.dir, 'pg_ctl.log'), 'w+', 0o600);
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };
  return new Promise<void>((resolve, reject) => {
    // No pipes: the server inherits them and they would stay open. Detached: Ctrl-C must not reach it.
    const stdio = ['ignore', output, output] as const;
    const child = spawn(command, args, { ...c.account, env, cwd: c.dir, detached: true, stdio: [...stdio] });
    child.once('error', reject);
    child.once('exit', (code) => {
      const said = () => fs.readFileSync(path.join(c.dir, 'pg_ctl.log'), 'utf8');
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(command)} ended with ${code}: ${said()}`));
    });
  }).finally(() => fs.closeSync(output));
}
