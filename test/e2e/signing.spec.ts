import { constants, privateEncrypt } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { verifySignedPdf } from '../../src/documents/pdf-signature';
import { fileSigner, signPdf } from '../../src/documents/pdf-signer';
import type { Letter } from '../../src/letters/letter';
import { LetterRepository } from '../../src/letters/letter.repository';
import { LetterAdoption } from '../../src/letters/letter-adoption';
import { LetterFiles } from '../../src/letters/letter-files.service';
import { SignedCopies } from '../../src/letters/signed-copy.service';
import { Database } from '../../src/database/transaction';
import { FileStore } from '../../src/platform/file-store';
import type { Role } from '../../src/web/reader';
import { lateLetter } from '../fixtures/letter-models';
import { addCases } from '../integration/letters-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { startGateway, type TestGateway } from '../support/gateway';
import { poppler } from '../support/poppler';
import { KeyWorkshop, P12_PASSWORD } from '../support/signing';

/** Certificates are made now, so the service's clock stands a little later. */
const NOW = new Date(Date.now() + 60_000);
const DAY = 86_400_000;
const KEYS = '/quan-tri/khoa-ky';
const AGENCY = '/C=VN/O=Ủy ban nhân dân xã Bình Lư/CN=Trung tâm Phục vụ hành chính công';

let t: TestApp;
let keys: KeyWorkshop;
let gateway: TestGateway;

beforeAll(async () => {
  keys = new KeyWorkshop();
  keys.issue('agency', { subject: AGENCY, days: 365 });
  keys.issue('person', { subject: '/CN=Phạm Quang Huy', key: 'ec -pkeyopt ec_paramgen_curve:P-256' });
  gateway = await startGateway();
  t = await startTestApp({ now: NOW, env: { ROLE: 'web', ALLOW_PRIVATE_WEBHOOKS: 'true' } });
  await addCases(
    t,
    ['A', 'B', 'C'].map((code) => ({ code, promised: '2026-01-28T17:30:00+07:00' })),
  );
});
afterAll(async () => {
  await t?.close();
  await gateway.close();
  keys.close();
});
beforeEach(async () => {
  t.clock.moveTo(NOW);
  await t.db.query('truncate letter_delivery, letter, letter_series, signing_key cascade');
  for (const [at, code] of ['A', 'B'].entries()) await letterOf(code, 'numbered', 5 + at);
  await letterOf('C', 'draft', null);
  await t.app.get(LetterAdoption).run();
});

async function letterOf(code: string, state: string, number: number | null): Promise<void> {
  await t.db.query(
    `with s as (insert into letter_series (unit_id, year, suffix, last_number)
       select c.unit_id, 2026, 'XL-TTPVHCC', 6 from case_record c where c.code = $1
       on conflict (unit_id, year, suffix) do update set last_number = 6 returning id)
     insert into letter (unit_id, case_id, form, state, deadline_at, reason, series_id, number, letter_date, model,
       numbered_at, created_at, updated_at)
     select c.unit_id, c.id, 'late-apology', $2, c.promised_at, 'Lý do', case when $3::int is null then null else s.id end,
       $3, $4, $5, case when $3::int is null then null else now() end, now(), now()
     from case_record c, s where c.code = $1`,
    [code, state, number, lateLetter.letterDate, number && { ...lateLetter, number, code }],
  );
}

async function letter(code: string): Promise<Letter> {
  const [row] = await t.db.query<{ id: string }[]>(
    'select l.id from letter l join case_record c on c.id = l.case_id where c.code = $1',
    [code],
  );
  const [found] = await t.app.get(LetterRepository).byIds(t.app.get(Database).pool, [Number(row!.id)]);
  return found!;
}
const keptPdf = async (code: string): Promise<Buffer> => t.app.get(LetterFiles).archived(await letter(code));
const signedBytes = async (code: string) => t.app.get(SignedCopies).bytesOf(await letter(code));
const audited = (action: string) =>
  t.db.query<{ subject: string; detail: Record<string, unknown> }[]>(
    'select subject, detail from audit_entry where action = $1 order by id',
    [action],
  );

