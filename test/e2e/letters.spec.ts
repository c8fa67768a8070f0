import * as path from 'node:path';
import Excel from 'exceljs';
import { IngestService } from '../../src/ingest/ingest.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { pagesOf, poppler } from '../support/poppler';
import { addCases, lettersOf } from '../integration/letters-fixture';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const DATA = path.join(__dirname, '..', 'fixtures', 'data');

/** A browser without scripts. */
class Browser {
  constructor(
    private readonly t: TestApp,
    private cookie: string,
  ) {}

  static async of(t: TestApp, role: 'clerk' | 'supervisor' | 'officer' | 'administrator'): Promise<Browser> {
    return new Browser(t, await signIn(t, role));
  }

  async get(url: string): Promise<{ status: number; html: string; location: string | null }> {
    return this.answer(await fetch(this.t.url + url, { headers: this.headers(), redirect: 'manual' }));
  }

  async file(url: string): Promise<{ status: number; type: string; disposition: string; bytes: Buffer }> {
    const response = await fetch(this.t.url + url, { headers: this.headers() });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      disposition: response.headers.get('content-disposition') ?? '',
      bytes: Buffer.from(await response.arrayBuffer()),
    };
  }

  /** Sends the fields with the token of the page `from`. */
  async post(url: string, fields: [string, string][], from: string) {
    const page = await this.get(from);
    const token = /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    return this.postWith(token, url, fields);
  }

  async postWith(token: string, url: string, fields: [string, string][]) {
    const body = new URLSearchParams([['_csrf', token], ...fields]);
    const response = await fetch(this.t.url + url, {
      method: 'POST',
      body,
      headers: this.headers(),
      redirect: 'manual',
    });
    return this.answer(response);
  }

  private headers() {
    return { accept: 'text/html', cookie: this.cookie };
  }

  private async answer(response: Response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = ''] = pair.split('=');
      const rest = this.cookie.split('; ').filter((c) => !c.startsWith(`${name}=`));
      this.cookie = [...rest, pair].join('; ');
    }
    return {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location'),
    };
  }
}

const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map((m) => m[1] ?? '');
const inputs = (html: string, name: string): [string, string][] =>
  all(html, new RegExp(`name="${name}" value="([^"]*)"`, 'g')).map((v) => [name, v]);
