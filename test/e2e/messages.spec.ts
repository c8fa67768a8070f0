import { rows, type Tx } from '../../src/database/transaction';
import { BullQueue } from '../../src/jobs/bull-queue';
import { JobRunner } from '../../src/jobs/job-runner';
import { account, createOffice, type Office } from '../integration/alerts-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { startGateway, type TestGateway } from '../support/gateway';
import { Client } from './auth-client';

const NOW = new Date('2026-08-26T09:00:00+07:00');
const HOOKS = '/quan-tri/kenh-nhan';
const LOG = '/quan-tri/nhat-ky-gui';
const WORDS = '/quan-tri/mau-thu';
const JOBS = '/quan-tri/cong-viec';

let gateway: TestGateway;
let test: TestApp;
let tx: Tx;
let office: Office;

beforeAll(async () => {
  gateway = await startGateway();
  test = await startTestApp({ now: NOW, seed: 'none', env: { ROLE: 'web', ALLOW_PRIVATE_WEBHOOKS: 'true' } });
  tx = test.db.manager;
  office = await createOffice(tx);
  const { communeId, cultureId } = office;
  await account(tx, {
    unitId: communeId,
    username: 'quantri',
    fullName: 'Lù Văn Quản',
    role: 'administrator',
  });
  await account(tx, {
    unitId: cultureId,
    username: 'truongphong',
    fullName: 'Lý Thị Phòng',
    role: 'supervisor',
  });
});
afterAll(async () => {
  await test.close();
  await gateway.close();
});

const person = async (role: 'officer' | 'supervisor' | 'administrator', username: string) =>
  new Client(test.url, await signIn(test, role, username));
const administrator = () => person('administrator', 'quantri');
const acts = async (action: string) =>
  rows<{ actor: string; subject: string; detail: object }>(
    tx,
    'select actor, subject, detail from audit_entry where action = $1 order by id',
    [action],
  );

describe('the second navigation', () => {
  const links = (html: string, name: string) => {
    const [nav = ''] = new RegExp(`<nav [^>]*aria-label="${name}">.*?</nav>`).exec(html) ?? [];
    return [...nav.matchAll(/<a href="([^"]+)"( aria-current="(?:page|true)")?>/g)].map(
      ([, href, current]) => `${href}${current ?? ''}`,
    );
  };

  it('shows a group once, and its pages where one of them is open', async () => {
    const client = await administrator();
    const { body: log } = await client.get(LOG);
    expect(links(log, 'Quản trị')).toContain(`${HOOKS} aria-current="true"`);
    expect(links(log, 'Quản trị')).not.toContain(LOG);
    expect(links(log, 'Trang cùng nhóm')).toEqual([HOOKS, `${LOG} aria-current="page"`, '/quan-tri/hop-thu']);
    const { body: users } = await client.get('/quan-tri/nguoi-dung');
    expect(links(users, 'Quản trị')).toContain('/quan-tri/nguoi-dung aria-current="page"');
    expect(links(users, 'Trang cùng nhóm')).toEqual([]);
  });
});

