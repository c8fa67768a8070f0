import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { BullBackend } from '../../src/jobs/bull-backend';
import { BullQueue } from '../../src/jobs/bull-queue';
import { MailSender } from '../../src/notifications/mail.sender';
import { NotificationService } from '../../src/notifications/notification.service';
import { startTestApp, type TestApp } from '../support/app';
import { startMailServer, type TestMailServer } from '../support/smtp';
import { createCase, createOffice, notifications, useDeadlineRules, type Office } from './alerts-fixture';
import { forgetKeys } from './jobs-suite';

const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';
const YESTERDAY = '2026-08-25T17:30:00+07:00';
const QUICK = {
  attempts: 4,
  backoff: { type: 'exponential', delay: 20 },
  removeOnComplete: { age: 60, count: 9 },
  removeOnFail: { age: 60, count: 9 },
};

/** The whole way of an alert with running workers: sweep, queue, mail server. */
export function describeDeliveryByQueue(kind: 'postgres' | 'redis', redisUrl?: string): void {
  describe(`from case to mail server by the queue on ${kind}`, () => {
    let smtp: TestMailServer;
    let test: TestApp;
    let tx: Tx;
    let office: Office;

    beforeAll(async () => {
      smtp = await startMailServer();
      const redis: Record<string, string> = redisUrl ? { REDIS_URL: redisUrl } : {};
      test = await startTestApp({
        now: at('09:00'),
        seed: 'none',
        env: { ROLE: 'all', SMTP_URL: smtp.url, ...redis },
      });
      tx = test.db.manager;
      office = await createOffice(tx);
      await useDeadlineRules(tx);
    });
    beforeEach(async () => {
      await emptyQueues();
      test.clock.moveTo(at('09:00'));
      smtp.received.length = 0;
      await rows(tx, 'truncate case_record, notification cascade');
    });
    afterAll(async () => {
      const prefix = queues()[0]!.opts.prefix;
      await test.close();
      if (redisUrl) await forgetKeys(redisUrl, prefix!);
      await smtp.close();
    });

    const queues = () => test.app.get(BullQueue).all();
    const emptyQueues = async () => {
      for (const queue of queues()) await queue.obliterate({ force: true });
    };
    const sweep = () => test.app.get(AlertService).sweep();
    const give = (code: string, deadline: string) => createCase(tx, office, { code, deadline });
    const readers = () =>
      smtp.received.map((mail) => (mail.to as { value: { address?: string }[] }).value[0]!.address);

    it('every message of a sweep arrives', async () => {
      expect(test.app.get(BullBackend).kind).toBe(kind);
      await give('A', YESTERDAY);
      await sweep();
      await smtp.waitFor(2);
      expect(readers().sort()).toEqual(['chau@binhlu.example', 'hoa@binhlu.example']);
    });

    it('a change of a case is told without waiting for the next tick', async () => {
      await give('A', TODAY);
      await test.app.get(BullQueue).enqueue('cases.changed', { reason: 'test' });
      const [mail] = await smtp.waitFor(1);
      expect(mail!.subject).toBe('1 hồ sơ đến hạn hôm nay');
    });

    it('a message the server takes at the third attempt arrives once, always under the same Message-ID', async () => {
      const send = jest.spyOn(test.app.get(MailSender), 'send');
      send.mockRejectedValueOnce(new Error('421 busy')).mockRejectedValueOnce(new Error('421 busy'));
      const template = jest.spyOn(test.app.get(BullQueue), 'templateOf').mockReturnValue(QUICK);
      await give('A', TODAY);
      await sweep();
      await smtp.waitFor(1);
      expect(send).toHaveBeenCalledTimes(3);
      expect(new Set(send.mock.calls.map(([mail]) => mail.messageId)).size).toBe(1);
      send.mockRestore();
      template.mockRestore();
    });

    it('a store emptied over night loses nothing', async () => {
      test.clock.moveTo(at('20:00'));
      await give('A', TODAY);
      await sweep();
      expect(await test.app.get(BullQueue).of('notifications.deliver').getDelayedCount()).toBe(2);
      await emptyQueues();
      test.clock.moveTo(at('07:50', '2026-08-27'));
      await test.app.get(NotificationService).relay();
      await smtp.waitFor(2);
      expect((await notifications(tx)).map((n) => n.attempts)).toEqual([1, 1]);
    });
  });
}
