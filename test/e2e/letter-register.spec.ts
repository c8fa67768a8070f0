import { randomUUID } from 'node:crypto';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { LetterFileMaker } from '../../src/letters/letter-file-maker.service';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { confirmLetters, addCases } from '../integration/letters-fixture';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const COUNT = 53;

let t: TestApp;
let cookie: string;

const decoded = (html: string): string => html.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
const textOf = (html: string): string => decoded(html.replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
const numbersOf = (html: string): number[] =>
  [...html.matchAll(/<td class="num strong"[^>]*>(?:<a [^>]+>|<s>)(\d+)</g)].map((m) => Number(m[1]));

async function get(path: string, as = cookie, more: Record<string, string> = {}) {
  const response = await fetch(t.url + path, {
    headers: { accept: 'text/html', cookie: as, ...more },
    redirect: 'manual',
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, html: bytes.toString('utf8') };
}

/** Sends a form as it stands on the page, with some fields filled in. */
async function send(page: string, action: string, fields: Record<string, string>) {
  const { html, headers } = await get(page);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const kept = headers.getSetCookie().map((line) => line.split(';')[0]);
  const response = await fetch(t.url + action, {
    method: 'POST',
    body: new URLSearchParams({ _csrf: csrf, ...fields }),
    headers: { accept: 'text/html', cookie: [cookie, ...kept].join('; ') },
    redirect: 'manual',
  });
  return { status: response.status, location: response.headers.get('location'), html: await response.text() };
}

beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  const codes = Array.from({ length: COUNT }, (_, i) => `P-${String(i + 1).padStart(2, '0')}`);
  await addCases(
    t,
    codes.map((code, i) => ({
      code,
      promised: '2026-03-10T17:00:00+07:00',
      received: '2026-03-03T08:00:00+07:00',
      finished: '2026-03-12T10:00:00+07:00',
      applicant: i === 6 ? 'Đèo Thị Ủa' : 'Vàng Thị Pàng',
    })),
  );
  await t.app.get(LetterDraftService).draftOwed();
  await confirmLetters(t, codes, { reason: 'Khối lượng hồ sơ tăng đột biến' });
  await t.db.query(
    `update letter set state = 'sent', sent_at = '2026-03-09T10:00:00+07:00' where number = 1;
     update letter set state = 'cancelled', cancelled_at = now(), cancel_reason = 'In sai tên' where number = 2;
     insert into letter_delivery (letter_id, channel, at, recipient, evidence, recorded_at)
       select id, 'post', sent_at, 'x', 'Phiếu gửi 5', now() from letter where number = 1`,
  );
  cookie = await signIn(t, 'clerk');
});
afterAll(() => t?.close());

