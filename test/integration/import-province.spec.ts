import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ImportActs } from '../../src/ingest/import-acts.service';
import { importPlace, importReach } from '../../src/ingest/import-reach';
import { IngestService } from '../../src/ingest/ingest.service';
import { RunLog } from '../../src/ingest/run-log.service';
import type { Reader } from '../../src/web/reader';
import { caseRow, csv, grid, type Grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';

type Standing = Pick<Reader, 'unitId' | 'communeIds'>;

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const OTHER = (n: number) => `H35.50.13-260105-${String(n).padStart(4, '0')}`;

describe('the list of a province', () => {
  let t: TestApp;
  let folder: string;
  let province: Standing;
  let own: Standing;
  let other: Standing;

  beforeAll(async () => {
    t = await startTestApp({ now: new Date('2026-01-12T09:00:00+07:00'), env: { ROLE: 'web' } });
    folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-province-'));
    const [commune] = await t.db.query<{ id: number; parent: number }[]>(
      `select id, parent_id as parent from unit where kind = 'commune'`,
    );
    const [second] = await t.db.query<{ id: number }[]>(
      `insert into unit (parent_id, kind, code, name) values ($1, 'commune', 'H35.50.13', 'Xã Khun Há') returning id`,
      [commune!.parent],
    );
    own = { unitId: commune!.id, communeIds: [commune!.id] };
    other = { unitId: second!.id, communeIds: [second!.id] };
    province = { unitId: commune!.parent, communeIds: [commune!.id, second!.id] };
  });
  beforeEach(() =>
    t.db.query(
      'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    ),
  );
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const request = (rows: Grid, reader: Standing, name = 'tinh.csv') => {
    const file = path.join(folder, name);
    writeFileSync(file, csv(rows));
    const unitId = importPlace(reader);
    return { path: file, fileName: name, channel: 'page' as const, actor: 'test', unitId };
  };
  const load = (rows: Grid, reader: Standing, name?: string) =>
    t.app.get(IngestService).importFile(request(rows, reader, name));
  const log = () => t.app.get(RunLog);
  const seen = async (reader: Standing) =>
    (await log().latest(importReach(reader), { states: null, source: null }, { limit: 9, offset: 0 })).length;
  const casesBy = async () =>
    t.db.query<{ unit: string; code: string; due: string | null }[]>(
      `select u.code as unit, c.code, to_char(c.computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'DD/MM') as due
       from case_record c join unit u on u.id = c.unit_id order by c.code`,
    );

  const BOTH = grid(
    caseRow(1, OPEN),
    caseRow(2, { ...OPEN, 'Mã hồ sơ': OTHER(2) }),
    caseRow(3, { ...OPEN, 'Mã hồ sơ': 'H35.99.99-260105-0003' }),
  );

  it('goes to the communes its rows name; a row of no known commune is faulty and says which', async () => {
    const result = await load(BOTH, province);
    expect(result).toMatchObject({ state: 'done', rows: 3, created: 2, faulty: 1 });
    expect((await casesBy()).map(({ unit, code }) => [unit, code])).toEqual([
      ['H35.50.12', 'H35.50.12-260105-0001'],
      ['H35.50.13', OTHER(2)],
    ]);
    expect(result.faults[0]).toMatchObject({ line: 4, caseCode: 'H35.99.99-260105-0003' });
    expect(result.faults[0]!.message).toMatch(/xã/i);
  });

  it('changes nothing when it comes again, and what it made goes when it is taken back', async () => {
    const first = await load(BOTH, province);
    expect(await load(BOTH, province, 'lai.csv')).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      faulty: 1,
    });
    await t.app
      .get(ImportActs)
      .undo(province as Reader, first.runId, { actor: 'Quản trị', now: t.clock.now() });
    await t.app.get(IngestService).advance(first.runId);
    expect(await log().result(first.runId, importReach(province))).toMatchObject({ state: 'undone' });
    expect(await casesBy()).toEqual([]);
  });

  it('is computed by the calendar of each commune', async () => {
    await t.db.query(
      `with v as (insert into calendar_version (unit_id, reason, created_by, created_at) values ($1, 'test', 'test', now()) returning id)
       insert into calendar_day (version_id, day, kind, name) select id, '2026-01-06', 'off', 'Nghỉ riêng' from v`,
      [other.unitId],
    );
    await t.db.query(
      `with p as (select id from procedure where code = '1.004873')
       insert into processing_limit (procedure_id, valid_from, amount, unit)
       select id, '2020-01-01', 3, 'working-days' from p on conflict do nothing`,
    );
    await load(BOTH, province);
    expect((await casesBy()).map(({ due }) => due)).toEqual(['08/01', '09/01']);
  });

  it('is seen by who stands above the communes, not by one of them; each sees its own', async () => {
    const { runId: id } = await load(BOTH, province);
    await load(grid(caseRow(5)), own, 'xa.csv');
    expect([await seen(province), await seen(own), await seen(other)]).toEqual([2, 1, 0]);
    await expect(log().detail(id, importReach(own))).rejects.toMatchObject({ code: 'IMPORT_NOT_FOUND' });
    expect((await log().detail(id, importReach(province))).unitId).toBe(province.unitId);
  });

  it('and those of its communes at the same time neither double a case nor block each other', async () => {
    const rows = grid(...Array.from({ length: 300 }, (_, i) => caseRow(i + 1, OPEN)));
    const results = await Promise.all([
      load(rows, province, 'a.csv'),
      load(rows, own, 'b.csv'),
      load(rows, province, 'c.csv'),
      load(rows, own, 'd.csv'),
    ]);
    expect(results.map((r) => [r.state, r.created + r.unchanged])).toEqual(results.map(() => ['done', 300]));
    expect(results.reduce((sum, r) => sum + r.created, 0)).toBe(300);
  });

  it('a list of a commune older than one of its province keeps what is newer', async () => {
    const dated = (day: string, rows: Grid): Grid => [[`Ngày xuất: ${day}`], ...rows];
    const ended = caseRow(1);
    await load(dated('12/01/2026', grid(ended)), province, 'moi.csv');
    const check = await t.app
      .get(IngestService)
      .checkFile(request(dated('06/01/2026', grid(caseRow(1, OPEN))), own, 'cu.csv'));
    const { summary } = await log().detail(check.runId, importReach(own));
    expect(summary).toMatchObject({ updated: 0, olderThan: { fileName: 'moi.csv' } });
  });
});
