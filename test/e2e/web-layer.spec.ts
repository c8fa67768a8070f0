import {
  Body,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Global,
  Module,
  Param,
  Post,
  Req,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { FastifyRequest } from 'fastify';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { z } from 'zod';
import { Database } from '../../src/database/transaction';
import { Clock } from '../../src/platform/clock';
import { readEnvironment } from '../../src/platform/config';
import { AppError } from '../../src/platform/errors';
import { TEMPLATES_DIR } from '../../src/platform/paths';
import { PlatformModule } from '../../src/platform/platform.module';
import { Runtime } from '../../src/platform/runtime';
import { configureApp } from '../../src/web/configure-app';
import { HeaderCounts } from '../../src/web/header-counts';
import { invalid, Page, redirect } from '../../src/web/page';
import {
  Public,
  type Reader,
  type ReaderRequest,
  type Role,
  Roles,
  ROLES_KEY,
  SignedIn,
} from '../../src/web/reader';
import { TEMPLATE_FOLDERS } from '../../src/web/view-engine';
import { WebModule } from '../../src/web/web.module';

const folder = mkdtempSync(path.join(tmpdir(), 'web-layer-'));
mkdirSync(path.join(folder, 'pages'));
writeFileSync(
  path.join(folder, 'pages', 'form.hbs'),
  `<h1>Biểu mẫu</h1><form id="bieu-mau" method="post" action="/bieu-mau">{{> csrf}}{{> faults}}{{> field id='ten' label='Tên' value=name}}<button>Ghi</button></form>{{#each picked}}<i>{{this}}</i>{{/each}}`,
);

const readerOf = (role: Role, kind: Reader['kind'] = 'user'): Reader => ({
  kind,
  id: 1,
  name: 'Lò Thị Mai',
  title: 'Cán bộ một cửa',
  role,
  unitId: 1,
  departmentId: null,
  communeIds: [1],
  unitName: 'TTPVHCC xã Bình Lư',
  letterKeys: true,
  sessionId: kind === 'user' ? `session of ${role}` : '',
});

/** Signs in whom the cookie `role` or the key `secret` names. */
class FakeGuard implements CanActivate {
  private readonly reflector = new Reflector();

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.get<Role[]>(ROLES_KEY, context.getHandler());
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    const role = request.cookies['role'] as Role | undefined;
    if (request.headers.authorization === 'Bearer secret')
      request.reader = readerOf('administrator', 'api-key');
    else if (role) request.reader = readerOf(role);
    if (roles.length === 0) return true;
    if (!request.reader) throw new AppError('NOT_SIGNED_IN');
    if (!roles.includes(request.reader.role)) throw new AppError('FORBIDDEN');
    return true;
  }
}

const thing = z.object({ day: z.iso.date(), count: z.int() });

@Controller()
class Pages {
  @Get('bieu-mau')
  @SignedIn()
  @Page('form', { title: 'Biểu mẫu', nav: '/ho-so' })
  form() {
    return { name: null, picked: [] };
  }

  @Post('bieu-mau')
  @SignedIn()
  @Page('form', { title: 'Biểu mẫu' })
  save(@Body() body: { ten?: string; chon?: string[] }) {
    if (body.chon) return { name: null, picked: body.chon };
    if (!body.ten) return invalid({ name: '', picked: [] }, [{ field: 'ten', text: 'Nhập tên.' }]);
    return redirect('/bieu-mau', `Đã ghi ${body.ten}`);
  }

  @Post('tep')
  @SignedIn()
  async file(@Req() request: FastifyRequest) {
    const file = await request.file();
    return { name: file?.filename, size: (await file?.toBuffer())?.length };
  }

  @Get('dang-nhap')
  @Public()
  @Page('form', { title: 'Đăng nhập', layout: 'bare' })
  signIn() {
    return { name: null, picked: [] };
  }

  @Post('dang-nhap')
  @Public()
  signedIn() {
    return redirect('/');
  }

  @Get('hang-viec')
  @Roles('officer')
  @Page('form', { title: 'Hàng việc', nav: '/hang-viec' })
  queue() {
    return { name: null, picked: [] };
  }

  @Get('ho-so/:ma')
  @SignedIn()
  @Page('form', { title: 'Hồ sơ' })
  one(@Param('ma') code: string): never {
    if (code === 'lost') throw new Error('secret of the database');
    throw new AppError('CASE_NOT_FOUND', { code });
  }

  @Post('api/v1/things')
  @SignedIn()
  api(@Body({ schema: thing }) body: z.infer<typeof thing>) {
    return body;
  }
}

