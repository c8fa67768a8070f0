import { AlertService } from '../../src/alerts/alert.service';
import { one, rows, type Tx } from '../../src/database/transaction';
import { account, createCase, createOffice, useRules, type Office } from '../integration/alerts-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client } from './auth-client';

const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const LIST = '/quan-tri/nhac-viec';
const FORM = {
  ...{ ten: 'Còn 3 ngày', loai: 'deadline', thoi_diem: 'before', so: '3', don_vi: 'working-days' },
  ...{ nguoi_nhan: ['officer', 'chairman'], kenh: 'email', cach: 'digest', sau_gio: '4', thu_tuc: '' },
};

let test: TestApp;
let tx: Tx;
let office: Office;
let admin: Client;

beforeAll(async () => {
  test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
  tx = test.db.manager;
  office = await createOffice(tx);
  await account(tx, {
    ...{ unitId: office.communeId, username: 'quantri', fullName: 'Lù Văn Quản', role: 'administrator' },
  });
  admin = new Client(test.url, await signIn(test, 'administrator', 'quantri'));
});
beforeEach(async () => {
  test.clock.moveTo(at('09:00'));
  await rows(tx, 'truncate case_record, notification, absence cascade');
  await rows(tx, `delete from alert_rule where key like 'rieng-%'`);
  await useRules(tx, ['due-today']);
});
afterAll(() => test.close());

const rule = (name: string) =>
  one<{ id: number; active: boolean; amount: number; unit: number | null }>(
    tx,
    'select id, active, amount, unit_id as unit from alert_rule where name = $1',
    [name],
  );
const text = (body: string) => body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('the rules of alert', () => {
  it('are told in words', async () => {
    const { status, body } = await admin.get(LIST);
    expect(status).toBe(200);
    expect(text(body)).toContain(
      'Quá hạn → người xử lý, trưởng phòng; gửi ngay trong giờ làm việc; sau 4 giờ làm việc chưa ai nhận thì báo giám đốc trung tâm, rồi lãnh đạo UBND xã.',
    );
  });

  it('are not for others than administrators', async () => {
    const officer = new Client(test.url, await signIn(test, 'officer', 'hoa'));
    expect((await officer.get(LIST)).status).toBe(403);
  });

  it('one is added, and the cases that run are looked at by it', async () => {
    await createCase(tx, office, { code: 'A', deadline: '2026-08-28T17:00:00+07:00', nextAlertAt: null });
    expect((await admin.post(`${LIST}/moi`, FORM)).status).toBe(303);
    expect(await rule('Còn 3 ngày')).toMatchObject({ active: true, amount: 3, unit: null });
    expect((await test.app.get(AlertService).sweep()).raised).toBe(2);
  });

  it('one is switched off and on again', async () => {
    const { id } = (await one<{ id: number }>(tx, `select id from alert_rule where key = 'due-today'`))!;
    await admin.post(`${LIST}/${id}/doi`, {}, LIST);
    expect((await rule('Đến hạn hôm nay'))!.active).toBe(false);
    await admin.post(`${LIST}/${id}/doi`, {}, LIST);
    expect((await rule('Đến hạn hôm nay'))!.active).toBe(true);
  });

  it.each([
    [{ ten: '' }, 'Đặt tên cho quy tắc'],
    [{ so: '0' }, 'Số không hợp'],
    [{ so: '999' }, 'Số không hợp'],
    [{ thoi_diem: 'after', don_vi: 'percent' }, 'Phần trăm thời hạn chỉ dùng'],
    [{ loai: 'idle', thoi_diem: 'before' }, 'không có thời điểm đó'],
    [{ nguoi_nhan: [] as string[] }, 'Chọn ít nhất một người nhận'],
    [{ thu_tuc: '9.999999' }, 'Không có thủ tục mang mã này'],
    [{ sau_gio: '99' }, 'Từ 1 đến 80 giờ'],
  ])('one with %j is refused with words, and what was typed stays', async (change, words) => {
    const { status, body } = await admin.post(`${LIST}/moi`, { ...FORM, ...change });
    expect(status).toBe(422);
    expect(body).toContain(words);
    expect(await rule('Còn 3 ngày')).toBeUndefined();
  });

  it('one is tried before it is saved: the figures are those the sweep raises as the days pass', async () => {
    for (let i = 0; i < 12; i++)
      await createCase(tx, office, {
        ...{
          code: `C${10 + i}`,
          nextAlertAt: null,
          departmentId: i % 3 ? office.cultureId : office.economyId,
        },
        deadline: `2026-0${i < 4 ? `8-2${6 + (i % 3)}` : `9-0${3 + (i % 5)}`}T17:00:00+07:00`,
      });
    await useRules(tx, []);
    const { body } = await admin.post(`${LIST}/moi`, { ...FORM, so: '2', buoc: 'thu' });
    const tried = [...body.matchAll(/<td role="cell">([^<]+)<\/td>((?:<td[^>]*>\d+<\/td>){3})/g)].map((row) =>
      [...row[2]!.matchAll(/>(\d+)</g)].map((n) => Number(n[1])),
    );
    expect(tried).toHaveLength(7);
    expect(await rule('Còn 3 ngày')).toBeUndefined();
    await admin.post(`${LIST}/moi`, { ...FORM, so: '2', buoc: 'xac-nhan' });
    const days = ['2026-08-26', '2026-08-27', '2026-08-28', '2026-09-03', '2026-09-04', '2026-09-07'];
    for (const [i, day] of days.entries()) {
      const before = await rows(tx, 'select 1 from alert');
      test.clock.moveTo(at('09:00', day));
      await rows(tx, 'update case_record set next_alert_at = $1 where next_alert_at is null', [
        at('09:00', day),
      ]);
      await test.app.get(AlertService).sweep();
      const raised = (await rows(tx, 'select 1 from alert')).length - before.length;
      // On the first day also what fell due before: nobody has told it.
      if (i === 0) expect(raised).toBeGreaterThanOrEqual(tried[0]![1]! + tried[1]![1]!);
      else expect([day, raised]).toEqual([day, tried[i + 1]![1]]);
    }
  });

  it('one that would tell everybody everything is saved only when that is confirmed', async () => {
    for (let i = 0; i < 40; i++)
      await createCase(tx, office, {
        code: `D${i}`,
        deadline: '2026-08-28T17:00:00+07:00',
        nextAlertAt: null,
      });
    const asked = await admin.post(`${LIST}/moi`, { ...FORM, so: '2', buoc: 'luu' });
    expect(text(asked.body)).toContain('sẽ nhắc 40 trong 40 hồ sơ, có người nhận 40 lời nhắc');
    expect(await rule('Còn 3 ngày')).toBeUndefined();
    expect((await admin.post(`${LIST}/moi`, { ...FORM, so: '2', buoc: 'xac-nhan' })).status).toBe(303);
    expect(await rule('Còn 3 ngày')).toBeDefined();
  });

  it('one that does not exist is told', async () => {
    expect((await admin.get(`${LIST}/999999`)).body).toContain('Không có quy tắc nhắc số 999999');
  });

  it('of one commune stand for the common ones there only', async () => {
    await rows(
      tx,
      `insert into unit (parent_id, kind, code, name) select parent_id, 'commune', 'H35.99.01', 'Xã Khác'
      from unit where id = $1 returning id`,
      [office.communeId],
    );
    const { id } = (await one<{ id: number }>(tx, `select id from alert_rule where key = 'due-today'`))!;
    const own = new Client(test.url, await signIn(test, 'administrator', 'quantri'));
    await own.post(`${LIST}/${id}/doi`, {}, LIST);
    const found = await rows<{ unit: number | null; active: boolean }>(
      tx,
      `select unit_id as unit, active from alert_rule where key = 'due-today' order by unit_id nulls first`,
    );
    expect(found).toEqual([
      { unit: null, active: true },
      { unit: office.communeId, active: false },
    ]);
    const variant = (await one<{ id: number }>(tx, `select id from alert_rule where unit_id is not null`))!;
    await own.post(`${LIST}/${variant.id}/bo`, {}, LIST);
    expect(await rows(tx, 'select 1 from alert_rule where unit_id is not null')).toEqual([]);
    const foreign = await one<{ id: number }>(
      tx,
      `insert into alert_rule (unit_id, key, name, theme, moment, amount, recipients)
       select id, 'due-today', 'Của xã khác', 'deadline', 'on-day', 0, '{officer}' from unit where code = 'H35.99.01'
       returning id`,
    );
    expect((await own.get(`${LIST}/${foreign!.id}`)).status).toBe(404);
    expect((await own.post(`${LIST}/${foreign!.id}/doi`, {}, LIST)).status).toBe(404);
    await rows(tx, 'delete from alert_rule where id = $1 returning id', [foreign!.id]);
    await rows(tx, `delete from unit where code = 'H35.99.01' returning id`);
  });
});

