import { createHmac, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Attachment } from 'mailparser';
import { JobQueue } from '../../src/jobs/job-queue';
import { DeliveryService, type DeliveryForm } from '../../src/letters/delivery.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { LetterPromise } from '../../src/letters/letter-promise.service';
import { LetterService } from '../../src/letters/letter.service';
import { SendingEffects } from '../../src/letters/sending-effects.service';
import { SendingEvidence } from '../../src/letters/sending-evidence.service';
import type { MessageChannel } from '../../src/letters/sending-form';
import { SendingPages } from '../../src/letters/sending-pages.service';
import { SendingQueue } from '../../src/letters/sending-queue.service';
import { SendingService } from '../../src/letters/sending.service';
import { SendingWork } from '../../src/letters/sending-work.service';
import { WebhookService } from '../../src/notifications/webhook.service';
import { FileStore } from '../../src/platform/file-store';
import type { FormFault } from '../../src/web/page';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { startGateway, type TestGateway } from '../support/gateway';
import { startMailServer, type TestMailServer } from '../support/smtp';
import { confirmLetters, addCases, clerkOf, lettersOf } from './letters-fixture';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const BY = { actor: 'Lù Văn Quản', userId: null };

let smtp: TestMailServer;
let gateway: TestGateway;
let t: TestApp;
let clerk: Reader;

beforeAll(async () => {
  smtp = await startMailServer();
  gateway = await startGateway();
  const env = { ROLE: 'web', SMTP_URL: smtp.url, ALLOW_PRIVATE_WEBHOOKS: 'true' };
  t = await startTestApp({ now: NOW, env });
  clerk = await clerkOf(t);
});
afterAll(async () => {
  await t?.close();
  await smtp?.close();
  await gateway?.close();
});
beforeEach(async () => {
  t.clock.moveTo(NOW);
  smtp.refuse(null);
  smtp.received.length = 0;
  gateway.received.length = 0;
  gateway.answerWith(null);
  await t.db.query(
    'truncate letter_delivery, letter, letter_series, case_event, case_record, procedure, webhook cascade',
  );
  await addCases(t, ['A', 'B'].map(lateCase));
  await t.db.query(`update case_record set email = lower(code) || '@example.vn', phone = '0912 000 111'`);
  await t.app.get(LetterDraftService).draftOwed();
  for (const codes of [['A'], ['B']]) await confirmLetters(t, codes, { reason: 'Khối lượng hồ sơ tăng' });
});

const lateCase = (code: string) => ({
  code,
  promised: '2025-03-10T17:00:00+07:00',
  received: '2025-03-03T08:00:00+07:00',
  finished: '2025-03-12T10:00:00+07:00',
});

interface Row {
  id: number;
  result: string;
  recipient: string;
  attempts: number;
  error: string | null;
  evidence: string | null;
  messageId: string;
}
const rowsOf = () =>
  t.db.query<Row[]>(
    `select id, result, recipient, attempts, error, evidence, message_id as "messageId" from letter_delivery order by id`,
  );
const statesOf = async () => (await lettersOf(t)).map((l) => l.state);
const newest = async () => Math.max(0, ...(await rowsOf()).map((r) => r.id));

interface Asking {
  kenh?: MessageChannel;
  den?: string;
  lan?: string;
  moi_nhat?: number;
}
const ask = async (codes: string[], asked: Asking = {}): Promise<FormFault[]> =>
  t.app.get(SendingService).ask(clerk, codes, {
    ...{ kenh: 'email' as const, lan: randomUUID(), moi_nhat: await newest() },
    ...asked,
  });
const work = async (): Promise<void> => {
  for (const { id } of await rowsOf()) await t.app.get(SendingWork).send(id);
};
const textsOf = (faults: FormFault[]) => faults.map((f) => f.text).join(' ');

