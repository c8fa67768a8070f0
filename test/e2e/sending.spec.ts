import { randomUUID } from 'node:crypto';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { SendingWork } from '../../src/letters/sending-work.service';
import { WebhookService } from '../../src/notifications/webhook.service';
import type { Role } from '../../src/web/reader';
import { confirmLetters, addCases, lettersOf } from '../integration/letters-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { startGateway, type TestGateway } from '../support/gateway';
import { readMailbox } from '../support/mailbox';
import { Client } from './auth-client';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const CODES = ['A-1', 'A-2', 'A-3'];
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(200)]);
const MEBIBYTE = 1024 * 1024;

let t: TestApp;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  t = await startTestApp({ now: NOW, env: { ROLE: 'web', ALLOW_PRIVATE_WEBHOOKS: 'true' } });
});
afterAll(async () => {
  await t?.close();
  await gateway?.close();
});
beforeEach(async () => {
  gateway.received.length = 0;
  await t.db.query(
    'truncate letter_delivery, letter, letter_series, case_event, case_record, procedure, webhook cascade',
  );
  await addCases(
    t,
    CODES.map((code) => ({
      ...{ code, promised: '2025-03-10T17:00:00+07:00', received: '2025-03-03T08:00:00+07:00' },
      finished: '2025-03-12T10:00:00+07:00',
      applicant: code === 'A-3' ? '<b>Giàng A Chớ</b>' : 'Vàng Thị Pàng',
    })),
  );
  await t.db.query(
    `update case_record set email = 'pang@example.vn', phone = '0912000111' where code = 'A-1'`,
  );
  await t.db.query(`update case_record set email = 'khong dung' where code = 'A-2'`);
  await t.app.get(LetterDraftService).draftOwed();
  for (const code of CODES) await confirmLetters(t, [code], { reason: 'Khối lượng hồ sơ tăng' });
});

const as = async (role: Role): Promise<Client> => new Client(t.url, await signIn(t, role));
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const fieldsOf = (html: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '']),
  );
const page = (code: string) => `/thu-xin-loi/${code}/da-gui`;
const work = async () => {
  for (const { id } of await t.db.query<{ id: number }[]>('select id from letter_delivery order by id'))
    await t.app.get(SendingWork).send(id);
};

