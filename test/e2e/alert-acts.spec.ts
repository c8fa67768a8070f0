import { AlertService } from '../../src/alerts/alert.service';
import { alertLink } from '../../src/alerts/alert-link';
import { rows, type Tx } from '../../src/database/transaction';
import {
  createCase,
  createOffice,
  notifications,
  useRules,
  type Office,
} from '../integration/alerts-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client } from './auth-client';

const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const YESTERDAY = '2026-08-25T17:30:00+07:00';

let test: TestApp;
let tx: Tx;
let office: Office;

beforeAll(async () => {
  test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
  tx = test.db.manager;
  office = await createOffice(tx);
  await useRules(tx, ['overdue']);
  await rows(
    tx,
    `update alert_rule set recipients = '{officer}', climb_to = '{director}' where key = 'overdue'`,
  );
});
beforeEach(async () => {
  test.clock.moveTo(at('09:00'));
  await rows(tx, 'truncate case_record, notification cascade');
  for (const code of ['A', 'B']) await createCase(tx, office, { code, deadline: YESTERDAY });
  await test.app.get(AlertService).sweep();
});
afterAll(() => test.close());

interface AlertState {
  id: number;
  acknowledged: boolean;
  snoozed: Date | null;
  climb: Date | null;
}
const alerts = () =>
  rows<AlertState>(
    tx,
    `select a.id, acknowledged_at is not null as acknowledged, snoozed_until as snoozed, climb_at as climb
     from alert a join case_record c on c.id = a.case_id where recipient_id = $1 order by c.code`,
    [office.culture],
  );
const sweepAt = (now: Date) => {
  test.clock.moveTo(now);
  return test.app.get(AlertService).sweep();
};
const officer = async (username = 'hoa') => new Client(test.url, await signIn(test, 'officer', username));

describe('on the list of alerts', () => {
  const send = async (client: Client, fields: Record<string, string>) =>
    client.post('/nhac-viec/viec', fields, '/nhac-viec?loc=tat-ca');

  it('one is taken in hand: it does not climb any more, and stands as taken for everybody told', async () => {
    const [first] = await alerts();
    const client = await officer();
    expect((await send(client, { viec: 'acknowledge', nhac: String(first!.id) })).status).toBe(303);
    expect((await alerts()).map((a) => a.acknowledged)).toEqual([true, false]);
    expect((await client.get('/nhac-viec?loc=tat-ca')).body).toContain('Đã nhận 09:00');
    expect((await sweepAt(at('15:30'))).raised).toBe(1);
  });

  it('that is given back climbs at the moment it would have', async () => {
    const [first] = await alerts();
    const client = await officer();
    await send(client, { viec: 'acknowledge', nhac: String(first!.id) });
    await send(client, { bo_nhan: String(first!.id) });
    expect((await alerts()).map((a) => a.acknowledged)).toEqual([false, false]);
    expect((await sweepAt(at('15:30'))).raised).toBe(2);
  });

  it.each([
    ['two-hours', at('11:00')],
    ['next-morning', at('07:30', '2026-08-27')],
    ['two-days', at('07:30', '2026-08-28')],
  ])('one is put off for %s, and does not climb before', async (viec, until) => {
    const [first] = await alerts();
    await send(await officer(), { viec, nhac: String(first!.id) });
    const [after] = await alerts();
    expect(after!.snoozed).toEqual(until);
    expect(after!.climb!.getTime()).toBeGreaterThanOrEqual(until.getTime());
  });

  it('nobody takes what somebody else was told', async () => {
    const [first] = await alerts();
    await send(await officer('tuan'), { viec: 'acknowledge', nhac: String(first!.id) });
    expect((await alerts()).map((a) => a.acknowledged)).toEqual([false, false]);
  });

  it.each(['', 'x', '1; drop table alert', '99999999999999999999'])(
    'what is no number (%j) changes nothing',
    async (nhac) => {
      const answer = await send(await officer(), { viec: 'acknowledge', nhac });
      expect([answer.status, (await alerts()).some((a) => a.acknowledged)]).toEqual([303, false]);
    },
  );
});

describe('the link of a mail', () => {
  const link = async (now = at('09:00')) => {
    const [message] = await notifications(tx);
    return alertLink(message!.id, test.runtime.sessionKey, now);
  };
  const nobody = () => new Client(test.url, '');
  const open = async (t: string) => nobody().get(`/nhac-viec/thu?t=${encodeURIComponent(t)}`);
  /** With the token of a page that has a form. */
  const press = async (t: string, fields: Record<string, string>) =>
    nobody().post('/nhac-viec/thu', { t, ...fields }, `/nhac-viec/thu?t=${encodeURIComponent(await link())}`);

  it('changes nothing by being opened, however often', async () => {
    const t = await link();
    for (let i = 0; i < 3; i++) expect((await open(t)).body).toContain('Đã nhận việc');
    expect((await alerts()).some((a) => a.acknowledged)).toBe(false);
  });

  it('reaches what its mail told, not what came up after it', async () => {
    await rows(tx, `update notification set state = 'sent', sent_at = now()`);
    await createCase(tx, office, { code: 'SAU', deadline: YESTERDAY });
    await sweepAt(at('09:30'));
    const { body } = await open(await link());
    expect([body.includes('>A<'), body.includes('>SAU<')]).toEqual([true, false]);
    const later = (await alerts()).at(-1)!;
    await press(await link(), { viec: 'acknowledge', nhac: String(later.id) });
    expect((await alerts()).some((a) => a.acknowledged)).toBe(false);
  });

  it('names no applicant', async () => expect((await open(await link())).body).not.toMatch(/Sùng|Lềnh/));

  it('takes in hand what its reader confirms, without signing in, once', async () => {
    const t = await link();
    const [first, second] = await alerts();
    const pressed = await press(t, { viec: 'acknowledge', nhac: String(first!.id) });
    expect(pressed.body).toContain('Đã nhận 1 việc');
    expect((await alerts()).map((a) => a.acknowledged)).toEqual([true, false]);
    const again = await press(t, { viec: 'acknowledge', nhac: String(first!.id) });
    expect(again.body).toContain('đã có người nhận hoặc đã xong');
    const later = await press(t, { viec: 'next-morning', nhac: String(second!.id) });
    expect(later.body).toContain('Nhắc lại 1 việc lúc 07:30 thứ Năm 27/8');
    expect((await open(t)).body).toContain('Không còn việc nào chờ nhận');
  });

  it.each([
    [
      'forged',
      () => link().then((t) => t.replace(/^\d+/, (n) => String(Number(n) + 1))),
      'Liên kết không đúng',
    ],
    ['expired', () => link(at('09:00', '2026-08-01')), 'đã hết hạn'],
    ['nothing', () => Promise.resolve(''), 'Liên kết không đúng'],
  ])('that is %s does nothing and says so', async (_, made, words) => {
    const t = await made();
    const [first] = await alerts();
    expect((await open(t)).body).toContain(words);
    const pressed = await press(t, { viec: 'acknowledge', nhac: String(first!.id) });
    expect(pressed.body).toContain(words);
    expect((await alerts()).some((a) => a.acknowledged)).toBe(false);
  });

  it('is of no use without the form it opens', async () => {
    const t = await link();
    const [first] = await alerts();
    const answer = await fetch(`${test.url}/nhac-viec/thu`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ t, viec: 'acknowledge', nhac: String(first!.id) }),
    });
    expect([answer.status, (await alerts()).some((a) => a.acknowledged)]).toEqual([403, false]);
  });
});