describe('a letter by e-mail', () => {
  it('carries the kept file byte for byte, and the server’s answer is the proof', async () => {
    expect(await ask(['A'])).toEqual([]);
    expect(await statesOf()).toEqual(['numbered', 'numbered']);
    await work();
    const [mail] = smtp.received;
    expect(mail!.subject).toBe('Thư xin lỗi về việc trả kết quả quá hạn');
    expect(mail!.from!.value).toEqual([
      { name: 'Trung tâm Phục vụ hành chính công xã Bình Lư', address: 'dung-hen@localhost' },
    ]);
    const letter = await t.app.get(LetterService).ofCase(clerk, 'A');
    const [file] = mail!.attachments as [Attachment];
    expect(file.filename).toBe('thu-xin-loi-01-2026-08-26.pdf');
    expect(file.contentType).toBe('application/pdf');
    expect(file.content.equals(await t.app.get(FileStore).read(letter.fileSha256!))).toBe(true);
    for (const body of [mail!.text!, String(mail!.html)]) {
      expect(body).toContain('gửi Ông/Bà thư xin lỗi về việc trả kết quả quá hạn theo tệp đính kèm');
      expect(body).not.toMatch(/https?:\/\/(127|localhost)|\/ho-so\/|Đúng hẹn/);
    }
    const [row] = await rowsOf();
    expect(row).toMatchObject({ result: 'sent', recipient: 'a@example.vn', attempts: 1, error: null });
    expect(row!.evidence).toContain('Máy chủ thư đã nhận: 250');
    expect(row!.evidence).toContain(row!.messageId);
    expect(row!.evidence).toContain(letter.fileSha256!);
    expect(mail!.messageId).toBe(row!.messageId);
    expect(await statesOf()).toEqual(['sent', 'numbered']);
  });

  it('is the signed copy where there is one', async () => {
    const signed = Buffer.from('%PDF-1.7 signed');
    const { sha256 } = await t.app.get(FileStore).put(signed);
    await t.db.query(
      `update letter set signed_sha256 = $1 where case_id = (select id from case_record where code = 'A')`,
      [sha256],
    );
    await ask(['A']);
    await work();
    expect(smtp.received[0]!.attachments[0]!.content.equals(signed)).toBe(true);
    expect((await rowsOf())[0]!.evidence).toContain(sha256);
  });

  it('goes where the clerk says instead of where the case says', async () => {
    expect(await ask(['A'], { den: ' khac@example.vn ' })).toEqual([]);
    await work();
    expect((await rowsOf())[0]).toMatchObject({ recipient: 'khac@example.vn', result: 'sent' });
  });

  it.each([
    ['', /Hồ sơ A không có địa chỉ thư điện tử/],
    ['khong-phai-dia-chi', /“khong-phai-dia-chi” của hồ sơ A viết chưa đúng/],
    ['a@example.vn, b@example.vn', /viết chưa đúng/],
  ])('to %p is refused with words, and nothing is written', async (den, words) => {
    const faults = await ask(['A'], { den });
    expect(faults).toMatchObject([{ field: 'dia_chi_thu', text: expect.stringMatching(words) as string }]);
    expect(await rowsOf()).toEqual([]);
  });

  it('one without an address keeps all of a batch, and says which', async () => {
    await t.db.query(`update case_record set email = null where code = 'B'`);
    expect(textsOf(await ask(['A', 'B']))).toContain('Hồ sơ B không có địa chỉ');
    expect(await rowsOf()).toEqual([]);
  });

  it('that is refused for good is told in words; the letter stays unsent and can be sent again', async () => {
    smtp.refuse({ code: 550, message: '5.1.1 no such user' });
    await ask(['A']);
    await work();
    const [row] = await rowsOf();
    expect(row).toMatchObject({ result: 'failed', attempts: 1, evidence: null });
    expect(await statesOf()).toEqual(['numbered', 'numbered']);
    const page = (await t.app.get(SendingPages).page(clerk, ['A'], {})) as { attempts: object[] };
    expect(page.attempts).toMatchObject([
      { resultName: 'Không gửi được', reason: 'Máy chủ thư không có địa chỉ này.', by: clerk.name },
    ]);
    smtp.refuse(null);
    expect(await ask(['A'], { den: 'dung@example.vn' })).toEqual([]);
    await work();
    expect((await rowsOf()).map((r) => r.result)).toEqual(['failed', 'sent']);
  });

  it('that is greylisted waits, is not tried before its time, and arrives under the same Message-ID', async () => {
    smtp.refuse({ code: 451, message: '4.7.1 greylisted, try again later' });
    const enqueued = jest.spyOn(t.app.get(JobQueue), 'enqueueAll');
    await ask(['A']);
    await work();
    const [first] = await rowsOf();
    expect(first).toMatchObject({ result: 'waiting', attempts: 1 });
    expect(enqueued).toHaveBeenLastCalledWith('letters.send', [expect.objectContaining({ delay: 60_000 })]);
    enqueued.mockRestore();
    smtp.refuse(null);
    await work();
    expect(smtp.received).toEqual([]);
    t.clock.moveTo(later(1));
    await work();
    expect(smtp.received.map((m) => m.messageId)).toEqual([first!.messageId]);
    expect((await rowsOf())[0]).toMatchObject({ result: 'sent', attempts: 2, error: null });
  });

  it('gives up after a day of attempts', async () => {
    smtp.refuse({ code: 421, message: 'busy' });
    await ask(['A']);
    for (let minutes = 0; minutes < 48 * 60; minutes += 240) {
      t.clock.moveTo(later(minutes));
      await work();
    }
    expect((await rowsOf())[0]).toMatchObject({ result: 'failed', attempts: 11 });
    expect(await statesOf()).toEqual(['numbered', 'numbered']);
  });

  it('with a wrong address that waits can be withdrawn, to send it elsewhere', async () => {
    smtp.refuse({ code: 451, message: 'later' });
    await ask(['A'], { den: 'sai@example.vn' });
    await work();
    const [{ id }] = (await rowsOf()) as [Row];
    const stranger = { ...clerk, communeIds: [999_999] };
    const sending = t.app.get(SendingService);
    await expect(sending.withdraw(stranger, id)).rejects.toMatchObject({ code: 'DELIVERY_NOT_FOUND' });
    expect(await sending.withdraw(clerk, id)).toBe('A');
    smtp.refuse(null);
    t.clock.moveTo(later(10));
    expect(await ask(['A'], { den: 'dung@example.vn' })).toEqual([]);
    await work();
    expect((await rowsOf()).map((r) => [r.recipient, r.result])).toEqual([
      ['sai@example.vn', 'failed'],
      ['dung@example.vn', 'sent'],
    ]);
  });

  it('does not leave once the number is cancelled', async () => {
    await ask(['A']);
    expect(await t.app.get(LetterService).cancel(clerk, 'A', 'In nhầm mẫu thư')).toEqual([]);
    await work();
    expect((await rowsOf())[0]).toMatchObject({ result: 'failed', error: 'letter is cancelled' });
    expect(smtp.received).toEqual([]);
  });
});