describe('the register, without scripts', () => {
  it('shows fifty letters a page, and the figures that the list behind them has', async () => {
    const first = await get('/so-thu-xin-loi?nam=2026');
    expect(numbersOf(first.html)).toHaveLength(50);
    expect(first.html).toContain('rel="next"');
    expect(numbersOf((await get('/so-thu-xin-loi?nam=2026&trang=2')).html)).toEqual([3, 2, 1]);
    const text = textOf(first.html);
    expect(text).toContain(
      '53 lần trễ hẹn phải xin lỗi 1 gửi trong hạn 0 gửi muộn 52 chưa gửi 1,89% đã có thư',
    );
    expect(text).toContain('Số 01 đến 53, ký hiệu XL-TTPVHCC: liên tục, không thiếu số.');
    expect(text).toContain('Cả năm 2026 53 1 0 52 1,89% 0');
    const behind = await get('/so-thu-xin-loi/phai-xin-loi?nam=2026&loai=trong-han');
    expect(behind.html.match(/class="q__title" href="\/ho-so\//g)).toHaveLength(1);
    expect(textOf((await get('/so-thu-xin-loi/phai-xin-loi?nam=2026&thang=4')).html)).toContain(
      'Không có hồ sơ nào',
    );
  });

  it.each([
    ['text without marks', 'tim=deo+thi+ua', [7]],
    ['a cancelled number with its reason', 'tinh_trang=da-huy', [2]],
    ['sent in time', 'luc_gui=trong-han', [1]],
    ['sent late', 'luc_gui=gui-muon', []],
    ['the channel', 'cach_gui=post', [1]],
    ['no file as proof', 'minh_chung=chua-tep', [1]],
    ['a month without letters', 'thang=7', []],
    ['a choice nobody offers counts as none', 'tinh_trang=sai&trang=2', [3, 2, 1]],
  ])('is filtered by %s', async (_, query, expected) => {
    const { status, html } = await get(`/so-thu-xin-loi?nam=2026&${query}`);
    expect(status).toBe(200);
    expect(numbersOf(html)).toEqual(expected);
  });

  it('keeps what was chosen in the form, in the pages and in the files', async () => {
    const { html } = await get('/so-thu-xin-loi?nam=2026&tim=khai+sinh&tinh_trang=chua-gui');
    expect(html).toContain('value="khai sinh"');
    expect(html).toContain('<option value="chua-gui" selected>');
    const kept = 'nam=2026&tim=khai+sinh&tinh_trang=chua-gui';
    for (const address of [`/so-thu-xin-loi?${kept}&trang=2`, `.xlsx?${kept}"`, `.pdf?${kept}"`])
      expect(decoded(html)).toContain(address);
    const pdf = await get('/so-thu-xin-loi.pdf?nam=2026&tinh_trang=da-huy');
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('the evidence pack, without scripts', () => {
  const PAGE = '/so-thu-xin-loi/ho-so-minh-chung';

  it('shows the figures first, is made by one click and downloaded when it is made', async () => {
    const page = await get(`${PAGE}?tu=1/1/2026&den=31/12/2026`);
    expect(textOf(page.html)).toContain('52 thư xin lỗi theo số');
    const asked = await send(PAGE, PAGE, { tu: '1/1/2026', den: '31/12/2026', kieu: 'zip' });
    expect(asked.status).toBe(303);
    const address = asked.location!;
    expect(address).toMatch(/^\/thu-xin-loi\/tep\/[0-9a-f-]{36}$/);
    const waiting = await get(address);
    expect(textOf(waiting.html)).toContain('Đang chờ đến lượt');
    expect(waiting.html).toContain(`hx-get="${address}/tien-do"`);
    expect((await get(`${address}/tai`)).status).toBe(409);
    expect((await get(`${address}/tien-do`)).status).toBe(303);

    await t.app.get(LetterFileMaker).make(address.split('/').at(-1)!);
    const told = await get(`${address}/tien-do`, cookie, { 'hx-request': 'true' });
    expect(told.headers.get('hx-refresh')).toBe('true');
    expect((await get(address)).html).toContain(`href="${address}/tai"`);
    const file = await get(`${address}/tai`);
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="ho-so-minh-chung-2026-01-01-2026-12-31.zip"',
    );
    expect(file.bytes.subarray(0, 2).toString()).toBe('PK');
    expect((await get(PAGE)).html).toContain(`href="${address}"`);
  });

  it('a period that is none is told at its field, what was typed stays', async () => {
    const wrong = await send(PAGE, PAGE, { tu: '31/12/2026', den: '1/1/2026' });
    expect(wrong.status).toBe(422);
    expect(textOf(wrong.html)).toContain('Ngày cuối kỳ trước ngày đầu kỳ');
    const unreadable = await send(PAGE, PAGE, { tu: '31/2/2026', den: '1/1/2027' });
    expect(unreadable.status).toBe(422);
    expect(unreadable.html).toContain('value="31/2/2026"');
    expect((await get(`${PAGE}?tu=31/2/2026`)).status).toBe(422);
  });

  it('officers and administrators see neither register nor files; an unknown file is not found', async () => {
    for (const role of ['officer', 'administrator'] as const) {
      const other = await signIn(t, role);
      for (const path of ['/so-thu-xin-loi', '/so-thu-xin-loi/phai-xin-loi', PAGE])
        expect((await get(path, other)).status).toBe(403);
    }
    expect((await get('/thu-xin-loi/tep/khong-co')).status).toBe(404);
    expect((await get(`/thu-xin-loi/tep/${randomUUID()}`)).status).toBe(404);
  });
});

it('the interface tells the same coverage', async () => {
  const { status, html } = await get('/api/v1/apology-coverage?from=2026-01-01&to=2026-12-31');
  expect(status).toBe(200);
  expect(JSON.parse(html)).toMatchObject({ owed: 53, sent: 1, inTime: 1, none: 52, percent: 1.89 });
  expect((await get('/api/v1/apology-coverage?from=2026-01-01')).status).toBe(400);
});

it('form II.06a is shown, printed and given as a workbook to leaders', async () => {
  const supervisor = await signIn(t, 'supervisor');
  const page = await get('/dieu-hanh/bieu-06a?tu=1/1/2026&den=31/12/2026', supervisor);
  expect(textOf(page.html)).toContain('Tổng số 53 0 53 0 53 0 0 53 0 0 0');
  expect(textOf(page.html)).toContain('Cân đối: (3) = (7) + (11).');
  expect((await get('/dieu-hanh/bieu-06a.pdf', supervisor)).bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect((await get('/dieu-hanh/bieu-06a.xlsx', supervisor)).bytes.subarray(0, 2).toString()).toBe('PK');
  expect((await get('/dieu-hanh/bieu-06a', await signIn(t, 'officer'))).status).toBe(403);
});
