import { AlertService } from '../../src/alerts/alert.service';
import { CalendarReminder } from '../../src/calendars/calendar-reminder.service';
import { CalendarRepository } from '../../src/calendars/calendar.repository';
import { CalendarService } from '../../src/calendars/calendar.service';
import { DeadlineService } from '../../src/cases/deadline.service';
import { one, rows, type Tx } from '../../src/database/transaction';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { Client } from '../e2e/auth-client';
import { caseRow, csv, grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { importProcedures } from '../support/case-files';
import { ProcedureService } from '../../src/cases/procedure.service';
import { readMailbox } from '../support/mailbox';
import { notifications } from './alerts-fixture';

const at = (day: string, time = '07:35') => new Date(`${day}T${time}:00+07:00`);

/** Received on 30/12 and 31/12: 3 working days end in January. The second has a promise of its own in this year. */
const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const FORECAST = 'H35.50.12-261230-0001';
const PROMISED = 'H35.50.12-261230-0002';
const CASES = grid(
  caseRow(1, {
    ...{ ...OPEN, 'Mã hồ sơ': FORECAST, 'Ngày tiếp nhận': '30/12/2026 08:00:00', 'Ngày hẹn trả': null },
  }),
  caseRow(2, {
    ...{ ...OPEN, 'Mã hồ sơ': PROMISED, 'Ngày tiếp nhận': '30/12/2026 08:00:00' },
    'Ngày hẹn trả': '31/12/2026 17:00:00',
  }),
);

describe('a year whose days off are not decided', () => {
  let t: TestApp;
  let tx: Tx;
  const remind = () => t.app.get(CalendarReminder).remind();
  const asRole = async (role: 'administrator' | 'officer') => new Client(t.url, await signIn(t, role));
  const firstPage = async () => (await (await asRole('administrator')).get('/quan-tri')).body;

  /** What the administrator enters when the decision is out. */
  const decide = (year: number) =>
    t.db.transaction(async (own) => {
      const repository = t.app.get(CalendarRepository);
      const { rows: known } = await t.app.get(CalendarService).ownRows(null, own);
      const id = await repository.insertVersion(own, {
        ...{ unitId: null, createdAt: t.clock.now(), createdBy: 'x', reason: 'x', document: 'x' },
      });
      await repository.insertRows(own, id, {
        ...known,
        years: [...known.years, { year, documents: ['TB 1/TB-CP'] }],
      });
      await t.app.get(DeadlineService).recompute(own, 'all');
    });

  beforeAll(async () => {
    t = await startTestApp({ now: at('2026-10-30'), env: { ROLE: 'web' } });
    tx = t.db.manager;
    await importProcedures(t.db, t.app.get(ProcedureService));
  });
  afterAll(() => t?.close());

  it('is nobody’s business before November', async () => {
    expect(await remind()).toBe(0);
    expect(await firstPage()).not.toContain('Nhập lịch nghỉ năm');
  });

  it('is asked about by mail on the first working day of November, once however often the job runs', async () => {
    t.clock.moveTo(at('2026-11-01', '08:00'));
    expect(await remind()).toBe(0);
    t.clock.moveTo(at('2026-11-02', '05:00'));
    expect(await Promise.all([remind(), remind()])).toEqual(expect.arrayContaining([0, 1]));
    t.clock.moveTo(at('2026-11-02', '15:00'));
    expect(await remind()).toBe(0);
    t.clock.moveTo(at('2026-11-20'));
    expect(await remind()).toBe(0);
    const messages = await notifications(tx);
    expect(messages.map((m) => m.deliverAfter)).toEqual([at('2026-11-02', '07:35')]);
  });

  it('and again in December and on its last Mondays; a day on which nothing ran is made up for', async () => {
    const days = ['2026-12-01', '2026-12-02', '2026-12-14', '2026-12-21', '2026-12-29'];
    const written: number[] = [];
    for (const day of days) {
      t.clock.moveTo(at(day));
      written.push(await remind());
    }
    expect(written).toEqual([1, 0, 0, 1, 1]);
  });

  it('stands on the first page with the open cases that rest on it', async () => {
    t.clock.moveTo(at('2026-12-30', '09:00'));
    await importContent(t, 'a.csv', csv(CASES));
    const page = await firstPage();
    expect(page).toContain('href="/quan-tri/lich/2027"');
    expect(page).toContain('Từ 1/11 mà chưa có quyết định; hạn rơi vào năm 2027 đang là dự kiến (1 hồ sơ).');
  });

  it('is told by mail with those cases', async () => {
    const { id } = (await notifications(tx)).at(-1)!;
    await t.app.get(DeliveryService).deliver(id);
    const mail = (await readMailbox(t.runtime.dataDir)).at(-1)!;
    expect(mail.subject).toBe('Nhập lịch nghỉ năm 2027');
    for (const part of [mail.text!, String(mail.html).replace(/<[^>]+>/g, '')]) {
      expect(part).toContain('1 hồ sơ đang xử lý');
      expect(part).toContain('Kính gửi');
    }
    expect(mail.text).toContain(`${t.url}/quan-tri/lich/2027`);
  });

  it('marks the deadline it makes a forecast, wherever that is shown, and no other', async () => {
    const officer = await asRole('officer');
    const rowOf = (body: string, code: string) => body.split('<tr').find((row) => row.includes(code))!;
    for (const address of ['/hang-viec?pham-vi=trung-tam', '/ho-so']) {
      const { body } = await officer.get(address);
      expect(rowOf(body, FORECAST)).toContain('dự kiến');
      expect(rowOf(body, PROMISED)).not.toContain('dự kiến');
    }
    expect((await officer.get(`/ho-so/${FORECAST}`)).body).toMatch(
      /<h2 id="ct-h">[^<]*<span class="tag tone-soon">dự kiến/,
    );
    const cookie = await signIn(t, 'officer');
    const api = await fetch(`${t.url}/api/v1/case-records/${FORECAST}`, { headers: { cookie } });
    expect(await api.json()).toMatchObject({
      deadline: { forecast: true },
      account: { steps: expect.arrayContaining([{ kind: 'forecast', years: [2027] }]) as unknown },
    });
  });

  it('in the mail of reminders too', async () => {
    await rows(tx, `update case_record set next_alert_at = now()`);
    t.clock.moveTo(at('2026-12-31', '09:00'));
    await t.app.get(AlertService).sweep();
    const message = await one<{ id: number; at: Date }>(
      tx,
      `select n.id, n.deliver_after as at from notification n join alert_message m on m.notification_id = n.id
       join alert a on a.id = m.alert_id join case_record c on c.id = a.case_id where c.code = $1 order by n.id limit 1`,
      [FORECAST],
    );
    t.clock.moveTo(message!.at);
    await t.app.get(DeliveryService).deliver(message!.id);
    const { text } = (await readMailbox(t.runtime.dataDir)).at(-1)!;
    const about = (code: string) => text!.split('\n- ').find((part) => part.startsWith(code)) ?? '';
    expect(about(FORECAST)).toMatch(/Hạn: 17:00 thứ Ba 5\/1 \(dự kiến\)/);
    expect(about(PROMISED)).not.toContain('dự kiến');
  });

  it('goes on being missed when the year has begun', async () => {
    t.clock.moveTo(at('2027-01-04'));
    expect(await remind()).toBe(1);
    expect(await firstPage()).toContain('Năm 2027 đã bắt đầu mà chưa có quyết định');
  });

  it('is told no more once it is decided, not even by a mail under way', async () => {
    const { id } = (await notifications(tx)).at(-1)!;
    await decide(2027);
    await t.app.get(DeliveryService).deliver(id);
    expect((await notifications(tx)).at(-1)).toMatchObject({ id, state: 'withdrawn' });
    expect(await firstPage()).not.toContain('Nhập lịch nghỉ năm');
    expect(await remind()).toBe(0);
    const officer = await asRole('officer');
    expect((await officer.get('/ho-so')).body).not.toContain('dự kiến');
  });
});
