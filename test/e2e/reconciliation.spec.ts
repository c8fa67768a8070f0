import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import Excel from 'exceljs';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { FileStore } from '../../src/platform/file-store';
import type { Role } from '../../src/web/reader';
import { give, prepareProcedures } from '../integration/reconciliation-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client } from './auth-client';

const A = 'H35.50.12-261116-0001';
const B = 'H35.50.12-261116-0002';
const WRONG = 'H35.50.12-260828-0003';
const FORM = `/doi-soat/${A}/chua-cap-nhat-trang-thai`;
const PDF = Buffer.from('%PDF-1.7 quyet dinh');

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp({ env: { ROLE: 'web' } });
  await prepareProcedures(t);
});
afterAll(() => t?.close());
beforeEach(async () => {
  await t.db.query('truncate overdue_settlement, letter, case_event, case_record cascade');
  await give(t, [
    { code: A, finished: '2026-11-19T15:00:00+07:00', applicant: '=HYPERLINK("x") <b>Pàng</b>' },
    { code: B, finished: '2026-11-18T15:00:00+07:00', applicant: 'Lò Văn An' },
    {
      ...{ code: WRONG, status: 9, applicant: 'Giàng A Chớ' },
      ...{ received: '2026-08-28T09:00:00+07:00', promised: '2026-09-02T09:00:00+07:00' },
      finished: '2026-08-31T10:00:00+07:00',
    },
  ]);
});