describe('once only', () => {
  it('a double click sends one mail', async () => {
    const form = { lan: randomUUID(), moi_nhat: 0 };
    expect(await Promise.all([ask(['A'], form), ask(['A'], form)])).toEqual([[], []]);
    await work();
    expect(await ask(['A'], form)).toEqual([]);
    expect(await rowsOf()).toHaveLength(1);
    expect(smtp.received).toHaveLength(1);
  });

  it('of two clerks at once one sends, the other is told to look', async () => {
    const both = await Promise.all([ask(['A'], { moi_nhat: 0 }), ask(['A'], { moi_nhat: 0 })]);
    expect(both.map((faults) => faults.length).sort()).toEqual([0, 1]);
    expect(textsOf(both.flat())).toContain('thư đã được gửi hoặc ghi sổ thêm lần nữa');
    await work();
    expect(smtp.received).toHaveLength(1);
  });

  it('what is on its way is not sent a second time', async () => {
    await ask(['A']);
    expect(textsOf(await ask(['A', 'B']))).toContain('Thư của hồ sơ A đang được gửi bằng cách này');
    expect(await rowsOf()).toHaveLength(1);
  });

  it('two workers with the same job send one mail', async () => {
    await ask(['A', 'B']);
    await Promise.all([work(), work(), work()]);
    expect(smtp.received).toHaveLength(2);
    expect((await rowsOf()).map((r) => r.attempts)).toEqual([1, 1]);
  });
});

