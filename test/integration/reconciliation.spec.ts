import { IngestService } from '../../src/ingest/ingest.service';
import { ReconciliationService } from '../../src/reconciliation/reconciliation.service';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { fixture, readJson } from '../support/case-files';
import { readerOf } from './letters-fixture';

describe('x', () => {
  let t: TestApp;
  let leader: Reader;
  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' } });
    leader = await readerOf(t, 'supervisor');
    for (const fileName of ['procedures.json', 'cases-2025.xlsx', 'cases-2026.json'])
      await t.app.get(IngestService).importFile({ path: fixture(fileName), fileName, channel: 'command', actor: 'test' });
  });
  afterAll(() => t?.close());
  it('y', async () => {
    const rows = await t.app.get(ReconciliationService).exported(leader, { cause: null, state: null, year: null, page: 1 });
    const by: Record<string, number> = {};
    for (const r of rows) by[r.cause] = (by[r.cause] ?? 0) + 1;
    console.log(by);
    for (const c of ['status-not-updated', 'pause-not-recorded', 'wrong-calendar', 'duplicate-code', 'unexplained-promise', 'wrong-promise']) console.log(rows.filter((r) => r.cause === c).slice(0, 6));
    const expected = readJson<{ promisedDiffersFromCalendar: { code: string }[] }>('expected.json').promisedDiffersFromCalendar.map((c) => c.code).sort();
    const mine = rows.filter((r) => ['wrong-calendar', 'wrong-promise'].includes(r.cause)).map((r) => r.code).sort();
    console.log(expected.length, mine.length, expected.filter((c) => !mine.includes(c)), mine.filter((c) => !expected.includes(c)));
  });
});
