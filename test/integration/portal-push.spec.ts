import { DeadlineComparison } from '../../src/cases/deadline-comparison.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { importReach } from '../../src/ingest/import-reach';
import { ImportActs } from '../../src/ingest/import-acts.service';
import { IngestService } from '../../src/ingest/ingest.service';
import { JobQueue } from '../../src/jobs/job-queue';
import { RunLog } from '../../src/ingest/run-log.service';
import { caseRow, csv, grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import {
  envelope,
  ledgerOf,
  pushedCode,
  Sender,
  storedCase,
  syncRecord,
  withProvince,
} from '../fixtures/ingest/pushes';
import { startTestApp, type TestApp } from '../support/app';
import { importProcedures } from '../support/case-files';

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };

describe('DongBoHoSoMC', () => {
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
  });
  afterEach(async () => {
    expect((await t.app.get(DeadlineComparison).compare()).kept).toEqual([]);
  });
  afterAll(() => t?.close());

  const runs = () =>
    t.db.query<Record<string, unknown>[]>(
      `select channel, source, state, rows, created, updated, unchanged, faulty, pushed_on::text as day, actor
       from ingest_run order by id`,
    );
  const faults = () =>
    t.db.query<{ line: number; caseCode: string; message: string }[]>(
      'select line, case_code as "caseCode", message from ingest_fault order by line, id',
    );
  const count = async (table: string) =>
    (await t.db.query<{ n: number }[]>(`select count(*)::int as n from ${table}`))[0]!.n;
  const commune = async () =>
    (await t.db.query<{ id: number }[]>(`select id from unit where code = 'H35.50.12'`))[0]!.id;

  it('makes a case with its ledger and deadline', async () => {
    expect(await sender.sync(syncRecord(1))).toMatchObject({
      error_code: '0',
      message: 'Đã nhận 1 hồ sơ: 1 mới, 0 cập nhật, 0 không đổi.',
      result: { total: 1, created: 1, failed: 0 },
      data: [{ MaHoSo: pushedCode(1), error_code: '0', message: 'Đã ghi nhận.' }],
    });
    expect(await storedCase(t, 'source, status, due_state, deadline_day::text as deadline_day')).toEqual({
      ...{ source: 'cong-quoc-gia', status: 4, due_state: 'due', deadline_day: '2026-01-08' },
    });
    expect(await ledgerOf(t)).toEqual(['received 05/01 07:30']);
  });

  it.each([
    ['the portal', '20260105073000', '20260108170000'],
    ['the ministries', '2026-01-05 07:30:00', '2026-01-08 17:00:00'],
    ['the ministries with milliseconds', '2026-01-05T07:30:00.000', '2026-01-08T17:00:00.000'],
    ['ISO 8601 with a zone', '2026-01-05T00:30:00.000Z', '2026-01-08T17:00:00+07:00'],
    ['numbers', 20260105073000, 20260108170000],
  ])('reads the moments of %s', async (_, NgayTiepNhan, NgayHenTra) => {
    await sender.sync(syncRecord(1, { NgayTiepNhan, NgayHenTra }));
    expect(await storedCase(t, 'received_at, promised_at')).toEqual({
      received_at: new Date('2026-01-05T07:30:00+07:00'),
      promised_at: new Date('2026-01-08T17:00:00+07:00'),
    });
  });

  it('sent again changes nothing and says so', async () => {
    await sender.sync(syncRecord(1));
    const before = [await storedCase(t, '*'), await ledgerOf(t)];
    expect(await sender.sync(syncRecord(1))).toMatchObject({
      error_code: '0',
      result: { total: 1, created: 0, updated: 0, unchanged: 1, failed: 0 },
    });
    expect([await storedCase(t, '*'), await ledgerOf(t)]).toEqual(before);
  });

  it('tells progress by its own entries, at their own time', async () => {
    await sender.sync(syncRecord(1));
    const said = await sender.sync(
      syncRecord(1, { TrangThaiHoSo: '10', NgayKetThucXuLy: '20260107112200', NgayTra: '20260109075400' }),
    );
    expect(said.result).toMatchObject({ updated: 1 });
    expect(await storedCase(t, 'status, outcome')).toEqual({ status: 10, outcome: 'early' });
    expect(await ledgerOf(t)).toEqual([
      'received 05/01 07:30',
      'finished 07/01 11:22',
      'returned 09/01 07:54',
    ]);
  });

  it('stops the clock for papers and starts the term anew', async () => {
    const DanhSachHoSoBoSung = [
      {
        ...{ HoSoBoSungId: '1', NguoiYeuCauBoSung: 'A', NoiDungBoSung: 'Thiếu bản sao' },
        ...{ NgayBoSung: '20260106090000', NgayTiepNhanBoSung: '20260109100000' },
        ...{ NgayHenTraTruoc: '20260108170000', NgayHenTraMoi: '20260114170000' },
      },
    ];
    await sender.sync(syncRecord(1, { DanhSachHoSoBoSung, NgayHenTra: '20260114170000' }));
    expect(await ledgerOf(t)).toEqual([
      ...['received 05/01 07:30', 'supplement-requested 06/01 09:00', 'supplement-received 09/01 10:00'],
    ]);
    expect(await storedCase(t, 'promised_first_at')).toEqual({
      promised_first_at: new Date('2026-01-08T17:00:00+07:00'),
    });
  });

  it('says which status goes back, and takes it', async () => {
    await sender.sync(syncRecord(1, { TrangThaiHoSo: '9', NgayKetThucXuLy: '20260107112200' }));
    const said = await sender.sync(syncRecord(1, { TrangThaiHoSo: '4' }));
    expect(said.data![0]!.warnings).toMatchObject([
      { field: 'TrangThaiHoSo', message: 'Trạng thái lùi từ “Đã có kết quả” về “Đang xử lý”.' },
    ]);
    expect(await storedCase(t, 'status')).toEqual({ status: 4 });
  });

  describe('a faulty record', () => {
    it('stays out, the good ones beside it go in', async () => {
      const said = await sender.sync(
        syncRecord(1),
        syncRecord(2, { NgayTiepNhan: '20260231000000', TrangThaiHoSo: 'Đang bay' }),
        syncRecord(3),
      );
      expect(said).toMatchObject({
        error_code: '1',
        message:
          'Đã nhận 3 hồ sơ: 2 mới, 0 cập nhật, 0 không đổi, 1 chưa ghi được; data nêu từng chỗ sai và cách sửa.',
        result: { total: 3, created: 2, failed: 1 },
      });
      expect(said.data!.map((d) => d.error_code)).toEqual(['0', '1', '0']);
      expect(said.data![1]!.faults).toMatchObject([
        {
          field: 'NgayTiepNhan',
          value: '20260231000000',
          message: 'Ngày không có thật.',
          remedy: 'Gửi dạng 20260205143000, 2026-02-05 14:30:00 hoặc 2026-02-05T14:30:00+07:00.',
        },
        { field: 'TrangThaiHoSo', message: 'Không nhận ra trạng thái này.' },
      ]);
      expect(await count('case_record')).toBe(2);
    });

    it.each([
      ['without a code', { MaHoSo: '' }, 'Thiếu mã hồ sơ.'],
      ['without reception', { NgayTiepNhan: '' }, 'Thiếu ngày tiếp nhận.'],
      ['without an applicant', { ChuHoSo: ' ' }, 'Thiếu chủ hồ sơ.'],
      [
        'finished before it was received',
        { NgayKetThucXuLy: '20260101080000' },
        /Kết thúc xử lý trước khi tiếp nhận/,
      ],
      ['settled without a day', { TrangThaiHoSo: '10' }, /không có ngày kết thúc xử lý/],
      ['with papers of no day', { DanhSachHoSoBoSung: [{ NgayBoSung: 'x' }] }, /bổ sung không đúng/],
      ['in the far future', { NgayHenTra: '20991231000000' }, /Ngày quá xa/],
    ])('%s says what to do', async (_, change, message) => {
      const said = await sender.sync(syncRecord(1, change));
      expect(said.error_code).toBe('1');
      expect(said.data![0]!.faults.map((f) => f.message)).toContainEqual(
        typeof message === 'string' ? message : expect.stringMatching(message),
      );
      expect(said.data![0]!.faults.every((f) => f.remedy.length > 0)).toBe(true);
      expect(await count('case_record')).toBe(0);
    });

    it('is kept with its place among those of the day', async () => {
      await sender.sync(syncRecord(1), syncRecord(2, { ChuHoSo: '' }));
      await sender.sync(syncRecord(3, { ChuHoSo: '' }));
      expect(await faults()).toEqual([
        { line: 2, caseCode: pushedCode(2), message: 'Thiếu chủ hồ sơ.' },
        { line: 3, caseCode: pushedCode(3), message: 'Thiếu chủ hồ sơ.' },
      ]);
      expect(await runs()).toMatchObject([{ rows: 3, created: 1, faulty: 2 }]);
    });

    it('that is new and does not say enough names what is missing', async () => {
      const said = await sender.sync({ MaHoSo: pushedCode(1), TrangThaiHoSo: '4' });
      expect(said.data![0]!.faults).toMatchObject([
        {
          message:
            'Hồ sơ chưa có trong hệ thống và lần gửi này không cho biết: tên thủ tục hành chính, chủ hồ sơ, ngày tiếp nhận.',
        },
      ]);
    });

    it('is the second of two with one code', async () => {
      const said = await sender.sync(syncRecord(1), syncRecord(1, { ChuHoSo: 'Khác' }));
      expect(said.data!.map((d) => d.error_code)).toEqual(['0', '1']);
      expect(said.data![1]!.faults[0]!.message).toBe(
        'Trùng mã hồ sơ với hồ sơ thứ 1 của lần gửi này; hồ sơ thứ 1 được ghi nhận.',
      );
      expect(await storedCase(t, 'applicant_name')).toEqual({ applicant_name: 'Lò Văn 1' });
    });
  });

  describe('an envelope', () => {
    it.each([
      ['of another service', envelope('TraCuuHoSo', []), 400, /“TraCuuHoSo”/],
      ['of no service', { data: [{}] }, 400, /Thiếu tên dịch vụ/],
      ['whose data is no list', envelope('DongBoHoSoMC', { MaHoSo: 'x' }), 400, /không phải danh sách/],
      ['whose data holds no objects', envelope('DongBoHoSoMC', ['x']), 400, /không phải danh sách/],
      ['without records', envelope('DongBoHoSoMC', []), 400, /không có hồ sơ nào/],
      [
        'with a strange flag',
        envelope('DongBoHoSoMC', [syncRecord(1)], { isUpdating: 'maybe' }),
        400,
        /isUpdating/,
      ],
      ['that is a list', [syncRecord(1)], 400, /Thiếu tên dịch vụ/],
      [
        'with too many records',
        envelope(
          'DongBoHoSoMC',
          Array.from({ length: 1_001 }, () => ({})),
        ),
        413,
        /1\.001 hồ sơ, nhiều nhất là 1\.000/,
      ],
      ['that is cut off', '{"service":"DongBoHoSoMC","data":[{', 400, /không đúng dạng JSON/],
      ['that is empty', '', 400, /không đúng dạng JSON/],
      ['in another encoding', Buffer.from('{"service":"\xc4\xff"}', 'latin1'), 400, /không đúng dạng JSON/],
      [
        'nested beyond measure',
        `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
        400,
        /không đúng dạng JSON/,
      ],
      [
        'with a key twice',
        '{"service":"DongBoHoSoMC","service":"x","data":[{"MaHoSo":"1"}]}',
        400,
        /“service” có hai lần/,
      ],
      [
        'with a key twice in a record',
        '{"service":"DongBoHoSoMC","data":[{"MaHoSo":"1","TrangThaiHoSo":"4","TrangThaiHoSo":"9"}]}',
        400,
        /“TrangThaiHoSo” có hai lần/,
      ],
    ])('%s is refused in the same shape, and nothing is written', async (_, body, status, message) => {
      const answer = await sender.post(body);
      expect(answer).toEqual({
        status,
        body: { error_code: String(status), message: expect.stringMatching(message) as string },
      });
      expect([await count('ingest_run'), await count('case_record')]).toEqual([0, 0]);
    });

    it('larger than allowed is refused with the limit', async () => {
      const answer = await sender.post(
        envelope('DongBoHoSoMC', [syncRecord(1, { GhiChu: 'x'.repeat(9e6) })]),
      );
      expect(answer).toMatchObject({ status: 413, body: { error_code: '413' } });
      expect(answer.body.message).toContain('lớn hơn 8 MB');
    });

    it.each(['True', 'False', 'true', true, false, null, ''])('may say isUpdating %p', async (isUpdating) => {
      const { body } = await sender.post(envelope('DongBoHoSoMC', [syncRecord(1)], { isUpdating }));
      expect(body.error_code).toBe('0');
    });

    it('may begin with a byte-order mark', async () => {
      const { body } = await sender.post(
        `\ufeff${JSON.stringify(envelope('DongBoHoSoMC', [syncRecord(1)]))}`,
      );
      expect(body.error_code).toBe('0');
    });
  });

  describe('who sends', () => {
    it.each(['session', 'token'])('is known by the key in %s, which is kept nowhere', async (field) => {
      const own = await Sender.of(t);
      const body = envelope('DongBoHoSoMC', [syncRecord(1)], { [field]: own.key });
      expect((await own.post(body, { bearer: null })).body.error_code).toBe('0');
      const kept = await t.db.query<{ n: number }[]>(
        `select count(*)::int as n from (select to_jsonb(r)::text as kept from ingest_run r
           union all select to_jsonb(f)::text from ingest_fault f union all select to_jsonb(a)::text from audit_entry a
           union all select to_jsonb(e)::text from case_event e) k where kept like '%' || $1 || '%'`,
        [own.key],
      );
      expect(kept[0]!.n).toBe(0);
    });

    it.each([
      ['a wrong key in the header', 'dh_wrong', {}, 401, 'Khóa API không đúng hoặc đã bị thu hồi.'],
      [
        'a wrong key in the envelope',
        null,
        { session: 'dh_wrong' },
        401,
        'Khóa API không đúng hoặc đã bị thu hồi.',
      ],
      ['no key', null, {}, 401, 'Thiếu khóa API.'],
    ])('with %s is refused in the same shape', async (_, bearer, more, status, message) => {
      const body = envelope('DongBoHoSoMC', [syncRecord(1)], more);
      const answer = await sender.post(body, { bearer });
      expect(answer).toEqual({
        status,
        body: { error_code: String(status), message: expect.stringContaining(message) as string },
      });
      expect(await count('case_record')).toBe(0);
    });

    it.each(['officer', 'supervisor', 'clerk'] as const)('as %s may not', async (role) => {
      const other = await Sender.of(t, role);
      const answer = await other.post(envelope('DongBoHoSoMC', [syncRecord(1)]));
      expect(answer).toMatchObject({ status: 403, body: { error_code: '403' } });
    });

    it('may name another source that is known, not one that is not', async () => {
      const body = envelope('DongBoHoSoMC', [syncRecord(1)]);
      expect((await sender.post(body, { query: '?source=bo-nganh' })).body.error_code).toBe('0');
      expect(await storedCase(t, 'source')).toEqual({ source: 'bo-nganh' });
      const unknown = await sender.post(body, { query: '?source=nobody' });
      expect(unknown.status).toBe(422);
      expect(unknown.body.message).toContain('bo-nganh, cong-quoc-gia, danh-sach, mot-cua');
    });
  });

  describe('the log', () => {
    it('has one run a day for all that a source sends', async () => {
      await sender.sync(syncRecord(1));
      await sender.sync(syncRecord(1), syncRecord(2));
      t.clock.moveTo(new Date('2026-01-12T23:30:00+07:00'));
      await sender.sync(syncRecord(2, { ChuHoSo: 'Lò Văn Hai' }));
      t.clock.moveTo(new Date('2026-01-13T00:30:00+07:00'));
      await sender.sync(syncRecord(3));
      const same = { channel: 'portal', source: 'cong-quoc-gia', state: 'done', faulty: 0 };
      expect(await runs()).toEqual([
        {
          ...same,
          rows: 4,
          created: 2,
          updated: 1,
          unchanged: 1,
          day: '2026-01-12',
          actor: 'api-key:Hệ thống gửi',
        },
        {
          ...same,
          rows: 1,
          created: 1,
          updated: 0,
          unchanged: 0,
          day: '2026-01-13',
          actor: 'api-key:Hệ thống gửi',
        },
      ]);
    });

    it('keeps what was there before the first push of the day, whatever the next ones change', async () => {
      await sender.sync(syncRecord(1));
      t.clock.moveTo(new Date('2026-01-13T09:00:00+07:00'));
      await sender.sync(syncRecord(1, { ChuHoSo: 'Hai' }));
      await sender.sync(syncRecord(1, { ChuHoSo: 'Ba', TrichYeuHoSo: 'Mới' }));
      const [change] = await t.db.query<{ before: object; first: number }[]>(
        'select x.before, c.first_run_id as first from ingest_change x join case_record c on c.id = x.case_id',
      );
      expect(change!.before).toMatchObject({
        ...{ applicant_name: 'Lò Văn 1', summary: null, last_run_id: change!.first },
      });
      expect(await count('ingest_change')).toBe(1);
    });

    it('tells the rest of the program that cases changed, once and only then', async () => {
      const enqueue = jest.spyOn(t.app.get(JobQueue), 'enqueue');
      await sender.sync(syncRecord(1));
      await sender.sync(syncRecord(1));
      expect(enqueue.mock.calls).toEqual([['cases.changed', { reason: 'push' }]]);
      enqueue.mockRestore();
    });

    it('is sealed in the audit log when cases changed', async () => {
      const before = await count('audit_entry');
      await sender.sync(syncRecord(1));
      await sender.sync(syncRecord(1));
      const [entry] = await t.db.query<{ action: string; actor: string }[]>(
        'select action, actor from audit_entry order by id desc limit 1',
      );
      expect([entry, (await count('audit_entry')) - before]).toEqual([
        { action: 'cases.pushed', actor: 'api-key:Hệ thống gửi' },
        1,
      ]);
    });

    it('does not offer to take pushes back', async () => {
      await sender.sync(syncRecord(1));
      const [run] = await t.db.query<{ id: number }[]>('select id from ingest_run');
      const reader = { communeIds: [await commune()] } as never;
      await expect(
        t.app.get(ImportActs).undo(reader, run!.id, { actor: 'x', now: t.clock.now() }),
      ).rejects.toMatchObject({ code: 'IMPORT_NOT_DONE' });
    });

    it('an import is not taken back when a push has changed one of its cases', async () => {
      const { runId } = await importContent(t, 'a.csv', csv(grid(caseRow(1, OPEN))));
      await sender.sync(syncRecord(1, { ChuHoSo: 'Khác', TrichYeuHoSo: 'Mới' }));
      const reader = { communeIds: [await commune()] } as never;
      await t.app.get(ImportActs).undo(reader, runId, { actor: 'x', now: t.clock.now() });
      await t.app.get(IngestService).advance(runId);
      expect(await t.app.get(RunLog).result(runId, [await commune()])).toMatchObject({
        state: 'done',
        message: expect.stringContaining(pushedCode(1)) as string,
      });
    });
  });

  describe('of several at the same time', () => {
    it('two that bring the same new case make it once', async () => {
      const said = await Promise.all(Array.from({ length: 6 }, () => sender.sync(syncRecord(1))));
      expect(said.map((s) => s.error_code)).toEqual(Array(6).fill('0'));
      expect(await runs()).toMatchObject([{ rows: 6, created: 1, updated: 0, unchanged: 5 }]);
      expect(await ledgerOf(t)).toEqual(['received 05/01 07:30']);
    });

    it('a push and a file with the same cases double nothing and lose nothing', async () => {
      const file = csv(grid(...Array.from({ length: 300 }, (_, i) => caseRow(i + 1, OPEN))));
      const [imported, ...pushed] = await Promise.all([
        importContent(t, 'a.csv', file),
        ...Array.from({ length: 12 }, (_, i) => sender.sync(syncRecord(i * 20 + 1), syncRecord(400 + i))),
      ]);
      expect(imported).toMatchObject({ state: 'done', rows: 300, faulty: 0 });
      expect(pushed.map((p) => p.error_code)).toEqual(Array(12).fill('0'));
      expect(await count('case_record')).toBe(312);
      expect(await count(`case_event where kind = 'received'`)).toBe(312);
    });
  });
});

describe('a province', () => {
  let t: TestApp;
  let province: Sender;
  let own: Sender;

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' }, now: new Date('2026-01-12T09:00:00+07:00') });
    const codes = await withProvince(t);
    province = await Sender.of(t, 'administrator', codes.province);
    own = await Sender.of(t, 'administrator', 'H35.50.12');
  });
  beforeEach(async () => {
    await t.db.query(
      'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    );
  });
  afterAll(() => t?.close());

  const placed = async () =>
    (
      await t.db.query<{ line: string }[]>(
        `select u.code || ' ' || c.code as line from case_record c join unit u on u.id = c.unit_id order by 1`,
      )
    ).map((c) => c.line);
  const other = { MaHoSo: 'H35.50.13-260105-0001' };

  it('sends each case to the commune its record names', async () => {
    const named = { MaHoSo: '000.00.99.H35-260105-0009', DonViTiepNhan: 'UBND xã Khun Há' };
    await province.sync(syncRecord(1), syncRecord(2, other), syncRecord(3, named));
    expect(await placed()).toEqual([
      `H35.50.12 ${pushedCode(1)}`,
      'H35.50.13 000.00.99.H35-260105-0009',
      'H35.50.13 H35.50.13-260105-0001',
    ]);
  });

  it('is told what to send when nobody can say the commune', async () => {
    const said = await province.sync(syncRecord(1, { MaHoSo: 'G09.20-20260105-0092637' }));
    expect(said.data![0]!.faults).toMatchObject([
      { remedy: expect.stringContaining('DonViTiepNhan') as string, value: 'G09.20-20260105-0092637' },
    ]);
    expect(await placed()).toEqual([]);
  });

  it('a commune cannot write into the case of another', async () => {
    await province.sync(syncRecord(2, other));
    const said = await own.sync(syncRecord(2, { ...other, ChuHoSo: 'Khác' }));
    expect(said.data![0]!.faults).toMatchObject([
      { message: 'Hồ sơ này thuộc đơn vị khác.', remedy: 'Gửi bằng khóa API của đơn vị có hồ sơ.' },
    ]);
    const line = { ...other, ThoiDiemXuLy: '20260106093000', TrangThai: '9' };
    expect((await own.progress(line)).data![0]!.faults[0]!.message).toBe('Hồ sơ này thuộc đơn vị khác.');
  });

  it('two communes that send the same new case at once: one has it, the other is told', async () => {
    const neighbour = await Sender.of(t, 'administrator', 'H35.50.13');
    const said = await Promise.all([own.sync(syncRecord(1)), neighbour.sync(syncRecord(1))]);
    expect(said.map((s) => s.error_code).sort()).toEqual(['0', '1']);
    expect(await placed()).toHaveLength(1);
  });

  it('finds its pushes in its own log; a commune does not', async () => {
    await province.sync(syncRecord(1), syncRecord(2, other));
    const units = await t.db.query<{ id: number; kind: string }[]>('select id, kind from unit order by id');
    const of = (kind: string) => units.filter((u) => u.kind === kind).map((u) => u.id);
    const filter = { states: null, source: null };
    const log = t.app.get(RunLog);
    const above = importReach({ communeIds: of('commune'), unitId: of('province')[0]! });
    expect([await log.count(above, filter), await log.count(of('commune'), filter)]).toEqual([1, 0]);
  });
});
