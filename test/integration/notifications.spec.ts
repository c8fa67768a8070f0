import type { ParsedMail } from 'mailparser';
import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { BullQueue } from '../../src/jobs/bull-queue';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { MailSender } from '../../src/notifications/mail.sender';
import { NotificationService } from '../../src/notifications/notification.service';
import { startTestApp, type TestApp } from '../support/app';
import { startMailServer, type TestMailServer } from '../support/smtp';
import { createCase, createOffice, notifications, useDeadlineRules, type Office } from './alerts-fixture';
import { describeDeliveryByQueue } from './notifications-suite';

const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';
const YESTERDAY = '2026-08-25T17:30:00+07:00';

let smtp: TestMailServer;
let test: TestApp;
let tx: Tx;
let office: Office;

const give = (code: string, deadline: string, more: object = {}) =>
  createCase(tx, office, { code, deadline, ...more });
const sweep = () => test.app.get(AlertService).sweep();
const deliver = (id: number) => test.app.get(DeliveryService).deliver(id);
const first = async () => (await notifications(tx))[0]!;
const arrived = (): ParsedMail => smtp.received.at(-1)!;

async function begin(): Promise<void> {
  smtp = await startMailServer();
  const env = {
    ROLE: 'web',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Đúng Hẹn <dung-hen@binhlu.example>',
    PUBLIC_URL: 'https://dunghen.binhlu.example/',
  };
  test = await startTestApp({ now: at('09:00'), seed: 'none', env });
  tx = test.db.manager;
  office = await createOffice(tx);
  await useDeadlineRules(tx);
}

async function clear(): Promise<void> {
  for (const queue of test.app.get(BullQueue).all()) await queue.drain(true);
  test.clock.moveTo(at('09:00'));
  smtp.refuse(null);
  smtp.received.length = 0;
  await rows(tx, 'truncate case_record, notification cascade');
}

async function end(): Promise<void> {
  await test.close();
  await smtp.close();
}