describe('an absence', () => {
  const PAGE = '/nhac-viec/vang-mat';
  const note = (client: Client, fields: Record<string, string>) => client.post(PAGE, fields, PAGE);
  const officer = async () => new Client(test.url, await signIn(test, 'officer', 'hoa'));
  const days = { tu_ngay: '26/08/2026', den_ngay: '28/8/2026' };

  it('is noted by oneself: the substitute is told until it ends', async () => {
    const own = await officer();
    expect((await note(own, { ...days, nguoi_thay: String(office.economy) })).status).toBe(303);
    expect(text((await own.get(PAGE)).body)).toContain('Vàng Văn Tuấn làm thay');
    await createCase(tx, office, {
      code: 'A',
      deadline: '2026-08-26T17:00:00+07:00',
      officerId: office.culture,
    });
    await test.app.get(AlertService).sweep();
    const told = await rows<{ id: number }>(
      tx,
      'select recipient_id as id from alert where stands_in_for is not null',
    );
    expect(told).toEqual([{ id: office.economy }]);
    const noted = (await one<{ id: number }>(tx, 'select id from absence'))!;
    await own.post(`${PAGE}/${noted.id}/het`, {}, PAGE);
    expect(await rows(tx, 'select 1 from absence')).toEqual([]);
  });

  it.each([
    [{ tu_ngay: '31/02/2026' }, 'Nhập ngày dạng'],
    [{ den_ngay: '' }, 'Nhập ngày dạng'],
    [{ den_ngay: '25/08/2026' }, 'Ngày cuối trước ngày đầu'],
    [{ tu_ngay: '01/08/2026', den_ngay: '02/08/2026' }, 'đã qua'],
    [{ den_ngay: '28/08/2028' }, 'Dài hơn một năm'],
  ])('with %j is refused with words', async (change, words) => {
    const { status, body } = await note(await officer(), { ...days, ...change });
    expect([status, await rows(tx, 'select 1 from absence')]).toEqual([422, []]);
    expect(body).toContain(words);
  });

  it('of somebody else is noted by those above only', async () => {
    const forOther = { ...days, nguoi: String(office.economy) };
    expect((await note(await officer(), forOther)).status).toBe(403);
    const above = new Client(test.url, await signIn(test, 'supervisor', 'chau'));
    expect((await note(above, forOther)).status).toBe(303);
    expect(text((await above.get(PAGE)).body)).toContain('không có người làm thay');
  });
});