describe('a crash', () => {
  it('after the claim leaves the message to nobody for some minutes; the sweep brings it back', async () => {
    await ask(['A']);
    const [{ id, messageId }] = (await rowsOf()) as [Row];
    expect(await t.app.get(SendingQueue).claim(id)).toMatchObject({ id });
    await work();
    expect(smtp.received).toEqual([]);
    t.clock.moveTo(later(6));
    const enqueued = jest.spyOn(t.app.get(JobQueue), 'enqueueAll');
    await t.app.get(SendingQueue).announceLeft();
    expect(enqueued.mock.calls[0]![1].map((job) => job.payload)).toEqual([{ deliveryId: id }]);
    enqueued.mockRestore();
    await work();
    expect(smtp.received.map((m) => m.messageId)).toEqual([messageId]);
    expect((await rowsOf())[0]).toMatchObject({ result: 'sent', attempts: 2 });
  });

  it('between the server’s answer and the mark repeats the same Message-ID, and counts once', async () => {
    await ask(['A']);
    const [{ messageId }] = (await rowsOf()) as [Row];
    const mark = jest.spyOn(t.app.get(SendingEffects), 'sent');
    mark.mockRejectedValueOnce(new Error('connection to the database lost'));
    await expect(work()).rejects.toThrow('lost');
    mark.mockRestore();
    expect(await statesOf()).toEqual(['numbered', 'numbered']);
    t.clock.moveTo(later(6));
    await work();
    expect(smtp.received.map((m) => m.messageId)).toEqual([messageId, messageId]);
    expect((await rowsOf()).map((r) => r.result)).toEqual(['sent']);
  });

  it('of the queue loses nothing: the row is found again', async () => {
    await ask(['A', 'B']);
    const enqueued = jest.spyOn(t.app.get(JobQueue), 'enqueueAll');
    await t.app.get(SendingQueue).announceLeft();
    expect(enqueued.mock.calls[0]![1]).toHaveLength(2);
    enqueued.mockRestore();
  });
});

