import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ApiKeyService } from '../../src/auth/api-key.service';
import type { Role } from '../../src/web/reader';
import { caseRow, csv, grid, workbook, type Grid } from '../fixtures/ingest/files';
import { signIn, startTestApp, type TestApp } from '../support/app';

const DATA = path.join(__dirname, '..', 'fixtures', 'data');
const MIB = 1024 * 1024;
const ADDRESS = '/quan-tri/nhap-ho-so';

const formOf = (content: Buffer | string, name: string): FormData => {
  const form = new FormData();
  form.append('tep', new Blob([content]), name);
  return form;
};

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

describe('POST /api/v1/imports', () => {
  const keyOf = async (role: Role) => (await t.app.get(ApiKeyService).create(`test ${role}`, role)).key;
  const post = async (
    body: NonNullable<RequestInit['body']> | null,
    headers: Record<string, string> = {},
    query = '',
  ) => {
    const answer = await fetch(`${t.url}/api/v1/imports${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await keyOf('administrator')}`, ...headers },
      body,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('takes a file as a form and answers 201 with the counts', async () => {
    const file = await workbook(grid(caseRow(1), caseRow(2, { 'Ngày tiếp nhận': '31/02/2026' })));
    const { status, body } = await post(formOf(file, 'tháng 1.xlsx'));
    expect(status).toBe(201);
    expect(body).toMatchObject({ fileName: 'tháng 1.xlsx', rows: 2, created: 1, faulty: 1, state: 'done' });
    expect(body.faults).toMatchObject([{ line: 3, column: 'Ngày tiếp nhận', value: '31/02/2026' }]);
  });

  it('takes the payload of the portal as a bare JSON body', async () => {
    const payload = readFileSync(path.join(DATA, 'cases-2026.json'));
    const { status, body } = await post(payload, { 'content-type': 'application/json' });
    expect([status, body.shape, body.rows, body.faulty]).toEqual([201, 'json', 1960, 0]);
  });

  it('takes a bare delimited text whose name stands in a header', async () => {
    const { status, body } = await post(csv(grid(caseRow(5))), {
      'content-type': 'text/csv',
      'x-file-name': encodeURIComponent('quý 1.csv'),
    });
    expect([status, body.fileName, body.shape]).toEqual([201, 'quý 1.csv', 'csv']);
  });

  it('answers 422 with message and remedy when the file is refused', async () => {
    const { status, body } = await post(
      'rubbish',
      { 'content-type': 'application/octet-stream' },
      '?fileName=a.bin',
    );
    expect([status, body.state, body.rows]).toEqual([422, 'refused', 0]);
    expect(body.message).toBe(
      'Không tìm thấy dòng tiêu đề cột trong tệp “a.bin”. Chưa có dữ liệu nào được ghi.',
    );
  });

  it('answers 400 when nothing was sent', async () => {
    expect(await post(null)).toMatchObject({ status: 400, body: { code: 'UPLOAD_MISSING' } });
  });

  it('answers 413 when the file is too large', async () => {
    expect(await post(formOf(Buffer.alloc(61 * MIB), 'to.xlsx'))).toMatchObject({
      status: 413,
      body: { code: 'UPLOAD_TOO_LARGE', title: 'Tệp lớn hơn 60 MB nên không nhận.' },
    });
    expect(await post(Buffer.alloc(61 * MIB))).toMatchObject({
      status: 413,
      body: { code: 'UPLOAD_TOO_LARGE' },
    });
  });

  it('is for administrators only', async () => {
    const runs = async () =>
      (await t.db.query<{ n: number }[]>('select count(*)::int as n from ingest_run'))[0]!.n;
    const before = await runs();
    const body = csv(grid(caseRow(6)));
    const other = await post(body, { authorization: `Bearer ${await keyOf('officer')}` });
    const nobody = await post(body, { authorization: '' });
    expect([other.status, nobody.status, await runs()]).toEqual([403, 401, before]);
  });

  it('GET /api/v1/imports/:id tells the same again', async () => {
    const sent = await post(csv(grid(caseRow(7))), { 'content-type': 'text/csv' });
    const headers = { authorization: `Bearer ${await keyOf('administrator')}` };
    const read = await fetch(`${t.url}/api/v1/imports/${String(sent.body.runId)}`, { headers });
    expect([read.status, await read.json()]).toEqual([200, sent.body]);
    const missing = await fetch(`${t.url}/api/v1/imports/999999`, { headers });
    expect([missing.status, ((await missing.json()) as { code: string }).code]).toEqual([
      404,
      'IMPORT_NOT_FOUND',
    ]);
  });
});

describe('the import page', () => {
  let cookie: string;
  let token: string;

  const open = async (url: string, who = cookie) => {
    const answer = await fetch(t.url + url, { headers: { cookie: who }, redirect: 'manual' });
    return { status: answer.status, html: (await answer.text()).replaceAll('&quot;', '"'), answer };
  };
  const send = async (content: Buffer | string, name: string, csrf = token) => {
    const answer = await fetch(`${t.url}${ADDRESS}?_csrf=${encodeURIComponent(csrf)}`, {
      method: 'POST',
      headers: { cookie },
      body: formOf(content, name),
      redirect: 'manual',
    });
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      html: await answer.text(),
    };
  };
  const sendAndOpen = async (rows: Grid, name: string) => {
    const { status, location } = await send(await workbook(rows), name);
    expect(status).toBe(303);
    return (await open(location)).html;
  };

  beforeAll(async () => {
    cookie = await signIn(t, 'administrator');
    const { html, answer } = await open(ADDRESS);
    cookie += `; ${answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')}`;
    token = decodeURIComponent(/_csrf=([^"&]+)"/.exec(html)![1]!);
  });

  it('shows what became of the file, line by line', async () => {
    const html = await sendAndOpen(
      grid(caseRow(21), caseRow(22), caseRow(23, { 'Trạng thái': 'Đã trả kết qả' })),
      'ds-thang-1.xlsx',
    );
    expect(html).toContain('Đã ghi nhận 2 hồ sơ và tính hạn.');
    expect(html).toContain('1 dòng có lỗi, 1 chỗ cần sửa');
    expect(html).toContain('Trạng thái gần nhất: Đã trả kết quả.');
    expect(html).toContain('trang tính “DS hồ sơ”');
    expect(html).toMatch(/<td>Mã hồ sơ<\/td><td class="muted">Mã hồ sơ<\/td>/);
  });

  it('says when the same file changed nothing', async () => {
    const file = await workbook(grid(caseRow(24)));
    await send(file, 'a.xlsx');
    const { location } = await send(file, 'a.xlsx');
    expect((await open(location)).html).toContain(
      'Tệp này đã được ghi nhận lúc 09:00 ngày 23/11/2026; không có gì thay đổi.',
    );
  });

  it('shows why a file was refused', async () => {
    const html = await sendAndOpen(
      [
        ['Họ tên', 'Ngày nhận', 'Hẹn trả'],
        ['A', '05/01/2026', ''],
      ],
      'thieu.xlsx',
    );
    expect(html).toContain('Không tìm thấy cột “Mã hồ sơ” trong tệp “thieu.xlsx”');
    expect(html).toContain('Thêm cột “Mã hồ sơ” hoặc sửa lại tên cột rồi nhập lại tệp.');
  });

  it('names procedures and departments nobody had heard of', async () => {
    const html = await sendAndOpen(
      grid(
        caseRow(25, {
          'Mã TTHC': '9.999999',
          'Tên thủ tục hành chính': 'Thủ tục mới lạ',
          'Đơn vị xử lý': 'Phòng Chuyển đổi số',
        }),
      ),
      'b.xlsx',
    );
    expect(html).toContain('9.999999 Thủ tục mới lạ');
    expect(html).toContain('Phòng Chuyển đổi số');
  });

  it('keeps names from the file as text', async () => {
    const html = await sendAndOpen(
      grid(caseRow(26, { 'Trạng thái': '<script>alert(1)</script>' })),
      '<img src=x>.xlsx',
    );
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x>');
  });

  it('without a file or with a huge one comes back with what to do', async () => {
    const none = await send('', '');
    const huge = await send(Buffer.alloc(61 * MIB), 'to.xlsx');
    expect([none.status, huge.status]).toEqual([422, 422]);
    expect(none.html).toContain('Chưa chọn tệp để nhập.');
    expect(huge.html).toContain('Tệp lớn hơn 60 MB nên không nhận.');
  });

  it('refuses a form without its token', async () => {
    expect((await send(await workbook(grid(caseRow(27))), 'a.xlsx', 'false')).status).toBe(403);
  });

  it('lists the imports, newest first', async () => {
    const { html } = await open(ADDRESS);
    expect(html.indexOf('b.xlsx')).toBeLessThan(html.indexOf('ds-thang-1.xlsx'));
    expect(html).toContain('Không nhận');
  });

  it('is for administrators only', async () => {
    const officer = await signIn(t, 'officer');
    expect([(await open(ADDRESS, officer)).status, (await open(`${ADDRESS}/1`, officer)).status]).toEqual([
      403, 403,
    ]);
  });

  it('a run that does not exist is no page', async () => {
    expect([(await open(`${ADDRESS}/99999`)).status, (await open(`${ADDRESS}/abc`)).status]).toEqual([
      404, 404,
    ]);
  });
});
