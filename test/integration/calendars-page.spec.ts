import { Client } from '../e2e/auth-client';
import { DEFAULT_NOW, signIn, startTestApp, type TestApp } from '../support/app';

describe('the calendar page', () => {
  let app: TestApp;
  let administrator: Client;
  let supervisor: Client;

  beforeAll(async () => {
    app = await startTestApp({ env: { ROLE: 'web' } });
    administrator = new Client(app.url, await signIn(app, 'administrator'));
    supervisor = new Client(app.url, await signIn(app, 'supervisor'));
  });
  afterAll(() => app?.close());
  afterEach(() => app.clock.moveTo(DEFAULT_NOW));

  const page = async (path: string, as = administrator) => {
    const { status, body } = await as.get(path);
    // A page is long: what fails shows what was asked, not the page.
    const says = (...parts: (string | RegExp)[]) =>
      parts.filter((part) => (typeof part === 'string' ? !body.includes(part) : !part.test(body)));
    return { status, body, says };
  };

  it('shows the months of a decided year with its days off and make-up days', async () => {
    const { status, body, says } = await page('/quan-tri/lich/2026');
    expect(status).toBe(200);
    expect(body.match(/<section class="card mon">/g)).toHaveLength(12);
    expect(
      says(
        ...['Ngày Văn hóa Việt Nam', 'Làm bù thứ Bảy 22/8', 'Giờ làm việc 07:30–11:30, 13:30–17:00'],
        /class="is-make"><a href="\/quan-tri\/lich\/2026\/2026-08-22" title="Làm bù cho 31\/8">22/,
        ...[/is-now/, 'thứ Hai đến thứ Sáu'],
      ),
    ).toEqual([]);
  });

  it('leads from the calendar itself to the year that runs', async () => {
    expect((await administrator.get('/quan-tri/lich')).location).toBe('/quan-tri/lich/2026');
  });

  it('a year by rule is said to have no decision, its days to be expected', async () => {
    const { says } = await page('/quan-tri/lich/2027');
    expect(
      says(
        ...['Chưa có quyết định lịch nghỉ năm 2027', 'href="/quan-tri/lich/2027/quyet-dinh"'],
        /class="is-pend"><a href="\/quan-tri\/lich\/2027\/2027-02-05" title="Tết Nguyên đán \(dự kiến\)">5/,
      ),
    ).toEqual([]);
  });

  it.each([
    ['2026-10-31T09:00:00+07:00', false],
    ['2026-11-01T09:00:00+07:00', true],
  ])('at %s the missing decision of the next year is asked for: %s', async (now, asked) => {
    app.clock.moveTo(new Date(now));
    expect((await page('/quan-tri/lich/2026')).body.includes('Nhập quyết định 2027')).toBe(asked);
  });

  it.each(['2023', '2029', 'abc'])('a year without data, %s, is said to be missing', async (year) => {
    const { status, says } = await page(`/quan-tri/lich/${year}`);
    expect(status).toBe(404);
    expect(says(`Chưa có lịch làm việc năm ${year}`)).toEqual([]);
  });

  it.each([
    ['2026-11-24', 'Nghỉ: Ngày Văn hóa Việt Nam'],
    ['2026-11-23', 'value="23/11/2026"'],
    ['2026-08-22', 'Hoán đổi với'],
  ])('%s has a page of its own with the forms about it', async (day, text) => {
    const { status, says } = await page(`/quan-tri/lich/2026/${day}`);
    expect([status, says(text)]).toEqual([200, []]);
  });

  it.each(['2026-02-30', '2027-01-01', 'mai'])('%s is no day of 2026', async (day) => {
    expect((await page(`/quan-tri/lich/2026/${day}`)).status).toBe(404);
  });

  it('a supervisor reads it and changes nothing', async () => {
    const { status, body } = await page('/quan-tri/lich/2026', supervisor);
    expect([status, body.includes('Thêm ngày'), body.includes('Sửa giờ làm việc')]).toEqual([
      200,
      false,
      false,
    ]);
    const day = await page('/quan-tri/lich/2026/2026-11-24', supervisor);
    expect([day.status, day.body.includes('Bỏ khỏi lịch')]).toEqual([200, false]);
    for (const path of ['/quan-tri/lich/gio-lam-viec', '/quan-tri/lich/2027/quyet-dinh'])
      expect((await supervisor.get(path)).status).toBe(403);
    expect((await supervisor.post('/quan-tri/lich/xem-truoc', {}, '/quan-tri/lich/2026')).status).toBe(403);
  });

  it.each(['officer', 'clerk'] as const)('is not for the %s', async (role) => {
    const client = new Client(app.url, await signIn(app, role));
    expect((await client.get('/quan-tri/lich/2026')).status).toBe(403);
  });

  const SWAP = {
    ...{ viec: 'hoan-doi', tu: '7/12/2026', lam_bu: '12/12/2026' },
    ...{ ten: 'Nghỉ hoán đổi', van_ban: 'CV 123/BNV' },
  };
  const post = (path: string, fields: Record<string, string>) =>
    administrator.post(path, fields, '/quan-tri/lich/2026');
  const hidden = (body: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? '';
  const versions = async (): Promise<number> => {
    const [row] = await app.db.query<{ n: number }[]>('select count(*)::int as n from calendar_version');
    return row!.n;
  };

  it('a preview saves nothing and leads back to the form with what was typed', async () => {
    const shown = await post('/quan-tri/lich/xem-truoc', SWAP);
    expect(shown.status).toBe(200);
    expect(shown.body).toContain('Chưa lưu gì');
    expect(shown.body).toContain('Nghỉ thứ Hai 7/12/2026, làm bù thứ Bảy 12/12/2026 (Nghỉ hoán đổi)');
    const again = await post('/quan-tri/lich/xem-truoc', { ...SWAP, sua_lai: 'co' });
    expect([again.status, again.body.includes('value="12/12/2026"')]).toEqual([200, true]);
    expect(again.body).not.toContain('Chưa xem trước được');
    expect(await versions()).toBe(1);
  });

  it('a form that is refused comes back with every fault', async () => {
    const { status, body } = await post('/quan-tri/lich/xem-truoc', { ...SWAP, lam_bu: '', van_ban: '' });
    expect(status).toBe(422);
    expect(body).toContain('Hoán đổi thiếu ngày làm bù');
    expect(body).toContain('Chưa ghi số văn bản');
  });

  it('is applied once, listed, compared with the version before and made as it was again', async () => {
    const { body } = await post('/quan-tri/lich/xem-truoc', SWAP);
    const confirmation = { ...SWAP, co_so: hidden(body, 'co_so'), xac_nhan: hidden(body, 'xac_nhan') };
    const first = await post('/quan-tri/lich/ap-dung', confirmation);
    const second = await post('/quan-tri/lich/ap-dung', confirmation);
    expect([first.status, second.status, await versions()]).toEqual([303, 303, 2]);
    const { says } = await page('/quan-tri/lich/2026');
    const compare = '/quan-tri/lich/so-sanh?tu=1&den=2';
    expect(
      says('Đã áp dụng bản 2', 'Bản 2, áp dụng từ', 'CV 123/BNV', compare.replace('&', '&amp;')),
    ).toEqual([]);
    const compared = await page(compare);
    expect(compared.says('thứ Hai 7/12/2026', 'Làm bù cho 07/12', 'Lập lại bản 1')).toEqual([]);

    const stale = await post('/quan-tri/lich/xem-truoc', { ...SWAP, tu: '8/12/2026', lam_bu: '19/12/2026' });
    const undo = await post('/quan-tri/lich/xem-truoc', { viec: 'lap-lai', ban: '1' });
    expect(undo.body).toContain('Lập lại bản 1');
    const back = { viec: 'lap-lai', ban: '1', co_so: hidden(undo.body, 'co_so') };
    await post('/quan-tri/lich/ap-dung', { ...back, xac_nhan: hidden(undo.body, 'xac_nhan') });
    expect(await versions()).toBe(3);
    expect((await page('/quan-tri/lich/so-sanh?tu=1&den=3')).says('Hai bản giống nhau')).toEqual([]);

    const late = await post('/quan-tri/lich/ap-dung', {
      ...{ ...SWAP, tu: '8/12/2026', lam_bu: '19/12/2026' },
      ...{ co_so: hidden(stale.body, 'co_so'), xac_nhan: hidden(stale.body, 'xac_nhan') },
    });
    expect([late.status, late.body.includes('Lịch vừa được'), await versions()]).toEqual([422, true, 3]);
    expect(hidden(late.body, 'co_so')).toBe('3');
  });

  it('a unit shows what it inherits as inherited; its closure is its own', async () => {
    const [unit] = await app.db.query<{ code: string }[]>(
      `select code from unit where kind = 'department' order by id limit 1`,
    );
    const place = `?don_vi=${unit!.code}`;
    const before = await page(`/quan-tri/lich/2026${place}`);
    expect(before.says('theo lịch cấp trên', 'chưa có mục riêng nào')).toEqual([]);
    const closure = {
      viec: 'nghi',
      tu: '9/12/2026',
      ten: 'Sửa trụ sở',
      van_ban: 'QĐ 12',
      don_vi: unit!.code,
    };
    const { body } = await post('/quan-tri/lich/xem-truoc', closure);
    const confirmation = { co_so: hidden(body, 'co_so'), xac_nhan: hidden(body, 'xac_nhan') };
    expect((await post('/quan-tri/lich/ap-dung', { ...closure, ...confirmation })).location).toBe(
      `/quan-tri/lich/2026${place}`,
    );
    expect((await page(`/quan-tri/lich/2026${place}`)).says('Sửa trụ sở')).toEqual([]);
    expect((await page('/quan-tri/lich/2026')).says('Sửa trụ sở')).toEqual(['Sửa trụ sở']);
    expect((await page('/quan-tri/lich/2026?don_vi=KHONG-CO')).status).toBe(404);
  });

  it('a proposal is worked, dashed, and says what a day off would change', async () => {
    const proposal = { viec: 'cho', tu: '30/12/2026', ten: 'Đề xuất nghỉ trước Tết Dương lịch' };
    const { body } = await post('/quan-tri/lich/xem-truoc', proposal);
    const confirmation = { co_so: hidden(body, 'co_so'), xac_nhan: hidden(body, 'xac_nhan') };
    await post('/quan-tri/lich/ap-dung', { ...proposal, ...confirmation });
    const { says } = await page('/quan-tri/lich/2026');
    expect(
      says(
        ...['Đề xuất nghỉ trước Tết Dương lịch', 'Nếu cho nghỉ: <b>0</b> hồ sơ đang xử lý đổi hạn'],
        /class="is-pend"><a href="\/quan-tri\/lich\/2026\/2026-12-30" title="[^"]*\(chờ văn bản\)">30/,
      ),
    ).toEqual([]);
  });

  describe('for programs', () => {
    interface Year {
      state: string;
      unit: string | null;
      version: number;
      documents: string[];
      days: {
        day: string;
        kind: string;
        name: string | null;
        document: string | null;
        awaited: boolean;
        hours: object[];
      }[];
    }
    const year = async (path: string): Promise<Year> =>
      JSON.parse((await supervisor.get(`/api/v1/calendars/${path}`)).body) as Year;

    it('a decided year has every day with its kind, name, document and hours', async () => {
      const { state, unit, days, version, documents } = await year('2026');
      expect([state, unit, days.length, documents.length]).toEqual(['decided', null, 365, 4]);
      expect(version).toBeGreaterThan(1);
      const of = (day: string) => days.find((d) => d.day === day);
      expect(of('2026-11-24')).toEqual({
        ...{ day: '2026-11-24', kind: 'off', name: 'Ngày Văn hóa Việt Nam', document: 'NQ 28/2026/QH16' },
        ...{ awaited: false, hours: [] },
      });
      expect(of('2026-08-22')).toMatchObject({
        kind: 'worked',
        hours: [{ opens: '07:30', closes: '11:30' }, {}],
      });
      expect(of('2026-12-30')).toMatchObject({ kind: 'working', awaited: true });
    });

    it('a year to come is forecast, a year beyond has no data', async () => {
      expect((await year('2027')).state).toBe('forecast');
      expect(await year('2090')).toMatchObject({ state: 'no-data', days: [] });
    });

    it('a unit has its own; an unknown unit is refused', async () => {
      const [unit] = await app.db.query<{ code: string }[]>(
        `select code from unit where kind = 'department' order by id limit 1`,
      );
      const own = await year(`2026?unit=${unit!.code}`);
      expect(own.unit).toBe(unit!.code);
      expect(own.days.find((d) => d.day === '2026-12-09')?.kind).toBe('off');
      expect((await supervisor.get('/api/v1/calendars/2026?unit=KHONG-CO')).status).toBe(404);
    });
  });
});
