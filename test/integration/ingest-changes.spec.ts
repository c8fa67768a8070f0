import { caseRow, grid, workbook, type Grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { startTestApp, type TestApp } from '../support/app';

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const CODE = 'H35.50.12-260105-0001';

describe('what an import changes', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  beforeEach(async () => {
    await t.db.query('truncate case_event, case_record, ingest_fault, ingest_run cascade');
    t.clock.moveTo(new Date('2026-01-06T09:00:00+07:00'));
  });
  afterAll(() => t.close());

  const load = async (...rows: Grid) => importContent(t, 'a.xlsx', await workbook(grid(...rows)));
  const loadPart = async (rows: Grid) => importContent(t, 'a.xlsx', await workbook(rows));
  const stored = async (columns: string) =>
    (
      await t.db.query<Record<string, unknown>[]>(`select ${columns} from case_record where code = $1`, [
        CODE,
      ])
    )[0]!;
  const events = async () =>
    t.db.query<{ kind: string; at: Date; source: string; data: Record<string, unknown> }[]>(
      'select kind, at, source, data from case_event order by id',
    );
  const kinds = async () => (await events()).map((e) => e.kind);
  const later = (day: string) => t.clock.moveTo(new Date(`${day}T09:00:00+07:00`));

  it('progress of a case is told by its own events, at their own time', async () => {
    await load(caseRow(1, OPEN));
    later('2026-01-10');
    expect(await load(caseRow(1))).toMatchObject({ created: 0, updated: 1 });
    expect((await events()).map((e) => [e.kind, e.at.toISOString()])).toEqual([
      ['received', '2026-01-05T00:30:00.000Z'],
      ['finished', '2026-01-07T04:22:00.000Z'],
      ['returned', '2026-01-09T00:54:00.000Z'],
    ]);
    expect(await stored('status, outcome')).toEqual({ status: 10, outcome: 'early' });
  });

  it('a fact that was known and changes is a correction with the old and the new value', async () => {
    await load(caseRow(1));
    const result = await load(
      caseRow(1, { 'Ngày kết thúc xử lý': '09/01/2026 10:00', 'Chủ hồ sơ': 'Lò Văn Hai' }),
    );
    const corrected = (await events()).find((e) => e.kind === 'corrected');
    expect(corrected).toMatchObject({
      source: `import:${result.runId}`,
      data: { changes: { applicantName: { from: 'Lò Văn 1', to: 'Lò Văn Hai' }, finishedAt: {} } },
    });
    expect(await stored('outcome')).toEqual({ outcome: 'late' });
  });

  it('a case that is open again after it was settled is a correction', async () => {
    await load(caseRow(1));
    await load(caseRow(1, OPEN));
    const { data } = (await events()).at(-1)!;
    expect(data).toMatchObject({ changes: { status: { from: 10, to: 4 }, finishedAt: { to: null } } });
    expect(await stored('finished_at, settled_day, outcome')).toEqual({
      finished_at: null,
      settled_day: null,
      outcome: null,
    });
  });

  it('a new promise of the source is kept beside the first one', async () => {
    await load(caseRow(1, OPEN));
    await load(caseRow(1, { ...OPEN, 'Ngày hẹn trả': '12/01/2026 07:30' }));
    const told = (await events()).filter((e) => e.kind === 'promised-again');
    expect(told.map((e) => e.data.because)).toEqual(['source']);
    expect(await stored('promised_first_at, promised_at')).toEqual({
      promised_first_at: new Date('2026-01-08T07:30:00+07:00'),
      promised_at: new Date('2026-01-12T07:30:00+07:00'),
    });
  });

  it('another officer or department is a transfer', async () => {
    await load(caseRow(1, { ...OPEN, 'Đơn vị xử lý': 'Phòng Kinh tế/ Chuyên viên A' }));
    await load(caseRow(1, { ...OPEN, 'Đơn vị xử lý': 'Phòng Văn hóa - Xã hội/ Chuyên viên B' }));
    expect((await events()).at(-1)).toMatchObject({
      kind: 'transferred',
      data: {
        departmentFrom: 'Phòng Kinh tế',
        departmentTo: 'Phòng Văn hóa - Xã hội',
        officerFrom: 'Chuyên viên A',
        officerTo: 'Chuyên viên B',
      },
    });
  });

  it('waiting for a financial obligation stops the clock until the source says otherwise', async () => {
    await load(caseRow(1, { ...OPEN, 'Trạng thái': 'Yêu cầu thực hiện nghĩa vụ tài chính' }));
    expect(await stored('due_state')).toEqual({ due_state: 'paused' });
    later('2026-01-12');
    await load(caseRow(1, OPEN));
    expect(await kinds()).toEqual(['received', 'suspended', 'resumed']);
    expect((await stored('due_state')).due_state).not.toBe('paused');
  });

  it('a stop that the source ends in the past does not outlast the result', async () => {
    later('2026-01-12');
    await load(caseRow(1, { ...OPEN, 'Trạng thái': '6' }));
    await load(caseRow(1));
    expect(await kinds()).toEqual(['received', 'suspended', 'finished', 'returned', 'resumed']);
    expect(await stored('outcome, due_state')).toMatchObject({ outcome: 'early' });
  });

  it('an empty cell clears, an absent column leaves', async () => {
    await load(caseRow(1, { 'Đơn vị xử lý': 'Phòng Kinh tế' }));
    await loadPart([
      ['Mã hồ sơ', 'Ngày trả kết quả', 'Trạng thái'],
      [CODE, null, 'Đã xử lý xong'],
    ]);
    expect(
      await stored('returned_at, finished_at is null as unfinished, department_id is null as homeless'),
    ).toEqual({
      returned_at: null,
      unfinished: false,
      homeless: false,
    });
  });

  it('a source that repeats itself takes nothing back that people recorded here', async () => {
    await load(caseRow(1, OPEN));
    await t.db.query(
      `update case_record set status = 9, finished_at = '2026-01-07 10:00+07', promised_at = '2026-01-14 17:00+07'`,
    );
    expect(await load(caseRow(1, OPEN))).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await stored('status, finished_at')).toEqual({
      status: 9,
      finished_at: new Date('2026-01-07T10:00:00+07:00'),
    });
    expect(await load(caseRow(1))).toMatchObject({ updated: 1 });
    expect(await stored('status, finished_at, promised_at')).toEqual({
      status: 10,
      finished_at: new Date('2026-01-07T11:22:00+07:00'),
      promised_at: new Date('2026-01-14T17:00:00+07:00'),
    });
  });

  it('the officer is an account when exactly one of the commune has the name', async () => {
    const [user] = await t.db.query<{ id: number; full_name: string }[]>(
      `select id, full_name from user_account where role = 'officer' order by id limit 1`,
    );
    await load(caseRow(1, { ...OPEN, 'Đơn vị xử lý': `Phòng Kinh tế/ ${user!.full_name}` }));
    expect(await stored('officer_id')).toEqual({ officer_id: user!.id });
  });

  it('two imports of the same cases at once end as one after the other', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => caseRow(i + 1));
    const results = await Promise.all([load(...rows), load(...rows), load(...rows)]);
    expect(results.map((r) => r.created).sort()).toEqual([0, 0, 60]);
    expect(results.every((r) => r.created + r.unchanged === 60)).toBe(true);
  });

  it('is sealed in the audit log and keeps the file', async () => {
    const { runId } = await load(caseRow(1));
    const [entry] = await t.db.query<{ subject: string; detail: { sha256: string } }[]>(
      `select subject, detail from audit_entry where action = 'cases.imported' order by id desc limit 1`,
    );
    expect(entry).toMatchObject({ subject: `import:${runId}`, detail: { created: 1 } });
    const [run] = await t.db.query<{ file_sha256: string }[]>('select file_sha256 from ingest_run');
    expect(entry!.detail.sha256).toBe(run!.file_sha256);
  });

  describe('online submissions', () => {
    const NONE = { 'Ngày hẹn trả': null, ...OPEN };
    const submitted = (change: Record<string, string | null>, at = '05/01/2026 16:00'): Grid => {
      const file = grid(caseRow(1, { ...NONE, ...change }));
      return file.map((row, i) => [...row, i === 0 ? 'Ngày nộp' : at]);
    };
    const acceptance = () => stored('status, received_at, submitted_at, acceptance_due_at, due_state');

    it('one that waits is a case with an acceptance due and no deadline, and was not received', async () => {
      await loadPart(submitted({ 'Trạng thái': 'Mới đăng ký', 'Ngày tiếp nhận': null }));
      expect(await acceptance()).toMatchObject({
        ...{ status: 1, due_state: 'excluded' },
        submitted_at: new Date('2026-01-05T16:00:00+07:00'),
        acceptance_due_at: new Date('2026-01-06T16:30:00+07:00'),
      });
      expect(await kinds()).toEqual([]);
    });

    it('accepted, it is received at its own time, and nothing was corrected', async () => {
      await loadPart(submitted({ 'Trạng thái': 'Mới đăng ký', 'Ngày tiếp nhận': null }));
      await loadPart(submitted({ 'Trạng thái': 'Đang xử lý', 'Ngày tiếp nhận': '06/01/2026 08:00' }));
      expect(await acceptance()).toMatchObject({
        ...{ status: 4, due_state: 'no-limit', received_at: new Date('2026-01-06T08:00:00+07:00') },
      });
      expect(await kinds()).toEqual(['received']);
    });

    it('a submission that the source moves is a correction, and moves the acceptance due', async () => {
      await loadPart(submitted({ 'Ngày tiếp nhận': '06/01/2026 08:00' }));
      await loadPart(submitted({ 'Ngày tiếp nhận': '06/01/2026 08:00' }, '05/01/2026 09:00'));
      expect((await events()).at(-1)).toMatchObject({
        kind: 'corrected',
        data: { changes: { submittedAt: {} } },
      });
      expect(await acceptance()).toMatchObject({
        acceptance_due_at: new Date('2026-01-06T09:30:00+07:00'),
      });
    });

    it('another number of hours counts from its day on', async () => {
      await t.db.query(`insert into dated_setting (key, valid_from, value, document)
        values ('acceptance.hours', '2026-01-05', '4', 'Quyết định 1/QĐ-UBND')`);
      await loadPart(submitted({ 'Ngày tiếp nhận': '06/01/2026 08:00' }));
      await t.db.query(
        `delete from dated_setting where key = 'acceptance.hours' and valid_from = '2026-01-05'`,
      );
      expect(await acceptance()).toMatchObject({
        acceptance_due_at: new Date('2026-01-06T10:30:00+07:00'),
      });
    });

    it('a reception corrected here stands until the source tells another one', async () => {
      await load(caseRow(1, OPEN));
      await t.db.query(`update case_record set received_at = '2026-01-04T10:00:00+07:00'`);
      await load(caseRow(1, { ...OPEN, 'Chủ hồ sơ': 'Lò Văn Hai' }));
      expect(await stored('received_at')).toEqual({ received_at: new Date('2026-01-04T10:00:00+07:00') });
      await load(caseRow(1, { ...OPEN, 'Ngày tiếp nhận': '05/01/2026 09:00' }));
      expect(await stored('received_at')).toEqual({ received_at: new Date('2026-01-05T09:00:00+07:00') });
    });
  });
});