describe('a mail', () => {
  beforeAll(begin);
  beforeEach(clear);
  afterAll(end);

  it('of the morning lists what is overdue, due today and coming, as HTML and as text', async () => {
    test.clock.moveTo(at('07:31'));
    await give('260810-0007', YESTERDAY, { applicant: 'Tẩn Mùi Sao' });
    await give('260825-0007', TODAY, { applicant: 'Sùng A Lềnh' });
    await give('260824-0007', '2026-08-28T17:30:00+07:00', { applicant: 'Vũ Thị Nhài' });
    await sweep();
    test.clock.moveTo(at('07:40'));
    await deliver((await first()).id);
    const mail = arrived();
    expect(mail.subject).toBe('1 hồ sơ quá hạn, 1 hồ sơ đến hạn hôm nay, 1 hồ sơ sắp đến hạn');
    for (const part of [mail.text!, String(mail.html)]) {
      expect(part).toContain('Tẩn Thị Hoa');
      expect(part).toContain('260810-0007');
      expect(part).toContain('Đăng ký kết hôn');
      expect(part).toContain('https://dunghen.binhlu.example/ho-so/260825-0007');
      expect(part).toContain('https://dunghen.binhlu.example/nhac-viec');
    }
    expect(mail.text).toContain('T.M.S.');
    expect(mail.text).toMatch(/Hạn: 17:30 thứ Tư 26\/8 · Còn 7 giờ/);
    expect(mail.html).not.toMatch(/<img|<script|src=/);
  });

  it('names no applicant, only initials', async () => {
    await give('A', TODAY, { applicant: 'Sùng A Lềnh' });
    await sweep();
    await deliver((await first()).id);
    expect(`${arrived().subject}${arrived().text}${String(arrived().html)}`).not.toMatch(/Sùng|Lềnh/);
  });

  it('says that a program wrote it, and who', async () => {
    await give('A', TODAY);
    await sweep();
    await deliver((await first()).id);
    const mail = arrived();
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.from?.value).toEqual([{ name: 'Đúng Hẹn', address: 'dung-hen@binhlu.example' }]);
    expect(mail.to).toMatchObject({ value: [{ name: 'Tẩn Thị Hoa', address: 'hoa@binhlu.example' }] });
    expect(mail.date).toEqual(at('09:00'));
  });

  it('is written in composed letters', async () => {
    await rows(tx, `update procedure set name = $1`, ['Đăng ký kết hôn'.normalize('NFD')]);
    await give('A', TODAY);
    await sweep();
    await deliver((await first()).id);
    await rows(tx, `update procedure set name = 'Đăng ký kết hôn'`);
    expect(arrived().text).toBe(arrived().text!.normalize('NFC'));
    expect(arrived().subject).toBe(arrived().subject!.normalize('NFC'));
  });

  it('shows twenty cases of a group and counts the rest', async () => {
    for (let i = 10; i < 33; i++) await give(`C${i}`, TODAY);
    await sweep();
    await deliver((await first()).id);
    expect(arrived().subject).toBe('23 hồ sơ đến hạn hôm nay');
    expect(arrived().text!.match(/^- C\d\d/gm)).toHaveLength(20);
    expect(arrived().text).toContain('và 3 hồ sơ khác');
  });

  it('is sent once, whoever tries', async () => {
    await give('A', TODAY);
    await sweep();
    const { id } = await first();
    const attempts = await Promise.allSettled([deliver(id), deliver(id), deliver(id)]);
    await deliver(id);
    expect(attempts.filter((a) => a.status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect(smtp.received).toHaveLength(1);
    expect(await first()).toMatchObject({ state: 'sent', attempts: 1, sentAt: at('09:00'), error: null });
  });

  it('that the server refuses for now stays waiting and goes out later under the same Message-ID', async () => {
    await give('A', TODAY);
    await sweep();
    const { id, messageId } = await first();
    smtp.refuse({ code: 451, message: 'try again later' });
    await expect(deliver(id)).rejects.toThrow('try again later');
    expect(await first()).toMatchObject({
      state: 'pending',
      attempts: 1,
      error: expect.stringContaining('451'),
    });
    smtp.refuse(null);
    await deliver(id);
    expect(arrived().messageId).toBe(messageId);
    expect(messageId).toMatch(/@binhlu\.example>$/);
    expect(await first()).toMatchObject({ state: 'sent', attempts: 2, error: null });
  });

  it('that the server refuses for good is marked and not tried again', async () => {
    await give('A', TODAY);
    await sweep();
    smtp.refuse({ code: 550, message: 'no such user' });
    const { id } = await first();
    await deliver(id);
    expect(await first()).toMatchObject({ state: 'failed', error: expect.stringContaining('no such user') });
    smtp.refuse(null);
    await deliver(id);
    await rows(tx, `delete from notification where template = 'mail-refused'`);
    test.clock.moveTo(at('16:00'));
    expect(await test.app.get(NotificationService).relay()).toBe(0);
    expect(smtp.received).toHaveLength(0);
  });

  it.each([
    ['a line break', 'hoa@binhlu.example\r\nBcc: all@binhlu.example'],
    ['two addresses', 'hoa@binhlu.example, all@binhlu.example'],
  ])('to an address with %s is refused before anything is sent', async (_, address) => {
    await rows(tx, `update user_account set email = $2 where id = $1`, [office.culture, address]);
    await give('A', TODAY);
    await sweep();
    await deliver((await first()).id);
    await rows(tx, `update user_account set email = 'hoa@binhlu.example' where id = $1`, [office.culture]);
    expect(await first()).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('not a mail address'),
    });
    expect(smtp.received).toHaveLength(0);
  });

  it('to a closed account is withdrawn', async () => {
    await give('A', TODAY);
    await sweep();
    await rows(tx, `update user_account set active = false where id = $1`, [office.culture]);
    await deliver((await first()).id);
    await rows(tx, `update user_account set active = true`);
    expect((await first()).state).toBe('withdrawn');
  });

  it('is not sent before its time', async () => {
    test.clock.moveTo(at('20:00'));
    await give('A', TODAY);
    await sweep();
    const { id } = await first();
    await expect(deliver(id)).rejects.toThrow('not due yet');
    test.clock.moveTo(at('07:40', '2026-08-27'));
    await deliver(id);
    expect(smtp.received).toHaveLength(1);
    expect(arrived().subject).toBe('1 hồ sơ quá hạn');
  });

  it.each([
    ['finished', `status = 9, settled_day = '2026-08-26', outcome = 'on-time'`],
    ['paused', `due_state = 'paused', paused_since = now()`],
    ['re-dated', `deadline_at = '2026-09-04T17:30:00+07:00'`],
    ['withdrawn by the applicant', `status = 7`],
  ])('about a case that is %s by then is withdrawn', async (_, change) => {
    await give('A', TODAY);
    await sweep();
    await rows(tx, `update case_record set ${change} where code = 'A'`);
    await deliver((await first()).id);
    expect((await first()).state).toBe('withdrawn');
    expect(smtp.received).toHaveLength(0);
  });

  it('leaves out the case that was finished meanwhile and tells the others', async () => {
    await give('A', TODAY);
    await give('B', TODAY);
    await sweep();
    await rows(tx, `update case_record set status = 9, settled_day = '2026-08-26' where code = 'A'`);
    await deliver((await first()).id);
    expect(arrived().subject).toBe('1 hồ sơ đến hạn hôm nay');
    expect(arrived().text).not.toContain('- A ');
  });

  it('cut off by a crash in the middle of sending is taken over some minutes later, not before', async () => {
    await give('A', TODAY);
    await sweep();
    const { id } = await first();
    await rows(tx, `update notification set state = 'sending', attempts = 1, attempted_at = $1`, [
      at('09:00'),
    ]);
    test.clock.moveTo(at('09:02'));
    await deliver(id);
    expect(smtp.received).toHaveLength(0);
    test.clock.moveTo(at('09:04'));
    await deliver(id);
    expect(smtp.received).toHaveLength(1);
  });

  it('that cannot be handed over because no server answers stays waiting', async () => {
    await give('A', TODAY);
    await sweep();
    const send = jest
      .spyOn(test.app.get(MailSender), 'send')
      .mockRejectedValue(new Error('connect ECONNREFUSED'));
    await expect(deliver((await first()).id)).rejects.toThrow('ECONNREFUSED');
    send.mockRestore();
    expect(await first()).toMatchObject({ state: 'pending', error: 'connect ECONNREFUSED' });
  });
});

