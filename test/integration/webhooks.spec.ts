import { createHmac } from 'node:crypto';
import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { WebhookSender } from '../../src/notifications/webhook.sender';
import { WebhookService } from '../../src/notifications/webhook.service';
import { startTestApp, type TestApp } from '../support/app';
import { startGateway, type TestGateway } from '../support/gateway';
import { createCase, createOffice, notifications, useDeadlineRules, type Office } from './alerts-fixture';

const at = (time: string) => new Date(`2026-08-26T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';
const BY = { actor: 'Lù Văn Quản', userId: null };

let gateway: TestGateway;
let test: TestApp;
let tx: Tx;
let office: Office;
let secret: string;

const deliver = (id: number) => test.app.get(DeliveryService).deliver(id);
const webhooks = () => test.app.get(WebhookService);
const ofChannel = async (channel: string) =>
  rows<{ id: number; userId: number; state: string; attempts: number; error: string | null }>(
    tx,
    `select id, user_id as "userId", state, attempts, error from notification where channel = $1 order by id`,
    [channel],
  );
const first = async () => (await ofChannel('webhook'))[0]!;
const raise = async (code = 'A') => {
  await createCase(tx, office, { code, deadline: TODAY, officerId: office.culture });
  await test.app.get(AlertService).sweep();
};
const addWebhook = (path = '/nhan') =>
  webhooks().add(BY, { unitId: office.communeId, unitName: 'Xã', name: 'SMS', url: `${gateway.url}${path}` });

beforeAll(async () => {
  gateway = await startGateway();
  const env = { ROLE: 'web', ALLOW_PRIVATE_WEBHOOKS: 'true', PUBLIC_URL: 'https://dunghen.binhlu.example' };
  test = await startTestApp({ now: at('09:00'), seed: 'none', env });
  tx = test.db.manager;
  office = await createOffice(tx);
  await useDeadlineRules(tx);
  await rows(tx, `update alert_rule set channels = '{email,webhook}'`);
  await rows(tx, `update user_account set phone = '0912000111' where id = $1`, [office.culture]);
});
beforeEach(async () => {
  gateway.answerWith(null);
  gateway.received.length = 0;
  await rows(tx, 'truncate case_record, notification, webhook cascade');
  secret = await addWebhook();
});
afterAll(async () => {
  await test.close();
  await gateway.close();
});

describe('a message to a gateway', () => {
  it('is signed, named by its id, and tells the case without the name of its applicant', async () => {
    await raise('260825-0007');
    await deliver((await first()).id);
    const [{ headers, body, path }] = gateway.received as [(typeof gateway.received)[0]];
    expect(path).toBe('/nhan');
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-dung-hen-signature']))!;
    expect(Number(seconds)).toBe(at('09:00').getTime() / 1000);
    expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    const sent = JSON.parse(body) as Record<string, unknown>;
    expect(headers['idempotency-key']).toBe(sent.id);
    expect(sent).toMatchObject({
      kind: 'alert-now',
      recipient: { name: 'Tẩn Thị Hoa', phone: '0912000111' },
      subject: '1 hồ sơ đến hạn hôm nay',
      cases: [
        {
          code: '260825-0007',
          deadline: '2026-08-26T17:30:00+07:00',
          reason: 'Còn 6 giờ',
          url: 'https://dunghen.binhlu.example/ho-so/260825-0007',
        },
      ],
      sentAt: '2026-08-26T09:00:00+07:00',
    });
    expect(sent.text).toBe('1 hồ sơ đến hạn hôm nay.\n260825-0007: Đăng ký kết hôn (S.A.L.). Còn 6 giờ.');
    expect(body).not.toMatch(/Sùng|Lềnh/);
    expect(await first()).toMatchObject({ state: 'sent', error: null });
  });

  it('goes to people with a telephone only', async () => {
    await createCase(tx, office, { code: 'B', deadline: TODAY, officerId: office.economy });
    await raise();
    expect((await ofChannel('webhook')).map((n) => n.userId)).toEqual([office.culture]);
    expect((await ofChannel('email')).map((n) => n.userId)).toEqual([office.culture, office.economy]);
  });

  it('is not made where the commune has no gateway, nor a rule that wants one', async () => {
    await rows(tx, 'update webhook set active = false');
    await raise();
    expect(await ofChannel('webhook')).toEqual([]);
    await rows(tx, 'update webhook set active = true');
    await rows(tx, `update alert_rule set channels = '{email}'`);
    await raise('B');
    await rows(tx, `update alert_rule set channels = '{email,webhook}'`);
    expect(await ofChannel('webhook')).toEqual([]);
  });

  it('goes to the common gateway where the commune has none of its own', async () => {
    await rows(tx, 'update webhook set active = false');
    await webhooks().add(BY, { unitId: null, unitName: 'Mọi xã', name: 'Tỉnh', url: `${gateway.url}/tinh` });
    await raise();
    await deliver((await first()).id);
    await addWebhook('/xa');
    await raise('B');
    await deliver((await ofChannel('webhook'))[1]!.id);
    expect(gateway.received.map((post) => post.path)).toEqual(['/tinh', '/xa']);
  });

  it('is withdrawn when the gateway was switched off meanwhile', async () => {
    await raise();
    await rows(tx, 'update webhook set active = false');
    await deliver((await first()).id);
    expect(await first()).toMatchObject({ state: 'withdrawn', error: 'no webhook' });
  });

  it.each([200, 201, 204])('counts as sent with %i', async (status) => {
    gateway.answerWith((_, response) => void response.writeHead(status).end());
    await raise();
    await deliver((await first()).id);
    expect((await first()).state).toBe('sent');
  });

  it.each([400, 401, 404, 410, 422])('is refused for good with %i', async (status) => {
    gateway.answerWith((_, response) => void response.writeHead(status).end('không có số này'));
    await raise();
    await deliver((await first()).id);
    expect(await first()).toMatchObject({ state: 'failed', error: `${status} không có số này` });
    expect((await notifications(tx)).map((n) => n.template)).not.toContain('mail-refused');
  });

  it.each([408, 429, 500, 502, 503])('is tried again after %i, under the same id', async (status) => {
    gateway.answerWith((_, response) => void response.writeHead(status).end());
    await raise();
    const { id } = await first();
    await expect(deliver(id)).rejects.toThrow(String(status));
    expect(await first()).toMatchObject({ state: 'pending', attempts: 1, error: String(status) });
    gateway.answerWith(null);
    await deliver(id);
    const keys = gateway.received.map((post) => post.headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it('does not follow where the gateway sends it', async () => {
    gateway.answerWith(
      (_, response) => void response.writeHead(307, { location: `${gateway.url}/khac` }).end(),
    );
    await raise();
    await expect(deliver((await first()).id)).rejects.toThrow('307');
    expect(gateway.received.map((post) => post.path)).toEqual(['/nhan']);
  });

  it('is given up for now when the gateway does not answer in time', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    gateway.answerWith(() => undefined);
    await raise();
    await expect(deliver((await first()).id)).rejects.toThrow('no answer in time');
    timeout.mockRestore();
    expect((await first()).state).toBe('pending');
  });

  it('takes no more of an endless answer than it needs', async () => {
    gateway.answerWith((_, response) => {
      response.writeHead(400);
      const more = () => {
        while (response.write('x'.repeat(1000)));
      };
      response.on('drain', more);
      response.on('error', () => undefined);
      more();
    });
    await raise();
    await deliver((await first()).id);
    expect((await first()).error).toBe(`400 ${'x'.repeat(200)}`);
  });

  it('waits when nobody listens', async () => {
    await rows(tx, `update webhook set url = 'http://127.0.0.1:1/'`);
    await raise();
    await expect(deliver((await first()).id)).rejects.toThrow('ECONNREFUSED');
    expect((await first()).state).toBe('pending');
  });
});

describe('the secret of a gateway', () => {
  it('stands nowhere in the database, nor in the log of acts', async () => {
    const stored = await rows<{ all: string }>(
      tx,
      `select (select json_agg(w)::text from webhook w) || (select json_agg(a)::text from audit_entry a) as all`,
    );
    expect(stored[0]!.all).toContain('webhook.created');
    expect(stored[0]!.all).not.toContain(secret);
  });
});

describe('a secret of another SESSION_KEY', () => {
  it('keeps the message waiting and says what is wrong', async () => {
    await rows(tx, 'update webhook set secret = $1', ['AAAA'.repeat(20)]);
    await raise();
    await expect(deliver((await first()).id)).rejects.toThrow('another SESSION_KEY');
    expect((await first()).state).toBe('pending');
    expect(gateway.received).toEqual([]);
  });
});

describe('without ALLOW_PRIVATE_WEBHOOKS', () => {
  let closed: WebhookSender;
  beforeAll(() => {
    const runtime = { env: { ALLOW_PRIVATE_WEBHOOKS: false } };
    closed = new WebhookSender(runtime as never, test.clock);
  });
  afterEach(() => jest.restoreAllMocks());

  const resolveTo = (...addresses: LookupAddress[]) =>
    jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((_: string, __: object, done: (...a: unknown[]) => void) =>
        done(null, addresses)) as never);
  const message = (url: string) => ({ url, secret: 's', idempotencyKey: 'k', body: '{}' });

  it.each([
    ['plain http', 'http://sms.example.vn/', 'scheme'],
    ['another protocol', 'ftp://sms.example.vn/', 'scheme'],
    ['a password', 'https://a:b@sms.example.vn/', 'credentials'],
    ['no address', 'sms.example.vn', 'no-url'],
    ['loopback', 'https://127.0.0.1/', 'private'],
    ['loopback in hex', 'https://0x7f.1/', 'private'],
    ['loopback in octal', 'https://0177.0.0.1/', 'private'],
    ['loopback as a number', 'https://2130706433/', 'private'],
    ['loopback of IPv6', 'https://[::1]/', 'private'],
    ['mapped loopback', 'https://[::ffff:127.0.0.1]/', 'private'],
    ['cloud metadata', 'https://169.254.169.254/latest/', 'private'],
    ['a name of this machine', 'https://localhost/', 'private'],
  ])('an address with %s is refused when saved and when sent', async (_, url, fault) => {
    await expect(closed.check(url)).rejects.toMatchObject({ fault });
    await expect(closed.post(message(url))).rejects.toMatchObject({ fault });
  });

  it('a name that leads to a private address is refused, one among several too', async () => {
    resolveTo({ address: '8.8.8.8', family: 4 }, { address: '10.0.0.5', family: 4 });
    await expect(closed.check('https://sms.example.vn/')).rejects.toMatchObject({ fault: 'private' });
    await expect(closed.post(message('https://sms.example.vn/'))).rejects.toMatchObject({ fault: 'private' });
  });

  it('a name that leads elsewhere after it was saved is refused when sent', async () => {
    resolveTo({ address: '8.8.8.8', family: 4 });
    expect((await closed.check('https://sms.example.vn/')).hostname).toBe('sms.example.vn');
    const rebound = resolveTo({ address: '127.0.0.1', family: 4 });
    rebound.mockClear();
    await expect(closed.post(message('https://sms.example.vn/'))).rejects.toMatchObject({ fault: 'private' });
    expect(rebound).toHaveBeenCalledTimes(1);
  });

  it('a name that nobody knows is refused when saved', async () => {
    jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((_: string, __: object, done: (...a: unknown[]) => void) =>
        done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as never);
    await expect(closed.check('https://sms.example.vn/')).rejects.toMatchObject({ fault: 'unknown-host' });
  });
});
