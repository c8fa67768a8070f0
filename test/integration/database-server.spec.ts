import { fork } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/embedded-postgres';
import { isAlive } from '../../src/platform/process-list';

const pidIn = (dir: string): number =>
  Number(fs.readFileSync(path.join(dir, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

async function answers(server: EmbeddedPostgres): Promise<boolean> {
  const client = new Client({ connectionString: server.url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query('select 1 as one')).rows.length === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 25));
}

describe('the embedded PostgreSQL', () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dữ liệu thử '));
    fs.chmodSync(dir, 0o755);
  });
  afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

  it('starts in a folder with blanks and marks in its name, and is gone after the stop', async () => {
    const server = await startEmbeddedPostgres({ dir });
    const pid = pidIn(dir);
    expect(await answers(server)).toBe(true);
    await server.stop();
    await until(() => !isAlive(pid));
    expect(isAlive(pid)).toBe(false);
  });

  it('is shared by two users; only the last one stops it', async () => {
    const [a, b] = await Promise.all([startEmbeddedPostgres({ dir }), startEmbeddedPostgres({ dir })]);
    expect(a.url).toBe(b.url);
    await a.stop();
    expect(await answers(b)).toBe(true);
    await b.stop();
    expect(await answers(b)).toBe(false);
  });

  it('keeps its rows over a stop and a new start', async () => {
    const first = await startEmbeddedPostgres({ dir });
    const client = new Client({ connectionString: first.url });
    await client.connect();
    await client.query('create table kept as select 2141 as settled');
    await client.end();
    await first.stop();
    const second = await startEmbeddedPostgres({ dir });
    const again = new Client({ connectionString: second.url });
    await again.connect();
    expect((await again.query('select settled from kept')).rows).toEqual([{ settled: 2141 }]);
    await again.end();
    await second.stop();
  });

  it('starts again after the server itself was killed', async () => {
    const killed = await startEmbeddedPostgres({ dir });
    const pid = pidIn(dir);
    process.kill(pid, 'SIGKILL');
    await until(() => !isAlive(pid));
    const server = await startEmbeddedPostgres({ dir });
    expect(await answers(server)).toBe(true);
    await killed.stop();
    await server.stop();
  });

  it('is not misled by a pid file that names another program', async () => {
    const first = await startEmbeddedPostgres({ dir });
    const stale = fs.readFileSync(path.join(dir, 'cluster', 'postmaster.pid'), 'utf8').split('\n');
    await first.stop();
    const other = fork(path.join(__dirname, '..', 'fixtures', 'idle.cjs'));
    await new Promise((resolve) => other.once('message', resolve));
    stale[0] = String(other.pid);
    fs.writeFileSync(path.join(dir, 'cluster', 'postmaster.pid'), stale.join('\n'));
    const server = await startEmbeddedPostgres({ dir });
    expect(await answers(server)).toBe(true);
    await server.stop();
    expect(other.kill()).toBe(true);
  });

  it('tells its user when it is lost', async () => {
    const lost = jest.fn();
    const server = await startEmbeddedPostgres({ dir, onLost: lost });
    process.kill(pidIn(dir), 'SIGKILL');
    await until(() => lost.mock.calls.length > 0);
    expect(lost).toHaveBeenCalledTimes(1);
    await server.stop();
  });

  it('runs from a folder that its account cannot enter', async () => {
    fs.chmodSync(dir, 0o700);
    const state = fs.mkdtempSync(path.join(os.tmpdir(), 'state-'));
    fs.chmodSync(state, 0o755);
    process.env.STATE_DIR = state;
    const hidden = path.join(dir, 'postgres');
    const server = await startEmbeddedPostgres({ dir: hidden });
    expect(await answers(server)).toBe(true);
    await server.stop();
    const again = await startEmbeddedPostgres({ dir: hidden });
    await again.stop();
    expect(fs.readdirSync(state).filter((f) => f.startsWith('data-')).length).toBe(
      process.getuid?.() === 0 ? 1 : 0,
    );
    delete process.env.STATE_DIR;
    fs.rmSync(state, { recursive: true, force: true });
  });
});