describe('the page of gateways', () => {
  beforeEach(() => rows(tx, 'truncate webhook'));

  const add = async (client: Client, url: string, ten = 'Tổng đài SMS') => {
    const [{ code }] = (await rows<{ code: string }>(tx, `select code from unit where kind = 'commune'`)) as [
      { code: string },
    ];
    return client.post(HOOKS, { ten, dia_chi: url, don_vi: code });
  };

  it('shows the secret once, in the answer itself, and keeps it out of the log of acts', async () => {
    const client = await administrator();
    const { status, body, headers } = await add(client, gateway.url);
    expect(status).toBe(200);
    const secret = /whsec_[\w-]{43}/.exec(body)![0];
    expect(headers.get('cache-control')).toBe('no-store');
    expect((await client.get(HOOKS)).body).not.toContain(secret);
    expect((await client.get(HOOKS)).body).toContain('Đang dùng');
    const [act] = await acts('webhook.created');
    expect(act).toMatchObject({ actor: 'Lù Văn Quản', detail: { name: 'Tổng đài SMS' } });
    expect(JSON.stringify(act)).not.toContain(secret);
  });

  it.each([
    ['what is no address', 'sms', 'không phải là một địa chỉ web'],
    ['another protocol', 'ftp://sms.example.vn/', 'không dùng https'],
    ['a password', 'https://a:b@sms.example.vn/', 'có tên đăng nhập hoặc mật khẩu'],
    ['nothing', '', 'Ghi địa chỉ của kênh nhận.'],
  ])('refuses %s and says what to do', async (_, url, said) => {
    const { status, body } = await add(await administrator(), url);
    expect(status).toBe(422);
    expect(body).toContain(said);
    expect(await rows(tx, 'select id from webhook')).toEqual([]);
  });

  it('allows one gateway in use for an office', async () => {
    const client = await administrator();
    await add(client, gateway.url);
    const { status, body } = await add(client, gateway.url);
    expect(status).toBe(422);
    expect(body).toContain('đang có một kênh nhận. Ngừng dùng kênh đó rồi thêm kênh mới.');
    await client.post(`${HOOKS}/${await hookId()}/ngung`, {}, HOOKS);
    expect((await add(client, gateway.url)).status).toBe(200);
    expect((await acts('webhook.closed')).length).toBe(1);
  });

  it('sends a signed message to try it, and tells the answer of the gateway when it was refused', async () => {
    const client = await administrator();
    await add(client, gateway.url);
    gateway.received.length = 0;
    const sent = await client.post(`${HOOKS}/${await hookId()}/thu`, {}, HOOKS);
    expect([sent.status, sent.location]).toEqual([303, HOOKS]);
    expect((await client.get(HOOKS)).body).toContain('Kênh Tổng đài SMS đã nhận tin thử.');
    expect(JSON.parse(gateway.received[0]!.body)).toMatchObject({ kind: 'test', cases: [] });
    gateway.answerWith((_, response) => void response.writeHead(401).end('bad signature'));
    const refused = await client.post(`${HOOKS}/${await hookId()}/thu`, {}, HOOKS);
    gateway.answerWith(null);
    expect(refused.status).toBe(422);
    expect(refused.body).toContain(
      'Kênh nhận không chấp nhận chữ ký; kiểm tra mã bí mật. (401 bad signature)',
    );
  });

  it('is closed to others, and so is a gateway of another office', async () => {
    expect((await (await person('supervisor', 'chau')).get(HOOKS)).status).toBe(403);
    await rows(
      tx,
      `insert into webhook (unit_id, name, url, secret, created_by, created_at)
       select $1, 'khác', 'https://x.vn', 'x', 'x', now()`,
      [office.cultureId],
    );
    expect((await (await administrator()).post(`${HOOKS}/${await hookId()}/ngung`, {}, HOOKS)).status).toBe(
      404,
    );
  });

  const hookId = async () =>
    (await rows<{ id: number }>(tx, 'select id from webhook where active order by id desc limit 1'))[0]!.id;
});