const database = { pool: { query: () => Promise.resolve([{ one: 1 }]) } };

@Global()
@Module({ providers: [{ provide: Database, useValue: database }], exports: [Database] })
class FakeDatabase {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const env = readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder });
  const runtime = new Runtime({ env, databaseUrl: '', dataDir: folder, sessionKey: 'k'.repeat(40) });
  const clock = new Clock().startAt(new Date('2026-08-26T09:26:00+07:00'));
  const module = await Test.createTestingModule({
    imports: [PlatformModule.with(runtime, clock), FakeDatabase, WebModule],
    controllers: [Pages],
    providers: [{ provide: APP_GUARD, useClass: FakeGuard }],
  })
    .overrideProvider(TEMPLATE_FOLDERS)
    .useValue([TEMPLATES_DIR, folder])
    .setLogger(false as never)
    .compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  await configureApp(app);
  app.get(HeaderCounts).register('queue', () => Promise.resolve(1410));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

type Call = Parameters<NestFastifyApplication['inject']>[0] & object;
const call = (options: Call) => app.inject(options);
const get = (url: string, role: Role | null = 'officer', headers: Record<string, string> = {}) =>
  call({ method: 'GET', url, headers, cookies: role ? { role } : {} });

/** A page's token and the cookie it belongs to. */
async function tokenFor(role: Role | null, page = '/bieu-mau') {
  const answer = await get(page, role);
  const token = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? '';
  const cookies = Object.fromEntries(answer.cookies.map((c) => [c.name, c.value]));
  return { token, cookies: role ? { ...cookies, role } : cookies };
}

const post = (url: string, body: string, cookies: Record<string, string>, headers = {}) =>
  call({
    method: 'POST',
    url,
    cookies,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: body,
  });

