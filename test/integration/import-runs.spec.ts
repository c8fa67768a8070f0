import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ImportActs } from '../../src/ingest/import-acts.service';
import type { ImportResult } from '../../src/ingest/import-result';
import { IngestService } from '../../src/ingest/ingest.service';
import { RunLog } from '../../src/ingest/run-log.service';
import { caseRow, csv, grid, HEADINGS, type Grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const CODE = (n: number) => `H35.50.12-260105-${String(n).padStart(4, '0')}`;

describe('a run', () => {
  let t: TestApp;
  let folder: string;
  let unitId: number;

  beforeAll(async () => {
    // Nobody works in the background: each step is taken here.
    t = await startTestApp({ env: { ROLE: 'web' } });
    folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-run-'));
    unitId = await unit();
  });
  beforeEach(async () => {
    await t.db.query(
      'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    );
    t.clock.moveTo(new Date('2026-01-12T09:00:00+07:00'));
  });
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ingest = () => t.app.get(IngestService);
  const acts = () => t.app.get(ImportActs);
  const unit = async () =>
    (await t.db.query<{ id: number }[]>(`select id from unit where kind = 'commune' order by id limit 1`))[0]!
      .id;
  const reader = async () => ({ communeIds: [await unit()] }) as never;
  const file = (rows: Grid, name = 'a.csv'): string => {
    const target = path.join(folder, name);
    writeFileSync(target, csv(rows));
    return target;
  };
  const request = (rows: Grid, more: object = {}) => ({
    path: file(rows),
    fileName: 'a.csv',
    channel: 'command' as const,
    actor: 'test',
    unitId,
    ...more,
  });
  const load = (rows: Grid, more: object = {}) => ingest().importFile(request(rows, more));
  const check = (rows: Grid, more: object = {}) => ingest().checkFile(request(rows, more));
  const confirm = async (id: number, overwrite = false): Promise<ImportResult> => {
    await acts().confirm(await reader(), id, { overwrite, now: t.clock.now() });
    await ingest().advance(id);
    return t.app.get(RunLog).result(id, [await unit()]);
  };
  const undo = async (id: number): Promise<ImportResult> => {
    await acts().undo(await reader(), id, { actor: 'Quản trị', now: t.clock.now() });
    await ingest().advance(id);
    return t.app.get(RunLog).result(id, [await unit()]);
  };
  const later = (day: string) => t.clock.moveTo(new Date(`${day}T09:00:00+07:00`));
  const dump = async () => ({
    // When the sweep looks again is no fact of the case: a case that was touched is looked at anew.
    cases: await t.db.query<Record<string, unknown>[]>(
      `select to_jsonb(c) - 'next_alert_at' as facts, c.code from case_record c order by c.code`,
    ),
    events: await t.db.query<Record<string, unknown>[]>(
      'select case_id, kind, at, source, data from case_event order by case_id, kind, at',
    ),
    sources: await t.db.query<Record<string, unknown>[]>(
      'select * from case_source order by case_id, source',
    ),
  });
  const isStaged = async (id: number) =>
    (
      await t.db.query<{ there: boolean }[]>('select to_regclass($1) is not null as there', [
        `staging.rows_${id}`,
      ])
    )[0]!.there;
  const stored = async (columns: string, n = 1) =>
    (
      await t.db.query<Record<string, unknown>[]>(`select ${columns} from case_record where code = $1`, [
        CODE(n),
      ])
    )[0]!;

  it('tells before it writes what writing does, and then does it', async () => {
    await load(grid(caseRow(1, OPEN), caseRow(2), caseRow(3)));
    const before = await dump();
    const found = await check(
      grid(
        caseRow(1),
        caseRow(2, { 'Chủ hồ sơ': 'Lò Văn Mới' }),
        caseRow(3),
        caseRow(4, { ...OPEN, 'Ngày hẹn trả': '08/01/2026 07:30' }),
        caseRow(5, { 'Ngày tiếp nhận': '31/02/2026' }),
        caseRow(4),
      ),
    );
    expect(found).toMatchObject({
      state: 'checked',
      rows: 6,
      created: 1,
      updated: 2,
      unchanged: 1,
      faulty: 2,
    });
    expect(found.summary).toMatchObject({
      overdueNew: 1,
      back: 0,
      columns: { applicant_name: 1, status: 1, finished_at: 1, returned_at: 1 },
    });
    expect(await dump()).toEqual(before);
    const written = await confirm(found.runId);
    expect(written).toMatchObject({
      state: 'done',
      rows: 6,
      created: 1,
      updated: 2,
      unchanged: 1,
      faulty: 2,
    });
    expect(await stored('applicant_name', 2)).toEqual({ applicant_name: 'Lò Văn Mới' });
  });

  it('that is confirmed twice is written once', async () => {
    const { runId } = await check(grid(caseRow(1)));
    await confirm(runId);
    expect(await confirm(runId)).toMatchObject({ state: 'done', created: 1 });
    expect(await isStaged(runId)).toBe(false);
  });

  it('that is called off leaves no row, no file and no stage', async () => {
    const { runId } = await check(grid(caseRow(1)));
    await acts().cancel(await reader(), runId);
    expect([await isStaged(runId), (await dump()).cases]).toEqual([false, []]);
    await expect(
      acts().confirm(await reader(), runId, { overwrite: false, now: t.clock.now() }),
    ).rejects.toMatchObject({
      code: 'IMPORT_NOT_CHECKED',
    });
  });

  it('that is taken back leaves the cases as they were', async () => {
    await load(grid(caseRow(1, OPEN), caseRow(2), caseRow(3)));
    const before = await dump();
    later('2026-01-13');
    const { runId } = await load(
      grid(caseRow(1), caseRow(2, { 'Chủ hồ sơ': 'Lò Văn Mới' }), caseRow(4), caseRow(5, OPEN)),
    );
    expect(await undo(runId)).toMatchObject({ state: 'undone', created: 2, updated: 2 });
    expect(await dump()).toEqual(before);
  });

  it('is not taken back when another import has changed one of its cases', async () => {
    const { runId } = await load(grid(caseRow(1, OPEN), caseRow(2)));
    await load(grid(caseRow(1)));
    const before = await dump();
    expect(await undo(runId)).toMatchObject({
      state: 'done',
      message: `Không hoàn tác được: đã có thay đổi sau lần nhập này ở hồ sơ ${CODE(1)}.`,
    });
    expect(await dump()).toEqual(before);
  });

  it('is not taken back when a person has acted on one of its cases, nor after a day', async () => {
    const { runId } = await load(grid(caseRow(1, OPEN)));
    await t.db.query(
      `insert into case_event (case_id, kind, at, recorded_at, source)
       select id, 'noted', '2026-01-12 10:00+07', '2026-01-12 10:00+07', 'user:1' from case_record`,
    );
    expect(await undo(runId)).toMatchObject({ state: 'done' });
    later('2026-01-14');
    await expect(undo(runId)).rejects.toMatchObject({ code: 'IMPORT_TOO_OLD' });
  });

  describe('from a second system', () => {
    beforeEach(() =>
      load(grid(caseRow(1, { ...OPEN, 'Đơn vị xử lý': 'Phòng Kinh tế' })), { source: 'mot-cua' }),
    );

    it('adds what is not known and moves the case forward', async () => {
      const added = await load(grid(caseRow(1)), { source: 'Hệ thống của bộ, ngành' });
      expect(added).toMatchObject({ created: 0, updated: 1, source: 'bo-nganh' });
      expect(await stored('source, status, outcome')).toEqual({
        source: 'mot-cua',
        status: 10,
        outcome: 'early',
      });
      expect((await dump()).sources).toMatchObject([{ source: 'bo-nganh', said_status: 10 }]);
    });

    it('never moves it back, nor replaces what the first one said', async () => {
      later('2026-01-13');
      await load(grid(caseRow(1)), { source: 'mot-cua' });
      await load(grid(caseRow(1, { ...OPEN, 'Chủ hồ sơ': 'Người Khác', 'Ngày hẹn trả': '20/01/2026' })), {
        source: 'bo-nganh',
      });
      expect(await stored('status, applicant_name, promised_at')).toEqual({
        status: 10,
        applicant_name: 'Lò Văn 1',
        promised_at: new Date('2026-01-08T07:30:00+07:00'),
      });
    });

    it('changes nothing when it repeats itself, however often the two alternate', async () => {
      const second = grid(caseRow(1));
      await load(second, { source: 'bo-nganh' });
      await load(grid(caseRow(1, { ...OPEN, 'Đơn vị xử lý': 'Phòng Kinh tế' })), { source: 'mot-cua' });
      const before = await dump();
      expect(await load(second, { source: 'bo-nganh' })).toMatchObject({ updated: 0, unchanged: 1 });
      expect(await dump()).toEqual(before);
    });
  });

  describe('of a list older than the last one', () => {
    const list = (asOf: string, ...rows: Grid): Grid => [
      [`Tính đến ngày ${asOf}`, ...HEADINGS.slice(1).map(() => null)],
      ...grid(...rows),
    ];
    beforeEach(() => load(list('10/01/2026', caseRow(1), caseRow(2, { 'Chủ hồ sơ': 'Lò Văn Hai' }))));

    it('keeps what is newer and says in which lines', async () => {
      const found = await check(list('06/01/2026', caseRow(1, OPEN), caseRow(2), caseRow(3, OPEN)));
      expect(found.summary).toMatchObject({ created: 1, kept: 1, back: 0, olderThan: { fileName: 'a.csv' } });
      expect(found.warnings.map((w) => [w.line, w.message])).toEqual([
        [3, 'Tệp cũ hơn dữ liệu đã có: giữ dữ kiện mới hơn, chỉ bổ sung phần còn thiếu.'],
      ]);
      const written = await confirm(found.runId);
      expect(await stored('status')).toEqual({ status: 10 });
      // Writing compares anew; what the check had found is not told a second time.
      expect(written.warnings).toEqual(found.warnings);
    });

    it('replaces what is newer when somebody says so', async () => {
      const { runId } = await check(list('06/01/2026', caseRow(1, OPEN)));
      await confirm(runId, true);
      expect(await stored('status, finished_at')).toEqual({ status: 4, finished_at: null });
    });
  });

  describe('that was checked before another import wrote', () => {
    const state = async (id: number) => (await t.app.get(RunLog).result(id, [await unit()])).state;
    const outdated = async (id: number) =>
      t.app.get(RunLog).isOutdated(await t.app.get(RunLog).detail(id, [await unit()]));

    it('is not written on figures that no longer hold: confirming checks it anew', async () => {
      const { runId, summary } = await check(grid(caseRow(1), caseRow(2)));
      expect([summary?.created, await outdated(runId)]).toEqual([2, false]);
      await load(grid(caseRow(1)));
      expect(await outdated(runId)).toBe(true);

      await acts().confirm(await reader(), runId, { overwrite: false, now: t.clock.now() });
      expect(await state(runId)).toBe('checking');
      await ingest().advance(runId);
      expect(await t.app.get(RunLog).result(runId, [await unit()])).toMatchObject({
        ...{ state: 'checked', created: 1, unchanged: 1 },
      });
      expect(await confirm(runId)).toMatchObject({ state: 'done', created: 1, unchanged: 1 });
    });

    it('or took its own back, may be checked anew before anybody confirms', async () => {
      const first = await load(grid(caseRow(1)));
      const { runId } = await check(grid(caseRow(1)));
      await undo(first.runId);
      expect(await outdated(runId)).toBe(true);
      await acts().checkAgain(await reader(), runId);
      await acts().checkAgain(await reader(), runId);
      await ingest().advance(runId);
      expect([await outdated(runId), await state(runId)]).toEqual([false, 'checked']);
    });

    it('holds while the other only reads, is refused, or belongs to another commune', async () => {
      const { runId } = await check(grid(caseRow(1)));
      await check(grid(caseRow(2)));
      await load([['a', 'b']]);
      const [other] = await t.db.query<{ id: number }[]>(
        `insert into unit (parent_id, code, kind, name) select parent_id, 'H35.50.99', 'commune', 'xã Khác'
         from unit where id = $1 returning id`,
        [await unit()],
      );
      await load(grid(caseRow(3, { 'Mã hồ sơ': 'H35.50.99-260105-0003' })), { unitId: other!.id });
      expect(await outdated(runId)).toBe(false);
    });

    it('is outdated by the list of its whole province', async () => {
      const { runId } = await check(grid(caseRow(1)));
      const [province] = await t.db.query<{ id: number }[]>(
        'select parent_id as id from unit where id = $1',
        [await unit()],
      );
      await load(grid(caseRow(4)), { unitId: province!.id });
      expect(await outdated(runId)).toBe(true);
    });
  });

  it('of another system that only repeats what is known tells that nothing of the cases changes', async () => {
    await load(grid(caseRow(1), caseRow(2)), { source: 'mot-cua' });
    const { summary } = await check(grid(caseRow(1), caseRow(2, OPEN)), { source: 'bo-nganh' });
    expect(summary).toMatchObject({ updated: 2, noted: 2, columns: {}, samples: [] });
  });

  it('that moves a status back says so for every line', async () => {
    await load(grid(caseRow(1)));
    const result = await load(grid(caseRow(1, OPEN)));
    expect(result.warnings.map((w) => [w.line, w.message])).toEqual([
      [2, 'Trạng thái lùi từ “Đã trả kết quả” về “Đang xử lý”.'],
    ]);
  });

  it('shares its cases with another at the same time: nothing is doubled, nothing fails', async () => {
    const rows = (name: string) =>
      grid(...Array.from({ length: 60 }, (_, i) => caseRow(i + 1, { 'Chủ hồ sơ': name })));
    const paths = ['một', 'hai', 'ba'].map((name) => {
      const target = path.join(folder, `${name}.csv`);
      writeFileSync(target, csv(rows(`Người ${name}`)));
      return { path: target, fileName: `${name}.csv`, channel: 'command' as const, actor: 'test', unitId };
    });
    const results = await Promise.all(paths.map((each) => ingest().importFile(each)));
    expect(results.reduce((sum, r) => sum + r.created, 0)).toBe(60);
    for (const r of results) expect(r.created + r.updated + r.unchanged + r.faulty).toBe(r.rows);
    expect((await dump()).cases).toHaveLength(60);
  });

  it('whose worker is gone is taken up by another behind the last chunk', async () => {
    const { runId } = await check(grid(caseRow(1), caseRow(2), caseRow(3)));
    await acts().confirm(await reader(), runId, { overwrite: false, now: t.clock.now() });
    await t.db.query(
      `update ingest_run set worker = 'gone', seen_at = now() - interval '1 minute', written_line = 3, created = 2
       where id = $1`,
      [runId],
    );
    await t.db.query(`drop table staging.rows_${runId}`);
    await ingest().advance(runId);
    expect(await t.app.get(RunLog).result(runId, [await unit()])).toMatchObject({
      state: 'done',
      created: 3,
    });
    expect((await dump()).cases.map((c) => c.code)).toEqual([CODE(3)]);
  });

  it('that somebody works on is not taken away', async () => {
    const { runId } = await check(grid(caseRow(1)));
    await acts().confirm(await reader(), runId, { overwrite: false, now: t.clock.now() });
    await t.db.query(`update ingest_run set worker = 'busy', seen_at = now() where id = $1`, [runId]);
    await ingest().advance(runId);
    expect((await dump()).cases).toEqual([]);
  });
});
