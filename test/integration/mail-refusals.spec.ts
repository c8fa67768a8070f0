import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { startTestApp, type TestApp } from '../support/app';
import { startMailServer, type TestMailServer } from '../support/smtp';
import {
  account,
  createCase,
  createOffice,
  notifications,
  useDeadlineRules,
  type Office,
} from './alerts-fixture';

const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';

let smtp: TestMailServer;
let test: TestApp;
let tx: Tx;
let office: Office;
let administrator: number;

const deliver = (id: number) => test.app.get(DeliveryService).deliver(id);
const setAddress = (id: number, email: string | null) =>
  rows(tx, 'update user_account set email = $2 where id = $1', [id, email]);
const current = () =>
  rows<{ user_id: number; address: string }>(tx, 'select user_id, address from current_mail_refusal');
const about = async () => (await notifications(tx)).filter((n) => n.template === 'mail-refused');

/** A mail to the officer of culture that the server refuses for good. */
async function refuseOne(code: string, deadline = TODAY): Promise<void> {
  await createCase(tx, office, { code, deadline, officerId: office.culture });
  await test.app.get(AlertService).sweep();
  const waiting = (await notifications(tx)).filter(
    (n) => n.template === 'alert-now' && n.state === 'pending',
  );
  smtp.refuse({ code: 550, message: '5.1.1 no such user' });
  for (const { id } of waiting) await deliver(id);
  smtp.refuse(null);
}

beforeAll(async () => {
  smtp = await startMailServer();
  const env = { ROLE: 'web', SMTP_URL: smtp.url, MAIL_FROM: 'Đúng Hẹn <dung-hen@binhlu.example>' };
  test = await startTestApp({ now: at('09:00'), seed: 'none', env });
  tx = test.db.manager;
  office = await createOffice(tx);
  await useDeadlineRules(tx);
  const { communeId: unitId } = office;
  administrator = await account(tx, {
    unitId,
    username: 'quantri',
    fullName: 'Lù Văn Quản',
    role: 'administrator',
  });
});
beforeEach(async () => {
  test.clock.moveTo(at('09:00'));
  smtp.refuse(null);
  smtp.received.length = 0;
  await rows(tx, 'truncate case_record, notification, mail_refusal cascade');
  await setAddress(office.culture, 'hoa@binhlu.example');
});
afterAll(async () => {
  await test.close();
  await smtp.close();
});

describe('a mail refused for good', () => {
  it('is told to the administrators and to who answers for the person, not to the person', async () => {
    await refuseOne('A');
    expect((await about()).map((n) => n.userId)).toEqual([office.director, administrator]);
    for (const { id } of await about()) await deliver(id);
    expect(smtp.received.map((mail) => mail.subject)).toEqual(
      Array(2).fill('Thư không đến được một địa chỉ trong đơn vị'),
    );
    const [toDirector, toAdministrator] = smtp.received;
    expect(toDirector!.text).toContain('Tẩn Thị Hoa');
    expect(toDirector!.text).toContain('hoa@binhlu.example');
    expect(toDirector!.text).toContain('Máy chủ thư không có địa chỉ này.');
    expect(toDirector!.text).toContain('/quan-tri/nhat-ky-gui');
    expect(toAdministrator!.text).toContain('/quan-tri/nguoi-dung/hoa');
  });

  it('is told once a day for one address, again the next day', async () => {
    await refuseOne('A');
    await refuseOne('B');
    expect(await about()).toHaveLength(2);
    test.clock.moveTo(at('09:00', '2026-08-27'));
    await rows(tx, 'truncate case_record cascade');
    await refuseOne('C', '2026-08-27T17:30:00+07:00');
    expect(await about()).toHaveLength(4);
  });

  it('is told for an account without an address too', async () => {
    await refuseOne('A');
    await rows(tx, 'truncate notification, mail_refusal cascade');
    await rows(
      tx,
      `insert into notification (user_id, channel, template, message_id, created_at, deliver_after)
       values ($1, 'email', 'alert-now', '<a@x>', $2, $2)`,
      [office.culture, at('09:00')],
    );
    await setAddress(office.culture, null);
    await deliver((await notifications(tx))[0]!.id);
    expect(await current()).toEqual([{ user_id: office.culture, address: '' }]);
    expect(await about()).toHaveLength(2);
  });

  it('of a message about a refusal is kept and told to nobody', async () => {
    await refuseOne('A');
    smtp.refuse({ code: 550, message: '5.1.1 no such user' });
    for (const { id } of await about()) await deliver(id);
    smtp.refuse(null);
    expect((await about()).map((n) => n.state)).toEqual(['failed', 'failed']);
    expect((await current()).map((r) => r.user_id).sort()).toEqual(
      [office.culture, office.director, administrator].sort(),
    );
  });

  it('for now is told to nobody', async () => {
    await createCase(tx, office, { code: 'A', deadline: TODAY, officerId: office.culture });
    await test.app.get(AlertService).sweep();
    smtp.refuse({ code: 451, message: 'later' });
    await expect(deliver((await notifications(tx))[0]!.id)).rejects.toThrow('later');
    expect([await about(), await current()]).toEqual([[], []]);
  });

  it('is over once the address is corrected: the message about it is not sent any more', async () => {
    await refuseOne('A');
    expect(await current()).toHaveLength(1);
    await setAddress(office.culture, 'tan.hoa@binhlu.example');
    expect(await current()).toEqual([]);
    for (const { id } of await about()) await deliver(id);
    expect((await about()).map((n) => n.state)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('is over once a later mail arrives at the same address', async () => {
    await refuseOne('A');
    test.clock.moveTo(at('09:30'));
    await createCase(tx, office, { code: 'B', deadline: TODAY, officerId: office.culture });
    await test.app.get(AlertService).sweep();
    await deliver(
      (await notifications(tx)).find((n) => n.state === 'pending' && n.template === 'alert-now')!.id,
    );
    expect(await current()).toEqual([]);
  });

  it('of a closed account counts no more', async () => {
    await refuseOne('A');
    await rows(tx, 'update user_account set active = false where id = $1', [office.culture]);
    expect(await current()).toEqual([]);
    await rows(tx, 'update user_account set active = true');
  });
});

describe('a mail of the service', () => {
  it('asks for no answer and can start no loop', async () => {
    await createCase(tx, office, { code: 'A', deadline: TODAY, officerId: office.culture });
    await test.app.get(AlertService).sweep();
    await deliver((await notifications(tx))[0]!.id);
    const [mail] = smtp.received;
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail!.headers.get('x-auto-response-suppress')).toBe('All');
    for (const name of ['reply-to', 'return-receipt-to', 'disposition-notification-to'])
      expect(mail!.headers.has(name)).toBe(false);
  });
});