/** Sends a form with a file, as a browser does. */
async function sendFile(
  address: string,
  fields: [string, string][],
  file?: { name: string; bytes: Buffer },
  from = page('A-1'),
) {
  const session = await signIn(t, 'clerk');
  const opened = await fetch(t.url + from, { headers: { cookie: session, accept: 'text/html' } });
  const cookie = [session, ...opened.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
  const token = /_csrf=([^"]+)"/.exec(await opened.text())![1]!;
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  // a browser sends an empty part when no file was chosen
  body.append('tep', new Blob([new Uint8Array(file?.bytes ?? [])]), file?.name ?? '');
  const answer = await fetch(`${t.url}${address}?_csrf=${token}`, {
    ...{ method: 'POST', body, redirect: 'manual' },
    headers: { cookie, accept: 'text/html' },
  });
  return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
}

const HANDED: [string, string][] = [
  ['cach', 'in-person'],
  ['ngay', '26/8/2026'],
  ['gio', '09:40'],
  ['nguoi_nhan', 'Vàng Thị Pàng'],
  ['quan_he', ''],
  ['minh_chung', ''],
];

describe('paper with a file', () => {
  it('is recorded, and the file is read by clerk and supervisor only', async () => {
    const sent = await sendFile(page('A-1'), HANDED, { name: 'ký nhận.jpg', bytes: PHOTO });
    expect(sent).toMatchObject({ status: 303, location: '/so-thu-xin-loi' });
    const supervisor = await as('supervisor');
    const { status, body } = await supervisor.get(page('A-1'));
    expect(status).toBe(200);
    expect(textOf(body)).toContain('Trao trực tiếp');
    expect(textOf(body)).toContain('gửi muộn');
    expect(body).not.toContain('Ghi vào sổ</button>');
    const link = /href="([^"]+\/minh-chung)"/.exec(body)![1]!;
    const cookie = await signIn(t, 'supervisor');
    const file = await fetch(t.url + link, { headers: { cookie } });
    expect(file.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await file.arrayBuffer()).equals(PHOTO)).toBe(true);
    for (const role of ['officer', 'administrator'] as const) {
      expect((await (await as(role)).get(link)).status).toBe(403);
      expect((await (await as(role)).get(page('A-1'))).status).toBe(403);
    }
  });

  it.each([
    ['nothing at all', undefined, 'Chưa ghi minh chứng gửi'],
    ['a program', { name: 'x.exe', bytes: Buffer.from('MZ') }, 'Tệp x.exe không phải PDF, PNG hoặc JPG'],
    ['a false name', { name: 'x.pdf', bytes: PHOTO }, 'Tệp x.pdf không phải PDF, PNG hoặc JPG'],
    ['a workbook', { name: 'x.xlsx', bytes: Buffer.from('PK\x03\x04xl/workbook.xml') }, 'không phải PDF'],
    ['11 MB', { name: 'x.jpg', bytes: Buffer.concat([PHOTO, Buffer.alloc(11 * MEBIBYTE)]) }, 'lớn hơn 10 MB'],
  ])('%s is refused, and what was typed stays', async (_, file, words) => {
    const answer = await sendFile(page('A-1'), [...HANDED.slice(0, 3), ['nguoi_nhan', 'Chị Sua']], file);
    expect(answer.status).toBe(422);
    expect(textOf(answer.html)).toContain(words);
    expect(answer.html).toContain('value="Chị Sua"');
    expect(answer.html).toMatch(/value="in-person" checked/);
    expect((await lettersOf(t)).map((l) => l.state)).toEqual(['numbered', 'numbered', 'numbered']);
  });

  it('is added later to what was recorded with words', async () => {
    await sendFile(page('A-1'), [...HANDED.slice(0, 5), ['minh_chung', 'Ký nhận, lưu quyển 3']]);
    const clerk = await as('clerk');
    const action = /action="([^"?]+\/minh-chung)\?/.exec((await clerk.get(page('A-1'))).body)![1]!;
    const none = await sendFile(action, []);
    expect(none.status).toBe(422);
    expect(textOf(none.html)).toContain('Chưa chọn tệp minh chứng');
    expect(await sendFile(action, [], { name: 'a.jpg', bytes: PHOTO })).toMatchObject({ status: 303 });
    const { body } = await clerk.get(page('A-1'));
    expect(body).toContain('>a.jpg</a>');
    expect(body).not.toContain('Thêm minh chứng');
  });

  it('of a whole batch is one list of posting', async () => {
    const clerk = await as('clerk');
    const asked = await clerk.post('/thu-xin-loi/theo-lo/gui', { thu: CODES }, '/thu-xin-loi');
    expect(asked.status).toBe(200);
    expect(textOf(asked.body)).toContain('Ghi nhận đã gửi 3 thư');
    expect(asked.body).toContain('&lt;b&gt;Giàng A Chớ&lt;/b&gt;');
    const fields: [string, string][] = [
      ...CODES.map((code): [string, string] => ['thu', code]),
      ...[
        ['cach', 'post'] as [string, string],
        ...HANDED.slice(1, 3),
        ['nguoi_nhan', ''] as [string, string],
      ],
    ];
    const list = { name: 'bang-ke.pdf', bytes: Buffer.from('%PDF-1.7 list') };
    expect((await sendFile('/thu-xin-loi/theo-lo/da-gui', fields, list)).status).toBe(303);
    expect((await lettersOf(t)).map((l) => l.state)).toEqual(['sent', 'sent', 'sent']);
  });
});

