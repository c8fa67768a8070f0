import { ApiKeyService } from '../../src/auth/api-key.service';
import { IngestService } from '../../src/ingest/ingest.service';
import type { ToldImport } from '../../src/ingest/import-telling.service';
import { caseRow, csv, grid, type Grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const dated = (day: string, rows: Grid): Grid => [[`Ngày xuất: ${day}`], ...rows];

describe('imports by the interface', () => {
  let t: TestApp;
  let key: string;

  beforeAll(async () => {
    t = await startTestApp({ now: new Date('2026-01-12T09:00:00+07:00'), env: { ROLE: 'web' } });
    key = (await t.app.get(ApiKeyService).create('nhập', 'administrator')).key;
  });
  beforeEach(() =>
    t.db.query(
      'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    ),
  );
  afterAll(() => t.close());

  const call = async (method: string, path: string, body?: string, type = 'text/csv') => {
    const answer = await fetch(`${t.url}/api/v1/imports${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
      body,
    });
    const told = (await answer.json()) as ToldImport & { code: string };
    return { status: answer.status, told };
  };
  const send = (rows: Grid, query = '') => call('POST', query, csv(rows));
  /** Nobody works in the background: what the answer left to do is done here. */
  const settled = async (id: number) => {
    await t.app.get(IngestService).advance(id);
    return (await call('GET', `/${id}`)).told;
  };
  const cases = async () => (await t.db.query<unknown[]>('select 1 from case_record')).length;

  it('only check a file with dryRun, and write it when it is confirmed', async () => {
    const { status, told } = await send(grid(caseRow(1), caseRow(2, OPEN)), '?dryRun=true');
    expect([status, told.state, told.created, await cases()]).toEqual([200, 'checked', 2, 0]);
    expect(told.summary).toMatchObject({ created: 2, overdueNew: 1 });
    const confirmed = await call('POST', `/${told.runId}/confirmation`);
    expect([confirmed.status, confirmed.told.state]).toEqual([202, 'writing']);
    expect(confirmed.told.progress).toMatchObject({ step: 'writing' });
    expect(await settled(told.runId)).toMatchObject({ state: 'done', created: 2, progress: null });
    expect(await cases()).toBe(2);
  });

  it('call a checked file off, and take a written one back', async () => {
    const checked = (await send(grid(caseRow(1)), '?dryRun=true')).told;
    expect((await call('DELETE', `/${checked.runId}`)).told.state).toBe('cancelled');
    const again = await call('POST', `/${checked.runId}/confirmation`);
    expect([again.status, again.told.code]).toEqual([409, 'IMPORT_NOT_CHECKED']);
    const written = (await send(grid(caseRow(1)))).told;
    const removed = await call('DELETE', `/${written.runId}`);
    expect([removed.status, removed.told.state]).toEqual([202, 'undoing']);
    expect((await settled(written.runId)).state).toBe('undone');
    expect(await cases()).toBe(0);
  });

  it('refuse a confirmation when another list was written since, and check the file anew', async () => {
    const checked = (await send(grid(caseRow(1)), '?dryRun=true')).told;
    await send(grid(caseRow(1, { 'Chủ hồ sơ': 'Mới' })));
    const answer = await call('POST', `/${checked.runId}/confirmation`);
    expect([answer.status, answer.told.code]).toEqual([409, 'IMPORT_OUTDATED']);
    expect(await settled(checked.runId)).toMatchObject({ state: 'checked', created: 0, updated: 1 });
  });

  it('name the system a file comes from, by code or by name', async () => {
    expect((await send(grid(caseRow(1)), '?source=bo-nganh')).told.source).toBe('bo-nganh');
    const named = await send(grid(caseRow(2)), `?source=${encodeURIComponent('Hệ thống đất đai')}`);
    expect(named.told.source).toBe('he-thong-dat-dai');
    expect((await send(grid(caseRow(3)), '?source=%2D%2D')).told.code).toBe('SOURCE_NAME');
  });

  it('let an older list replace newer facts only when told to', async () => {
    await send(dated('12/01/2026', grid(caseRow(1))));
    const older = dated('06/01/2026', grid(caseRow(1, OPEN)));
    expect((await send(older)).told).toMatchObject({ updated: 0, unchanged: 1 });
    expect((await send(older, '?overwrite=true')).told).toMatchObject({ updated: 1 });
  });

  it('give back the rows that stayed out as a workbook', async () => {
    const { told } = await send(grid(caseRow(1), caseRow(2, { 'Ngày tiếp nhận': '31/02/2026' })));
    const answer = await fetch(`${t.url}/api/v1/imports/${told.runId}/faulty-rows`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(answer.status).toBe(200);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  it.each([
    ['GET', '/999999'],
    ['DELETE', '/999999'],
    ['POST', '/999999/confirmation'],
  ])('answer 404 to %s of an import that does not exist', async (method, path) => {
    const { status, told } = await call(method, path);
    expect([status, told.code]).toEqual([404, 'IMPORT_NOT_FOUND']);
  });
});