const REASON = 'Khối lượng hồ sơ tiếp nhận tăng đột biến sau sắp xếp đơn vị hành chính';
/** Letters that the desk ticks when it is asked to. */
const picked = async (reader: Browser, pick: string): Promise<[string, string][]> =>
  all((await reader.get(`/thu-xin-loi?chon=${pick}`)).html, /name="thu" value="([^"]+)"[^>]* checked>/g).map(
    (v) => ['thu', v],
  );
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the 52 late cases of 2025, without scripts', () => {
  let t: TestApp;
  let clerk: Browser;
  beforeAll(async () => {
    t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
    for (const fileName of ['procedures.json', 'cases-2025.xlsx'])
      await t.app
        .get(IngestService)
        .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
    await t.app.get(LetterDraftService).draftOwed();
    clerk = await Browser.of(t, 'clerk');
  });
  afterAll(() => t?.close());

  const past = async (): Promise<[string, string][]> =>
    (await lettersOf(t)).filter((l) => l.form === 'past-apology').map((l) => ['thu', l.code]);

  it('52 past apologies stand on the desk', async () => {
    const past = (await lettersOf(t)).filter((l) => l.form === 'past-apology');
    expect(past).toHaveLength(52);
    const { status, html } = await clerk.get('/thu-xin-loi');
    expect(status).toBe(200);
    expect(textOf(html)).toContain('Đã trả trễ, chưa xin lỗi');
    expect(
      all(html, /<input class="check" type="checkbox" name="thu" value="([^"]+)"/g).length,
    ).toBeGreaterThanOrEqual(52);
    expect(html).not.toContain(' checked>');
  });

  it('all are chosen and get one reason', async () => {
    const chosen = await past();
    expect(await picked(clerk, 'thieu-ly-do')).toEqual(expect.arrayContaining(chosen));
    const asked = await clerk.post('/thu-xin-loi/theo-lo/ly-do', chosen, '/thu-xin-loi');
    expect(textOf(asked.html)).toContain('Ghi một lý do cho 52 thư');
    const token = inputs(asked.html, '_csrf')[0]![1];
    const give = (fields: [string, string][]) =>
      clerk.postWith(token, '/thu-xin-loi/theo-lo/ghi-ly-do', [...chosen, ...fields]);
    const refused = await give([]);
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('Chưa ghi lý do. Chọn một lý do có sẵn hoặc ghi lý do cụ thể.');
    const kindless = await give([['ly_do', REASON]]);
    expect(kindless.status).toBe(422);
    expect(textOf(kindless.html)).toContain('Chưa chọn nguyên nhân khách quan hay chủ quan');
    expect(textOf(kindless.html)).toContain(REASON);
    const given = [
      ['ly_do', REASON],
      ['tinh_chat', 'objective'],
    ] as [string, string][];
    expect(await give(given)).toMatchObject({ status: 303, location: '/thu-xin-loi' });
    expect(textOf((await clerk.get('/thu-xin-loi')).html)).toContain('Đã ghi lý do cho 52 thư.');
  });

  it('without an approval no number is given', async () => {
    const asked = await clerk.post('/thu-xin-loi/theo-lo', (await past()).slice(0, 2), '/thu-xin-loi');
    expect(textOf(asked.html)).toContain('Chưa có thư nào cấp số được');
    expect(textOf(asked.html)).toContain('Chưa được duyệt');
  });

  it('the supervisor approves them together, which the clerk cannot', async () => {
    const supervisor = await Browser.of(t, 'supervisor');
    const chosen = await picked(supervisor, 'cho-duyet');
    expect(chosen).toHaveLength(52);
    const desk = await supervisor.get('/thu-xin-loi');
    const opened = /href="\/thu-xin-loi\/([^"?]+)"[^>]* aria-current="true"/.exec(desk.html);
    expect(chosen).toContainEqual(['thu', opened?.[1]]);
    expect((await clerk.post('/thu-xin-loi/theo-lo/da-duyet', chosen, '/thu-xin-loi')).status).toBe(403);
    const asked = await supervisor.post('/thu-xin-loi/theo-lo/duyet', chosen, '/thu-xin-loi');
    expect(textOf(asked.html)).toContain('Duyệt 52 thư?');
    const token = inputs(asked.html, '_csrf')[0]![1];
    const done = await supervisor.postWith(token, '/thu-xin-loi/theo-lo/da-duyet', chosen);
    expect(done).toMatchObject({ status: 303, location: '/thu-xin-loi' });
    const again = await supervisor.postWith(token, '/thu-xin-loi/theo-lo/da-duyet', chosen);
    expect(again.status).toBe(422);
    expect(textOf(again.html)).toContain('không còn chờ duyệt');
  });

  it('get numbers 01 to 52 and one file of 52 pages', async () => {
    const chosen = await picked(clerk, 'cho-so');
    expect(chosen).toHaveLength(52);

    const asked = await clerk.post('/thu-xin-loi/theo-lo', chosen, '/thu-xin-loi');
    expect(asked.status).toBe(200);
    expect(textOf(asked.html)).toContain('Cấp số 01 đến 52 cho 52 thư?');
    const token = inputs(asked.html, '_csrf')[0]![1];
    const fields = [...inputs(asked.html, 'thu'), ...inputs(asked.html, 'ma_xac_nhan')];

    const refused = await clerk.postWith(token, '/thu-xin-loi/theo-lo/cap-so', [
      ...fields,
      ['ngay', '27/8/2026'],
    ]);
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('không sau hôm nay (26/8)');
    expect(inputs(refused.html, 'ma_xac_nhan')).toEqual(inputs(asked.html, 'ma_xac_nhan'));

    const complete: [string, string][] = [...fields, ['ngay', '26/8/2026']];
    const done = await clerk.postWith(token, '/thu-xin-loi/theo-lo/cap-so', complete);
    expect(done).toMatchObject({ status: 303, location: '/thu-xin-loi/theo-lo/da-cap?nam=2026&tu=1&den=52' });
    const again = await clerk.postWith(token, '/thu-xin-loi/theo-lo/cap-so', complete);
    expect(again.location).toBe(done.location);

    const result = await clerk.get(done.location!);
    expect(textOf(result.html)).toContain('Đã cấp số 01 đến 52 cho 52 thư.');
    const link = /href="(\/thu-xin-loi\/in\?[^"]+)"/.exec(result.html)![1]!.replaceAll('&amp;', '&');
    const pdf = await clerk.file(link);
    expect(pdf).toMatchObject({ status: 200, type: 'application/pdf' });
    expect(pdf.disposition).toMatch(/^inline; filename="thu-xin-loi-01-52\.pdf"$/);
    const pages = pagesOf(pdf.bytes);
    expect(pages.map((page) => Number(/Số: (\d+)\/XL-TTPVHCC/.exec(page)?.[1]))).toEqual(
      Array.from({ length: 52 }, (_, i) => i + 1),
    );
    for (const page of pages) {
      expect(page).toContain(`${REASON}.`);
      expect(page).toContain('Bình Lư, ngày 26 tháng 8 năm 2026');
    }
  });

  it('the register lists them, as a page and as a workbook that runs nothing', async () => {
    await t.db.query(
      `update letter set model = jsonb_set(model, '{addressee,name}', '"=HYPERLINK(1)"') where number = 1`,
    );
    const page = await clerk.get('/so-thu-xin-loi?nam=2026');
    const rest = await clerk.get('/so-thu-xin-loi?nam=2026&trang=2');
    expect(textOf(page.html)).toMatch(/Sổ theo dõi thư xin lỗi năm 2026/);
    expect(
      all(page.html + rest.html, /<td class="num strong"[^>]*><a href="[^"]+">(\d+)<\/a>/g).map(Number),
    ).toEqual(Array.from({ length: 52 }, (_, i) => 52 - i));
    const { bytes, disposition } = await clerk.file('/so-thu-xin-loi.xlsx?nam=2026');
    expect(disposition).toContain('so-thu-xin-loi-2026.xlsx');
    const book = new Excel.Workbook();
    await book.xlsx.load(bytes as never);
    const sheet = book.worksheets[0]!;
    expect(sheet.getCell('A4').value).toBe('01/XL-TTPVHCC');
    expect(sheet.getCell('A55').value).toBe('52/XL-TTPVHCC');
    expect(sheet.getCell('C4').value).toBe("'=HYPERLINK(1)");
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', paperSize: 9 });
  });
});