describe('e-mail', () => {
  it('is asked for on the page, waits there, and tells its proof', async () => {
    const clerk = await as('clerk');
    const opened = (await clerk.get(page('A-1'))).body;
    expect(opened).toContain('value="pang@example.vn"');
    expect(textOf(opened)).toContain('không đến người dân');
    const hidden = fieldsOf(opened, 'lan', 'moi_nhat');
    const form = { ...hidden, kenh: 'email', den: 'pang@example.vn' };
    const sent = await clerk.post('/thu-xin-loi/A-1/gui-di', form, page('A-1'));
    expect(sent).toMatchObject({ status: 303, location: page('A-1') });
    const waiting = textOf((await clerk.get(page('A-1'))).body);
    expect(waiting).toContain('Đang gửi');
    expect(waiting).toContain('Đã giao gửi');
    await work();
    const mails = await readMailbox(t.runtime.dataDir);
    expect(mails[mails.length - 1]!.attachments).toHaveLength(1);
    const done = textOf((await clerk.get(page('A-1'))).body);
    expect(done).toContain('Đã gửi');
    expect(done).toContain('Tệp đính kèm: thu-xin-loi-01-2026-08-26.pdf');
    expect(done).not.toContain('Tải lại để xem kết quả');
  });

  it('to what is no address is told on the form, with the address typed', async () => {
    const clerk = await as('clerk');
    const hidden = fieldsOf((await clerk.get(page('A-2'))).body, 'lan', 'moi_nhat');
    const form = { ...hidden, kenh: 'email', den: 'pang@' };
    const answer = await clerk.post('/thu-xin-loi/A-2/gui-di', form, page('A-2'));
    expect(answer.status).toBe(422);
    expect(textOf(answer.body)).toContain(
      'Chưa gửi được. Có 1 chỗ cần sửa: Địa chỉ thư “pang@” của hồ sơ A-2',
    );
    expect(answer.body).toContain('value="pang@"');
  });

  it('of a batch goes to those with an address; the others are named', async () => {
    const clerk = await as('clerk');
    const asked = (await clerk.post('/thu-xin-loi/theo-lo/gui', { thu: CODES }, '/thu-xin-loi')).body;
    expect(textOf(asked)).toContain('1 trong 3 thư có địa chỉ');
    expect(textOf(asked)).toContain('Hồ sơ A-3 không có địa chỉ thư điện tử');
    expect(textOf(asked)).toContain('Địa chỉ thư “khong dung” của hồ sơ A-2 viết chưa đúng');
    const form = { ...fieldsOf(asked, 'lan', 'moi_nhat'), kenh: 'email', thu: ['A-1'] };
    const sent = await clerk.post('/thu-xin-loi/theo-lo/gui-di', form, '/thu-xin-loi');
    expect(sent.location).toMatch(/^\/thu-xin-loi\/theo-lo\/lan-gui\?lan=/);
    await work();
    const list = textOf((await clerk.get(sent.location!)).body);
    expect(list).toContain('1 đã gửi 0 đang gửi 0 không gửi được');
    expect(list).toContain('01/XL-TTPVHCC');
    const refused = await clerk.post(
      '/thu-xin-loi/theo-lo/gui-di',
      { ...form, lan: randomUUID(), thu: ['A-2', 'A-3'], moi_nhat: '9999' },
      '/thu-xin-loi',
    );
    expect(refused.status).toBe(422);
    expect(textOf(refused.body)).toContain('Có 2 chỗ cần sửa');
  });

  it('is not offered on real data without a mail server', async () => {
    await t.db.query(
      `insert into dated_setting (key, valid_from, value, confirmed) values ('data-kind', '2000-01-01', '"real"', true)`,
    );
    try {
      const { body } = await (await as('clerk')).get(page('A-1'));
      expect(textOf(body)).toContain('chưa nối máy chủ thư (SMTP_URL)');
      expect(body).not.toContain('name="den"');
    } finally {
      await t.db.query(`delete from dated_setting where key = 'data-kind'`);
    }
  });
});

describe('a message by telephone', () => {
  it('is offered once an administrator opens the gateway to citizens, and shows its text before', async () => {
    await t.app
      .get(WebhookService)
      .add({ actor: 'Q', userId: null }, { unitId: null, unitName: 'Mọi xã', name: 'SMS', url: gateway.url });
    const [{ unit }] = await t.db.query<[{ unit: number }]>(
      `select id unit from unit where kind = 'commune'`,
    );
    await t.db.query('update webhook set unit_id = $1', [unit]);
    const clerk = await as('clerk');
    expect((await clerk.get(page('A-1'))).body).not.toContain('so_dien_thoai');
    const administrator = await as('administrator');
    const hooks = await administrator.get('/quan-tri/kenh-nhan');
    const action = /action="([^"]+\/nguoi-dan)"/.exec(hooks.body)![1]!;
    expect((await administrator.post(action, { dung: 'co' }, '/quan-tri/kenh-nhan')).status).toBe(303);
    expect(textOf((await administrator.get('/quan-tri/kenh-nhan')).body)).toContain(
      'Gửi cả tin xin lỗi cho người dân',
    );
    const opened = (await clerk.get(page('A-1'))).body;
    expect(textOf(opened)).toContain('TTPVHCC xa Binh Lu xin loi Ong/Ba: ho so A-1 da tra qua hen 10/3.');
    const form = { ...fieldsOf(opened, 'lan', 'moi_nhat'), kenh: 'sms', den: '0912 000 111' };
    expect((await clerk.post('/thu-xin-loi/A-1/gui-di', form, page('A-1'))).status).toBe(303);
    await work();
    expect(gateway.received).toHaveLength(1);
    expect(textOf((await clerk.get(page('A-1'))).body)).toContain('Cổng nhắn tin đã nhận, trả lời: 204');
  });
});

it('only the clerk sends', async () => {
  const form = { kenh: 'email', den: 'a@example.vn', lan: randomUUID(), moi_nhat: '0' };
  const supervisor = await as('supervisor');
  expect((await supervisor.post('/thu-xin-loi/A-1/gui-di', form, page('A-1'))).status).toBe(403);
  expect((await supervisor.post('/thu-xin-loi/theo-lo/lan-gui/1/thoi', {}, page('A-1'))).status).toBe(403);
  expect((await supervisor.get('/thu-xin-loi/theo-lo/lan-gui')).status).toBe(200);
  expect((await (await as('officer')).get('/thu-xin-loi/theo-lo/lan-gui')).status).toBe(403);
});
