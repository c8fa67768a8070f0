import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { DeliveryService } from '../../src/notifications/delivery.service';
import {
  account,
  alerts,
  createCase,
  createOffice,
  notifications,
  useDeadlineRules,
  type Office,
} from '../integration/alerts-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { readMailbox } from '../support/mailbox';
import { Client } from './auth-client';

const at = (time: string) => new Date(`2026-08-26T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';
const YESTERDAY = '2026-08-25T17:30:00+07:00';

let test: TestApp;
let tx: Tx;
let office: Office;

beforeAll(async () => {
  test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
  tx = test.db.manager;
  office = await createOffice(tx);
  await useDeadlineRules(tx);
  await account(tx, {
    unitId: office.communeId,
    username: 'quantri',
    fullName: 'Lù Văn Quản',
    role: 'administrator',
  });
});
beforeEach(async () => {
  test.clock.moveTo(at('09:00'));
  await rows(tx, 'truncate case_record, notification cascade');
});
afterAll(() => test.close());

const sweep = () => test.app.get(AlertService).sweep();
const give = (code: string, deadline: string, more: object = {}) =>
  createCase(tx, office, { code, deadline, ...more });
const person = async (role: 'officer' | 'supervisor' | 'administrator', username: string) =>
  new Client(test.url, await signIn(test, role, username));
const bell = (body: string) => Number(/id="chuong"[^>]*>.*?<\/svg> (\d+)/s.exec(body)?.[1]);
const unseen = async () =>
  (await rows<{ n: number }>(tx, 'select count(*)::int as n from alert where seen_at is null'))[0]!.n;

describe('the list of alerts', () => {
  it('shows a person the own alerts by day with what is left of the time', async () => {
    test.clock.moveTo(at('07:30'));
    await give('260825-0007', TODAY, { applicant: 'Sùng A Lềnh' });
    await give('260825-0008', TODAY, { departmentId: office.economyId });
    await sweep();
    test.clock.moveTo(at('09:00'));
    const { status, body } = await (await person('officer', 'hoa')).get('/nhac-viec');
    expect(status).toBe(200);
    expect(body).toContain('Hôm nay, thứ Tư 26/8');
    expect(body).toContain('260825-0007');
    expect(body).toContain('Sùng A Lềnh');
    expect(body).toContain('Còn 6 giờ');
    expect(body).toContain('Đến hạn hôm nay');
    expect(body).toContain('Chưa xem (1)');
    expect(body).not.toContain('260825-0008');
  });

  it('counts as seen once opened, and says when', async () => {
    await give('A', TODAY);
    await sweep();
    const officer = await person('officer', 'hoa');
    expect(bell((await officer.get('/ho-so')).body)).toBe(1);
    expect((await officer.get('/nhac-viec')).body).toMatch(/class="tone-today is-new"/);
    expect(await unseen()).toBe(0);
    const again = await officer.get('/nhac-viec');
    expect(bell(again.body)).toBe(0);
    expect(again.body).toContain('>A<');
    expect(again.body).not.toContain('is-new');
  });

  it('is not seen by a browser that fetches ahead', async () => {
    await give('A', TODAY);
    await sweep();
    await (await person('officer', 'hoa')).get('/nhac-viec', { 'sec-purpose': 'prefetch' });
    expect(await unseen()).toBe(1);
  });

  it('of a case counts as seen once the page of the case was opened', async () => {
    await give('A', YESTERDAY);
    await give('B', TODAY);
    await sweep();
    const officer = await person('officer', 'hoa');
    expect((await officer.get('/ho-so/A')).status).toBe(200);
    expect(bell((await officer.get('/ho-so')).body)).toBe(1);
    expect(bell((await (await person('supervisor', 'chau')).get('/ho-so')).body)).toBe(1);
  });

  it('is marked as a whole with one button', async () => {
    for (let i = 10; i < 70; i++) await give(`C${i}`, TODAY);
    await sweep();
    const officer = await person('officer', 'hoa');
    const prefetch = { 'sec-purpose': 'prefetch' };
    expect((await officer.get('/nhac-viec', prefetch)).body).toContain('1–50 trong 60 lời nhắc');
    const answer = await officer.post('/nhac-viec/da-xem', {}, '/nhac-viec');
    expect([answer.status, answer.location]).toEqual([303, '/nhac-viec?loc=tat-ca']);
    expect((await officer.get('/nhac-viec')).body).toContain('Đã đánh dấu 10 lời nhắc là đã xem');
    expect(await unseen()).toBe(0);
  });

  it('shows the next unseen ones on the page after fifty', async () => {
    for (let i = 10; i < 70; i++) await give(`C${i}`, TODAY);
    await sweep();
    const officer = await person('officer', 'hoa');
    const first = (await officer.get('/nhac-viec')).body;
    const next =
      /rel="next"/.test(first) && /href="([^"]+)" rel="next"/.exec(first)![1]!.replaceAll('&amp;', '&');
    const second = (await officer.get(String(next))).body;
    const codes = (body: string) => [...body.matchAll(/<span class="code">(C\d\d)</g)].map((m) => m[1]);
    expect([codes(first).length, codes(second).length]).toEqual([50, 10]);
    expect(new Set([...codes(first), ...codes(second)]).size).toBe(60);
  });

  it('no longer counts a case that was finished, and shows its state', async () => {
    await give('A', TODAY);
    await sweep();
    await rows(tx, `update case_record set status = 9, settled_day = '2026-08-26', outcome = 'on-time'`);
    const officer = await person('officer', 'hoa');
    const { body } = await officer.get('/nhac-viec');
    expect(bell(body)).toBe(0);
    expect(body).toContain('Đã có kết quả');
  });

  it('says that the supervisors know of an overdue case, and shows it to them', async () => {
    await give('A', YESTERDAY);
    await sweep();
    expect((await (await person('officer', 'hoa')).get('/nhac-viec')).body).toContain(
      'Quá hạn, đã báo lãnh đạo',
    );
    expect((await (await person('supervisor', 'chau')).get('/nhac-viec')).body).toContain('Đăng ký kết hôn');
  });

  it('is empty with a word about what will come', async () => {
    expect((await (await person('officer', 'mai')).get('/nhac-viec')).body).toContain('Chưa có lời nhắc');
  });

  it('asks for signing in', async () => {
    expect((await new Client(test.url).get('/nhac-viec')).status).toBe(303);
  });
});

describe('the local mailbox', () => {
  it('keeps the mails for the administrator when there is no mail server', async () => {
    await give('260810-0007', YESTERDAY);
    await sweep();
    for (const { id } of await notifications(tx)) await test.app.get(DeliveryService).deliver(id);
    expect((await alerts(tx)).length).toBe(2);
    const mails = await readMailbox(test.runtime.dataDir);
    expect(mails.map((mail) => mail.subject)).toEqual(['1 hồ sơ quá hạn', '1 hồ sơ quá hạn']);

    const administrator = await person('administrator', 'quantri');
    const list = await administrator.get('/quan-tri/hop-thu');
    expect(list.body).toContain('Chưa cài máy chủ gửi thư');
    expect(list.body).toContain('chau@binhlu.example');
    const address = /href="(\/quan-tri\/hop-thu\/[^"]+)"/.exec(list.body)![1]!;
    const mail = await administrator.get(address);
    expect(mail.body).toContain('260810-0007');
    expect(mail.body).not.toContain('<iframe');
    const source = await administrator.get(`${address}/thu.eml`);
    expect(source.headers.get('content-type')).toBe('message/rfc822');
    expect(source.headers.get('content-disposition')).toContain('attachment');
    expect(source.body).toContain('Auto-Submitted: auto-generated');
  });

  it.each(['00000000-0000-0000-0000-000000000000', '..%2F..%2Fsession-key', 'x'])(
    'has no mail %s',
    async (id) => {
      const administrator = await person('administrator', 'quantri');
      expect((await administrator.get(`/quan-tri/hop-thu/${id}`)).status).toBe(404);
      expect((await administrator.get(`/quan-tri/hop-thu/${id}/thu.eml`)).status).toBe(404);
    },
  );

  it('is closed to officers', async () => {
    expect((await (await person('officer', 'hoa')).get('/quan-tri/hop-thu')).status).toBe(403);
  });
});
