import { DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { one } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { cases2026, importProcedures, insertCases, type FixtureCase } from '../support/case-files';
import { Client } from './auth-client';

const words = (html: string): string =>
  html
    .replace(/<script[\s\S]*?<\/script>|<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');

/** Received on Monday 16/11/2026, 08:00; the clock stands at Monday 23/11/2026, 09:00. */
const caseOf = (code: string, more: Partial<FixtureCase> = {}): FixtureCase => ({
  ...cases2026()[0]!,
  ...{ code, status: 4, received: '2026-11-16T08:00:00+07:00', promised: null, promisedFirst: null },
  ...{ finished: null, returned: null, supplements: [] },
  ...more,
});

describe('the ledger of a case', () => {
  let t: TestApp;
  let officer: Client;
  let supervisor: Client;
  let clerk: Client;

  beforeAll(async () => {
    t = await startTestApp();
    const procedures = t.app.get(ProcedureService);
    const commune = await t.app.get(UnitService).commune();
    await importProcedures(t.db, procedures);
    await insertCases(t.db, commune.id, procedures, [
      ...['DI', 'Y-KIEN', 'RUT', 'DUNG', 'SUA', 'NHAN'].map((code) => caseOf(code)),
      caseOf('XONG', {
        ...{ status: 10, finished: '2026-11-17T10:00:00+07:00', returned: '2026-11-18T10:00:00+07:00' },
      }),
      caseOf('CHO', {
        ...{ status: 5 },
        supplements: [{ requested: '2026-11-17T08:00:00+07:00', received: null, content: 'Bản sao' }],
      }),
      caseOf('DOI', {
        supplements: [
          {
            ...{ requested: '2026-11-17T08:00:00+07:00', received: '2026-11-19T08:00:00+07:00' },
            content: 'Bản sao',
          },
        ],
      }),
    ]);
    await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'));
    [officer, supervisor, clerk] = (await Promise.all(
      (['officer', 'supervisor', 'clerk'] as const).map(
        async (role) => new Client(t.url, await signIn(t, role)),
      ),
    )) as [Client, Client, Client];
  });
  afterAll(() => t?.close());

  const stored = (code: string) =>
    one<Record<string, unknown>>(
      t.db.manager,
      `select c.status::int, c.due_state as "dueState", c.officer_name as officer, d.name as department,
         c.finished_at as finished, c.returned_at as returned, c.received_at as received, c.outcome,
         c.next_alert_at is not null as armed, c.deadline_at is not null as running
       from case_record c left join unit d on d.id = c.department_id where c.code = $1`,
      [code],
    );
  const entry = async (code: string, kind: string): Promise<string> => {
    const found = await one<{ id: number }>(
      t.db.manager,
      `select e.id from case_event e join case_record c on c.id = e.case_id
       where c.code = $1 and e.kind = $2 order by e.id desc limit 1`,
      [code, kind],
    );
    return String(found!.id);
  };
  const api = async (code: string) => {
    const { body } = await officer.get(`/api/v1/case-records/${code}`, { accept: 'application/json' });
    return JSON.parse(body) as {
      steps: { name: string; state: string; dueAt: string | null }[];
      warnings: { kind: string }[];
      acceptance: unknown;
    };
  };
  const at = (day: string, time = '08:00') => ({ ngay: day, gio: time });

  it('a case goes to another department and officer, and follows that department', async () => {
    const department = await one<{ id: number; name: string }>(
      t.db.manager,
      `select id, name from unit where kind = 'department' order by id limit 1`,
    );
    const { status } = await officer.post('/ho-so/DI/chuyen-xu-ly', {
      ...{
        ...at('17/11/2026'),
        don_vi: String(department!.id),
        can_bo: 'Giàng A Tếnh',
        noi_dung: 'đúng lĩnh vực',
      },
    });
    expect(status).toBe(303);
    expect(await stored('DI')).toMatchObject({ department: department!.name, officer: 'Giàng A Tếnh' });
    const page = words((await officer.get('/ho-so/DI')).body);
    expect(page).toContain(`Chuyển ${department!.name}`);
    expect(page).toContain('Giàng A Tếnh nhận');
    const again = await officer.post('/ho-so/DI/chuyen-xu-ly', {
      ...{ ...at('18/11/2026'), don_vi: String(department!.id), can_bo: 'Giàng A Tếnh' },
    });
    expect(again.status).toBe(422);
    expect(words(again.body)).toContain('Hồ sơ đang ở đúng đơn vị và người này.');
  });

  it('a consultation has its own due, is warned of when past it, and ends with the answer', async () => {
    const refused = await officer.post('/ho-so/Y-KIEN/lay-y-kien', { ...at('17/11/2026'), so_ngay: '0' });
    expect(refused.status).toBe(422);
    expect(words(refused.body)).toContain('Có 3 chỗ cần sửa');
    const asked = { ...at('17/11/2026'), co_quan: 'Công an xã', noi_dung: 'Xác minh nơi ở', so_ngay: '2' };
    expect((await officer.post('/ho-so/Y-KIEN/lay-y-kien', asked)).status).toBe(303);
    const told = await api('Y-KIEN');
    expect(told.steps).toMatchObject([
      { name: 'Công an xã', state: 'overdue', dueAt: '2026-11-19T17:00:00+07:00' },
    ]);
    expect(told.warnings.map((w) => w.kind)).toEqual(['consultation-overdue']);
    expect(words((await officer.get('/ho-so/Y-KIEN')).body)).toContain('đang quá hạn bước');
    const lan = await entry('Y-KIEN', 'consultation-requested');
    const early = await officer.post('/ho-so/Y-KIEN/nhan-y-kien', { ...at('16/11/2026', '09:00'), lan });
    expect(words(early.body)).toContain('Lúc trả lời phải sau lúc lấy ý kiến.');
    expect((await officer.post('/ho-so/Y-KIEN/nhan-y-kien', { ...at('19/11/2026'), lan })).status).toBe(303);
    expect(await api('Y-KIEN')).toMatchObject({ steps: [{ state: 'done' }], warnings: [] });
  });

  it('a withdrawn case runs no more', async () => {
    expect((await officer.post('/ho-so/RUT/rut-ho-so', at('17/11/2026'))).status).toBe(422);
    const form = { ...at('17/11/2026'), ly_do: 'Nộp nhầm thủ tục' };
    expect((await officer.post('/ho-so/RUT/rut-ho-so', form)).status).toBe(303);
    expect(await stored('RUT')).toMatchObject({ status: 7, armed: false, outcome: null });
    expect((await officer.post('/ho-so/RUT/rut-ho-so', form)).status).toBe(422);
  });

  it('a case is stopped only with ground and legal basis', async () => {
    const refused = await officer.post('/ho-so/DUNG/dung-giai-quyet', at('17/11/2026'));
    expect(refused.status).toBe(422);
    expect(words(refused.body)).toContain('Có 2 chỗ cần sửa');
    const form = { ...at('17/11/2026'), ly_do: 'Đất có tranh chấp', can_cu: 'Điều 19 Nghị định 101' };
    expect((await officer.post('/ho-so/DUNG/dung-giai-quyet', form)).status).toBe(303);
    expect(await stored('DUNG')).toMatchObject({ status: 8, armed: false });
    expect(words((await officer.get('/ho-so/DUNG')).body)).toContain('Đất có tranh chấp. Căn cứ Điều 19');
  });

  describe('corrections', () => {
    const correct = (code: string, fields: Record<string, string>, who = officer) =>
      who.post(`/ho-so/${code}/dinh-chinh`, fields);
    const never = { cach: 'khong', ly_do: 'Ghi nhầm hồ sơ' };

    it('a stop that never happened runs again, with its reason in the history', async () => {
      const muc = await entry('DUNG', 'stopped');
      expect((await correct('DUNG', { muc, ...never }, supervisor)).status).toBe(303);
      expect(await stored('DUNG')).toMatchObject({ status: 4, finished: null, running: true });
      const page = words((await officer.get('/ho-so/DUNG')).body);
      expect(page).toContain('Đính chính: dừng giải quyết');
      expect(page).toContain('Trước ghi');
      expect(page).toContain('thực ra không xảy ra . Lý do: Ghi nhầm hồ sơ.'.replace(' .', '.'));
    });

    it('a result is moved, then taken away, and the outcome follows', async () => {
      const muc = await entry('XONG', 'finished');
      const moved = { muc, cach: 'luc', ...at('18/11/2026'), ly_do: 'Ghi sai ngày' };
      expect((await correct('XONG', moved)).status).toBe(303);
      expect(await stored('XONG')).toMatchObject({
        status: 10,
        finished: new Date('2026-11-18T08:00:00+07:00'),
      });
      const same = await correct('XONG', moved);
      expect(words(same.body)).toContain('không có gì để đính chính');
      const returned = await entry('XONG', 'returned');
      expect((await correct('XONG', { muc: returned, ...never })).status).toBe(303);
      expect(await stored('XONG')).toMatchObject({ status: 9, returned: null });
      expect((await correct('XONG', { muc, ...never })).status).toBe(303);
      expect(await stored('XONG')).toMatchObject({ status: 4, finished: null, outcome: null, running: true });
    });

    it('a request for supplement that never happened lets the clock run', async () => {
      expect(await stored('CHO')).toMatchObject({ status: 5, dueState: 'paused' });
      const muc = await entry('CHO', 'supplement-requested');
      expect((await correct('CHO', { muc, ...never })).status).toBe(303);
      expect(await stored('CHO')).toMatchObject({ status: 4, dueState: 'due' });
    });

    it('reception is moved with the deadline', async () => {
      const muc = await entry('NHAN', 'received');
      const form = { muc, cach: 'luc', ...at('13/11/2026', '10:00'), ly_do: 'Nhận từ thứ Sáu' };
      expect((await correct('NHAN', form)).status).toBe(303);
      expect(await stored('NHAN')).toMatchObject({ received: new Date('2026-11-13T10:00:00+07:00') });
      const gone = await correct('NHAN', { muc, ...never });
      expect(words(gone.body)).toContain('hồ sơ nào cũng phải có lúc tiếp nhận');
    });

    it('what would become impossible is refused with every fault', async () => {
      const muc = await entry('DOI', 'supplement-requested');
      const late = await correct('DOI', { muc, cach: 'luc', ...at('20/11/2026'), ly_do: 'x' });
      expect(late.status).toBe(422);
      expect(words(late.body)).toContain(
        'nhận đủ bổ sung lúc 08:00 ngày 19/11/2026 không có lần bắt đầu nào',
      );
      const early = await correct('DOI', { muc, cach: 'luc', ...at('15/11/2026'), ly_do: 'x' });
      expect(words(early.body)).toContain('Thời điểm này trước lúc tiếp nhận hồ sơ.');
      const reception = await entry('DOI', 'received');
      const after = await correct('DOI', { muc: reception, cach: 'luc', ...at('20/11/2026'), ly_do: 'x' });
      expect(words(after.body)).toContain('Có 2 chỗ cần sửa');
      const nothing = await correct('DOI', { muc: '', cach: 'luc', ly_do: '' });
      expect(words(nothing.body)).toContain('Có 2 chỗ cần sửa');
    });

    it('only officers and supervisors correct', async () => {
      expect((await clerk.get('/ho-so/SUA/dinh-chinh')).status).toBe(403);
      expect((await supervisor.get('/ho-so/SUA/dinh-chinh')).status).toBe(200);
      expect((await supervisor.get('/ho-so/SUA/rut-ho-so')).status).toBe(403);
    });
  });

  it('the form of a pause warns of a late and of a second request', async () => {
    const late = words((await officer.get('/ho-so/SUA/tam-dung')).body);
    expect(late).toContain('muộn hơn 3 ngày làm việc kể từ ngày tiếp nhận');
    const again = words((await officer.get('/ho-so/DOI/tam-dung')).body);
    expect(again).toContain('tính hồ sơ này là quá hạn');
  });

  it('submissions that wait are named above the queue, listed, and told on their page', async () => {
    expect(words((await officer.get('/hang-viec')).body)).not.toContain('Chờ tiếp nhận');
    await t.db.query(
      `update case_record set status = 1, submitted_at = case code when 'SUA' then timestamptz '2026-11-19 10:00+07'
         else timestamptz '2026-11-23 08:00+07' end where code in ('SUA', 'DI')`,
    );
    await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'));
    expect(words((await officer.get('/hang-viec')).body)).toContain(
      'Chờ tiếp nhận: 2 hồ sơ nộp trực tuyến, 1 đã quá hạn tiếp nhận',
    );
    const list = (await officer.get('/ho-so?cho=tiep-nhan')).body;
    expect([...list.matchAll(/class="q__title" href="\/ho-so\/([A-Z]+)"/g)].map((m) => m[1]).sort()).toEqual([
      'DI',
      'SUA',
    ]);
    expect(words((await officer.get('/ho-so/SUA')).body)).toContain('chưa trả lời, quá hạn tiếp nhận');
    expect(await api('DI')).toMatchObject({
      acceptance: { state: 'waiting', dueAt: '2026-11-25T08:30:00+07:00' },
      steps: [],
    });
  });
});
