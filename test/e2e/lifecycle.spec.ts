import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { isAlive } from '../../src/platform/process-list';
import { connect, createEmptyDatabase } from '../support/database';
import { runCommand, serverPid, startService, type ServiceProcess } from '../support/service-process';

const healthy = async (service: ServiceProcess): Promise<number> =>
  (await fetch(`${service.url}/suc-khoe`)).status;

async function until(condition: () => boolean): Promise<boolean> {
  for (let i = 0; i < 600 && !condition(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  return condition();
}

describe('the service as a process', () => {
  const folders: string[] = [];
  const running: ServiceProcess[] = [];

  function dataFolder(): string {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dung-hen-life-'));
    fs.chmodSync(dir, 0o711);
    folders.push(dir);
    return dir;
  }

  async function start(env: Record<string, string>): Promise<ServiceProcess> {
    const service = await startService('start', env);
    running.push(service);
    return service;
  }

  async function stop(service: ServiceProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    service.kill(signal);
    return service.ended;
  }

  afterEach(async () => {
    for (const service of running.splice(0)) await stop(service);
    for (const dir of folders.splice(0)) {
      await until(() => serverPid(dir) === undefined);
      fs.rmSync(dir, { recursive: true, force: true });
    }
  });

  it('prints the first administrator with a password once, and never again', async () => {
    const DATA_DIR = dataFolder();
    const first = await start({ DATA_DIR });
    expect(await healthy(first)).toBe(200);
    expect(first.output()).toMatch(/quantri, mật khẩu \S{10,}/);
    await stop(first);
    const second = await start({ DATA_DIR });
    expect(second.output()).not.toContain('mật khẩu');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops cleanly on %s and takes its database along',
    async (signal) => {
      const DATA_DIR = dataFolder();
      const service = await start({ DATA_DIR });
      const database = serverPid(DATA_DIR)!;
      expect(await stop(service, signal)).toBe(0);
      expect(await until(() => !isAlive(database))).toBe(true);
      expect(service.output()).not.toMatch(/terminating connection|Error|error:/);
    },
  );

  it('recovers after kill -9: the next start takes over the database that was left running', async () => {
    const DATA_DIR = dataFolder();
    const killed = await start({ DATA_DIR });
    const database = serverPid(DATA_DIR)!;
    expect(await stop(killed, 'SIGKILL')).toBeNull();
    expect(isAlive(database)).toBe(true);
    const service = await start({ DATA_DIR });
    expect(serverPid(DATA_DIR)).toBe(database);
    expect(await healthy(service)).toBe(200);
    await stop(service);
    expect(await until(() => !isAlive(database))).toBe(true);
  });

  it('recovers when its database was killed with it', async () => {
    const DATA_DIR = dataFolder();
    const killed = await start({ DATA_DIR });
    process.kill(serverPid(DATA_DIR)!, 'SIGKILL');
    await stop(killed, 'SIGKILL');
    expect(await healthy(await start({ DATA_DIR }))).toBe(200);
  });

  it('leaves with a message when only its database was killed', async () => {
    const DATA_DIR = dataFolder();
    const service = await start({ DATA_DIR });
    process.kill(serverPid(DATA_DIR)!, 'SIGKILL');
    expect(await service.ended).toBe(1);
    expect(service.output()).toContain('Cơ sở dữ liệu đã dừng ngoài ý muốn');
  });

  it('runs twice side by side on two data folders', async () => {
    const [a, b] = [dataFolder(), dataFolder()];
    const [first, second] = await Promise.all([start({ DATA_DIR: a }), start({ DATA_DIR: b })]);
    expect(first.url).not.toBe(second.url);
    expect(serverPid(a)).not.toBe(serverPid(b));
    await stop(first);
    expect(await healthy(second)).toBe(200);
  });

  it('names the port that is taken, and what to do', async () => {
    const other = net.createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as net.AddressInfo;
    const DATA_DIR = dataFolder();
    const refused = startService('start', { DATA_DIR, PORT: String(port) });
    await expect(refused).rejects.toThrow(new RegExp(`Cổng ${port}.*đang có chương trình khác dùng`));
    await new Promise((resolve) => other.close(resolve));
  });

  it('refuses the demonstration on real data', async () => {
    const DATA_DIR = dataFolder();
    await stop(await start({ DATA_DIR }));
    await expect(startService('demo', { DATA_DIR })).rejects.toThrow(/đang giữ dữ liệu thật/);
  });

  it('uses the PostgreSQL of DATABASE_URL and starts none of its own', async () => {
    const [DATA_DIR, database] = [dataFolder(), await createEmptyDatabase()];
    const service = await start({ DATA_DIR, DATABASE_URL: database.url });
    expect(await healthy(service)).toBe(200);
    expect(serverPid(DATA_DIR)).toBeUndefined();
    expect(await stop(service)).toBe(0);
    await database.drop();
  });

  it('names the host of a DATABASE_URL that does not answer, never its password', async () => {
    const url = 'postgres://ai:bi-mat@127.0.0.1:1/dung_hen';
    const refused = startService('start', { DATA_DIR: dataFolder(), DATABASE_URL: url });
    const message = await refused.then(
      () => '',
      (e: Error) => e.message,
    );
    expect(message).toMatch(/Không kết nối được PostgreSQL ở 127\.0\.0\.1:1/);
    expect(message).not.toContain('bi-mat');
  });

  it('lists every wrong setting at once', async () => {
    const wrong = { DATA_DIR: dataFolder(), ROLE: 'boss', DATABASE_URL: 'mysql://x' };
    await expect(startService('start', wrong)).rejects.toThrow(
      /DATABASE_URL[\s\S]*ROLE|ROLE[\s\S]*DATABASE_URL/,
    );
  });

  it('opens no port when ROLE=worker, beside a process with ROLE=web', async () => {
    const DATA_DIR = dataFolder();
    const web = await start({ DATA_DIR, ROLE: 'web' });
    const worker = await start({ DATA_DIR, ROLE: 'worker', PORT: new URL(web.url).port });
    expect(worker.url).toBe('');
    expect(await stop(worker)).toBe(0);
    expect(await healthy(web)).toBe(200);
  });
});

describe('the command line', () => {
  let dir: string;
  beforeEach(() => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dung-hen-cli-'));
    fs.chmodSync(dir, 0o711);
  });
  afterEach(() => fs.rmSync(dir, { recursive: true, force: true }));

  const fixture = path.join(__dirname, '..', 'fixtures', 'data', 'cases-2025.xlsx');

  it('imports without a running service, prints only JSON, and finds nothing new the second time', () => {
    const first = runCommand(['cli', 'import', fixture, '--json'], { DATA_DIR: dir });
    expect(first.code).toBe(0);
    expect(JSON.parse(first.stdout)).toMatchObject({
      rows: 2162,
      created: 2162,
      updated: 0,
      faulty: 0,
      faults: [],
    });
    const again = runCommand(['cli', 'import', fixture, '--json'], { DATA_DIR: dir });
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, unchanged: 2162, faulty: 0 });
  });

  it('only tells with --check what a file would do, and leaves nothing behind', () => {
    const checked = runCommand(['cli', 'import', fixture, '--check'], { DATA_DIR: dir });
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.stdout).toMatch(/^cases-2025\.xlsx: 2162 dòng, chưa ghi gì\. Nếu ghi: 2162 hồ sơ mới/);
    expect(fs.readdirSync(path.join(dir, 'imports'))).toEqual([]);
    const named = ['cli', 'import', fixture, '--source', 'bo-nganh', '--json'];
    expect(JSON.parse(runCommand(named, { DATA_DIR: dir }).stdout)).toMatchObject({
      ...{ created: 2162, source: 'bo-nganh' },
    });
  });

  it('compares what is stored with what would be computed, and rebuilds it', async () => {
    const database = await createEmptyDatabase();
    const env = { DATA_DIR: dir, DATABASE_URL: database.url };
    expect(runCommand(['cli', 'import', fixture, '--json'], env).code).toBe(0);
    const recompute = (...args: string[]) => runCommand(['cli', 'recompute', ...args], env);
    expect(recompute('--check')).toMatchObject({
      code: 0,
      stdout: '2162 hồ sơ, mọi giá trị đã lưu đều đúng như tính lại.\n',
    });
    const source = await connect(database.url);
    await source.query(`update case_record set deadline_day = deadline_day - 1 where id <= 3`);
    await source.destroy();
    const report = '  ngày của hạn theo dõi: 3\n';
    expect(recompute('--check')).toMatchObject({
      code: 1,
      stdout: `2162 hồ sơ, 3 giá trị đã lưu khác giá trị tính lại.\n${report}`,
    });
    expect(recompute()).toMatchObject({
      code: 0,
      stdout: `3 hồ sơ đổi kết quả tính, trong đó 0 hồ sơ đổi hạn tính lại.\n${report}`,
    });
    expect(recompute('--check').code).toBe(0);
    await database.drop();
  });

  it('imports beside the running service into its data', async () => {
    const service = await startService('start', { DATA_DIR: dir });
    const key = runCommand(['cli', 'api-key', 'kiểm thử', '--role', 'administrator'], { DATA_DIR: dir });
    expect(key.stdout).toMatch(/^dh_\S+\n$/);
    expect(runCommand(['cli', 'import', fixture, '--json'], { DATA_DIR: dir }).code).toBe(0);
    const report = await fetch(`${service.url}/api/v1/reports/on-time?from=2025-01-01&to=2025-12-31`, {
      headers: { authorization: `Bearer ${key.stdout.trim()}` },
    });
    expect(await report.json()).toMatchObject({ settled: 2141, late: 52 });
    service.kill('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  it('ends with 1 and says what to do when a file is refused', () => {
    const file = path.join(dir, 'rong.xlsx');
    fs.writeFileSync(file, '');
    const refused = runCommand(['cli', 'import', file, '--json'], { DATA_DIR: path.join(dir, 'data') });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('rong.xlsx');
  });

  it.each([
    [['cli', 'import', '/no/such/file.csv'], /Không đọc được tệp/],
    [['cli', 'import'], /Cách dùng: npm run import/],
    [['cli', 'api-key', 'x', '--role', 'king'], /thiếu --role/],
    [['cli', 'fly'], /Không có lệnh fly/],
  ])('%j is refused with its usage', (args, message) => {
    const refused = runCommand(args, { DATA_DIR: dir });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(message);
    expect(refused.stdout).toBe('');
  });
});
