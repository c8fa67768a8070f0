import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { FirstAccount } from '../../src/auth/first-account';
import { RouteAccess } from '../../src/auth/route-access';
import { Public, ROLES, SignedIn, type Role } from '../../src/web/reader';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client, type Answer } from './auth-client';

const HOME: Record<Role, string> = {
  officer: '/hang-viec',
  supervisor: '/dieu-hanh',
  clerk: '/thu-xin-loi',
  administrator: '/quan-tri',
};
const USERNAME: Record<Role, string> = {
  officer: 'motcua',
  supervisor: 'lanhdao',
  clerk: 'vanthu',
  administrator: 'quantri',
};

describe('signing in and who may open what', () => {
  let t: TestApp;

  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t?.close());

  const enter = (client: Client, username: string, password = t.password, ve = ''): Promise<Answer> =>
    client.post('/dang-nhap', { ten_dang_nhap: username, mat_khau: password, ve });

  describe('sign-in page', () => {
    it.each(ROLES)('leads the %s to the own page', async (role) => {
      const client = new Client(t.url);
      expect(await enter(client, USERNAME[role])).toMatchObject({ status: 303, location: '/' });
      expect(await client.get('/')).toMatchObject({ status: 303, location: HOME[role] });
    });

    it('asks a visitor to sign in and returns to the page that was wanted', async () => {
      const client = new Client(t.url);
      const asked = await client.get('/quan-tri/nguoi-dung?x=1');
      expect(asked.status).toBe(303);
      expect(asked.location).toBe(`/dang-nhap?ve=${encodeURIComponent('/quan-tri/nguoi-dung?x=1')}`);
      expect((await client.get(asked.location!)).body).toContain(
        'name="ve" value="/quan-tri/nguoi-dung?x&#x3D;1"',
      );
      expect((await enter(client, 'quantri', t.password, '/quan-tri/nguoi-dung?x=1')).location).toBe(
        '/quan-tri/nguoi-dung?x=1',
      );
    });

    it('never leads to another site', async () => {
      const answer = await enter(new Client(t.url), 'vanthu', t.password, 'https://example.org/');
      expect(answer.location).toBe('/');
    });

    it('sets a cookie that scripts and other sites cannot use, for this browser session only', async () => {
      const answer = await enter(new Client(t.url), 'vanthu');
      const cookie = answer.setCookies.find((line) => line.startsWith('phien='));
      expect(cookie).toMatch(/^phien=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    });

    it('says the same for an unknown name and a wrong password, and keeps the name typed', async () => {
      const unknown = await enter(new Client(t.url), 'khong-co');
      const wrong = await enter(new Client(t.url), 'vanthu', 'sai mật khẩu');
      for (const answer of [unknown, wrong]) {
        expect(answer.status).toBe(422);
        expect(answer.body).toContain('Tên đăng nhập hoặc mật khẩu chưa đúng.');
        expect(answer.setCookies.filter((line) => line.startsWith('phien='))).toEqual([]);
      }
      const strip = (answer: Answer): string => answer.body.replace(/ value="[^"]*"/g, '');
      expect(strip(unknown)).toBe(strip(wrong));
      expect(wrong.body).toContain('value="vanthu"');
    });

    it('refuses a form without token, and a token of somebody else', async () => {
      const client = new Client(t.url);
      const fields = { ten_dang_nhap: 'vanthu', mat_khau: t.password };
      expect((await client.postWithoutToken('/dang-nhap', fields)).status).toBe(403);
      expect((await client.postWithoutToken('/dang-nhap', { ...fields, _csrf: 'x' })).status).toBe(403);
    });

    it('does not keep a cookie that was planted before', async () => {
      const client = new Client(t.url, `phien=${'A'.repeat(43)}`);
      await enter(client, 'vanthu');
      expect(client.cookie('phien')).not.toBe('A'.repeat(43));
      expect((await client.get('/')).location).toBe('/thu-xin-loi');
    });

    it('leads a person who is signed in on to the first page', async () => {
      const client = new Client(t.url, await signIn(t, 'clerk'));
      expect(await client.get('/dang-nhap')).toMatchObject({ status: 303, location: '/' });
    });

    it.each(['{"ten_dang_nhap":{"a":1}}', '[]', '"x"'])(
      'answers the odd body %s like a wrong password',
      async (body) => {
        const client = new Client(t.url);
        const token = /name="_csrf" value="([^"]+)"/.exec((await client.get('/dang-nhap')).body)![1]!;
        const response = await fetch(`${t.url}/dang-nhap`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-csrf-token': token,
            cookie: `ma-bieu-mau=${client.cookie('ma-bieu-mau')}`,
          },
          body,
        });
        expect(response.status).toBe(422);
      },
    );
  });

  it('signing out ends the session', async () => {
    const client = new Client(t.url, await signIn(t, 'clerk'));
    const token = client.cookie('phien')!;
    expect(await client.post('/dang-xuat', {}, '/tai-khoan')).toMatchObject({
      status: 303,
      location: '/dang-nhap',
    });
    expect(client.cookie('phien')).toBeUndefined();
    const again = new Client(t.url, `phien=${token}`);
    expect((await again.get('/')).location).toMatch(/^\/dang-nhap/);
  });

  it('pages with personal data are not kept by the browser', async () => {
    const answer = await new Client(t.url, await signIn(t, 'clerk')).get('/tai-khoan');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  describe('roles', () => {
    const everyone = [...ROLES];
    const table: [string, Role[]][] = [
      ['/tai-khoan', everyone],
      ['/quan-tri', ['administrator']],
      ['/quan-tri/don-vi', ['administrator']],
      ['/quan-tri/don-vi/them', ['administrator']],
      ['/quan-tri/nguoi-dung', ['administrator']],
      ['/quan-tri/nguoi-dung/them', ['administrator']],
      ['/quan-tri/nguoi-dung/vanthu', ['administrator']],
    ];

    it.each(table)('%s opens for %j only', async (path, allowed) => {
      for (const role of ROLES) {
        const { status } = await new Client(t.url, await signIn(t, role)).get(path);
        expect([role, status]).toEqual([role, allowed.includes(role) ? 200 : 403]);
      }
      expect((await new Client(t.url).get(path)).status).toBe(303);
    });

    it.each([
      '/quan-tri/nguoi-dung',
      '/quan-tri/nguoi-dung/quantri/mat-khau',
      '/quan-tri/nguoi-dung/quantri/dong',
    ])('POST %s is refused to everybody but the administrator', async (path) => {
      for (const role of ['officer', 'supervisor', 'clerk'] as const) {
        const client = new Client(t.url, await signIn(t, role));
        expect((await client.post(path, {}, '/tai-khoan')).status).toBe(403);
      }
    });

    it('every route says who may call it; among those of accounts only the sign-in page and the link of a mail are public', () => {
      const routes = t.app.get(RouteAccess).routes();
      expect(routes.filter((route) => route.roles === undefined)).toEqual([]);
      const open = routes.filter((route) => route.roles?.length === 0).map((route) => route.at);
      const known = /^(Health|ApiDocs|NotFound)Controller\./;
      expect(open.filter((at) => !known.test(at)).sort()).toEqual([
        // The link of a mail names its reader by a signature.
        'AlertLinkController.act',
        'AlertLinkController.open',
        // Its own guard looks for the key in the envelope too.
        'PortalApiController.push',
        'SignInController.form',
        'SignInController.signIn',
      ]);
    });
  });

  it('the service does not start with a route that does not say who may call it', async () => {
    @Controller('a')
    class Silent {
      @Get()
      @Public()
      open(): string {
        return 'open';
      }

      @Get('x')
      forgotten(): string {
        return 'x';
      }
    }
    @Controller('b')
    @SignedIn()
    class Spoken {
      @Get()
      fine(): string {
        return 'b';
      }
    }
    @Module({ imports: [DiscoveryModule], controllers: [Silent, Spoken], providers: [RouteAccess] })
    class Careless {}
    const module = await Test.createTestingModule({ imports: [Careless] }).compile();
    await expect(module.init()).rejects.toThrow(/without @Roles.*\n {2}- Silent\.forgotten$/);
  });

  describe('API keys', () => {
    const call = (key: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${t.url}/api/v1/nothing-here`, { headers: { authorization: `Bearer ${key}`, ...headers } });

    it('a wrong key is refused as a problem document, even beside a good cookie', async () => {
      const refused = await call('dh_wrong', { cookie: await signIn(t, 'administrator') });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await refused.json()).toMatchObject({ code: 'API_KEY_UNKNOWN' });
    });

    it('a key opens what its role may open, without a token in the form', async () => {
      const { key } = await t.app.get(ApiKeyService).create('Cổng tỉnh', 'administrator');
      const headers = { authorization: `Bearer ${key}` };
      expect((await fetch(`${t.url}/quan-tri`, { headers })).status).toBe(200);
      const { key: officer } = await t.app.get(ApiKeyService).create('Cổng tỉnh', 'officer');
      const refused = await fetch(`${t.url}/quan-tri`, { headers: { authorization: `Bearer ${officer}` } });
      expect(refused.status).toBe(403);
      expect((await call(key)).status).toBe(404);
    });

    it('a key has no account of its own to change', async () => {
      const { key } = await t.app.get(ApiKeyService).create('Cổng tỉnh', 'administrator');
      const headers = { authorization: `Bearer ${key}` };
      expect((await fetch(`${t.url}/tai-khoan`, { headers })).status).toBe(403);
      const body = new URLSearchParams({
        hien_tai: t.password,
        moi: 'nắng sớm bản Hon',
        nhac_lai: 'nắng sớm bản Hon',
      });
      const change = await fetch(`${t.url}/tai-khoan/mat-khau`, { method: 'POST', headers, body });
      expect(change.status).toBe(403);
    });

    it('is revoked on the page of accounts', async () => {
      const { key } = await t.app.get(ApiKeyService).create('Khóa thử', 'administrator');
      const client = new Client(t.url, await signIn(t, 'administrator'));
      const list = await client.get('/quan-tri/nguoi-dung');
      expect(list.body).toContain(`${key.slice(0, 10)}…`);
      expect(list.body).not.toContain(key);
      const row = list.body.slice(list.body.indexOf('Khóa thử'));
      const action = /action="([^"]+thu-hoi)"/.exec(row)![1]!;
      expect((await client.post(action, {}, '/quan-tri/nguoi-dung')).status).toBe(303);
      const headers = { authorization: `Bearer ${key}` };
      expect((await fetch(`${t.url}/quan-tri`, { headers, redirect: 'manual' })).status).not.toBe(200);
    });
  });

  describe('accounts', () => {
    const admin = async (): Promise<Client> => new Client(t.url, await signIn(t, 'administrator'));
    const person = {
      ten_dang_nhap: 'Sin.Van',
      ho_ten: 'Sìn Văn <b>Chảo</b>',
      chuc_danh: 'Chuyên viên',
      vai_tro: 'clerk',
      don_vi: 'H35.50.12',
      email: 'sin@example.com',
      dien_thoai: '',
    };

    it('a new person gets a password shown once, must change it, then works', async () => {
      const administrator = await admin();
      const made = await administrator.post('/quan-tri/nguoi-dung', person, '/quan-tri/nguoi-dung/them');
      const password = /class="secret__value">([^<]+)</.exec(made.body)?.[1] ?? '';
      expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
      expect(made.body).toContain('Sìn Văn &lt;b&gt;Chảo&lt;/b&gt;');
      expect((await administrator.get('/quan-tri/nguoi-dung/sin.van')).body).not.toContain(password);

      const client = new Client(t.url);
      expect((await enter(client, 'sin.van', password)).status).toBe(303);
      expect(await client.get('/')).toMatchObject({ status: 303, location: '/tai-khoan' });
      expect((await client.get('/tai-khoan')).body).toContain('mật khẩu tạm');
      const bad = { hien_tai: password, moi: 'nắng sớm bản Hon', nhac_lai: 'nắng sớm bản Hom' };
      expect((await client.post('/tai-khoan/mat-khau', bad, '/tai-khoan')).status).toBe(422);
      const old = client.cookie('phien')!;
      const good = { ...bad, nhac_lai: bad.moi };
      expect((await client.post('/tai-khoan/mat-khau', good, '/tai-khoan')).location).toBe('/tai-khoan');
      expect((await client.get('/')).location).toBe('/thu-xin-loi');
      expect((await new Client(t.url, `phien=${old}`).get('/')).location).toMatch(/^\/dang-nhap/);
    });

    it('faults are named at their fields and what was typed stays', async () => {
      const typed = { ...person, ten_dang_nhap: 'á', ho_ten: '', email: 'sai', don_vi: 'KHONG-CO' };
      const answer = await (await admin()).post('/quan-tri/nguoi-dung', typed, '/quan-tri/nguoi-dung/them');
      expect(answer.status).toBe(422);
      for (const field of ['ten_dang_nhap', 'ho_ten', 'email'])
        expect(answer.body).toContain(`id="${field}-loi"`);
      expect(answer.body).toContain('value="sai"');
      const foreign = { ...person, ten_dang_nhap: 'khac', don_vi: 'KHONG-CO' };
      const refused = await (
        await admin()
      ).post('/quan-tri/nguoi-dung', foreign, '/quan-tri/nguoi-dung/them');
      expect(refused.body).toContain('id="don_vi-loi"');
    });

    it('a reset shows a new password and ends the sessions; closing and reopening work', async () => {
      const theirs = new Client(t.url, await signIn(t, 'officer', 'vanhoa'));
      const administrator = await admin();
      const page = '/quan-tri/nguoi-dung/vanhoa';
      const reset = await administrator.post(`${page}/mat-khau`, {}, page);
      expect(reset.body).toContain('secret__value');
      expect((await theirs.get('/')).location).toMatch(/^\/dang-nhap/);
      await administrator.post(`${page}/dong`, {}, page);
      expect((await administrator.get('/quan-tri/nguoi-dung')).body).toContain('Đã đóng');
      await administrator.post(`${page}/mo`, {}, page);
      expect((await administrator.get(page)).body).not.toContain('Mở lại tài khoản');
    });

    it('the last administrator keeps the role and the account', async () => {
      const administrator = await admin();
      const page = '/quan-tri/nguoi-dung/quantri';
      const closed = await administrator.post(`${page}/dong`, {}, page);
      expect(closed.status).toBe(422);
      expect(closed.body).toContain('tài khoản quản trị cuối cùng');
      const demoted = await administrator.post(page, { ...person, vai_tro: 'clerk' }, page);
      expect(demoted.status).toBe(422);
    });

    it('letter keys are switched off and on', async () => {
      const client = new Client(t.url, await signIn(t, 'supervisor'));
      await client.post('/tai-khoan/phim-tat', {}, '/tai-khoan');
      expect((await client.get('/tai-khoan')).body).not.toContain('data-letter-keys');
      await client.post('/tai-khoan/phim-tat', { phim_tat: '1' }, '/tai-khoan');
      expect((await client.get('/tai-khoan')).body).toContain('data-letter-keys');
    });
  });

  describe('units', () => {
    const page = '/quan-tri/don-vi/H35.50.12';
    const fields = {
      ten: 'Xã Bình Lư',
      ma: 'H35.50.12',
      tinh: 'tỉnh Lai Châu',
      dia_danh: 'Bình Lư',
      co_quan_cap_tren: 'ỦY BAN NHÂN DÂN XÃ BÌNH LƯ',
      co_quan: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
      ten_ngan: 'TTPVHCC xã Bình Lư',
      ky_hieu: 'XL-TTPVHCC',
      tham_quyen: 'KT. GIÁM ĐỐC',
      chuc_vu: 'PHÓ GIÁM ĐỐC',
      nguoi_ky: 'Lý Thị Mẩy',
      dien_thoai: '0213 000 0000',
      gio_hen: 'end-of-office',
      dau_ma: 'H35.50.12',
    };

    it('the letterhead is previewed without being saved, then saved', async () => {
      const client = new Client(t.url, await signIn(t, 'administrator'));
      const preview = await client.post(`${page}/xem-truoc`, fields, page);
      expect(preview.status).toBe(200);
      expect(preview.body).toContain(
        '<p class="authority">KT. GIÁM ĐỐC</p><p class="authority">PHÓ GIÁM ĐỐC</p>',
      );
      expect(preview.body).toContain('Bình Lư, <span class="unbroken">ngày 23 tháng 11 năm 2026</span>');
      expect((await client.get(page)).body).not.toContain('Lý Thị Mẩy');
      expect((await client.post(page, fields, page)).location).toBe('/quan-tri/don-vi');
      expect((await client.get(page)).body).toContain('Lý Thị Mẩy');
    });

    it('a name without its kind is refused with an example', async () => {
      const client = new Client(t.url, await signIn(t, 'administrator'));
      const answer = await client.post(page, { ...fields, ten: 'Bình Lư' }, page);
      expect(answer.status).toBe(422);
      expect(answer.body).toContain('Ghi đủ cả loại đơn vị, ví dụ: Xã Bình Lư.');
    });

    it('a department is added, listed and renamed', async () => {
      const client = new Client(t.url, await signIn(t, 'administrator'));
      const fresh = { ten: 'Trạm Y tế', thuoc: 'H35.50.12' };
      await client.post('/quan-tri/don-vi', fresh, '/quan-tri/don-vi/them');
      expect((await client.get('/quan-tri/don-vi')).body).toContain('Trạm Y tế');
      const again = await client.post('/quan-tri/don-vi', fresh, '/quan-tri/don-vi/them');
      expect(again.body).toContain('Đã có đơn vị tên Trạm Y tế');
      const change = { ten: 'Trạm Y tế xã', ma: 'TYT', ten_khac: 'TYT xã', dang_dung: '1' };
      expect((await client.post('/quan-tri/don-vi/TYT', change, '/quan-tri/don-vi/TYT')).status).toBe(303);
      expect((await client.get('/quan-tri/don-vi/KHONG-CO')).status).toBe(404);
    });
  });
});

describe('a fresh installation', () => {
  it('the first administrator is led through the password to the list of things to do', async () => {
    const t = await startTestApp({ seed: 'none', env: { PUBLIC_URL: 'https://dunghen.example' } });
    try {
      const made = await t.app.get(FirstAccount).run();
      const client = new Client(t.url);
      const answer = await client.post('/dang-nhap', {
        ten_dang_nhap: made!.username,
        mat_khau: made!.password,
      });
      expect(answer.setCookies.find((line) => line.startsWith('phien='))).toContain('; Secure');
      const change = { hien_tai: made!.password, moi: 'nắng sớm bản Hon', nhac_lai: 'nắng sớm bản Hon' };
      await client.post('/tai-khoan/mat-khau', change, '/tai-khoan');
      const start = await client.get('/quan-tri');
      expect(start.body).toContain('Đặt tên xã, phường và đầu thư');
      expect(start.body).toContain('href="/quan-tri/don-vi/XA"');
    } finally {
      await t.close();
    }
  });

  it('one address may fail twenty times a minute, then waits', async () => {
    const t = await startTestApp();
    try {
      const client = new Client(t.url);
      const token = /name="_csrf" value="([^"]+)"/.exec((await client.get('/dang-nhap')).body)![1]!;
      const fail = (): Promise<Answer> =>
        client.postWithoutToken('/dang-nhap', { _csrf: token, ten_dang_nhap: 'khong-co', mat_khau: 'x' });
      const first = await Promise.all(Array.from({ length: 20 }, fail));
      expect(first.map((answer) => answer.status)).toEqual(Array(20).fill(422));
      expect((await fail()).status).toBe(429);
      t.clock.moveTo(new Date(t.clock.now().getTime() + 61_000));
      expect((await fail()).status).toBe(422);
    } finally {
      await t.close();
    }
  });
});