describe('the log of deliveries', () => {
  const write = (userId: number, more: Record<string, unknown> = {}) => {
    const row = { channel: 'email', template: 'alert-now', state: 'sent', error: null, at: NOW, ...more };
    return rows<{ id: number }>(
      tx,
      `insert into notification (user_id, channel, template, message_id, state, error, created_at, deliver_after, sent_at, attempts)
       values ($1, $2, $3, gen_random_uuid(), $4, $5, $6, $6, case when $4 = 'sent' then $6::timestamptz end, 1) returning id`,
      [userId, row.channel, row.template, row.state, row.error, row.at],
    );
  };
  beforeEach(() => rows(tx, 'truncate notification, mail_refusal cascade'));

  it('tells what failed in words and as the server said it', async () => {
    await write(office.culture, { state: 'failed', error: '550 5.1.1 no such user' });
    const { body } = await (await administrator()).get(LOG);
    expect(body).toContain('Tẩn Thị Hoa');
    expect(body).toContain('Máy chủ thư không có địa chỉ này.');
    expect(body).toContain('550 5.1.1 no such user');
    expect(body).toContain('Không gửi được');
  });

  it.each([
    ['tinh_trang=failed', ['b']],
    ['kenh=webhook', ['c']],
    ['loai=deadline-check', ['d']],
    ['ngay=25/8/2026', ['e']],
    ['nguoi=ECONOMY', ['f']],
    ['tinh_trang=chuyen-la&kenh=x&loai=y&nguoi=z&ngay=99/99/9999&trang=-1', ['a', 'b', 'c', 'd', 'e', 'f']],
  ])('asked with %s shows only those', async (query, marks) => {
    await write(office.culture, { error: 'mark-a' });
    await write(office.culture, { error: 'mark-b', state: 'failed' });
    await write(office.culture, { error: 'mark-c', channel: 'webhook' });
    await write(office.culture, { error: 'mark-d', template: 'deadline-check' });
    await write(office.culture, { error: 'mark-e', at: new Date('2026-08-25T23:59:00+07:00') });
    await write(office.economy, { error: 'mark-f' });
    const asked = query.replace('ECONOMY', String(office.economy));
    const { body } = await (await administrator()).get(`${LOG}?${asked}`);
    expect([...body.matchAll(/mark-(\w)/g)].map((m) => m[1]).sort()).toEqual(marks);
  });

  it('shows fifty a page, and keeps the filter on the next one', async () => {
    for (let i = 0; i < 60; i++) await write(office.culture);
    const client = await administrator();
    const { body } = await client.get(`${LOG}?tinh_trang=sent`);
    expect(body).toContain('1–50 trong 60 tin');
    const next = /href="([^"]+)" rel="next"/
      .exec(body)![1]!
      .replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=');
    expect(next).toBe(`${LOG}?tinh_trang=sent&trang=2`);
    expect((await client.get(next)).body).toContain('51–60 trong 60 tin');
  });

  it('sends again what failed, once, with an entry in the log of acts', async () => {
    const [{ id }] = (await write(office.culture, { state: 'failed', error: '550' })) as [{ id: number }];
    const client = await administrator();
    const again = await client.post(`${LOG}/${id}/gui-lai`, {}, LOG);
    expect([again.status, again.location]).toEqual([303, LOG]);
    expect((await client.get(LOG)).body).toContain('Đã xếp tin để gửi lại.');
    expect(await rows(tx, 'select state, error from notification')).toEqual([
      { state: 'pending', error: null },
    ]);
    expect(await test.app.get(BullQueue).of('notifications.deliver').getWaitingCount()).toBe(1);
    expect((await acts('notification.resent')).map((act) => act.subject)).toEqual([`notification:${id}`]);
    expect((await client.post(`${LOG}/${id}/gui-lai`, {}, LOG)).status).toBe(409);
  });

  it('shows a supervisor the people of the own unit, without the means to send', async () => {
    await write(office.culture, { state: 'failed', error: '550' });
    await write(office.economy, { state: 'failed', error: '550' });
    const head = await person('supervisor', 'truongphong');
    const { body } = await head.get(LOG);
    expect(body).toContain('Tẩn Thị Hoa');
    expect(body).not.toContain('Vàng Văn Tuấn');
    expect(body).not.toContain('Gửi lại');
    const chairman = (await (await person('supervisor', 'chau')).get(LOG)).body;
    expect(chairman).toContain('Vàng Văn Tuấn');
    expect((await (await person('officer', 'hoa')).get(LOG)).status).toBe(403);
    const [{ id }] = (await rows<{ id: number }>(tx, 'select id from notification limit 1')) as [
      { id: number },
    ];
    expect((await head.post(`${LOG}/${id}/gui-lai`, {}, '/tai-khoan')).status).toBe(403);
  });

  it('does not send again what another office sent', async () => {
    const [province] = await rows<{ id: number }>(
      tx,
      `insert into unit (kind, code, name) values ('commune', 'XK', 'Xã khác') returning id`,
    );
    const other = await account(tx, {
      unitId: province!.id,
      username: 'khac',
      fullName: 'Khác',
      role: 'officer',
    });
    const [{ id }] = (await write(other, { state: 'failed', error: '550' })) as [{ id: number }];
    const client = await administrator();
    expect((await client.get(LOG)).body).not.toContain('550');
    expect((await client.post(`${LOG}/${id}/gui-lai`, {}, LOG)).status).toBe(409);
  });

  it('is beside the person on the page of accounts, and a note to the superior, until corrected', async () => {
    await rows(
      tx,
      `insert into mail_refusal (user_id, address, day, reason, refused_at)
       values ($1, 'hoa@binhlu.example', '2026-08-26', '550 5.1.1 unknown', $2)`,
      [office.culture, NOW],
    );
    const [client, head, chairman] = [
      await administrator(),
      await person('supervisor', 'truongphong'),
      await person('supervisor', 'chau'),
    ];
    const users = '/quan-tri/nguoi-dung';
    expect((await client.get(users)).body).toContain(
      '<b>Thư không đến được:</b> máy chủ thư không có địa chỉ này.',
    );
    expect((await head.get('/nhac-viec')).body).toContain(
      'Tẩn Thị Hoa: thư không đến được hoa@binhlu.example',
    );
    expect((await chairman.get('/nhac-viec')).body).not.toContain('thư không đến được');
    await rows(tx, `update user_account set email = 'tan.hoa@binhlu.example' where id = $1`, [
      office.culture,
    ]);
    expect((await client.get(users)).body).not.toContain('Thư không đến được');
    expect((await head.get('/nhac-viec')).body).not.toContain('thư không đến được');
  });
});