describe('a page', () => {
  it('stands in the layout with the entries of the role, the counts and who is signed in', async () => {
    const { statusCode, headers, body } = await get('/hang-viec');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain('<title>Hàng việc · Đúng hẹn</title>');
    expect(body).toMatch(
      /<a href="\/hang-viec" aria-current="page">Hàng việc <span class="pip pip--late">1\.410/,
    );
    expect(body).toContain('Lò Thị Mai');
    expect(body).toContain('<html lang="vi">');
  });

  it('shows no entry whose page the role may not open', async () => {
    const { body } = await get('/bieu-mau', 'clerk');
    expect(body).not.toContain('href="/hang-viec"');
  });

  it('says that the clock is not the real one', async () => {
    expect((await get('/bieu-mau')).body).toContain('09:26 thứ Tư 26/8/2026, không phải giờ thật');
  });

  it('is stored nowhere and loads nothing from another host', async () => {
    const { headers, body } = await get('/bieu-mau');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self';font-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(body).not.toMatch(/(src|href|action)="https?:/);
    expect(body).not.toMatch(/ style="| on[a-z]+="|<style|<script>/);
  });

  it('comes compressed', async () => {
    const { headers } = await get('/bieu-mau', 'officer', { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBe('gzip');
  });
});

describe('a form', () => {
  it('leads on with 303 and says once what was done', async () => {
    const { token, cookies } = await tokenFor('officer');
    const done = await post('/bieu-mau', `_csrf=${token}&ten=Nguy%E1%BB%85n`, cookies);
    expect([done.statusCode, done.headers.location]).toEqual([303, '/bieu-mau']);
    const left = Object.fromEntries(done.cookies.map((c) => [c.name, c.value]));
    const next = await call({ method: 'GET', url: '/bieu-mau', cookies: { ...cookies, ...left } });
    expect(next.body).toContain('Đã ghi Nguyễn');
    expect(next.cookies.find((c) => c.name === 'thong-bao')?.value).toBe('');
  });

  it('a forged notice is not shown', async () => {
    const { body } = await call({
      method: 'GET',
      url: '/bieu-mau',
      cookies: { role: 'officer', 'thong-bao': 'Trang giả.abc' },
    });
    expect(body).not.toContain('Trang giả');
  });

  it('that is not valid comes back with 422, its faults and links to the fields', async () => {
    const { token, cookies } = await tokenFor('officer');
    const { statusCode, body } = await post('/bieu-mau', `_csrf=${token}&ten=`, cookies);
    expect(statusCode).toBe(422);
    expect(body).toContain('<a href="#ten">Nhập tên.</a>');
    expect(body).toContain('aria-invalid="true"');
  });

  it('repeated fields are a list', async () => {
    const { token, cookies } = await tokenFor('officer');
    const { body } = await post('/bieu-mau', `_csrf=${token}&chon=a&chon=b`, cookies);
    expect(body).toContain('<i>a</i><i>b</i>');
  });

  it.each([
    ['no token', async () => ({ token: '', cookies: { role: 'officer' } })],
    ['an invented token', async () => ({ ...(await tokenFor('officer')), token: 'invented' })],
    [
      'a token of another session',
      async () => {
        const { token, cookies } = await tokenFor('clerk');
        return { token, cookies: { ...cookies, role: 'officer' } };
      },
    ],
    [
      'a token from before signing in',
      async () => {
        const { token, cookies } = await tokenFor(null, '/dang-nhap');
        return { token, cookies: { ...cookies, role: 'officer' } };
      },
    ],
  ])('with %s is refused', async (_, given) => {
    const { token, cookies } = await given();
    const answer = await post('/bieu-mau', `_csrf=${token}&ten=A`, cookies as Record<string, string>);
    expect(answer.statusCode).toBe(403);
    expect(answer.body).toContain('Biểu mẫu đã cũ');
  });

  it('for signing in needs a token as well', async () => {
    const { token, cookies } = await tokenFor(null, '/dang-nhap');
    expect((await post('/dang-nhap', `_csrf=${token}`, cookies)).statusCode).toBe(303);
    expect((await post('/dang-nhap', 'x=1', cookies)).statusCode).toBe(403);
  });

  it('with a file carries the token in its address', async () => {
    const { token, cookies } = await tokenFor('officer');
    const payload =
      '--b\r\ncontent-disposition: form-data; name="tep"; filename="a.csv"\r\n\r\n1;2\r\n--b--\r\n';
    const headers = { 'content-type': 'multipart/form-data; boundary=b' };
    const sent = await post(`/tep?_csrf=${token}`, payload, cookies, headers);
    expect(sent.json()).toEqual({ name: 'a.csv', size: 3 });
    expect((await post('/tep', payload, cookies, headers)).statusCode).toBe(403);
  });
});

describe('the API', () => {
  const json = { 'content-type': 'application/json' };

  it('needs no token with a key, but does with a session', async () => {
    const payload = JSON.stringify({ day: '2026-08-26', count: 3 });
    const key = { ...json, authorization: 'Bearer secret' };
    const url = '/api/v1/things';
    expect((await call({ method: 'POST', url, headers: key, payload })).json()).toEqual(JSON.parse(payload));
    expect(
      (await call({ method: 'POST', url, headers: json, payload, cookies: { role: 'officer' } })).statusCode,
    ).toBe(403);
    const { token, cookies } = await tokenFor('officer');
    const headers = { ...json, 'x-csrf-token': token };
    expect((await call({ method: 'POST', url, headers, payload, cookies })).statusCode).toBe(201);
  });

  it('names every field that is wrong, as problem+json', async () => {
    const headers = { ...json, authorization: 'Bearer secret' };
    const answer = await call({ method: 'POST', url: '/api/v1/things', headers, payload: '{"day":"31/8"}' });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ status: 400, code: 'INVALID_REQUEST', instance: '/api/v1/things' });
    expect(answer.json<{ title: string }>().title).toMatch(/day: .+; count: /);
  });

  it.each([
    ['not signed in', '/api/v1/things', '{}', 401, 'NOT_SIGNED_IN'],
    ['unreadable JSON', '/api/v1/things', '{', 400, 'JSON_UNREADABLE'],
    ['a key that stands twice', '/api/v1/things', '{"day":"1","day":"2"}', 400, 'JSON_KEY_TWICE'],
    ['one that stands twice deeper down', '/api/v1/things', '{"a":[{"b":1,"b":2}]}', 400, 'JSON_KEY_TWICE'],
    ['no such address', '/api/v1/nothing', '{}', 404, 'PAGE_NOT_FOUND'],
  ])('%s is a problem too', async (_, url, payload, status, code) => {
    const answer = await call({ method: 'POST', url, headers: json, payload });
    expect(answer.json()).toMatchObject({ status, code });
  });

  it('describes itself without the pages', async () => {
    const document = (await get('/api/openapi.json', null)).json<{ paths: object }>();
    expect(Object.keys(document.paths)).toEqual(['/api/v1/things']);
    const { body } = await get('/api/docs', null);
    expect(body).toContain('</span> /api/v1/things</h2>');
    expect(body).toContain('&quot;day&quot;');
  });
});