describe('a message by telephone', () => {
  const open = async (forCitizens: boolean): Promise<string> => {
    const address = { unitId: null, unitName: 'Mọi xã', name: 'SMS', url: `${gateway.url}/tin` };
    const secret = await t.app.get(WebhookService).add(BY, address);
    await t.db.query('update webhook set for_citizens = $1', [forCitizens]);
    return secret;
  };

  it('is signed and told in one SMS without marks; the gateway’s answer is the proof', async () => {
    const secret = await open(true);
    gateway.answerWith((_, response) => void response.writeHead(200).end('{"ma":"SMS-77"}'));
    expect(await ask(['A'], { kenh: 'sms' })).toEqual([]);
    await work();
    const [{ body, headers }] = gateway.received as [(typeof gateway.received)[0]];
    const sent = JSON.parse(body) as Record<string, unknown>;
    expect(sent).toMatchObject({
      ...{ kind: 'apology-letter', channel: 'sms', letter: '01/XL-TTPVHCC', code: 'A' },
      recipient: { name: 'Vàng Thị Pàng', phone: '0912000111' },
    });
    expect(sent.text).toMatch(/^TTPVHCC xa Binh Lu xin loi Ong\/Ba: ho so A da tra qua hen 10\/3\./);
    expect(String(sent.text).length).toBeLessThanOrEqual(160);
    expect(body).not.toContain('khai sinh');
    const [, seconds, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-dung-hen-signature']))!;
    expect(mac).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(headers['idempotency-key']).toBe(sent.id);
    const [row] = await rowsOf();
    expect(row).toMatchObject({ result: 'sent', recipient: '0912000111' });
    expect(row!.evidence).toContain('200 {"ma":"SMS-77"}');
    expect(row!.evidence).toContain(String(sent.text));
    expect(await statesOf()).toEqual(['sent', 'numbered']);
  });

  it('by Zalo keeps its marks', async () => {
    await open(true);
    await ask(['A'], { kenh: 'zalo' });
    await work();
    expect(gateway.received[0]!.body).toContain('xã Bình Lư xin lỗi Ông/Bà: hồ sơ A đã trả quá hẹn 10/3.');
  });

  it('is not offered where no gateway may write to citizens', async () => {
    await open(false);
    expect(textsOf(await ask(['A'], { kenh: 'sms' }))).toContain('không có kênh nhận nào');
    expect(await rowsOf()).toEqual([]);
  });

  it('needs a mobile number', async () => {
    await open(true);
    expect(textsOf(await ask(['A'], { kenh: 'sms', den: '0213 3875 000' }))).toContain(
      'không phải số di động',
    );
  });

  it('that a gateway refuses failed; one that is busy is tried again under the same key', async () => {
    await open(true);
    gateway.answerWith((_, response) => void response.writeHead(503).end());
    await ask(['A'], { kenh: 'sms' });
    await work();
    expect((await rowsOf())[0]).toMatchObject({ result: 'waiting', error: '503' });
    gateway.answerWith((_, response) => void response.writeHead(422).end('sai số'));
    t.clock.moveTo(later(2));
    await work();
    expect((await rowsOf())[0]).toMatchObject({ result: 'failed', error: '422 sai số' });
    expect(new Set(gateway.received.map((post) => post.headers['idempotency-key'])).size).toBe(1);
  });
});

describe('the first sending', () => {
  it('takes the promise into effect once, at the time of the sending', async () => {
    const takeEffect = jest.spyOn(t.app.get(LetterPromise), 'takeEffect').mockResolvedValue(1);
    const enqueue = jest.spyOn(t.app.get(JobQueue), 'enqueue');
    await ask(['A']);
    await work();
    await ask(['A']);
    await work();
    const letter = await t.app.get(LetterService).ofCase(clerk, 'A');
    expect(takeEffect.mock.calls.map(([, ids, at, by]) => [ids, at, by])).toEqual([
      [[letter.id], NOW, clerk.name],
    ]);
    expect(enqueue).toHaveBeenCalledWith('cases.changed', { reason: 'letter' });
    takeEffect.mockRestore();
    enqueue.mockRestore();
    expect(letter.sentAt).toEqual(NOW);
  });

  it('is the earliest, whenever it is recorded', async () => {
    await ask(['A']);
    await work();
    const earlier = { ...PAPER, gio: '08:00', minh_chung: 'Chị Pàng ký nhận' };
    expect(await t.app.get(DeliveryService).record(clerk, ['A'], earlier)).toEqual([]);
    const letter = await t.app.get(LetterService).ofCase(clerk, 'A');
    expect(letter.sentAt).toEqual(new Date('2026-08-26T08:00:00+07:00'));
  });
});

const PAPER: DeliveryForm = {
  cach: 'in-person',
  ...{ ngay: '26/8/2026', gio: '09:30', nguoi_nhan: 'Vàng Thị Pàng', minh_chung: '' },
};
const fileOf = (name: string, start: string, more = 10) => ({
  name,
  content: Buffer.concat([Buffer.from(start, 'latin1'), Buffer.alloc(more)]),
  fault: null,
});

describe('evidence of paper', () => {
  const record = (form: Partial<DeliveryForm>, file: ReturnType<typeof fileOf> | null = null) =>
    t.app.get(DeliveryService).record(clerk, ['A'], { ...PAPER, ...form }, file);

  it('is words or a file, never nothing', async () => {
    expect((await record({})).map((f) => f.field)).toEqual(['minh_chung']);
    const photo = fileOf('chu-ky.jpg', '\xff\xd8\xff');
    expect(await record({ quan_he: 'con gái' }, photo)).toEqual([]);
    const [row] = (await rowsOf()) as [Row];
    expect(row).toMatchObject({ recipient: 'Vàng Thị Pàng (con gái)', result: 'sent', evidence: null });
    const kept = await t.app.get(SendingEvidence).file(clerk, 'A', row.id);
    expect(kept).toMatchObject({ name: 'chu-ky.jpg', type: 'image/jpeg' });
    expect(kept.content.equals(photo.content)).toBe(true);
    const stranger = { ...clerk, communeIds: [999_999] };
    await expect(t.app.get(SendingEvidence).file(stranger, 'A', row.id)).rejects.toMatchObject({
      code: 'EVIDENCE_NOT_FOUND',
    });
    await expect(t.app.get(SendingEvidence).file(clerk, 'B', row.id)).rejects.toMatchObject({
      code: 'EVIDENCE_NOT_FOUND',
    });
  });

  it('can be added once to a row without a file', async () => {
    await record({ minh_chung: 'Chị Pàng ký nhận' });
    const [{ id }] = (await rowsOf()) as [Row];
    const evidence = t.app.get(SendingEvidence);
    expect(await evidence.add(clerk, 'A', id, null)).toMatchObject([{ field: `tep-${id}` }]);
    expect(await evidence.add(clerk, 'A', id, fileOf('ban-ky.pdf', '%PDF-'))).toEqual([]);
    await expect(evidence.add(clerk, 'A', id, fileOf('khac.pdf', '%PDF-'))).rejects.toMatchObject({
      code: 'DELIVERY_NOT_FOUND',
    });
    expect((await evidence.file(clerk, 'A', id)).name).toBe('ban-ky.pdf');
  });

  it('a double click of the form records once, even with another time typed', async () => {
    const form = { minh_chung: 'Ký nhận', lan: randomUUID() };
    await Promise.all([record(form), record({ ...form, gio: '09:31' })]);
    expect(await rowsOf()).toHaveLength(1);
    const audit = await t.db.query(
      `select 1 from audit_entry where action = 'letter.sent' and subject = 'case:A' and at = $1`,
      [NOW],
    );
    expect(audit.length).toBeGreaterThan(0);
  });

  it('one list of posting proves many', async () => {
    const list = fileOf('bang-ke.pdf', '%PDF-');
    const post: DeliveryForm = { ...PAPER, cach: 'post', nguoi_nhan: '', minh_chung: 'Bảng kê số 12' };
    expect(await t.app.get(DeliveryService).record(clerk, ['A', 'B'], post, list)).toEqual([]);
    const files = await t.db.query(
      `select count(*)::int n, count(distinct evidence_sha256)::int files from letter_delivery`,
    );
    expect(files).toEqual([{ n: 2, files: 1 }]);
    expect(await statesOf()).toEqual(['sent', 'sent']);
  });
});

it('a file that is lost is made again before it is sent', async () => {
  const letter = await t.app.get(LetterService).ofCase(clerk, 'A');
  rmSync(t.app.get(FileStore).path(letter.fileSha256!));
  await ask(['A']);
  await work();
  const { fileSha256 } = await t.app.get(LetterService).ofCase(clerk, 'A');
  const kept = await t.app.get(FileStore).read(fileSha256!);
  expect(smtp.received[0]!.attachments[0]!.content.equals(kept)).toBe(true);
});