describe('the words of mails', () => {
  const USUAL = { mo_dau: 'Việc cần làm {{ngay}}:', ket: 'Ghi nhận kết quả.' };
  beforeEach(() => rows(tx, 'truncate mail_wording'));

  it.each([
    'alert-morning',
    'alert-now',
    'alert-summary',
    'calendar-reminder',
    'deadline-check',
    'mail-refused',
  ])('of %s stand beside the mail they make, in a frame that can do nothing', async (kind) => {
    const client = await administrator();
    const { status, body, headers } = await client.get(`${WORDS}/${kind}`);
    expect(status).toBe(200);
    expect(body).toContain('Kính gửi Nguyễn Văn A');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('content-security-policy')).toContain("style-src 'self'");
    const frame = /<iframe[^>]*sandbox[^>]* src="([^"]+)"/
      .exec(body)![1]!
      .replaceAll('&amp;', '&')
      .replaceAll('&#x3D;', '=');
    const mail = await client.get(frame);
    expect(mail.status).toBe(200);
    expect(mail.body).toContain('<strong>Nguyễn Văn A</strong>');
    expect(mail.headers.get('content-type')).toContain('text/html');
    expect(mail.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
    );
  });

  it('are shown before they are kept', async () => {
    const client = await administrator();
    const path = `${WORDS}/alert-morning`;
    const tried = await client.post(
      `${path}/xem-thu`,
      { ...USUAL, tieu_de: '{{don_vi}}: {{tom_tat}}' },
      path,
    );
    expect(tried.body).toContain('Đang xem thử, chưa lưu.');
    expect(tried.body).toMatch(/<b>[^<]+: 1 hồ sơ quá hạn, 1 hồ sơ đến hạn hôm nay/);
    expect(await rows(tx, 'select id from mail_wording')).toEqual([]);
  });

  it('are kept in versions, stand in the next mail, and give way to the usual ones', async () => {
    const client = await administrator();
    const path = `${WORDS}/calendar-reminder`;
    const saved = await client.post(path, { ...USUAL, tieu_de: 'Lịch {{nam}}: xin nhập' }, path);
    expect(saved.status).toBe(303);
    const page = (await client.get(path)).body;
    expect(page).toContain('Đã lưu lời thư.');
    expect(page).toContain('<b>Lịch 2027: xin nhập</b>');
    expect(page).toContain('Tiêu đề, lần 1');
    expect((await client.get(WORDS)).body).toContain('Đã sửa');
    await client.post(path, { ...USUAL, tieu_de: 'Lịch {{nam}}' }, path);
    await client.post(`${path}/nhu-cu`, {}, path);
    expect((await client.get(path)).body).toContain('<b>Nhập lịch nghỉ năm 2027</b>');
    const kept = `select version, words from mail_wording where part = 'subject' order by version`;
    expect(await rows(tx, kept)).toEqual([
      { version: 1, words: 'Lịch {{nam}}: xin nhập' },
      { version: 2, words: 'Lịch {{nam}}' },
      { version: 3, words: null },
    ]);
    expect((await acts('mail-wording.saved')).length).toBe(3);
  });

  it.each([
    [
      'an unknown field',
      '{{mat_khau}}',
      'Không có trường {{mat_khau}}. Các trường dùng được: tom_tat, so_ho_so, don_vi, ngay.',
    ],
    ['the name of the reader in the subject', '{{nguoi_nhan}}', 'Không có trường {{nguoi_nhan}}.'],
    ['another block', '{{#each tom_tat}}a{{/each}}', 'Không dùng được khối {{#each}}.'],
    ['three braces', '{{{tom_tat}}}', 'Ghi {{tom_tat}}.'],
    ['a partial', '{{> frame.text}}', 'Không dùng được mẫu lồng'],
    ['a tag', 'Xem <b>ngay</b>', 'Không dùng được thẻ HTML'],
    ['open braces', '{{tom_tat', 'Ngoặc nhọn chưa đóng hoặc đóng sai ở dòng 1.'],
    ['nothing', '', 'Ghi tiêu đề của thư.'],
  ])('with %s are refused with a reason and what is allowed', async (_, tieu_de, said) => {
    const client = await administrator();
    const path = `${WORDS}/alert-now`;
    for (const action of [path, `${path}/xem-thu`]) {
      const { status, body } = await client.post(action, { ...USUAL, tieu_de }, path);
      expect(status).toBe(422);
      expect(body.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain(said);
    }
    expect(await rows(tx, 'select id from mail_wording')).toEqual([]);
  });

  it('are refused in the address of the frame too', async () => {
    const asked = new URLSearchParams({ tieu_de: 'a', mo_dau: '{{mat_khau}}', ket: '' });
    const { status } = await (await administrator()).get(`${WORDS}/alert-now/thu.html?${asked}`);
    expect(status).toBe(422);
  });

  it('cannot bring tags in by the back door: what stands in a field is written as text', async () => {
    await rows(tx, `update unit set name = 'Xã <img src=x>' where kind = 'commune' and code <> 'XK'`);
    const asked = new URLSearchParams({ tieu_de: 'a', mo_dau: '{{don_vi}}', ket: '' });
    const { body } = await (await administrator()).get(`${WORDS}/alert-now/thu.html?${asked}`);
    expect(body).toContain('&lt;img src&#x3D;x&gt;');
    expect(body).not.toContain('<img');
  });

  it('have no page of an unknown kind, nor for other roles', async () => {
    expect((await (await administrator()).get(`${WORDS}/khac`)).status).toBe(404);
    expect((await (await person('supervisor', 'chau')).get(WORDS)).status).toBe(403);
  });
});