describe('a failure', () => {
  it('of the catalogue is a page that says what to do', async () => {
    const { statusCode, body } = await get('/ho-so/H35-1');
    expect(statusCode).toBe(404);
    expect(body).toContain('<h1>Không tìm thấy hồ sơ H35-1</h1>');
    expect(body).toContain('Kiểm tra lại mã hồ sơ');
  });

  it('that nobody foresaw has a number and never its own message', async () => {
    const { statusCode, body } = await get('/ho-so/lost');
    expect(statusCode).toBe(500);
    expect(body).toMatch(/mã sự cố [0-9A-F]{4}-0926/);
    expect(body).not.toContain('secret');
  });

  it('of an htmx request is a note for the notices of the page', async () => {
    const { statusCode, headers, body } = await get('/ho-so/lost', 'officer', { 'hx-request': 'true' });
    expect(statusCode).toBe(500);
    expect(headers['hx-retarget']).toBe('#thong-bao');
    expect(body).toMatch(/^<div class="note tone-late" role="alert">/);
  });

  it('an unknown address is a page, signed in or not', async () => {
    const { statusCode, body } = await get('/khong-co', null);
    expect(statusCode).toBe(404);
    expect(body).toContain('Không có trang /khong-co');
    expect(body).not.toContain('class="topbar"');
    expect((await get('/khong-co')).body).toContain('Lò Thị Mai');
  });

  it('a page of another role is refused', async () => {
    expect((await get('/hang-viec', 'clerk')).statusCode).toBe(403);
  });

  it('a body too large is said so', async () => {
    const { token, cookies } = await tokenFor('officer');
    const answer = await post('/bieu-mau', `_csrf=${token}&ten=${'a'.repeat(1_100_000)}`, cookies);
    expect([answer.statusCode, answer.body.includes('lớn hơn mức cho phép')]).toEqual([413, true]);
  });
});

describe('not signed in', () => {
  it('leads to the sign-in page and remembers the way back', async () => {
    const { statusCode, headers } = await get('/hang-viec?han=qua-han', null);
    expect(statusCode).toBe(303);
    expect(headers.location).toBe('/dang-nhap?ve=%2Fhang-viec%3Fhan%3Dqua-han');
  });

  it.each([
    ['http://localhost/thu-xin-loi/16?x=1', '%2Fthu-xin-loi%2F16%3Fx%3D1'],
    ['http://elsewhere.example/thu', '%2F'],
    ['not an address', '%2F'],
  ])('a form sent from %s returns to %s', async (referer, back) => {
    const answer = await post('/bieu-mau', 'x=1', {}, { referer, host: 'localhost' });
    expect(answer.headers.location).toBe(`/dang-nhap?ve=${back}`);
  });

  it('an htmx request sends the whole page there', async () => {
    const from = 'http://localhost/hang-viec?tim=a';
    const headers = { 'hx-request': 'true', 'hx-current-url': from, host: 'localhost' };
    const answer = await get('/so-dem', null, headers);
    expect(answer.headers['hx-redirect']).toBe('/dang-nhap?ve=%2Fhang-viec%3Ftim%3Da');
  });
});

describe('what stays in the browser', () => {
  it.each([
    ['br', 'br'],
    ['gzip, deflate', 'gzip'],
    ['identity', undefined],
  ])('the style sheet for a browser that accepts %s', async (accept, coding) => {
    const address = /href="(\/static\/app\.[^"]+)"/.exec((await get('/bieu-mau')).body)![1]!;
    const { statusCode, headers } = await get(address, null, { 'accept-encoding': accept });
    expect(statusCode).toBe(200);
    expect(headers['content-encoding']).toBe(coding);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('an old address is not found', async () => {
    expect((await get('/static/app.0000000000.css', null)).statusCode).toBe(404);
  });
});

describe('around the pages', () => {
  it('health is public and asks the database', async () => {
    expect((await get('/suc-khoe', null)).json()).toEqual({ status: 'ok' });
    const query = jest.spyOn(database.pool, 'query').mockRejectedValueOnce(new Error('gone'));
    expect((await get('/suc-khoe', null)).statusCode).toBe(503);
    query.mockRestore();
  });

  it('the header counts come as parts that replace the old ones', async () => {
    const { body } = await get('/so-dem?tai=/hang-viec');
    expect(body).toMatch(/<nav class="mainnav" id="dieu-huong"[^>]* hx-swap-oob="outerMorph">/);
    expect(body).toContain('id="chuong"');
    expect(body).not.toContain('<html');
  });
});