describe('one overdue case', () => {
  let t: TestApp;
  let clerk: Browser;
  const code = 'H35.50.12-260821-0015';
  const address = `/thu-xin-loi/${code}`;
  beforeAll(async () => {
    t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
    await addCases(t, [
      { code, promised: '2026-08-24T17:00:00+07:00', applicant: '<script>alert(1)</script> Vàng Thị Pàng' },
      {
        code: 'H35.50.12-260821-0016',
        promised: '2026-08-24T17:00:00+07:00',
        kind: 'organisation',
        applicant: 'Công ty A',
      },
    ]);
    await t.app.get(LetterDraftService).draftOwed();
    clerk = await Browser.of(t, 'clerk');
  });
  afterAll(() => t?.close());

  it('the desk shows the letter on paper; data is not markup', async () => {
    const { html } = await clerk.get(address);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; Vàng Thị Pàng');
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('<p class="motto">Độc lập - Tự do - Hạnh phúc</p>');
    expect(textOf(html)).toContain('Đã quá hạn: gửi ngay, ghi là gửi muộn');
    expect(textOf(html)).toContain('chưa có ngày hẹn lại');
    expect(html).toMatch(/<a href="\/thu-xin-loi"[^>]*aria-current[^]*<span class="pip|class="pip/);
  });

  it('a holiday is refused with the next working day, what was typed stays', async () => {
    const answer = await clerk.post(
      address,
      [
        ['ly_do', 'Chờ kết quả xác minh'],
        ['hen_lai', '31/8/2026'],
        ['gio', '10:00'],
        ['viec', 'luu'],
      ],
      address,
    );
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toMatch(/31\/8 là ngày nghỉ.*Ngày làm việc kế tiếp là 3\/9/);
    expect(answer.html).toContain('value="31/8/2026"');
    expect(textOf(answer.html)).toContain('Chờ kết quả xác minh');
  });

  it('the preview shows what is typed and saves nothing', async () => {
    const answer = await clerk.post(
      `${address}/xem-truoc`,
      [
        ['ly_do', 'Xem thử'],
        ['hen_lai', '3/9/2026'],
      ],
      address,
    );
    expect(answer.status).toBe(200);
    expect(textOf(answer.html)).toContain('17 giờ 00 phút, ngày 03 tháng 9 năm 2026');
    expect((await lettersOf(t)).every((l) => l.reason === null)).toBe(true);
  });

  it('reason and date, number, print, send, register', async () => {
    const form: [string, string][] = [
      ['ly_do_mau', 'Khối lượng hồ sơ tiếp nhận trong kỳ tăng đột biến'],
      ['ly_do', ''],
      ['hen_lai', '3/9/2026'],
      ['gio', '17:00'],
    ];
    const officer = await Browser.of(t, 'officer');
    const saved = await officer.post(address, [...form, ['viec', 'trinh']], address);
    expect(saved).toMatchObject({ status: 303, location: address });
    expect((await clerk.get(`${address}/in`)).status).toBe(409);
    const supervisor = await Browser.of(t, 'supervisor');
    expect(await supervisor.post(`${address}/duyet`, [], address)).toMatchObject({ status: 303 });
    const blank = await clerk.file(`${address}/in`);
    expect(pagesOf(blank.bytes)[0]).toMatch(/Số: +\/XL-TTPVHCC/);
    const asked = await clerk.get(`/thu-xin-loi/theo-lo?thu=${code}`);
    expect(textOf(asked.html)).toContain('Cấp số 01 cho 1 thư?');

    const token = inputs(asked.html, '_csrf')[0]![1];
    const done = await clerk.postWith(token, '/thu-xin-loi/theo-lo/cap-so', [
      ...inputs(asked.html, 'thu'),
      ...inputs(asked.html, 'ma_xac_nhan'),
      ['ngay', '26/8/2026'],
    ]);
    expect(done.status).toBe(303);

    const pdf = await clerk.file(`${address}/in`);
    expect(pdf.type).toBe('application/pdf');
    expect(pdf.bytes.toString('latin1')).toContain('<pdfaid:conformance>A</pdfaid:conformance>');
    expect(poppler('pdfinfo', pdf.bytes)).toMatch(/Pages: +1/);
    expect(pagesOf(pdf.bytes)[0]).toContain('<script>alert(1)</script> Vàng Thị Pàng');
    expect(await lettersOf(t)).toMatchObject([{ state: 'printed', number: 1 }, { state: 'draft' }]);

    const page = await clerk.get(`${address}/da-gui`);
    expect(textOf(page.html)).toContain('Ghi nhận đã gửi thư 01/XL-TTPVHCC');
    const delivery: [string, string][] = [
      ['cach', 'in-person'],
      ['ngay', '26/8/2026'],
      ['gio', '09:40'],
      ['nguoi_nhan', 'Vàng Thị Pàng'],
    ];
    const without = await clerk.post(
      `${address}/da-gui`,
      [...delivery, ['minh_chung', '']],
      `${address}/da-gui`,
    );
    expect(without.status).toBe(422);
    expect(textOf(without.html)).toContain('Chưa ghi minh chứng gửi');
    const sent = await clerk.post(
      `${address}/da-gui`,
      [...delivery, ['minh_chung', 'Bản có chữ ký người nhận, lưu tại văn thư']],
      `${address}/da-gui`,
    );
    expect(sent).toMatchObject({ status: 303, location: '/so-thu-xin-loi' });
    const register = textOf((await clerk.get('/so-thu-xin-loi')).html);
    expect(register).toContain('Trao trực tiếp');
    expect(register).toContain('gửi muộn');
    expect(register).toMatch(/2 lần trễ hẹn phải xin lỗi 0 gửi trong hạn 1 gửi muộn 1 chưa gửi 50%/);
  });

  it('nothing chosen is told, an unknown case too', async () => {
    const none = await clerk.post('/thu-xin-loi/theo-lo', [], '/thu-xin-loi');
    expect(none.status).toBe(422);
    expect(textOf(none.html)).toContain('Chưa chọn thư nào');
    expect((await clerk.get('/thu-xin-loi/KHONG-CO')).status).toBe(404);
    expect((await clerk.get('/thu-xin-loi/in?thu=KHONG-CO')).status).toBe(422);
  });

  it('the supervisor reads, others do not', async () => {
    const supervisor = await Browser.of(t, 'supervisor');
    const desk = await supervisor.get('/thu-xin-loi');
    expect(desk.status).toBe(200);
    expect(desk.html).not.toContain('Lưu dự thảo');
    expect((await supervisor.get(`/thu-xin-loi/${code}/in`)).status).toBe(200);
    expect((await supervisor.get('/so-thu-xin-loi')).status).toBe(200);
    expect((await supervisor.get(`/thu-xin-loi/theo-lo?thu=${code}`)).status).toBe(403);
    const officer = await Browser.of(t, 'officer');
    expect(textOf((await officer.get('/thu-xin-loi')).html)).toContain('Trình duyệt');
    expect((await officer.get('/so-thu-xin-loi')).status).toBe(403);
    expect((await officer.get(`/thu-xin-loi/theo-lo?thu=${code}`)).status).toBe(403);
    expect((await (await Browser.of(t, 'administrator')).get('/thu-xin-loi')).status).toBe(403);
  });
});

it('an empty desk says so and names the register', async () => {
  const t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  try {
    const clerk = await Browser.of(t, 'clerk');
    const { status, html } = await clerk.get('/thu-xin-loi');
    expect(status).toBe(200);
    expect(textOf(html)).toContain('Không còn thư nào phải gửi');
    expect((await clerk.get('/so-thu-xin-loi?nam=2025')).html).toContain('Sổ năm này chưa có thư nào');
  } finally {
    await t.close();
  }
});