describe('the page of jobs', () => {
  const queue = () => test.app.get(BullQueue).of('notifications.deliver');
  beforeEach(() => queue().obliterate({ force: true }));

  /** A job that has used up its attempts. */
  async function fail(n: number): Promise<void> {
    const job = await queue().add('notifications.deliver', { notificationId: n }, { attempts: 1 });
    const worker = test.app.get(JobRunner)['backend'].worker('notifications', 1, () => {
      return Promise.reject(new Error(`máy chủ không trả lời ${n}`));
    });
    await new Promise((resolve) => worker.on('failed', resolve));
    await worker.close();
    expect(await job.isFailed()).toBe(true);
  }

  it('names what failed, why and how often, and runs it again', async () => {
    await fail(1);
    const client = await administrator();
    const { body } = await client.get(JOBS);
    expect(body).toContain('Gửi một tin');
    expect(body).toContain('máy chủ không trả lời 1');
    expect(body).toContain('<b>1</b> bị lỗi');
    const path = /action="(\/quan-tri\/cong-viec\/notifications\/[^"]+)"/.exec(body)![1]!;
    expect((await client.post(path, {}, JOBS)).status).toBe(303);
    expect((await client.get(JOBS)).body).toContain('Đã cho chạy lại: Gửi một tin.');
    expect(await queue().getJobCounts('failed', 'waiting')).toEqual({ failed: 0, waiting: 1 });
    expect((await acts('job.retried')).length).toBe(1);
    expect((await client.post(path, {}, JOBS)).status).toBe(409);
  });

  it('runs all of them again', async () => {
    await fail(1);
    await fail(2);
    const client = await administrator();
    await client.post(`${JOBS}/chay-lai`, {}, JOBS);
    expect((await client.get(JOBS)).body).toContain('Đã cho 2 công việc chạy lại.');
    expect(await queue().getJobCounts('failed', 'waiting')).toEqual({ failed: 0, waiting: 2 });
  });

  it('says that nothing failed, and that nothing is scheduled where no worker runs', async () => {
    const { body } = await (await administrator()).get(JOBS);
    expect(body).toContain('Không có công việc nào bị lỗi');
    expect(body).toContain('Chưa có việc nào được xếp lịch');
    expect((await (await administrator()).get(`${JOBS}/so-viec`)).body).toContain('<b>0</b> đang chờ');
  });

  it('is closed to others', async () => {
    expect((await (await person('supervisor', 'chau')).get(JOBS)).status).toBe(403);
  });
});
