import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import Excel from 'exceljs';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { IngestService } from '../../src/ingest/ingest.service';
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
  // Jobs are done when the test says so.
  t = await startTestApp({ env: { ROLE: 'web' } });
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

  const open = async (url: string, who = cookie, headers: Record<string, string> = {}) => {
    const answer = await fetch(t.url + url, { headers: { cookie: who, ...headers }, redirect: 'manual' });
    return { status: answer.status, html: (await answer.text()).replaceAll('&quot;', '"'), answer };
  };
  const send = async (
    content: Buffer | string,
    name: string,
    { csrf = token, fields = {} }: { csrf?: string; fields?: Record<string, string> } = {},
  ) => {
    const body = new FormData();
    for (const [field, value] of Object.entries(fields)) body.append(field, value);
    body.append('tep', new Blob([content]), name);
    const answer = await fetch(`${t.url}${ADDRESS}?_csrf=${encodeURIComponent(csrf)}`, {
      method: 'POST',
      headers: { cookie },
      body,
      redirect: 'manual',
    });
    const location = answer.headers.get('location') ?? '';
    return { status: answer.status, location, html: await answer.text() };
  };
  const act = async (address: string, fields: Record<string, string> = {}) => {
    const answer = await fetch(t.url + address, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ _csrf: token, ...fields }).toString(),
      redirect: 'manual',
    });
    return { status: answer.status, location: answer.headers.get('location') ?? '' };
  };
  /** What a worker does by itself. */
  const advance = (location: string) =>
    t.app.get(IngestService).advance(Number(location.slice(ADDRESS.length + 1)));
  const check = async (rows: Grid | Buffer, name: string, fields: Record<string, string> = {}) => {
    const content = Buffer.isBuffer(rows) ? rows : await workbook(rows);
    const { status, location } = await send(content, name, { fields });
    expect(status).toBe(303);
    await advance(location);
    return location;
  };
  const write = async (location: string) => {
    await act(`${location}/ghi-nhan`);
    await advance(location);
    return (await open(location)).html;
  };
  const stored = async (number: number) =>
    (
      await t.db.query<{ n: number }[]>('select count(*)::int as n from case_record where code = $1', [
        `H35.50.12-260105-${String(number).padStart(4, '0')}`,
      ])
    )[0]!.n;

  beforeAll(async () => {
    cookie = await signIn(t, 'administrator');
    const { html, answer } = await open(ADDRESS);
    cookie += `; ${answer.headers
      .getSetCookie()
      .map((c) => c.split(';')[0])
      .join('; ')}`;
    token = decodeURIComponent(/_csrf=([^"&]+)"/.exec(html)![1]!);
  });

  it('writes nothing before somebody confirms what the check found', async () => {
    const location = await check(
      grid(caseRow(21), caseRow(22), caseRow(23, { 'Trạng thái': 'Đã trả kết qả' })),
      'ds-thang-1.xlsx',
    );
    const { html } = await open(location);
    expect(html).toContain('Ghi nhận 2 hồ sơ');
    expect(html).toContain('1 dòng có lỗi, 1 chỗ cần sửa');
    expect(html).toContain('Trạng thái gần nhất: Đã trả kết quả.');
    expect(html).toContain('trang tính “DS hồ sơ”');
    expect(html).toContain('Nhận đúng tên: Mã hồ sơ, Mã TTHC, ');
    expect(html).toContain('Danh sách không ghi ngày lập nên được coi là mới nhất.');
    expect(await stored(21)).toBe(0);

    expect(await write(location)).toContain('Đã ghi nhận 2 hồ sơ và tính hạn.');
    expect([await stored(21), await stored(23)]).toEqual([1, 0]);
  });

  it('a second click on the button writes nothing twice', async () => {
    const location = await check(grid(caseRow(31)), 'hai-lan.xlsx');
    const clicks = [await act(`${location}/ghi-nhan`), await act(`${location}/ghi-nhan`)];
    expect(clicks.map((c) => c.status)).toEqual([303, 303]);
    await advance(location);
    expect((await act(`${location}/ghi-nhan`)).status).toBe(303);
    expect(await stored(31)).toBe(1);
  });

  it('says when the same file changed nothing', async () => {
    const file = await workbook(grid(caseRow(24)));
    await write(await check(file, 'a.xlsx'));
    const again = await check(file, 'a.xlsx');
    expect((await open(again)).html).toContain('Kết thúc lần nhập');
    expect(await write(again)).toContain(
      'Tệp này đã được ghi nhận lúc 09:00 ngày 23/11/2026; không có gì thay đổi.',
    );
  });

  it('is stopped while nothing is written', async () => {
    const location = await check(grid(caseRow(32)), 'dung.xlsx');
    await act(`${location}/dung`);
    expect((await open(location)).html).toContain('Lần nhập đã dừng.');
    expect((await act(`${location}/ghi-nhan`)).status).toBe(409);
    expect(await stored(32)).toBe(0);
  });

  it('is followed while it runs, and loads its page anew when it is over', async () => {
    const { location } = await send(await workbook(grid(caseRow(33))), 'chay.xlsx');
    expect((await open(location)).html).toContain('Có thể rời trang này.');
    const partial = await open(`${location}/tien-do`, cookie, { 'hx-request': 'true' });
    expect(partial.html).toMatch(/^<section id="tien-do"/);
    expect((await open(`${location}/tien-do`)).answer.headers.get('location')).toBe(location);
    await advance(location);
    const over = await open(`${location}/tien-do`, cookie, { 'hx-request': 'true' });
    expect([over.html, over.answer.headers.get('hx-refresh')]).toEqual(['', 'true']);
  });

  it('shows what changes in known cases, from what to what', async () => {
    await write(await check(grid(caseRow(41), caseRow(42)), 'b1.xlsx'));
    const { html } = await open(
      await check(grid(caseRow(41, { 'Chủ hồ sơ': 'Lò Văn Hai' }), caseRow(42)), 'b2.xlsx'),
    );
    expect(html).toContain('Thay đổi ở 1 hồ sơ đã có');
    expect(html.replace(/\s+/g, ' ')).toContain('<del>Lò Văn 41</del>');
    expect(html).toContain('<ins>Lò Văn Hai</ins>');
  });

  it('what was found before another import wrote is found anew, not written', async () => {
    const location = await check(grid(caseRow(45), caseRow(46)), 'truoc.xlsx');
    await write(await check(grid(caseRow(45)), 'chen-vao.xlsx'));
    const { html } = await open(location);
    expect(html).toContain('lần nhập khác đã được ghi nhận');
    expect(html).not.toContain('Ghi nhận 2 hồ sơ');

    // Somebody whose page is older than that.
    expect((await act(`${location}/ghi-nhan`)).location).toBe(location);
    expect([await stored(46), (await open(location)).html]).toEqual([
      0,
      expect.stringContaining('Đang đọc tệp'),
    ]);
    await advance(location);
    expect((await open(location)).html).toContain('Ghi nhận 1 hồ sơ');

    await write(await check(grid(caseRow(47)), 'chen-nua.xlsx'));
    await act(`${location}/kiem-tra-lai`);
    await advance(location);
    expect(await write(location)).toContain('Đã ghi nhận 1 hồ sơ và tính hạn.');
  });

  it('the case page tells which system named the case and which import changed what', async () => {
    const address = '/ho-so/H35.50.12-260105-0044';
    await write(await check(grid(caseRow(44)), 'c1.xlsx', { nguon: 'bo-nganh' }));
    const second = await check(grid(caseRow(44, { 'Chủ hồ sơ': 'Lò Văn Ba' })), 'c2.xlsx', {
      nguon: 'bo-nganh',
    });
    await write(second);
    const words = ({ html }: { html: string }) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    const own = await open(address);
    expect(words(own)).toMatch(/Nguồn Hệ thống của bộ, ngành nêu hồ sơ đầu tiên c2\.xlsx/);
    expect(words(own)).toMatch(/Đổi Chủ hồ sơ \(trước: Lò Văn 44\) c1\.xlsx .* Tạo hồ sơ\./);
    expect(own.html).toContain(`href="${second}"`);
    expect((await open(address, await signIn(t, 'officer'))).html).not.toContain(`href="${second}"`);
  });

  it('an older list over newer facts is asked on a page of its own', async () => {
    const list = (made: string, ...rows: Grid): Grid => [
      ['DANH SÁCH HỒ SƠ'],
      [`Ngày kết xuất: ${made}`],
      ...grid(...rows),
    ];
    await write(await check(list('22/11/2026 10:00', caseRow(43)), 'moi.xlsx'));
    const older = await check(
      list('20/11/2026 10:00', caseRow(43, { 'Trạng thái': 'Đang xử lý', 'Ngày trả kết quả': null })),
      'cu.xlsx',
    );
    const { html } = await open(older);
    expect(html).toContain('Lập lúc 10:00 20/11/2026, cũ hơn “moi.xlsx” lập lúc 10:00 22/11/2026.');
    expect(html).toMatch(/Giữ dữ kiện mới hơn.*1 hồ sơ giữ nguyên/s);
    expect(html).not.toContain('coi là mới nhất');
    const asked = await act(`${older}/ghi-nhan`, { cach: 'ghi-de' });
    expect(asked.location).toBe(`${older}/ghi-de`);
    expect((await open(asked.location)).html).toMatch(
      /Hồ sơ có dữ kiện mới hơn, sẽ trở về như trong tệp này<\/dt><dd>1<\/dd>/,
    );
    await act(`${older}/ghi-nhan`, { cach: 'ghi-de', xac_nhan: 'co' });
    await advance(older);
    const [run] = await t.db.query<{ overwrite: boolean; state: string }[]>(
      `select overwrite, state from ingest_run where file_name = 'cu.xlsx'`,
    );
    expect(run).toEqual({ overwrite: true, state: 'done' });
  });

  it('is taken back after a page that tells how many cases vanish', async () => {
    const location = await check(grid(caseRow(51), caseRow(52)), 'bo.xlsx');
    expect(await write(location)).toContain('Hoàn tác được đến 09:00 thứ Ba 24/11/2026.');
    expect((await open(`${location}/hoan-tac`)).html).toMatch(/sẽ bỏ<\/dt><dd>2<\/dd>/);
    await act(`${location}/hoan-tac`);
    await advance(location);
    expect((await open(location)).html).toMatch(/đã hoàn tác lần nhập này lúc 09:00 thứ Hai 23\/11\/2026/);
    expect(await stored(51)).toBe(0);
  });

  it('what others have built on is not taken back, and the page says on which case', async () => {
    const location = await check(grid(caseRow(53)), 'giu.xlsx');
    await write(location);
    await t.db.query(
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       select id, 'noted', $1, $1, 'user:1', '{}' from case_record where code = 'H35.50.12-260105-0053'`,
      [new Date(t.clock.now().getTime() + 1_000)],
    );
    const { html } = await open(`${location}/hoan-tac`);
    expect(html).toContain('đã có thay đổi sau lần nhập này ở hồ sơ H35.50.12-260105-0053');
    expect(html).not.toContain('class="btn btn--danger"');
  });

  it('a run that broke off goes on', async () => {
    const location = await check(grid(caseRow(54)), 'hong.xlsx');
    await t.db.query(
      `update ingest_run set state = 'failed', finished_at = $1 where file_name = 'hong.xlsx'`,
      [t.clock.now()],
    );
    expect((await open(location)).html).toContain('Tiếp tục');
    await act(`${location}/tiep-tuc`);
    await advance(location);
    expect((await open(location)).html).toContain('Ghi nhận 1 hồ sơ');
  });

  it('shows why a file was refused', async () => {
    const location = await check(
      [
        ['Họ tên', 'Ngày nhận', 'Hẹn trả'],
        ['A', '05/01/2026', ''],
      ],
      'thieu.xlsx',
    );
    const { html } = await open(location);
    expect(html).toContain('Không tìm thấy cột “Mã hồ sơ” trong tệp “thieu.xlsx”');
    expect(html).toContain('Thêm cột “Mã hồ sơ” hoặc sửa lại tên cột rồi nhập lại tệp.');
    expect(html).toContain('Tải tệp mẫu');
  });

  it('names procedures and departments nobody had heard of, before and after they are made', async () => {
    const location = await check(
      grid(
        caseRow(25, {
          'Mã TTHC': '9.999999',
          'Tên thủ tục hành chính': 'Thủ tục mới lạ',
          'Đơn vị xử lý': 'Phòng Chuyển đổi số',
        }),
      ),
      'b.xlsx',
    );
    for (const html of [(await open(location)).html, await write(location)]) {
      expect(html).toContain('9.999999 Thủ tục mới lạ');
      expect(html).toContain('Phòng Chuyển đổi số');
    }
  });

  it('keeps names from the file as text', async () => {
    const rows = grid(caseRow(26, { 'Trạng thái': '<script>alert(1)</script>' }));
    const { html } = await open(await check(rows, '<img src=x>.xlsx'));
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x>');
  });

  it('without a file or with a huge one comes back with what to do', async () => {
    const none = await send('', '', { fields: { nguon: 'bo-nganh' } });
    const huge = await send(Buffer.alloc(61 * MIB), 'to.xlsx');
    expect([none.status, huge.status]).toEqual([422, 422]);
    expect(none.html).toContain('Chưa chọn tệp để nhập.');
    expect(none.html).toContain('<option value="bo-nganh" selected>');
    expect(huge.html).toContain('Tệp lớn hơn 60 MB nên không nhận.');
  });

  it('knows the system a list comes from, also one nobody had named', async () => {
    const known = await check(grid(caseRow(61)), 'nguon1.xlsx', { nguon: 'bo-nganh' });
    expect((await open(known)).html).toContain('Hệ thống của bộ, ngành');
    const other = { nguon: 'khac', nguon_khac: 'Phần mềm hộ tịch' };
    expect((await open(await check(grid(caseRow(62)), 'nguon2.xlsx', other))).html).toContain(
      'Phần mềm hộ tịch',
    );
    const nameless = await send(await workbook(grid(caseRow(63))), 'nguon3.xlsx', {
      fields: { nguon: 'khac', nguon_khac: ' ' },
    });
    expect([nameless.status, nameless.html.includes('Ghi tên hệ thống nguồn.')]).toEqual([422, true]);
  });

  it('gives what is wrong as a workbook named after the file', async () => {
    const location = await check(grid(caseRow(64, { 'Ngày tiếp nhận': '31/02/2026' })), 'tháng 1.xlsx');
    const answer = await fetch(`${t.url}${location}/loi.xlsx`, { headers: { cookie } });
    expect(answer.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''${encodeURIComponent('tháng 1 - dòng lỗi.xlsx')}`,
    );
    const book = new Excel.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const texts = book.worksheets[0]!.getSheetValues().flat().map(String);
    expect(texts).toEqual(expect.arrayContaining(['31/02/2026']));
  });

  it('takes the corrected workbook of faulty rows: only those rows change', async () => {
    const wrong = await check(
      grid(
        caseRow(65),
        caseRow(66, { 'Ngày tiếp nhận': '31/02/2026' }),
        caseRow(67, { 'Chủ hồ sơ': 'Lò Văn Dũng', 'Trạng thái': 'Đang ở đâu đó' }),
      ),
      'goc.xlsx',
    );
    await write(wrong);
    const untouched = () =>
      t.db.query(`select to_jsonb(c) as facts from case_record c where code = 'H35.50.12-260105-0065'`);
    const before = await untouched();
    const answer = await fetch(`${t.url}${wrong}/loi.xlsx`, { headers: { cookie } });
    const book = new Excel.Workbook();
    await book.xlsx.load(await answer.arrayBuffer());
    const sheet = book.worksheets[0]!;
    const right: Record<string, string> = { '31/02/2026': '05/01/2026', 'Đang ở đâu đó': 'Đã trả kết quả' };
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        cell.value = right[cell.text] ?? cell.value;
      }),
    );
    const again = await check(Buffer.from(await book.xlsx.writeBuffer()), 'goc - dòng lỗi.xlsx');
    const { html } = await open(again);
    expect(html).toContain('Ghi nhận 2 hồ sơ');
    expect(html).toContain('Không có dòng lỗi');
    await write(again);
    expect([await stored(66), await stored(67), await untouched()]).toEqual([1, 1, before]);
    const [corrected] = await t.db.query<{ name: string; status: number }[]>(
      `select applicant_name as name, status from case_record where code = 'H35.50.12-260105-0067'`,
    );
    expect(corrected).toEqual({ name: 'Lò Văn Dũng', status: 10 });
  });

  it('gives a sample list that is itself read well', async () => {
    const answer = await fetch(`${t.url}${ADDRESS}/tep-mau.xlsx`, { headers: { cookie } });
    const { location } = await send(Buffer.from(await answer.arrayBuffer()), 'tep-mau.xlsx');
    await advance(location);
    const { html } = await open(location);
    expect(html).toContain('Ghi nhận 1 hồ sơ');
    expect(html).not.toContain('chỗ cần sửa');
  });

  it('refuses a form without its token', async () => {
    const file = await workbook(grid(caseRow(27)));
    expect((await send(file, 'a.xlsx', { csrf: 'false' })).status).toBe(403);
  });

  it('lists the imports, newest first, and narrows them down', async () => {
    const { html } = await open(ADDRESS);
    expect(html.indexOf('nguon2.xlsx')).toBeLessThan(html.indexOf('ds-thang-1.xlsx'));
    expect(html).toContain('Không nhận');
    const waiting = await open(`${ADDRESS}?tinh_trang=cho&nguon=bo-nganh`);
    expect(waiting.html).toContain('nguon1.xlsx');
    expect(waiting.html).not.toContain('nguon2.xlsx');
    expect((await open(`${ADDRESS}?tinh_trang=bo&nguon=danh-sach`)).html).toContain(
      'Không có lần nhập nào như vậy',
    );
  });

  it('is for administrators only', async () => {
    const officer = await signIn(t, 'officer');
    const statuses = await Promise.all(
      ['', '/1', '/1/cot', '/1/hoan-tac', '/1/loi.xlsx', '/tep-mau.xlsx'].map(
        async (below) => (await open(ADDRESS + below, officer)).status,
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([403]));
  });

  it('a run that does not exist is no page', async () => {
    expect([(await open(`${ADDRESS}/99999`)).status, (await open(`${ADDRESS}/abc`)).status]).toEqual([
      404, 404,
    ]);
  });
});