describe('the relay', () => {
  beforeAll(begin);
  beforeEach(clear);
  afterAll(end);

  const relay = () => test.app.get(NotificationService).relay();
  const queued = () => test.app.get(BullQueue).of('notifications.deliver').getWaitingCount();

  it('leaves alone what the queue has only just been given', async () => {
    await give('A', TODAY);
    await sweep();
    test.clock.moveTo(at('09:02'));
    expect(await relay()).toBe(0);
  });

  it('queues what was committed but never queued, because the process died in between', async () => {
    await give('A', TODAY);
    jest.spyOn(NotificationService.prototype, 'announce').mockRejectedValueOnce(new Error('killed'));
    await expect(sweep()).rejects.toThrow('killed');
    expect(await queued()).toBe(0);
    test.clock.moveTo(at('09:05'));
    expect(await relay()).toBe(1);
    expect(await queued()).toBe(1);
  });

  it('queues again what an emptied queue has lost', async () => {
    await give('A', TODAY);
    await give('B', YESTERDAY);
    await sweep();
    expect(await queued()).toBe(2);
    await test.app.get(BullQueue).of('notifications.deliver').obliterate({ force: true });
    test.clock.moveTo(at('09:05'));
    expect(await relay()).toBe(2);
    expect(await queued()).toBe(2);
  });

  it('queues nothing twice that still waits in the queue', async () => {
    await give('A', TODAY);
    await sweep();
    test.clock.moveTo(at('09:05'));
    await relay();
    await relay();
    expect(await queued()).toBe(1);
  });

  it('waits longer between attempts the more of them failed', async () => {
    await give('A', TODAY);
    await sweep();
    const afterAttempts = async (attempts: number, minutes: number) => {
      await rows(tx, `update notification set attempts = $1, attempted_at = $2`, [attempts, at('09:00')]);
      test.clock.moveTo(new Date(at('09:00').getTime() + minutes * 60_000));
      return relay();
    };
    expect(await afterAttempts(8, 19)).toBe(0);
    expect(await afterAttempts(8, 20)).toBe(1);
    expect(await afterAttempts(24, 59)).toBe(0);
    expect(await afterAttempts(24, 60)).toBe(1);
    expect(await afterAttempts(800, 361)).toBe(1);
  });
});

describeDeliveryByQueue('postgres');
