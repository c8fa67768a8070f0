import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { IngestService } from '../../src/ingest/ingest.service';
import { startTestApp, type TestApp } from '../support/app';

const DATA = path.join(__dirname, '..', 'fixtures', 'data');

interface Figures {
  settled: number;
  early: number;
  onTime: number;
  late: number;
}
interface Year extends Figures {
  byField: Record<string, Figures>;
  byMonth: Record<string, Figures>;
  byChannel: Record<string, Figures>;
}
interface Expected {
  y2025: Omit<Year, 'late'> & { late: string[] };
  y2026: Year;
}

const expected = JSON.parse(readFileSync(path.join(DATA, 'expected.json'), 'utf8')) as Expected;

interface Group extends Figures {
  key: string;
  name: string;
}

describe('GET /api/v1/reports/on-time', () => {
  let t: TestApp;
  let key: string;

  beforeAll(async () => {
    t = await startTestApp();
    for (const fileName of ['procedures.json', 'cases-2025.xlsx', 'cases-2026.json'])
      await t.app
        .get(IngestService)
        .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
    key = (await t.app.get(ApiKeyService).create('báo cáo', 'supervisor')).key;
  });
  afterAll(() => t?.close());

  const ask = async (query: string, bearer = key) => {
    const answer = await fetch(`${t.url}/api/v1/reports/on-time?${query}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const year = (y: number, more = '') => ask(`from=${y}-01-01&to=${y}-12-31${more}`);

  it('2025 has 2.141 settled, 2.089 early or on time, 52 late, 97,57 %', async () => {
    const { status, body } = await year(2025);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      settled: 2141,
      early: 384,
      onTime: 1705,
      onTimeOrEarly: 2089,
      late: 52,
      percent: 97.57,
    });
  });

  it('PAR points show the formula value beside the recognised one, and the late cases too many', async () => {
    const { body } = await year(2025);
    expect(body.par).toMatchObject({
      maxPoints: 3,
      threshold: 0.98,
      thresholdConfirmed: false,
      formula: 2.93,
      recognised: 0,
      lateAllowed: -10,
    });
  });

  it.each([
    [2025, 'field', 'byField', 'name'],
    [2025, 'month', 'byMonth', 'key'],
    [2025, 'channel', 'byChannel', 'name'],
    [2026, 'field', 'byField', 'name'],
  ] as const)('%d by %s gives the figures counted by hand', async (y, by, table, label) => {
    const { body } = await year(y, `&groupBy=${by}`);
    const got = (body.groups as Group[]).map(({ settled, early, onTime, late, ...g }) => [
      g[label],
      { settled, early, onTime, late },
    ]);
    expect(Object.fromEntries(got)).toEqual(y === 2025 ? expected.y2025[table] : expected.y2026[table]);
  });

  it('every grouping adds up to the whole', async () => {
    for (const by of ['field', 'month', 'channel', 'department', 'procedure']) {
      const { body } = await year(2025, `&groupBy=${by}`);
      const sum = (body.groups as Group[]).reduce((n, g) => n + g.settled, 0);
      expect([by, sum]).toEqual([by, 2141]);
    }
  });

  it('a period without settled cases has no rate, never 100 %', async () => {
    const { body } = await year(2023);
    expect(body).toMatchObject({ settled: 0, percent: null, par: { formula: null, recognised: null } });
  });

  it('one department is asked for by its code', async () => {
    const { body: all } = await year(2025, '&groupBy=department');
    const group = (all.groups as Group[])[0]!;
    const { body } = await year(2025, `&unit=${encodeURIComponent(group.key)}`);
    expect(body).toMatchObject({ settled: group.settled, late: group.late });
  });

  it.each([
    ['from=2025-02-30&to=2025-12-31', 400],
    ['from=2025-01-01', 400],
    ['from=2025-12-31&to=2025-01-01', 400],
    ['from=2025-01-01&to=2025-12-31&groupBy=colour', 400],
    ['from=2025-01-01&to=2025-12-31&unit=NOWHERE', 404],
    ['from=2025-01-01&to=2025-12-31&limit=1', 400],
  ])('%s is refused with %d and a remedy', async (query, status) => {
    const answer = await ask(query);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toMatch(/[ăâđêôơưáàảãạ]/);
  });

  it('without a valid key nothing is told', async () => {
    const { status, body } = await ask('from=2025-01-01&to=2025-12-31', 'dh_wrong');
    expect(status).toBe(401);
    expect(body).not.toHaveProperty('settled');
  });
});