const as = async (role: Role): Promise<Client> => new Client(t.url, await signIn(t, role));
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const tokenOf = (html: string): string => /_csrf(?:=|" value=")([^"]+)"/.exec(html)?.[1] ?? '';

/** Sends a form with a file, as a browser does. */
async function send(
  role: Role,
  address: string,
  fields: [string, string][],
  file?: { name: string; bytes: Buffer },
) {
  const session = await signIn(t, role);
  const page = await fetch(t.url + FORM, { headers: { cookie: session, accept: 'text/html' } });
  const cookie = [session, ...page.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  // a browser sends an empty part when no file was chosen
  body.append('tep', new Blob([new Uint8Array(file?.bytes ?? [])]), file?.name ?? '');
  const token = tokenOf(await page.text());
  const answer = await fetch(`${t.url}${address}?_csrf=${token}`, {
    ...{ method: 'POST', body, redirect: 'manual' },
    headers: { cookie, accept: 'text/html' },
  });
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

const told: [string, string][] = [
  ['ket_luan', 'system-error'],
  ['ghi_chu', 'Đã xem sổ trả kết quả'],
  ['minh_chung', 'GXN số 12 ngày 19/11/2026'],
];
const without = (name: string) => told.filter(([n]) => n !== name);

describe('who may', () => {
  it.each<[Role, number]>([
    ['officer', 200],
    ['supervisor', 200],
    ['administrator', 200],
    ['clerk', 403],
  ])('read as %s: %d', async (role, status) => {
    const client = await as(role);
    expect((await client.get('/doi-soat')).status).toBe(status);
    expect((await client.get('/doi-soat.xlsx')).status).toBe(status);
    expect((await client.get(FORM)).status).toBe(status);
  });

  it.each<[Role, number]>([
    ['officer', 303],
    ['supervisor', 303],
    ['administrator', 403],
    ['clerk', 403],
  ])('settle as %s: %d', async (role, status) => {
    expect((await send(role, FORM, told)).status).toBe(status);
  });

  it('an administrator sees no form and no boxes, and finds the page in the second navigation', async () => {
    const client = await as('administrator');
    const list = (await client.get('/doi-soat')).body;
    expect(list).toMatch(/<a href="\/doi-soat" aria-current="page">\s*Đối soát/);
    expect(list).not.toContain('name="muc"');
    expect((await client.get(FORM)).body).not.toContain('name="ket_luan"');
  });

  it('a leader comes from the dashboard, where the open suspicions are counted', async () => {
    const { body } = await (await as('supervisor')).get('/dieu-hanh');
    expect(textOf(body)).toContain('Đối soát quá hạn: 2 nghi vấn');
    expect(body).toContain('href="/doi-soat?nam=2026"');
    expect((await (await as('clerk')).get('/dieu-hanh')).body).not.toContain('/doi-soat');
  });
});

describe('the list', () => {
  it('shows each cause with its count, what the source says and what is known; names are no markup', async () => {
    const { body } = await (await as('officer')).get('/doi-soat');
    const text = textOf(body);
    expect(text).toContain('Chưa cập nhật trạng thái (2)');
    expect(text).toContain('Hẹn lệch lịch, chưa thành quá hạn (1)');
    expect(text).toContain('Nguồn nói: Đang xử lý, đã quá hạn 19/11/2026');
    expect(text).toContain('Đã biết: Đã có kết quả 19/11/2026, trong hạn');
    expect(text).toContain('Lịch tính: Hạn là 7/9/2026, có thể vì nguồn không trừ ngày nghỉ lễ');
    expect(body).toContain('&lt;b&gt;Pàng&lt;/b&gt;');
  });

  it('is narrowed by cause, state and year; what nobody offers is not asked for', async () => {
    const client = await as('officer');
    const codesOf = async (query: string): Promise<string[]> => {
      const { body } = await client.get(`/doi-soat?${query}`);
      return [...body.matchAll(/name="muc" value="([^"/]+)\//g)].map((m) => m[1]!).sort();
    };
    expect(await codesOf('nguyen_nhan=hen-lech')).toEqual([WRONG]);
    expect(await codesOf('tinh_trang=loi-he-thong')).toEqual([]);
    expect(await codesOf('nam=2025')).toEqual([]);
    expect(await codesOf('nam=abc&trang=-3&nguyen_nhan=gi-do')).toEqual([WRONG, A, B].sort());
    await send('officer', FORM, told);
    expect(await codesOf('')).toEqual([WRONG, B].sort());
    expect(await codesOf('tinh_trang=loi-he-thong')).toEqual([A]);
    expect(await codesOf('tinh_trang=tat-ca')).toHaveLength(3);
  });

  it('as a workbook holds all rows of the filter and runs nothing', async () => {
    await send('officer', FORM, told);
    const cookie = await signIn(t, 'supervisor');
    const answer = await fetch(`${t.url}/doi-soat.xlsx?tinh_trang=tat-ca`, { headers: { cookie } });
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="doi-soat-qua-han-2026-11-23.xlsx"',
    );
    const book = new Excel.Workbook();
    await book.xlsx.load((await answer.arrayBuffer()) as never);
    const sheet = book.worksheets[0]!;
    expect(sheet.rowCount).toBe(4);
    const row = [2, 3, 4].map((n) => sheet.getRow(n)).find((r) => r.getCell(3).value === A)!;
    expect(row.getCell(5).value).toBe('\'=HYPERLINK("x") <b>Pàng</b>');
    expect(row.getCell(2).value).toBe('Lỗi hệ thống');
    expect(row.getCell(14).value).toBe('GXN số 12 ngày 19/11/2026');
  });

  it('is told to programs too, and a wrong question is refused', async () => {
    const { key } = await t.app.get(ApiKeyService).create('đối soát', 'supervisor');
    const ask = async (query: string) => {
      const headers = { authorization: `Bearer ${key}` };
      const answer = await fetch(`${t.url}/api/v1/reconciliation${query}`, { headers });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const { status, body } = await ask('?cause=status-not-updated&year=2026');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 2, page: 1 });
    expect((body.findings as object[]).find((f) => (f as { code: string }).code === B)).toMatchObject({
      ...{ cause: 'status-not-updated', state: 'open', twinCode: null },
      ...{ promisedAt: '2026-11-19T09:00:00+07:00', resultAt: '2026-11-18T15:00:00+07:00' },
    });
    expect((await ask('?cause=gi-do')).status).toBe(400);
    expect((await ask('?nam=2026')).status).toBe(400);
  });
});

describe('settling', () => {
  it('takes verdict, note and proof, says so on the case page and leads back to the list', async () => {
    const bytes = PDF;
    const done = await send('officer', FORM, told, { name: 'Giấy xác nhận.pdf', bytes });
    expect(done).toMatchObject({ status: 303, location: '/doi-soat' });
    const officer = await as('officer');
    const page = textOf((await officer.get(`/ho-so/${A}`)).body);
    expect(page).toContain('Lỗi hệ thống đã xác nhận: Chưa cập nhật trạng thái. Đã xem sổ trả kết quả');
    expect(page).toContain('Không cần thư xin lỗi: quá hạn do lỗi hệ thống, đã xác nhận.');
    const again = (await officer.get(FORM)).body;
    expect(textOf(again)).toMatch(/Các lần xác minh Lỗi hệ thống Vàng Thị Diễm, .*về hạn 19\/11\/2026/);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(again).toContain(`href="/doi-soat/minh-chung/${sha256}"`);
    const file = await officer.get(`/doi-soat/minh-chung/${sha256}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''Gi%E1%BA%A5y/);
    expect((await officer.get(`/doi-soat/minh-chung/${'0'.repeat(64)}`)).status).toBe(404);
  });

  it.each<[string, [string, string][], string]>([
    ['no verdict', without('ket_luan'), 'Chưa chọn kết quả xác minh.'],
    ['an unknown verdict', [['ket_luan', 'gi-do'], ...without('ket_luan')], 'Chưa chọn kết quả xác minh.'],
    ['no note', without('ghi_chu'), 'Chưa ghi nội dung xác minh.'],
    ['a note of blanks', [['ghi_chu', '   '], ...without('ghi_chu')], 'Chưa ghi nội dung xác minh.'],
    ['no proof', without('minh_chung'), 'Chưa ghi minh chứng.'],
  ])('with %s is refused, what was typed stays', async (_name, fields, text) => {
    const { status, html } = await send('officer', FORM, fields);
    expect(status).toBe(422);
    expect(textOf(html)).toContain(text);
    const typed = fields.find(([name, value]) => name === 'minh_chung' && value)?.[1];
    if (typed) expect(html).toContain(typed);
    const [{ n }] = (await t.db.query('select count(*)::int as n from overdue_settlement')) as [
      { n: number },
    ];
    expect(n).toBe(0);
  });

  it('a true overdue needs no proof', async () => {
    const fields: [string, string][] = [
      ['ket_luan', 'true-overdue'],
      ['ghi_chu', 'Kết quả chưa ký'],
    ];
    expect((await send('officer', FORM, fields)).status).toBe(303);
  });

  it.each<[string, string, Buffer, string]>([
    ['a program', 'a.exe', Buffer.from('MZ'), 'Tệp a.exe không phải PDF, PNG, JPG hoặc XLSX.'],
    [
      'another file called .pdf',
      'a.pdf',
      Buffer.from('PK\x03\x04'),
      'Tệp a.pdf không phải PDF, PNG, JPG hoặc XLSX.',
    ],
    [
      'an archive called .xlsx',
      'a.xlsx',
      Buffer.from('PK\x03\x04 word/document.xml'),
      'Tệp a.xlsx không phải PDF',
    ],
    ['an empty file', 'a.png', Buffer.alloc(0), 'Tệp a.png không phải PDF'],
    [
      'a file that is too large',
      'a.pdf',
      Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]),
      'Tệp minh chứng lớn hơn 10 MB nên không nhận.',
    ],
  ])('with %s is refused', async (_name, name, bytes, text) => {
    const { status, html } = await send('officer', FORM, told, { name, bytes });
    expect(status).toBe(422);
    expect(textOf(html)).toContain(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(existsSync(t.app.get(FileStore).path(sha256))).toBe(false);
  });

  it('what is no finding is told in Vietnamese', async () => {
    const officer = await as('officer');
    for (const [code, cause] of [
      ['KHONG-CO', 'trung-ma'],
      [A, 'gi-do'],
      [A, 'trung-ma'],
    ]) {
      const answer = await officer.get(`/doi-soat/${code}/${cause}`);
      expect(answer.status).toBe(404);
      expect(textOf(answer.body)).toContain(`Hồ sơ ${code} không có nghi vấn này`);
      expect((await send('officer', `/doi-soat/${code}/${cause}`, told)).status).toBe(404);
    }
  });

  it('a form from elsewhere is refused', async () => {
    const cookie = await signIn(t, 'officer');
    const body = new FormData();
    for (const [name, value] of told) body.append(name, value);
    const answer = await fetch(t.url + FORM, {
      method: 'POST',
      body,
      headers: { cookie, accept: 'text/html' },
    });
    expect(answer.status).toBe(403);
  });
});

describe('several at once', () => {
  const keys: [string, string][] = [A, B].map((code) => ['muc', `${code}/chua-cap-nhat-trang-thai`]);

  it('the same proof settles them all', async () => {
    const officer = await as('officer');
    const asked = await officer.post('/doi-soat/chon', { muc: keys.map(([, key]) => key) }, '/doi-soat');
    expect(asked.status).toBe(200);
    expect(textOf(asked.body)).toContain('Xác minh chung 2 nghi vấn');
    const done = await send('officer', '/doi-soat/xac-minh', [...keys, ...told]);
    expect(done).toMatchObject({ status: 303, location: '/doi-soat' });
    expect(textOf((await officer.get('/doi-soat')).body)).toContain('Lỗi hệ thống (2)');
  });

  it('none chosen is refused, and so is a verdict that does not fit all', async () => {
    expect((await send('officer', '/doi-soat/xac-minh', told)).status).toBe(422);
    const mixed: [string, string][] = [...keys, ['muc', `${WRONG}/hen-lech`]];
    const late: [string, string][] = [
      ['ket_luan', 'true-overdue'],
      ['ghi_chu', 'Đã xem'],
    ];
    const { status, html } = await send('officer', '/doi-soat/xac-minh', [...mixed, ...late]);
    expect(status).toBe(422);
    expect(textOf(html)).toContain('Có nghi vấn chỉ là hai ngày lệch nhau, không phải quá hạn.');
  });
});
