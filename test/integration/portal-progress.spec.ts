import { CaseService } from '../../src/cases/case.service';
import { DeadlineComparison } from '../../src/cases/deadline-comparison.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { Random } from '../../src/samples/random';
import type { Reader } from '../../src/web/reader';
import { caseRow, csv, grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { ledgerOf, progressLine, Sender, storedCase, syncRecord } from '../fixtures/ingest/pushes';
import { startTestApp, type TestApp } from '../support/app';
import { importProcedures } from '../support/case-files';

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };

describe('CapNhatTienDoHoSoMC', () => {
  let t: TestApp;
  let sender: Sender;

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' } });
    await importProcedures(t.db, t.app.get(ProcedureService));
    sender = await Sender.of(t);
  });
  beforeEach(async () => {
    await t.db.query(
      'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    );
    t.clock.moveTo(new Date('2026-01-12T09:00:00+07:00'));
    await sender.sync(syncRecord(1));
  });
  afterEach(async () => {
    expect((await t.app.get(DeadlineComparison).compare()).kept).toEqual([]);
  });
  afterAll(() => t?.close());

  const at = (day: string, time: string) => `202601${day}${time.replace(':', '')}00`;
  const later = () => t.clock.moveTo(new Date(t.clock.now().getTime() + 60_000));
  const handler = async () => {
    const [found] = await t.db.query<Record<string, unknown>[]>(
      `select d.name as department, c.officer_name as officer from case_record c join unit d on d.id = c.department_id`,
    );
    return found;
  };

  it('moves the case and tells it at the moment it happened, not when it came', async () => {
    const said = await sender.progress(progressLine(1));
    expect(said).toMatchObject({ error_code: '0', result: { total: 1, updated: 1 } });
    expect(await handler()).toEqual({ department: 'Phòng Kinh tế', officer: 'Vàng Thị Hoa' });
    expect(await ledgerOf(t)).toEqual([
      ...['received 05/01 07:30', 'noted 06/01 09:30', 'transferred 06/01 09:30'],
    ]);
    const [told] = await t.db.query<{ data: object }[]>(`select data from case_event where kind = 'noted'`);
    expect(told!.data).toMatchObject({
      ...{ text: 'Thẩm định hồ sơ', by: 'Vàng Thị Hoa, Chuyên viên, Phòng Kinh tế', status: 4 },
      ...{ stepBegan: '2026-01-06T01:00:00.000Z', stepDue: '2026-01-07T10:00:00.000Z' },
    });
  });

  it.each([
    ['the portal', '20260106093000'],
    ['the ministries', '2026-01-06 09:30:00'],
    ['the ministries with milliseconds', '2026-01-06T09:30:00.000'],
    ['ISO 8601 with a zone', '2026-01-06T02:30:00Z'],
  ])('reads the moments of %s', async (_, ThoiDiemXuLy) => {
    await sender.progress(progressLine(1, { ThoiDiemXuLy }));
    expect(await ledgerOf(t)).toContain('noted 06/01 09:30');
  });

  it('shows what was done, by whom and until when on the page of the case', async () => {
    await sender.progress(progressLine(1));
    const [commune] = await t.db.query<{ id: number }[]>(`select id from unit where code = 'H35.50.12'`);
    const reader = { communeIds: [commune!.id], role: 'officer', kind: 'user' } as Reader;
    const page = (await t.app.get(CaseService).page(reader, 'H35.50.12-260105-0001')) as {
      timeline: { kind: string; text: string; progress: object | null }[];
      origin: { fileName: string; changes: { label: string }[] }[];
    };
    expect(page.timeline.find((item) => item.progress)).toMatchObject({
      text: 'Thẩm định hồ sơ',
      progress: { status: 'Đang xử lý', due: new Date('2026-01-07T17:00:00+07:00') },
    });
    expect(page.origin[0]).toMatchObject({ fileName: 'Hồ sơ gửi qua kết nối' });
  });

  it('sent again changes nothing and says so', async () => {
    await sender.progress(
      progressLine(1),
      progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }),
    );
    const before = [await storedCase(t, '*'), await ledgerOf(t)];
    const again = await sender.progress(
      progressLine(1),
      progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }),
    );
    expect(again).toMatchObject({ error_code: '0', result: { total: 2, updated: 0, unchanged: 2 } });
    expect([await storedCase(t, '*'), await ledgerOf(t)]).toEqual(before);
  });

  it('two lines of one second are two lines', async () => {
    const both = [progressLine(1), progressLine(1, { NoiDungXuLy: 'Chuyển lãnh đạo' })];
    expect((await sender.progress(...both)).result).toMatchObject({ updated: 2 });
    expect((await sender.progress(...both)).result).toMatchObject({ unchanged: 2 });
  });

  it.each([
    ['9', 'finished', { status: 9, outcome: 'early', finished_at: new Date('2026-01-07T10:00:00+07:00') }],
    ['10', 'returned', { status: 10, outcome: 'early', finished_at: null }],
    ['7', 'withdrawn', { status: 7, outcome: null, finished_at: new Date('2026-01-07T10:00:00+07:00') }],
    ['8', 'stopped', { status: 8, outcome: null, finished_at: new Date('2026-01-07T10:00:00+07:00') }],
  ])('status %s ends the case as %s at its moment', async (TrangThai, kind, facts) => {
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai }));
    expect(await ledgerOf(t)).toContain(`${kind} 07/01 10:00`);
    expect(await storedCase(t, 'status, outcome, finished_at')).toEqual(facts);
  });

  it('the lines of a whole case tell its way, in whatever order they stand', async () => {
    const lines = [
      progressLine(1, { ThoiDiemXuLy: at('08', '15:00'), TrangThai: '10', NoiDungXuLy: 'Trả kết quả' }),
      progressLine(1, { ThoiDiemXuLy: at('05', '08:00'), TrangThai: '2', NoiDungXuLy: 'Tiếp nhận' }),
      progressLine(1, { ThoiDiemXuLy: at('07', '16:00'), TrangThai: '9', NoiDungXuLy: 'Ký' }),
      progressLine(1),
    ];
    expect((await sender.progress(...lines)).data!.flatMap((d) => d.warnings)).toMatchObject([
      { message: 'Trạng thái lùi từ “Đang xử lý” về “Mới tiếp nhận”.' },
    ]);
    expect((await ledgerOf(t)).filter((line) => !line.startsWith('noted'))).toEqual([
      ...['received 05/01 07:30', 'transferred 05/01 08:00', 'finished 07/01 16:00', 'returned 08/01 15:00'],
    ]);
    expect(await storedCase(t, 'status, outcome')).toEqual({ status: 10, outcome: 'early' });
  });

  describe('a request for papers', () => {
    const asked = progressLine(1, {
      ThoiDiemXuLy: at('06', '10:00'),
      TrangThai: '5',
      NoiDungXuLy: 'Thiếu bản sao',
    });
    const complete = progressLine(1, { ThoiDiemXuLy: at('08', '14:00'), TrangThai: '4' });
    const pauses = async () => (await ledgerOf(t)).filter((line) => line.startsWith('supplement'));

    it('stops the clock from then on; when they are complete the term starts anew', async () => {
      await sender.progress(asked);
      expect(await storedCase(t, 'status, due_state, paused_since')).toEqual({
        ...{ status: 5, due_state: 'paused', paused_since: new Date('2026-01-06T10:00:00+07:00') },
      });
      await sender.progress(complete);
      expect(await pauses()).toEqual(['supplement-requested 06/01 10:00', 'supplement-received 08/01 14:00']);
      const { status, due_state, computed_due_at } = (await storedCase(t, '*'))!;
      expect([status, due_state, computed_due_at]).toEqual([4, 'due', new Date('2026-01-12T17:00:00+07:00')]);
    });

    it('told after its end is a pause all the same', async () => {
      await sender.progress(progressLine(1, { ThoiDiemXuLy: at('05', '09:00') }));
      await sender.progress(complete);
      const said = await sender.progress(asked);
      expect(said.data![0]!.warnings[0]!.message).toContain('Tiến độ này cũ hơn điều đã biết');
      expect(await pauses()).toEqual(['supplement-requested 06/01 10:00', 'supplement-received 08/01 14:00']);
      expect(await storedCase(t, 'status')).toEqual({ status: 4 });
    });

    it('whose end is told late moves the end', async () => {
      await sender.progress(asked);
      await sender.progress(complete);
      await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '09:00'), TrangThai: '4' }));
      const counted = await t.db.query<{ kind: string }[]>(
        `select e.kind from case_event e where e.kind = 'supplement-received' and not exists (
           select from case_event k where k.kind = 'corrected' and k.data ->> 'event' = e.id::text)`,
      );
      expect(counted).toHaveLength(1);
      expect(await storedCase(t, 'computed_due_at')).toEqual({
        computed_due_at: new Date('2026-01-10T17:00:00+07:00'),
      });
    });

    it('counts once when the list of the source tells of it too, whichever comes first', async () => {
      const list = (requested: string) =>
        syncRecord(1, {
          TrangThaiHoSo: '5',
          DanhSachHoSoBoSung: [{ HoSoBoSungId: '1', NoiDungBoSung: 'Thiếu', NgayBoSung: requested }],
        });
      await sender.progress(asked);
      expect((await sender.sync(list('20260106100007'))).error_code).toBe('0');
      expect(await storedCase(t, 'paused_since')).toEqual({
        paused_since: new Date('2026-01-06T10:00:07+07:00'),
      });
      expect((await sender.sync(list('20260106100007'))).result).toMatchObject({ unchanged: 1 });
      await sender.sync(syncRecord(2, { ...list('20260106100007'), MaHoSo: 'H35.50.12-260105-0002' }));
      await sender.progress({ ...asked, MaHoSo: 'H35.50.12-260105-0002' });
      const [{ n }] = (await t.db.query(
        `select count(*)::int as n from case_event e where e.kind = 'supplement-requested' and not exists (
           select from case_event k where k.kind = 'corrected' and k.data ->> 'event' = e.id::text)`,
      )) as [{ n: number }];
      expect(n).toBe(2);
    });
  });

  it('an obligation to pay stops the clock until the case goes on', async () => {
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('06', '10:00'), TrangThai: '6' }));
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '4' }));
    expect(await ledgerOf(t)).toEqual(
      expect.arrayContaining(['suspended 06/01 10:00', 'resumed 07/01 10:00']),
    );
    expect(await storedCase(t, 'due_state')).toEqual({ due_state: 'due' });
  });

  describe('a line that comes late', () => {
    it('does not move the case back, and stands in its history', async () => {
      await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }));
      const before = await storedCase(t, 'status, finished_at, department_id, officer_name');
      const said = await sender.progress(progressLine(1, { NguoiXuLy: 'Người trước', TrangThai: '4' }));
      expect(said).toMatchObject({ error_code: '0', result: { updated: 1 } });
      expect(said.data![0]!.warnings).toMatchObject([
        { message: 'Tiến độ này cũ hơn điều đã biết: chỉ ghi vào lịch sử, trạng thái giữ nguyên.' },
      ]);
      expect(await storedCase(t, 'status, finished_at, department_id, officer_name')).toEqual(before);
      expect(await ledgerOf(t)).toContain('noted 06/01 09:30');
    });

    it('is late behind what the record of the case itself told', async () => {
      await sender.sync(syncRecord(1, { TrangThaiHoSo: '9', NgayKetThucXuLy: '20260107112200' }));
      await sender.progress(progressLine(1));
      expect(await storedCase(t, 'status')).toEqual({ status: 9 });
    });
  });

  it('a result that is taken back is said, corrected and leaves no day behind', async () => {
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }));
    const said = await sender.progress(progressLine(1, { ThoiDiemXuLy: at('08', '10:00'), TrangThai: '4' }));
    expect(said.data![0]!.warnings).toMatchObject([
      { field: 'TrangThai', message: 'Trạng thái lùi từ “Đã có kết quả” về “Đang xử lý”.' },
    ]);
    expect(await storedCase(t, 'status, finished_at, outcome')).toEqual({
      ...{ status: 4, finished_at: null, outcome: null },
    });
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('09', '10:00'), TrangThai: '9' }));
    expect(await storedCase(t, 'status, finished_at, outcome')).toEqual({
      ...{ status: 9, finished_at: new Date('2026-01-09T10:00:00+07:00'), outcome: 'late' },
    });
  });

  it('of another system than the one that leads moves the case forward only', async () => {
    await t.db.query('truncate case_event, case_record, ingest_run cascade');
    await importContent(t, 'a.csv', csv(grid(caseRow(1, OPEN))));
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }));
    expect(await storedCase(t, 'status, source')).toEqual({ status: 9, source: 'mot-cua' });
    const said = await sender.progress(progressLine(1, { ThoiDiemXuLy: at('08', '10:00'), TrangThai: '4' }));
    expect(said.data![0]!.warnings[0]!.message).toContain('Hệ thống nguồn khác đã cho biết');
    expect(await storedCase(t, 'status')).toEqual({ status: 9 });
    const sources = await t.db.query<{ source: string }[]>('select source from case_source');
    expect(sources).toEqual([{ source: 'cong-quoc-gia' }]);
  });

  it('a submission that waits is received when somebody takes it up', async () => {
    const waiting = { TrangThaiHoSo: '1', NgayTiepNhan: '', NgayHenTra: '', NgayNopHoSo: '20260105073000' };
    await sender.sync(syncRecord(2, waiting));
    await sender.progress(progressLine(2, { ThoiDiemXuLy: at('05', '10:00'), TrangThai: '2' }));
    expect(await storedCase(t, 'status, received_at, due_state', 2)).toEqual({
      ...{ status: 2, received_at: new Date('2026-01-05T10:00:00+07:00'), due_state: 'due' },
    });
    expect(await ledgerOf(t, 2)).toContain('received 05/01 10:00');
  });

  it('who has a case is said by its progress, not by the record that names the office', async () => {
    await sender.progress(progressLine(1));
    expect((await sender.sync(syncRecord(1))).result).toMatchObject({ unchanged: 1 });
    await sender.sync(syncRecord(1, { TrichYeuHoSo: 'Mới' }));
    expect(await handler()).toEqual({ department: 'Phòng Kinh tế', officer: 'Vàng Thị Hoa' });
  });

  it('a record that repeats an older status does not undo what progress told', async () => {
    await sender.progress(progressLine(1, { ThoiDiemXuLy: at('07', '10:00'), TrangThai: '9' }));
    await sender.sync(syncRecord(1, { GhiChu: 'x' }));
    expect(await storedCase(t, 'status')).toEqual({ status: 9 });
  });

  it.each([
    ['an unknown case', { MaHoSo: 'H35.50.12-260105-9999' }, 'MaHoSo', /Chưa có hồ sơ này/],
    ['no code', { MaHoSo: '' }, 'MaHoSo', /Thiếu mã hồ sơ/],
    ['no moment', { ThoiDiemXuLy: '' }, 'ThoiDiemXuLy', /Thiếu thời điểm xử lý/],
    ['a day without a time', { ThoiDiemXuLy: '20260106' }, 'ThoiDiemXuLy', /chỉ có ngày/],
    ['a moment that is none', { ThoiDiemXuLy: 'hôm qua' }, 'ThoiDiemXuLy', /Không đọc được/],
    ['a moment to come', { ThoiDiemXuLy: '20260112093000' }, 'ThoiDiemXuLy', /tương lai/],
    ['a moment before reception', { ThoiDiemXuLy: '20260105070000' }, 'ThoiDiemXuLy', /trước khi tiếp nhận/],
    ['no status', { TrangThai: '' }, 'TrangThai', /Thiếu trạng thái/],
    ['a status nobody knows', { TrangThai: '77' }, 'TrangThai', /Không nhận ra trạng thái/],
  ])('with %s is refused, the good line beside it is not', async (_, change, field, message) => {
    const said = await sender.progress(progressLine(1, change), progressLine(1, { NoiDungXuLy: 'Đúng' }));
    expect(said).toMatchObject({ error_code: '1', result: { total: 2, updated: 1, failed: 1 } });
    expect(said.data![0]!.faults).toMatchObject([
      {
        field,
        message: expect.stringMatching(message) as string,
        remedy: expect.stringMatching(/\S/) as string,
      },
    ]);
  });

  it('counts as a change of the case in the log', async () => {
    t.clock.moveTo(new Date('2026-01-13T09:00:00+07:00'));
    await sender.progress(progressLine(1, { TrangThai: '5' }));
    const changes = await t.db.query<{ before: object }[]>('select before from ingest_change');
    expect(changes).toMatchObject([{ before: { status: 4, officer_name: null } }]);
  });

  it.each([1, 2, 3])(
    'whatever comes in whatever order, the ledger tells the facts, seed %i',
    async (seed) => {
      const random = new Random(seed);
      const days = ['05', '06', '07', '08', '09'];
      for (let step = 0; step < 12; step++) {
        const lines = Array.from({ length: 8 }, () =>
          progressLine(random.int(1, 3), {
            ThoiDiemXuLy: at(random.pick(days), `${random.int(10, 16)}:${random.pick(['00', '30'])}`),
            TrangThai: String(random.int(2, 10)),
            NguoiXuLy: random.pick(['A', 'B']),
          }),
        );
        await sender.progress(...lines);
        later();
        const settled = random.chance(0.5) ? { TrangThaiHoSo: '9', NgayKetThucXuLy: at('09', '11:00') } : {};
        if (random.chance(0.6)) await sender.sync(syncRecord(random.int(1, 3), settled));
        later();
        expect((await t.app.get(DeadlineComparison).compare()).kept).toEqual([]);
      }
      const [{ n }] = (await t.db.query('select count(*)::int as n from case_event')) as [{ n: number }];
      expect(n).toBeGreaterThan(40);
    },
  );
});