const tokenOf = (html: string): string => /_csrf(?:=|" value=")([^"]+)"/.exec(html)?.[1] ?? '';
const wordsOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

/** Opens the page `from` and sends its form, with a file when one is given. */
async function send(
  role: Role,
  from: string,
  action: string,
  fields: Record<string, string>,
  file?: { name: string; bytes: Buffer } | null,
) {
  const session = await signIn(t, role);
  const page = await fetch(t.url + from, { headers: { cookie: session, accept: 'text/html' } });
  const cookie = [session, ...page.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
  const token = tokenOf(await page.text());
  const form = file === undefined ? new URLSearchParams({ _csrf: token }) : new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (form instanceof FormData)
    form.append('tep', new Blob([new Uint8Array(file?.bytes ?? [])]), file?.name ?? '');
  const url = file === undefined ? action : `${action}?_csrf=${token}`;
  const answer = await fetch(t.url + url, {
    ...{ method: 'POST', body: form, redirect: 'manual' as const },
    headers: { cookie, accept: 'text/html' },
  });
  const html = await answer.text();
  return { status: answer.status, location: answer.headers.get('location'), html, words: wordsOf(html) };
}

async function open(role: Role, url: string) {
  const answer = await fetch(t.url + url, {
    headers: { cookie: await signIn(t, role), accept: 'text/html' },
    redirect: 'manual',
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, words: wordsOf(bytes.toString('utf8')), bytes, headers: answer.headers };
}

const p12s = new Map<string, Buffer>();
const p12Of = (name: string): Buffer => {
  if (!p12s.has(name)) p12s.set(name, keys.p12(name));
  return p12s.get(name)!;
};
const copyOf = (code: string): string => `/thu-xin-loi/${code}/ban-ky`;
const upload = (code: string, bytes: Buffer | null, name = 'ban-ky.pdf') =>
  send('clerk', copyOf(code), copyOf(code), {}, bytes && { name, bytes });
const addFile = (password = P12_PASSWORD, p12 = p12Of('agency')) =>
  send(
    'administrator',
    KEYS,
    `${KEYS}/tep`,
    { ten: 'Con dấu số', mat_khau: password },
    { name: 'dau.p12', bytes: p12 },
  );
const sign = (code: string, role: Role = 'supervisor') => send(role, copyOf(code), `${copyOf(code)}/ky`, {});
const NOTE = { reason: 'Ký', location: 'Bình Lư', at: new Date(NOW.getTime() + DAY) };
const signedBy = async (name: string, pdf: Buffer): Promise<Buffer> =>
  signPdf(pdf, await fileSigner(p12Of(name), P12_PASSWORD), NOTE);

describe('the key of an office', () => {
  it('is tried before it is kept: a wrong password, another file and none are told at their field', async () => {
    const wrong = await addFile('sai');
    expect(wrong.status).toBe(422);
    expect(wrong.words).toContain('Mật khẩu không mở được tệp khóa.');
    expect(wrong.html).toContain('value="Con dấu số"');
    expect(wrong.html).not.toContain('value="sai"');
    expect((await addFile(P12_PASSWORD, Buffer.from('không phải khóa'))).words).toContain(
      'Tệp dau.p12 không phải tệp khóa .p12 hoặc .pfx có khóa riêng.',
    );
    const none = await send('administrator', KEYS, `${KEYS}/tep`, { ten: '' }, null);
    expect(none.words).toContain('Chưa chọn tệp khóa.');
    expect(none.words).toContain('Ghi tên khóa.');
    expect(await t.db.query('select * from signing_key')).toEqual([]);
  });

  it('is kept sealed, shown with its name and dates, one an office, and can be removed', async () => {
    expect(await addFile()).toMatchObject({ status: 303, location: KEYS });
    const [row] = await t.db.query<{ secret: string }[]>('select secret from signing_key');
    expect(row!.secret).not.toContain(P12_PASSWORD);
    expect(row!.secret).not.toContain(p12Of('agency').toString('base64').slice(0, 40));
    const page = await open('administrator', KEYS);
    expect(page.words).toMatch(/Con dấu số.*Trung tâm Phục vụ hành chính công.*Đang dùng/);
    expect(page.words).toContain('Muốn đổi khóa thì gỡ khóa đang dùng trước.');
    expect((await audited('signing-key.added')).at(-1)!.detail).not.toHaveProperty('password');

    const [key] = await t.db.query<{ id: number }[]>('select id from signing_key');
    await send('administrator', KEYS, `${KEYS}/${key!.id}/go`, {});
    expect((await open('administrator', KEYS)).words).toContain('Đã gỡ');
    expect(await t.db.query('select secret from signing_key')).toEqual([{ secret: '' }]);
    expect((await send('administrator', KEYS, `${KEYS}/${key!.id}/go`, {})).status).toBe(404);
    expect((await addFile()).status).toBe(303);
  });

  it('two that come at once: one is kept', async () => {
    const statuses = await Promise.all([addFile(), addFile()]).then((all) => all.map((one) => one.status));
    expect(statuses.sort()).toEqual([303, 422]);
    expect(await t.db.query('select id from signing_key')).toHaveLength(1);
  });

  it('is refused when its certificate has expired, at adding and at signing', async () => {
    await addFile();
    t.clock.moveTo(new Date(NOW.getTime() + 400 * DAY));
    const refused = await sign('A');
    expect(refused.status).toBe(422);
    expect(refused.words).toMatch(/Chứng thư số của Trung tâm Phục vụ hành chính công hết hạn từ [\d/]+\./);
    expect(await signedBytes('A')).toBeNull();
    await t.db.query('truncate signing_key');
    expect((await addFile()).words).toContain('hết hạn từ');
  });

  it('is the business of the administrator alone', async () => {
    for (const role of ['clerk', 'supervisor', 'officer'] as const)
      expect((await open(role, KEYS)).status).toBe(403);
  });
});

describe('signing here', () => {
  it('signs the kept file; the copy is whole, can be fetched, and the act is in the log', async () => {
    await addFile();
    expect(await sign('A')).toMatchObject({ status: 303, location: copyOf('A') });
    const kept = await keptPdf('A');
    const { headers, bytes } = await open('clerk', `${copyOf('A')}/tep`);
    expect(headers.get('content-disposition')).toContain('thu-xin-loi-da-ky');
    expect(await signedBytes('A')).toEqual(bytes);
    const check = await verifySignedPdf(bytes, kept);
    expect(check).toMatchObject({ fault: null, match: 'same-file' });
    expect(check.signatures[0]).toMatchObject({
      reason: 'Thư xin lỗi số 05/XL-TTPVHCC',
      location: 'Bình Lư',
    });
    expect(poppler('pdfsig', bytes, '-nocert')).toMatch(/Total document signed[^]*Signature is Valid\./);
    const page = await open('clerk', copyOf('A'));
    expect(page.words).toContain('Chữ ký của Trung tâm Phục vụ hành chính công');
    expect(page.words).toContain('Toàn bộ tệp, không sửa gì sau khi ký');
    expect(page.words).toContain('Đúng bản lưu');
    expect(page.words).toContain('Chưa kiểm tra được chuỗi tin cậy');
    expect((await audited('letter.signed')).at(-1)).toMatchObject({
      subject: 'case:A',
      detail: { how: 'here' },
    });
  });

  it('is not done twice with one key, not by a clerk, not without a key, not for a draft', async () => {
    expect((await sign('A')).words).toContain('Cơ quan chưa có khóa ký trên hệ thống.');
    await addFile();
    expect((await sign('A', 'clerk')).status).toBe(403);
    await sign('A');
    const first = await signedBytes('A');
    const again = await sign('A');
    expect(again.status).toBe(422);
    expect(again.words).toContain('Thư này đã có chữ ký của Trung tâm Phục vụ hành chính công.');
    expect(await signedBytes('A')).toEqual(first);
    expect((await sign('C')).status).toBe(409);
  });

  it('puts the seal of the agency behind the signature of a person', async () => {
    await addFile();
    await upload('A', await signedBy('person', await keptPdf('A')));
    await sign('A');
    const { fault, signatures } = await verifySignedPdf((await signedBytes('A'))!, await keptPdf('A'));
    expect(fault).toBeNull();
    expect(signatures.map((one) => one.signer!.name)).toEqual([
      'Phạm Quang Huy',
      'Trung tâm Phục vụ hành chính công',
    ]);
  });

  it('signs several at once and leaves out what is signed already', async () => {
    await addFile();
    await sign('A');
    const before = await signedBytes('A');
    const session = await signIn(t, 'supervisor');
    const page = await fetch(t.url + copyOf('A'), { headers: { cookie: session, accept: 'text/html' } });
    const body = new URLSearchParams([
      ['_csrf', tokenOf(await page.text())],
      ['thu', 'A'],
      ['thu', 'B'],
    ]);
    const cookie = [session, ...page.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
    const answer = await fetch(`${t.url}/thu-xin-loi/theo-lo/ky`, {
      ...{ method: 'POST', body, redirect: 'manual' },
      headers: { cookie, accept: 'text/html' },
    });
    expect(answer.status).toBe(303);
    expect(await signedBytes('A')).toEqual(before);
    expect((await verifySignedPdf((await signedBytes('B'))!, await keptPdf('B'))).fault).toBeNull();
  });

  it('the root file of the office decides about the chain', async () => {
    const roots = path.join(t.runtime.dataDir, 'chung-thu-goc.pem');
    writeFileSync(roots, keys.root);
    await addFile();
    await sign('A');
    expect((await open('clerk', copyOf('A'))).words).toContain('Đến chứng thư gốc được tin cậy');
    writeFileSync(roots, '');
  });
});

describe('a copy that was signed elsewhere', () => {
  it('is kept; another one takes its place, the first stays on disk and in the log', async () => {
    const first = await signedBy('person', await keptPdf('A'));
    expect((await upload('A', first)).status).toBe(303);
    expect(await signedBytes('A')).toEqual(first);
    const [{ sha }] = (await t.db.query(`select signed_sha256 as sha from letter where number = 5`)) as [
      { sha: string },
    ];
    const second = await signedBy('agency', await keptPdf('A'));
    expect((await upload('A', second)).status).toBe(303);
    expect(await signedBytes('A')).toEqual(second);
    expect(existsSync(t.app.get(FileStore).path(sha))).toBe(true);
    expect((await audited('letter.signed')).at(-1)!.detail).toMatchObject({ instead: sha, how: 'sent' });
  });

  it('the same file again changes nothing', async () => {
    const pdf = await signedBy('person', await keptPdf('A'));
    await upload('A', pdf);
    const before = (await audited('letter.signed')).length;
    expect((await upload('A', pdf)).status).toBe(303);
    expect(await audited('letter.signed')).toHaveLength(before);
  });

  it('is refused with the reason, and nothing is kept', async () => {
    const kept = await keptPdf('A');
    const signed = await signedBy('person', kept);
    const altered = Buffer.from(signed);
    altered[kept.indexOf('stream\n') + 40]! ^= 1;
    const refusals: [Buffer | null, string, string][] = [
      [null, 'x.pdf', 'Chưa chọn tệp bản ký.'],
      [kept, 'x.pdf', 'Tệp x.pdf không có chữ ký số nào.'],
      [Buffer.from('chữ'), 'x.pdf', 'Tệp x.pdf không phải PDF.'],
      [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'x.png', 'Tệp x.png không phải PDF.'],
      [Buffer.concat([signed, Buffer.from('\n% thêm')]), 'x.pdf', 'Tệp x.pdf bị sửa sau khi ký.'],
      [signed.subarray(0, signed.length / 2), 'x.pdf', 'Tệp x.pdf bị cắt cụt hoặc hỏng, không đọc được.'],
      [Buffer.alloc(11 * 1024 * 1024, '%PDF-'), 'x.pdf', 'Tệp bản ký lớn hơn 10 MB nên không nhận.'],
      [await signedBy('person', await keptPdf('B')), 'x.pdf', 'Tệp đã ký không phải thư của hồ sơ A'],
    ];
    for (const [bytes, name, text] of refusals) {
      const answer = await upload('A', bytes, name);
      expect([answer.status, answer.words]).toEqual([422, expect.stringContaining(text)]);
    }
    expect((await upload('A', altered)).status).toBe(422);
    expect(await signedBytes('A')).toBeNull();
    expect((await open('clerk', `${copyOf('A')}/tep`)).status).toBe(404);
  });

  it('two that come at once follow each other, or the second sender is told', async () => {
    const original = await keptPdf('A');
    const files = await Promise.all(['person', 'agency'].map((name) => signedBy(name, original)));
    const before = (await audited('letter.signed')).length;
    const answers = await Promise.all(files.map((bytes) => upload('A', bytes)));
    const last = (await signedBytes('A'))!;
    expect(files.some((file) => file.equals(last))).toBe(true);
    const kept = answers.filter((one) => one.status === 303);
    expect((await audited('letter.signed')).length - before).toBe(kept.length);
    for (const { status, words } of answers.filter((one) => one.status !== 303))
      expect([status, words]).toEqual([409, expect.stringContaining('vừa được người khác thay')]);
  });

  it('is not taken for a draft, nor from an officer', async () => {
    expect((await upload('C', await signedBy('person', await keptPdf('A')))).status).toBe(409);
    expect((await open('officer', copyOf('A'))).status).toBe(403);
  });
});

describe('a service that signs', () => {
  const account = { ten_dich_vu: 'Dịch vụ ký', ma_truy_cap: 'ma-bi-mat-cua-dich-vu' };
  const addService = (url: string) =>
    send('administrator', KEYS, `${KEYS}/dich-vu`, { ...account, dia_chi: url });
  const answering = (name: string, certificate = name) =>
    gateway.answerWith(({ body }, response) => {
      const { digest } = JSON.parse(body) as { digest: string };
      const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
      const signature = privateEncrypt(
        { key: keys.privateKey(name), padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([prefix, Buffer.from(digest, 'base64')]),
      ).toString('base64');
      const certificates = [keys.certificate(certificate), keys.root];
      response.writeHead(200).end(JSON.stringify({ signature, certificates }));
    });

  it('gets digests and the token, and what it signs is checked like everything else', async () => {
    answering('agency');
    expect((await addService(`${gateway.url}/ky`)).status).toBe(303);
    expect(gateway.received.at(-1)!.headers.authorization).toBe(`Bearer ${account.ma_truy_cap}`);
    expect(JSON.parse(gateway.received.at(-1)!.body)).toMatchObject({ algorithm: 'SHA-256' });
    expect((await sign('A')).status).toBe(303);
    const pdf = (await signedBytes('A'))!;
    expect((await verifySignedPdf(pdf, await keptPdf('A'))).fault).toBeNull();
    expect(poppler('pdfsig', pdf, '-nocert')).toContain('Signature is Valid.');
  });

  it('gets no token that cannot travel in a header', async () => {
    const fields = { ...account, ma_truy_cap: 'mã có dấu', dia_chi: gateway.url };
    const answer = await send('administrator', KEYS, `${KEYS}/dich-vu`, fields);
    expect([answer.status, answer.words]).toEqual([422, expect.stringContaining('chữ không dấu')]);
  });

  it('that answers with nonsense, an error, another certificate or nothing is told so', async () => {
    gateway.answerWith((_, response) => response.writeHead(200).end('<html>'));
    expect((await addService(gateway.url)).words).toContain('không có signature và certificates');
    gateway.answerWith((_, response) => response.writeHead(401).end('sai mã'));
    expect((await addService(gateway.url)).words).toContain('Dịch vụ ký không trả lời đúng: mã 401 sai mã.');
    expect((await addService('http://127.0.0.1:9')).words).toContain('không gọi được');
    expect((await addService('https://u:p@ky.example.vn')).words).toContain('tên đăng nhập hoặc mật khẩu');
    answering('agency');
    await addService(gateway.url);
    answering('agency', 'person');
    expect((await sign('A')).words).toContain('không khớp với chứng thư đã đăng ký');
    expect(await signedBytes('A')).toBeNull();
  });
});
