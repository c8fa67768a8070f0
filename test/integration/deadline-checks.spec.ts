import * as path from 'node:path';
import { DeadlineCheckService } from '../../src/cases/deadline-check.service';
import { CalendarReminder } from '../../src/calendars/calendar-reminder.service';
import { one, rows, type Tx } from '../../src/database/transaction';
import { IngestService } from '../../src/ingest/ingest.service';
import { Client } from '../e2e/auth-client';
import { signIn, startTestApp, type TestApp } from '../support/app';

const DATA = path.join(__dirname, '..', 'fixtures', 'data');

describe('the nightly proof that stored deadlines are what would be computed', () => {
  let t: TestApp;
  let tx: Tx;
  let administrator: string;

  const load = (fileName: string) =>
    t.app
      .get(IngestService)
      .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
  const check = () => t.app.get(DeadlineCheckService).run();
  const found = async () => {
    const result = await check();
    return result!.kept.map(({ column, stored, derived }) => [column, stored, derived]);
  };
  const request = (url: string, cookie = administrator) => fetch(t.url + url, { headers: { cookie } });
  const change = (set: string, where: string) => rows(tx, `update case_record set ${set} where ${where}`);

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' } });
    tx = t.db.manager;
    for (const file of ['procedures.json', 'cases-2025.xlsx', 'cases-2026.csv', 'cases-2026.json'])
      await load(file);
    administrator = await signIn(t, 'administrator');
  });
  afterAll(() => t?.close());

  it('finds nothing in two years of imports, of which one corrects another', async () => {
    expect(await check()).toEqual({ cases: 4122, differences: 0, columns: {}, kept: [] });
    const page = await (await request('/quan-tri/doi-chieu')).text();
    expect(page).toContain('Đối chiếu hạn');
    expect(page).not.toContain('Tính lại toàn bộ');
  });

  it('finds a stored date that somebody changed past the ledger, and rebuilding mends it', async () => {
    const where = `code = 'H35.50.12-261005-0004'`;
    await change(`computed_due_at = computed_due_at + interval '1 day'`, where);
    const [difference] = await found();
    expect(difference![0]).toBe('computed_due_at');
    expect(await (await request('/quan-tri/doi-chieu')).text()).toContain('Tính lại toàn bộ');
    const client = new Client(t.url, administrator);
    const { status } = await client.post('/quan-tri/doi-chieu/tinh-lai', {}, '/quan-tri/doi-chieu');
    expect(status).toBe(303);
    expect(await found()).toEqual([]);
    const entry = await one<{ n: number }>(
      tx,
      `select count(*)::int as n from audit_entry where action = 'deadlines.rebuilt'`,
    );
    expect(entry!.n).toBe(1);
  });

  it('finds a fact that the ledger does not tell', async () => {
    const where = `code = '000.15.23.H35-250102-0007'`;
    const before = await one<{ at: Date }>(tx, `select finished_at as at from case_record where ${where}`);
    await change(`finished_at = finished_at - interval '1 minute'`, where);
    expect((await found()).map(([column]) => column)).toEqual(['finished_at']);
    await rows(tx, `update case_record set finished_at = $1 where ${where}`, [before!.at]);
    expect(await found()).toEqual([]);
  });

  it('a correction in the ledger with its facts is no difference', async () => {
    const where = `code = 'H35.50.12-261012-0002'`;
    const event = await one<{ id: number; caseId: number }>(
      tx,
      `select e.id, e.case_id as "caseId" from case_event e join case_record c on c.id = e.case_id
       where c.${where} and e.kind = 'received'`,
    );
    const at = new Date('2026-10-12T08:45:00+07:00');
    await rows(
      tx,
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       values ($1, 'corrected', $2, $2, 'user:1', $3)`,
      [
        event!.caseId,
        new Date(),
        JSON.stringify({ event: event!.id, kind: 'received', trueAt: at.toISOString() }),
      ],
    );
    expect((await found()).map(([column]) => column)).toEqual(['received_at']);
    await rows(tx, `update case_record set received_at = $1 where ${where}`, [at]);
    expect((await found()).map(([column]) => column)).not.toContain('received_at');
  });

  it('two checks at once are one', async () => {
    const results = await Promise.all([check(), check(), check()]);
    expect(results.filter((r) => r !== null)).toHaveLength(1);
  });

  it('a check whose process died is told as failed by the next one', async () => {
    await rows(tx, `insert into deadline_check (started_at) values (now())`);
    await check();
    const states = await rows<{ state: string }>(
      tx,
      'select state from deadline_check order by id desc limit 2',
    );
    expect(states.map((s) => s.state)).toEqual(['done', 'failed']);
  });

  it('programs ask for the newest check, and only administrators see it', async () => {
    const answer = await request('/api/v1/deadline-checks/latest');
    expect(await answer.json()).toMatchObject({ state: 'done', cases: 4122 });
    const officer = await signIn(t, 'officer');
    expect((await request('/quan-tri/doi-chieu', officer)).status).toBe(403);
    expect((await request('/api/v1/deadline-checks/latest', officer)).status).toBe(403);
  });
});

describe('the reminder of a missing calendar decision', () => {
  let t: TestApp;
  const written = async () =>
    (await one<{ n: number }>(
      t.db.manager,
      `select count(*)::int as n from notification where template = 'calendar-reminder'`,
    ))!.n;

  beforeAll(async () => {
    t = await startTestApp({ now: new Date('2026-10-30T08:00:00+07:00'), env: { ROLE: 'web' } });
  });
  afterAll(() => t?.close());

  it('is not sent before November', async () => {
    expect(await t.app.get(CalendarReminder).remind()).toBe(0);
  });

  it('goes to each administrator once, however often the job runs', async () => {
    t.clock.moveTo(new Date('2026-11-02T07:35:00+07:00'));
    const first = await t.app.get(CalendarReminder).remind();
    expect(first).toBeGreaterThan(0);
    expect(await t.app.get(CalendarReminder).remind()).toBe(0);
    expect(await written()).toBe(first);
  });

  it('stands on the administrator’s first page until the year is decided', async () => {
    const cookie = await signIn(t, 'administrator');
    const open = async () => (await fetch(`${t.url}/quan-tri`, { headers: { cookie } })).text();
    expect(await open()).toContain('/quan-tri/lich/2027');
    await rows(
      t.db.manager,
      `insert into calendar_year (version_id, year, documents) select max(id), 2027, '{X}' from calendar_version`,
    );
    await rows(
      t.db.manager,
      `with v as (insert into calendar_version (created_at, created_by, reason) values (now(), 'x', 'x') returning id)
       select id from v`,
    );
    await rows(
      t.db.manager,
      `insert into calendar_year (version_id, year, documents)
       select (select max(id) from calendar_version), year, documents from calendar_year`,
    );
    await rows(
      t.db.manager,
      `insert into office_hours (version_id, weekday, opens, closes)
       select (select max(id) from calendar_version), weekday, opens, closes from office_hours`,
    );
    expect(await open()).not.toContain('/quan-tri/lich/2027');
  });
});
