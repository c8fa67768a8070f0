import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readMailbox } from '../support/mailbox';
import { runCommand, startService, type ServiceProcess } from '../support/service-process';

describe('the demonstration', () => {
  const DATA_DIR = fs.mkdtempSync(path.join(os.tmpdir(), 'dung-hen-demo-'));
  let service: ServiceProcess;
  let key: string;

  beforeAll(async () => {
    fs.chmodSync(DATA_DIR, 0o711);
    service = await startService('demo', { DATA_DIR });
    key = runCommand(['cli', 'api-key', 'kiểm thử', '--role', 'administrator'], { DATA_DIR }).stdout.trim();
  });
  afterAll(async () => {
    service.kill('SIGTERM');
    await service.ended;
    fs.rmSync(DATA_DIR, { recursive: true, force: true });
  });

  const ask = async (address: string): Promise<unknown> => {
    const answer = await fetch(`${service.url}/api/v1/${address}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return answer.json();
  };

  it('prints the address, an account for each role and their password', () => {
    for (const account of ['motcua', 'vanphong', 'vanhoa', 'kinhte', 'lanhdao', 'vanthu', 'quantri'])
      expect(service.output()).toMatch(new RegExp(`^ +${account} `, 'm'));
    expect(service.output()).toMatch(/mật khẩu binh-lu-\d{4}/);
  });

  it('shows the figures of the plan for 2025', async () => {
    const report = await ask('reports/on-time?from=2025-01-01&to=2025-12-31');
    expect(report).toMatchObject({ settled: 2141, onTimeOrEarly: 2089, late: 52, percent: 97.57 });
  });

  it('imports its own files without a faulty row', () => {
    expect(service.output()).not.toMatch(/dòng lỗi/);
  });

  it('has sent alerts to the local mailbox', async () => {
    for (let i = 0; i < 100 && (await readMailbox(DATA_DIR)).length === 0; i++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const [mail] = await readMailbox(DATA_DIR);
    expect(mail?.text).toContain('hồ sơ');
  });

  it('starts again with its data and the same password, without loading anew', async () => {
    const password = /binh-lu-\d{4}/.exec(service.output())![0];
    service.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    service = await startService('demo', { DATA_DIR });
    expect(service.output()).toContain(password);
    expect(service.output()).not.toContain('Nhập danh sách');
  });
});
