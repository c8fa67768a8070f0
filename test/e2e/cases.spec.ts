import { ApiKeyService } from '../../src/auth/api-key.service';
import { DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { one, rows } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { cases2026, importProcedures, insertCases } from '../support/case-files';
import { Client } from './auth-client';

const OVERDUE = 'H35.50.12-261005-0004';
const DUE_TODAY = 'H35.50.12-261118-0002';
const RETURNED = 'H35.50.12-260821-0004';

/** Words of a page without its markup. */
const words = (html: string): string =>
  html
    .replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

describe('work queue and case page', () => {
  let t: TestApp;
  let officer: Client;
  let clerk: Client;
  let administrator: Client;

  beforeAll(async () => {
    t = await startTestApp();
    const procedures = t.app.get(ProcedureService);
    const commune = await t.app.get(UnitService).commune();
    await importProcedures(t.db, procedures);
    await insertCases(t.db, commune.id, procedures, cases2026());
    await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'));
    officer = new Client(t.url, await signIn(t, 'officer'));
    clerk = new Client(t.url, await signIn(t, 'clerk'));
    administrator = new Client(t.url, await signIn(t, 'administrator'));
  });
  afterAll(() => t?.close());

  const stored = (code: string) =>
    one<{
      status: number;
      dueState: string;
      promised: Date;
      settledDay: string | null;
      outcome: string | null;
    }>(
      t.db.manager,
      `select status::int, due_state as "dueState", promised_at as promised, settled_day as "settledDay", outcome
       from case_record where code = $1`,
      [code],
    );
  const ledger = async (code: string): Promise<string[]> =>
    (
      await rows<{ kind: string }>(
        t.db.manager,
        'select e.kind from case_event e join case_record c on c.id = e.case_id where c.code = $1 order by e.at, e.id',
        [code],
      )
    ).map((e) => e.kind);

  /** The queue seen by somebody who signs in at the moment the clock shows. */
  const startQuiet = async (): Promise<string> =>
    words((await new Client(t.url, await signIn(t, 'officer')).get('/hang-viec')).body);

  describe('queue', () => {
    it('groups the open cases by urgency and counts overdue and due today in the header', async () => {
      const { status, body } = await officer.get('/hang-viec');
      expect(status).toBe(200);
      const groups = [...body.matchAll(/id="nhom-([a-z0-9-]+)"[\s\S]*?q__gn">(\d+)</g)].map((m) => [
        m[1],
        Number(m[2]),
      ]);
      expect(groups).toEqual([
        ['qua-han', 8],
        ['hom-nay', 9],
        ['1-2-ngay', 5],
        ['trong-tuan', 6],
        ['con-han', 10],
        ['tam-dung', 6],
      ]);
      expect(words(body)).toContain('17 hồ sơ quá hạn hoặc đến hạn hôm nay');
    });

    it('explains the due date of a row in the page itself', async () => {
      const { body } = await officer.get('/hang-viec');
      const why = body.slice(body.indexOf(`id="vs-${OVERDUE}"`)).split('</tr>')[0]!;
      expect(words(why)).toContain(
        '2 ngày làm việc đếm từ thứ Ba 6/10, ngày làm việc kế sau ngày nhận (thứ Hai 5/10, 13:45).',
      );
      expect(words(why)).toContain('T4 2 7/10 : ngày làm việc thứ 2, đến hạn');
    });

    it.each([
      ['/hang-viec?tim=phung+ngoc+oi', [OVERDUE]],
      ['/hang-viec?tim=261005-0004', [OVERDUE]],
      ['/hang-viec?han=2026-11-30', ['H35.50.12-261123-0007']],
      ['/hang-viec?han=2026-12-25', []],
      ['/hang-viec?tim=100%25', []],
    ])('%s shows only what matches', async (path, codes) => {
      const { body } = await officer.get(path);
      expect([...body.matchAll(/id="hs-([^"]+)"/g)].map((m) => m[1])).toEqual(codes);
    });

    it('a group is listed whole when asked for', async () => {
      const { body } = await officer.get('/hang-viec?han=con-han');
      expect(body.match(/class="q__row/g)).toHaveLength(10);
      expect(words(body)).toContain('Đang xem nhóm Còn hạn : 10 hồ sơ.');
    });

    it("the officer's own work is that of the department", async () => {
      const mine = await officer.get('/hang-viec?pham-vi=cua-toi');
      const own = await one<{ n: number }>(
        t.db.manager,
        `select count(*)::int as n from case_record c where status in (2, 4, 5, 6) and department_id =
           (select unit_id from user_account where role = 'officer' order by id limit 1)`,
      );
      const shown = [...mine.body.matchAll(/q__gn">(\d+)</g)].reduce((sum, m) => sum + Number(m[1]), 0);
      expect(shown).toBe(own!.n);
    });

    it('the morning list has overdue, today and the next two working days', async () => {
      const { body } = await officer.get('/hang-viec/ban-in');
      expect([...body.matchAll(/id="nhom-([a-z0-9-]+)"/g)].map((m) => m[1])).toEqual([
        'qua-han',
        'hom-nay',
        '1-2-ngay',
      ]);
    });

    it('exports the picked rows, or all the filter shows, as a workbook', async () => {
      const choices: Record<string, string>[] = [{ viec: 'xuat', ho_so: OVERDUE }, { viec: 'xuat-het' }];
      for (const fields of choices) {
        const { status, headers } = await officer.post('/hang-viec/thao-tac', fields, '/hang-viec');
        expect(status).toBe(200);
        expect(headers.get('content-type')).toContain('spreadsheetml');
        expect(headers.get('content-disposition')).toBe('attachment; filename="hang-viec-2026-11-23.xlsx"');
      }
    });

    it('says the good news when nothing is urgent', async () => {
      t.clock.moveTo(new Date('2026-09-30T09:00:00+07:00'));
      const quiet = await startQuiet();
      t.clock.moveTo(new Date('2026-11-23T09:00:00+07:00'));
      expect(quiet).toContain(
        'Không có hồ sơ quá hạn hay đến hạn trong 2 ngày làm việc tới. Hồ sơ gần hạn nhất trả vào thứ Tư 7/10.',
      );
    });

    it('is for officers and supervisors', async () => {
      expect((await clerk.get('/hang-viec')).status).toBe(403);
      expect((await administrator.get('/hang-viec')).status).toBe(403);
      expect((await new Client(t.url, await signIn(t, 'supervisor')).get('/hang-viec')).status).toBe(200);
    });
  });

  describe('cases', () => {
    it('every role finds closed cases too, without marks', async () => {
      for (const client of [officer, clerk, administrator]) {
        const { status, body } = await client.get('/ho-so?tim=nguyen+thi+thu+oi');
        expect(status).toBe(200);
        expect(body).toContain(RETURNED);
      }
    });

    it('pages through all of them', async () => {
      const first = await officer.get('/ho-so');
      expect(words(first.body)).toContain('1–50 trong 1.960 hồ sơ');
      const last = await officer.get('/ho-so?trang=40');
      expect(words(last.body)).toContain('1.951–1.960 trong 1.960 hồ sơ');
    });

    it('tells where the source and the calendar differ, and why', async () => {
      const { body } = await officer.get(`/ho-so/${RETURNED}`);
      expect(words(body)).toContain(
        'Hệ thống nguồn hẹn 15:15 thứ Tư 16/9 , lịch tính ra 17:00 thứ Ba 15/9 , có thể vì nguồn không đếm ngày làm bù.',
      );
      expect(words(body)).toContain('Đã trả đúng hạn');
    });

    it('masks the phone number and keeps cases of other offices out of sight', async () => {
      await t.db.query(`update case_record set phone = '0900003867' where code = $1`, [OVERDUE]);
      const { body } = await officer.get(`/ho-so/${OVERDUE}`);
      expect(body).toContain('09xx xxx 867');
      expect(body).not.toContain('0900003867');
      const other = await one<{ id: number }>(
        t.db.manager,
        `insert into unit (kind, code, name, parent_id) select 'commune', 'XA-KHAC', 'Xã Khác', id from unit
         where kind = 'province' limit 1 returning id`,
      );
      const [id] = await insertCases(t.db, other!.id, t.app.get(ProcedureService), [
        { ...cases2026()[0]!, code: 'H35.99-260105-0001' },
      ]);
      expect(id).toBeDefined();
      expect((await officer.get('/ho-so/H35.99-260105-0001')).status).toBe(404);
      expect((await officer.get('/ho-so?tim=H35.99')).body).not.toContain('H35.99-260105-0001<');
    });

    it('answers facts, deadline and account to an API key', async () => {
      const { key } = await t.app.get(ApiKeyService).create('kiểm thử', 'officer');
      const answer = await fetch(`${t.url}/api/v1/case-records/${RETURNED}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect(answer.status).toBe(200);
      const body = (await answer.json()) as Record<string, unknown>;
      expect(body).toMatchObject({
        code: RETURNED,
        receivedAt: '2026-08-21T15:15:00+07:00',
        deadline: {
          at: '2026-09-16T15:15:00+07:00',
          computedDueAt: '2026-09-15T17:00:00+07:00',
          state: 'due',
          mismatch: true,
          limit: { amount: 15, unit: 'working-days' },
        },
        outcome: 'on-time',
      });
      const { steps, days } = body.account as {
        steps: { kind: string }[];
        days: { day: string; role: string }[];
      };
      expect(steps.map((s) => s.kind)).toEqual(['count', 'worked-days', 'days-off', 'mismatch']);
      expect(steps[0]).toEqual({
        kind: 'count',
        amount: 15,
        startedAt: '2026-08-21T15:15:00+07:00',
        firstDay: '2026-08-22',
      });
      expect(days.find((d) => d.role === 'due')!.day).toBe('2026-09-15');
      expect((await fetch(`${t.url}/api/v1/case-records/${RETURNED}`)).status).toBe(401);
    });
  });

  describe('what officers record', () => {
    const pause = {
      loai: 'bo-sung',
      ngay: '23/11/2026',
      gio: '08:30',
      ly_do: 'Thiếu bản sao sổ đỏ',
      can_cu: 'Điều 19 khoản 4',
    };

    it('a pause without its legal basis is refused, with what was typed still there', async () => {
      const { status, body } = await officer.post(`/ho-so/${DUE_TODAY}/tam-dung`, { ...pause, can_cu: '' });
      expect(status).toBe(422);
      expect(words(body)).toContain('Chưa ghi căn cứ tạm dừng.');
      expect(body).toContain('Thiếu bản sao sổ đỏ');
      expect(await ledger(DUE_TODAY)).toEqual(['received']);
    });

    it.each([
      ['23/11/2026', '10:00', 'Thời điểm này chưa tới.'],
      ['1/11/2026', '10:00', 'Thời điểm này trước lúc tiếp nhận hồ sơ.'],
      ['31/11/2026', '10:00', 'Ngày giờ chưa đúng.'],
    ])('a pause at %s %s is refused: %s', async (ngay, gio, text) => {
      const { status, body } = await officer.post(`/ho-so/${DUE_TODAY}/tam-dung`, { ...pause, ngay, gio });
      expect(status).toBe(422);
      expect(words(body)).toContain(text);
    });

    it('a pause stops the clock, leaves the queue of urgent cases and is audited', async () => {
      const { status, location } = await officer.post(`/ho-so/${DUE_TODAY}/tam-dung`, pause);
      expect([status, location]).toEqual([303, `/ho-so/${DUE_TODAY}`]);
      expect(await stored(DUE_TODAY)).toMatchObject({ status: 5, dueState: 'paused' });
      expect(await ledger(DUE_TODAY)).toEqual(['received', 'supplement-requested']);
      const page = words((await officer.get(`/ho-so/${DUE_TODAY}`)).body);
      expect(page).toContain('Đã ghi nhận tạm dừng.');
      expect(page).toContain('Đang tạm dừng từ 08:30 thứ Hai 23/11: Thiếu bản sao sổ đỏ.');
      expect(page).toContain('Căn cứ Điều 19 khoản 4.');
      expect(words((await officer.get('/hang-viec')).body)).toContain(
        '16 hồ sơ quá hạn hoặc đến hạn hôm nay',
      );
      const audit = await one<object>(
        t.db.manager,
        `select action, detail->>'legalBasis' as basis from audit_entry where subject = $1 order by id desc limit 1`,
        [`case:${DUE_TODAY}`],
      );
      expect(audit).toEqual({ action: 'case.paused', basis: 'Điều 19 khoản 4' });
    });

    it('a paused case cannot be settled before its clock runs again', async () => {
      const form = { ngay: '23/11/2026', gio: '08:45' };
      const { status, body } = await officer.post(`/ho-so/${DUE_TODAY}/tra-ket-qua`, form);
      expect(status).toBe(422);
      expect(words(body)).toContain('đang tạm dừng. Ghi nhận tiếp tục tính hạn trước.');
    });

    it('a complete supplement starts the term anew and the promise the officer confirms replaces the old one', async () => {
      const page = await officer.get(`/ho-so/${DUE_TODAY}/tiep-tuc`);
      const offered = /name="hen_ngay"[^>]*value="([^"]+)"/.exec(page.body)![1]!;
      expect(offered).toBe('27/11/2026');
      const { status } = await officer.post(`/ho-so/${DUE_TODAY}/tiep-tuc`, {
        ...{ ngay: '23/11/2026', gio: '08:50' },
        ...{ hen_ngay: offered, hen_gio: '17:00' },
      });
      expect(status).toBe(303);
      expect(await stored(DUE_TODAY)).toMatchObject({
        ...{ status: 4, dueState: 'due' },
        promised: new Date('2026-11-27T17:00:00+07:00'),
      });
      expect(await ledger(DUE_TODAY)).toEqual([
        ...['received', 'supplement-requested', 'supplement-received', 'promised-again'],
      ]);
    });

    it('a result settles the case by the day it was ready', async () => {
      const { status } = await officer.post(`/ho-so/${OVERDUE}/tra-ket-qua`, {
        ...{ ngay: '20/11/2026', gio: '16:00', da_trao: 'co' },
        ...{ ngay_trao: '23/11/2026', gio_trao: '08:15' },
      });
      expect(status).toBe(303);
      expect(await stored(OVERDUE)).toMatchObject({ status: 10, settledDay: '2026-11-20', outcome: 'late' });
      expect(await ledger(OVERDUE)).toEqual(['received', 'finished', 'returned']);
      const again = await officer.post(`/ho-so/${OVERDUE}/tra-ket-qua`, { ngay: '23/11/2026', gio: '08:00' });
      expect(again.status).toBe(422);
    });

    it('a result cannot be handed over before it is ready', async () => {
      const { status, body } = await officer.post('/ho-so/H35.50.12-261118-0001/tra-ket-qua', {
        ...{ ngay: '23/11/2026', gio: '08:30', da_trao: 'co' },
        ...{ ngay_trao: '23/11/2026', gio_trao: '08:00' },
      });
      expect(status).toBe(422);
      expect(words(body)).toContain('Lúc trao kết quả phải sau lúc có kết quả.');
    });

    it('a note goes into the history', async () => {
      const { status } = await officer.post(`/ho-so/${OVERDUE}/ghi-chu`, {
        noi_dung: 'Đã gọi <b>người nộp</b>',
      });
      expect(status).toBe(303);
      const { body } = await officer.get(`/ho-so/${OVERDUE}`);
      expect(body).toContain('Đã gọi &lt;b&gt;người nộp&lt;/b&gt;');
    });

    it('only officers record', async () => {
      expect((await clerk.get(`/ho-so/${DUE_TODAY}/tam-dung`)).status).toBe(403);
      const supervisor = new Client(t.url, await signIn(t, 'supervisor'));
      expect((await supervisor.get(`/ho-so/${DUE_TODAY}/ghi-chu`)).status).toBe(403);
      expect((await officer.get('/ho-so/KHONG-CO/tam-dung')).status).toBe(404);
    });
  });

  describe('procedures', () => {
    it('lists procedures without a limit first; entering one gives their cases a due date', async () => {
      const commune = await t.app.get(UnitService).commune();
      const waiting = {
        ...{
          ...cases2026()[0]!,
          code: 'CHO-1',
          procedureCode: null,
          procedureName: 'Thủ tục thả bè trên hồ',
        },
        ...{ status: 4, promised: null, promisedFirst: null, finished: null, returned: null },
        received: '2026-11-20T08:00:00+07:00',
      };
      const [id] = await insertCases(t.db, commune.id, t.app.get(ProcedureService), [waiting]);
      await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, [id!]));
      const list = await administrator.get('/quan-tri/thu-tuc');
      const slug = /href="\/quan-tri\/thu-tuc\/(so-\d+)"/.exec(list.body)![1]!;
      expect(list.body.indexOf('Thủ tục thả bè trên hồ')).toBeLessThan(list.body.indexOf('Đã có thời hạn'));
      const refused = await administrator.post(`/quan-tri/thu-tuc/${slug}`, {
        don_vi: 'working-days',
        so: 'ba',
      });
      expect(refused.status).toBe(422);
      expect(words(refused.body)).toContain('Thời hạn phải là số nguyên từ 1 đến 9999.');
      const address = `/quan-tri/thu-tuc/${slug}`;
      const form = { don_vi: 'working-days', so: '3' };
      const shown = await administrator.post(address, form);
      expect(shown.status).toBe(200);
      expect(words(shown.body)).toContain('Hồ sơ có hạn tính lại khác trước 1');
      const saved = await administrator.post(address, { ...form, viec: 'xac-nhan' });
      expect([saved.status, saved.location]).toEqual([303, '/quan-tri/thu-tuc']);
      expect(words((await administrator.get('/quan-tri/thu-tuc')).body)).toContain(
        'Đã lưu thời hạn và tính lại hạn của 1 hồ sơ.',
      );
      const due = await one<object>(
        t.db.manager,
        'select deadline_day as day from case_record where id = $1',
        [id],
      );
      expect(due).toEqual({ day: '2026-11-26' });
    });

    describe('a change of a limit', () => {
      const PROCEDURE = '1.004873';
      const address = `/quan-tri/thu-tuc/${PROCEDURE}`;
      const form = {
        ...{ don_vi: 'working-days', so: '1', gio_chot: '15:00', gio_han: 'same-hour', ap_dung: '1/1/2026' },
        ...{ buoc_ten: ['Tiếp nhận', 'Xác nhận'], buoc_loai: ['processing', 'processing'] },
        ...{ buoc_don_vi: ['Trung tâm Phục vụ hành chính công', 'Văn phòng HĐND và UBND'] },
        ...{ buoc_so: ['2', '6'], buoc_tinh: ['working-hours', 'working-hours'] },
      };
      const versions = () =>
        one<{ n: number; steps: number }>(
          t.db.manager,
          `select count(*)::int as n, (select count(*)::int from limit_step) as steps from processing_limit l
           join procedure p on p.id = l.procedure_id where p.code = $1`,
          [PROCEDURE],
        );

      it('is refused with every fault, and nothing typed is lost', async () => {
        const { status, body } = await administrator.post(address, {
          ...{ ...form, so: '10000', gio_chot: '25h', ap_dung: '30/2/2026', buoc_so: ['2', '0'] },
        });
        expect(status).toBe(422);
        expect(words(body)).toContain('Có 4 chỗ cần sửa');
        expect(body).toContain('value="Xác nhận"');
      });

      it('is refused when the steps take longer than the limit', async () => {
        const { status, body } = await administrator.post(address, { ...form, buoc_so: ['3', '6'] });
        expect(status).toBe(422);
        expect(words(body)).toContain(
          'Các bước cộng lại là 9 giờ làm việc, vượt thời hạn của thủ tục (8 giờ làm việc).',
        );
      });

      it('offers more rows of steps and keeps those typed', async () => {
        const { status, body } = await administrator.post(address, { ...form, viec: 'them-buoc' });
        expect(status).toBe(200);
        expect(body.match(/name="buoc_ten"/g)).toHaveLength(6);
        const more = await administrator.post(address, {
          ...{ ...form, viec: 'them-buoc', buoc_ten: Array<string>(6).fill('x') },
        });
        expect(more.body.match(/name="buoc_ten"/g)).toHaveLength(9);
        expect(await versions()).toEqual({ n: 1, steps: 0 });
      });

      it('shows how many cases move before anything is written, then tells every case why', async () => {
        const shown = await administrator.post(address, form);
        expect(shown.status).toBe(200);
        const moved = Number(/hạn tính lại khác trước (\d+)/.exec(words(shown.body))![1]);
        expect(moved).toBeGreaterThan(0);
        expect(await versions()).toEqual({ n: 1, steps: 0 });
        const saved = await administrator.post(address, { ...form, viec: 'xac-nhan' });
        expect([saved.status, saved.location]).toEqual([303, '/quan-tri/thu-tuc']);
        expect(await versions()).toEqual({ n: 2, steps: 2 });
        const told = await one<{ n: number; reason: string }>(
          t.db.manager,
          `select count(*)::int as n, min(data->>'reason') as reason from case_event where kind = 'deadline-moved'
           and data->>'because' = 'limit' and case_id in (select c.id from case_record c
             join procedure p on p.id = c.procedure_id where p.code = $1)`,
          [PROCEDURE],
        );
        expect(told).toEqual({ n: moved, reason: expect.stringContaining('đã đổi') });
        expect(words((await administrator.get(address)).body)).toContain(
          'Tiếp nhận: Trung tâm Phục vụ hành chính công, 2 giờ làm việc',
        );
      });

      it('that stands before the newest one is allowed, and said', async () => {
        const earlier = { ...form, ap_dung: '1/6/2025', so: '2' };
        const { status, body } = await administrator.post(address, earlier);
        expect(status).toBe(200);
        expect(words(body)).toContain('Đã có thời hạn áp dụng từ 1/1/2026.');
        expect((await administrator.post(address, { ...earlier, viec: 'xac-nhan' })).status).toBe(303);
        expect(await versions()).toEqual({ n: 3, steps: 4 });
      });
    });

    it("are the administrator's", async () => {
      expect((await officer.get('/quan-tri/thu-tuc')).status).toBe(403);
    });
  });
});
