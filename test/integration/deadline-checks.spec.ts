import * as path from 'node:path';
import { DeadlineProcessor } from '../../src/cases/deadline.processor';
import { DeadlineCheckService } from '../../src/cases/deadline-check.service';
import { DeadlineService } from '../../src/cases/deadline.service';
import { one, rows, type Tx } from '../../src/database/transaction';
import { IngestService } from '../../src/ingest/ingest.service';
import { BullQueue } from '../../src/jobs/bull-queue';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { UnitEditor } from '../../src/units/unit-editor.service';
import { UnitService } from '../../src/units/unit.service';
import { Client } from '../e2e/auth-client';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { readMailbox } from '../support/mailbox';
import { notifications } from './alerts-fixture';

const DATA = path.join(__dirname, '..', 'fixtures', 'data');
const CASES = 4_122;
const OVERDUE = `code = 'H35.50.12-261005-0004'`;
const NIGHT = new Date('2026-11-25T02:10:00+07:00');

describe('the nightly proof that stored deadlines are what would be computed', () => {
  let t: TestApp;
  let tx: Tx;
  let administrator: Client;

  const load = (fileName: string) =>
    t.app
      .get(IngestService)
      .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
  const check = () => t.app.get(DeadlineCheckService).run();
  const found = async () => (await check())!.kept.map((d) => [d.column, d.stored, d.derived]);
  const change = (set: string, where: string) => rows(tx, `update case_record set ${set} where ${where}`);
  const recompute = () => t.db.transaction((own) => t.app.get(DeadlineService).recompute(own, 'all'));
  const page = async (path = '') => (await administrator.get(`/quan-tri/doi-chieu${path}`)).body;
  const lastId = async () => (await one<{ id: number }>(tx, 'select max(id) as id from deadline_check'))!.id;

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' } });
    tx = t.db.manager;
  });
  beforeEach(async () => {
    t.clock.moveTo(NIGHT);
    administrator = new Client(t.url, await signIn(t, 'administrator'));
    await rows(tx, 'truncate deadline_check, notification cascade');
    for (const queue of t.app.get(BullQueue).all()) await queue.drain(true);
  });
  afterAll(() => t?.close());

  it('without any case and any check there is nothing to say', async () => {
    expect(await page()).toContain('Chưa có lần đối chiếu nào');
    expect((await administrator.get('/quan-tri')).body).not.toContain('Hơn 2 ngày');
    expect((await administrator.get('/api/v1/deadline-checks/latest')).status).toBe(404);
  });

  it('finds nothing in two years of imports, of which one corrects another', async () => {
    for (const file of ['procedures.json', 'cases-2025.xlsx', 'cases-2026.csv', 'cases-2026.json'])
      await load(file);
    expect(await check()).toEqual({ cases: CASES, differences: 0, columns: {}, kept: [] });
    expect(await page()).toContain('mọi số đang lưu đều khớp');
    expect(await page()).not.toContain('Tính lại toàn bộ');
    expect(await notifications(tx)).toEqual([]);
  });

  it.each([
    ['computed_due_at', `computed_due_at = computed_due_at + interval '1 day'`],
    ['limit_id', 'limit_id = null'],
    ['due_state', `due_state = 'no-limit'`],
    ['due_forecast', 'due_forecast = not due_forecast'],
    ['paused_since', 'paused_since = received_at'],
    ['deadline_at', `deadline_at = deadline_at - interval '1 minute'`],
    ['deadline_day', 'deadline_day = deadline_day + 1'],
    ['settled_day', `settled_day = '2026-11-01'`],
    ['outcome', `outcome = 'early'`],
    ['outcome_first', `outcome_first = 'late'`],
    ['mismatch', 'mismatch = not mismatch'],
    ['mismatch_cause', `mismatch_cause = 'weekend-counted'`],
  ])('finds %s when somebody changed it, and rebuilding mends it', async (column, tampering) => {
    await change(tampering, OVERDUE);
    expect((await found()).map(([name]) => name)).toEqual([column]);
    expect(await recompute()).toMatchObject({ changed: 1, columns: { [column]: 1 } });
    expect(await found()).toEqual([]);
  });

  it('finds a closed case that would be reminded of', async () => {
    await change('next_alert_at = now()', `code = '000.15.23.H35-250102-0007'`);
    expect(await found()).toEqual([['next_alert_at', 'true', 'false']]);
    await recompute();
    expect(await found()).toEqual([]);
  });

  it.each([
    ['received_at', `received_at = received_at - interval '1 minute'`],
    ['finished_at', `finished_at = finished_at - interval '1 minute'`],
    ['returned_at', 'returned_at = null'],
    ['status', 'status = 8'],
  ])(
    'finds the fact %s that the ledger does not tell, which rebuilding leaves alone',
    async (column, set) => {
      const where = `code = '000.15.23.H35-250102-0007'`;
      const [before] = await rows<Record<string, unknown>>(tx, `select * from case_record where ${where}`);
      await change(set, where);
      await recompute();
      expect((await found()).map(([name]) => name)).toEqual([column]);
      expect(await page()).not.toContain('Tính lại toàn bộ');
      expect(await page(`/${await lastId()}`)).toContain('là sự kiện, không tính lại được');
      await rows(tx, `update case_record set ${column} = $1 where ${where}`, [before![column]]);
      await recompute();
      expect(await found()).toEqual([]);
    },
  );

  it('a correction in the ledger with its facts is no difference', async () => {
    const event = await one<{ id: number; caseId: number }>(
      tx,
      `select e.id, e.case_id as "caseId" from case_event e join case_record c on c.id = e.case_id
       where c.${OVERDUE} and e.kind = 'received'`,
    );
    const trueAt = '2026-10-05T08:05:00+07:00';
    await rows(
      tx,
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       values ($1, 'corrected', $2, $2, 'user:1', $3)`,
      [event!.caseId, NIGHT, JSON.stringify({ event: event!.id, kind: 'received', trueAt })],
    );
    expect((await found()).map(([column]) => column)).toEqual(['received_at']);
    await rows(tx, `update case_record set received_at = $1 where ${OVERDUE}`, [trueAt]);
    await recompute();
    expect(await found()).toEqual([]);
  });

  describe('what is found', () => {
    it('is told by mail once, in office hours, and no more when a later check finds nothing', async () => {
      await change('deadline_day = deadline_day + 1', OVERDUE);
      await check();
      const [message] = await notifications(tx);
      expect(message).toMatchObject({ deliverAfter: new Date('2026-11-25T07:32:00+07:00') });
      t.clock.moveTo(new Date('2026-11-25T07:33:00+07:00'));
      await t.app.get(DeliveryService).deliver(message!.id);
      const [mail] = (await readMailbox(t.runtime.dataDir)).slice(-1);
      expect(mail!.subject).toBe('Đối chiếu hạn: 1 chỗ đang lưu khác với tính lại');
      expect(mail!.text).toContain('- H35.50.12-261005-0004: ngày của hạn theo dõi');
      expect(mail!.text).toContain(`/quan-tri/doi-chieu/${await lastId()}`);
      expect(String(mail!.html)).not.toMatch(/<img|<script|src=/);
      await check();
      await recompute();
      await check();
      const waiting = (await notifications(tx)).find((n) => n.state === 'pending')!;
      await t.app.get(DeliveryService).deliver(waiting.id);
      expect((await notifications(tx)).map((n) => n.state)).toEqual(['sent', 'withdrawn']);
    });

    it('stands on the first page of the administrator until it is mended', async () => {
      await change('deadline_day = deadline_day + 1', OVERDUE);
      await check();
      expect((await administrator.get('/quan-tri')).body).toContain('Xem các chỗ sai khác của hạn');
      await recompute();
      await check();
      expect((await administrator.get('/quan-tri')).body).not.toContain('Xem các chỗ sai khác');
    });

    it('is counted exactly, and kept up to a thousand', async () => {
      await change('outcome_first = null', `settled_day between '2025-01-01' and '2025-12-31'`);
      const result = await check();
      expect(result).toMatchObject({ differences: 2_141, columns: { outcome_first: 2_141 } });
      expect(result!.kept).toHaveLength(1_000);
      const kept = await one<{ n: number }>(tx, 'select count(*)::int as n from deadline_difference');
      expect(kept!.n).toBe(1_000);
      expect(await page(`/${await lastId()}?trang=10`)).toContain('901–1.000 trong 1.000');
      await recompute();
    });

    it('is rebuilt by one act of the administrator, which is audited and checked again', async () => {
      await change('deadline_day = deadline_day + 1', OVERDUE);
      await check();
      expect(await page()).toContain('Tính lại toàn bộ');
      const { location } = await administrator.post(
        '/quan-tri/doi-chieu/tinh-lai',
        {},
        '/quan-tri/doi-chieu',
      );
      expect(location).toBe('/quan-tri/doi-chieu');
      expect(await page()).toContain('1 hồ sơ được sửa, 0 hồ sơ đổi hạn tính lại');
      const entry = await one<object>(
        tx,
        `select subject, detail from audit_entry where action = 'deadlines.rebuilt' order by id desc limit 1`,
      );
      expect(entry).toEqual({
        subject: `deadline-check:${await lastId()}`,
        detail: { changed: 1, moved: 0, columns: { deadline_day: 1 } },
      });
      expect(await t.app.get(BullQueue).of('deadlines.verify').getWaitingCount()).toBe(1);
      expect(await found()).toEqual([]);
    });

    it('is not rebuilt when nobody has found anything', async () => {
      await check();
      await administrator.post('/quan-tri/doi-chieu/tinh-lai', {}, '/quan-tri/doi-chieu');
      expect(await page()).toContain('không có gì phải tính lại');
    });
  });

  it('asking for a check twice queues one', async () => {
    for (let i = 0; i < 2; i++) await administrator.post('/quan-tri/doi-chieu', {});
    expect(await t.app.get(BullQueue).of('deadlines.verify').getWaitingCount()).toBe(1);
  });

  it('three checks at once are one', async () => {
    const results = await Promise.all([check(), check(), check()]);
    expect(results.filter((r) => r !== null)).toHaveLength(1);
  });

  it('waits for nobody, and nobody waits for it', async () => {
    await t.db.transaction(async (own) => {
      await own.query('select 1 from case_record order by id for no key update');
      expect(await check()).toMatchObject({ cases: CASES });
    });
  });

  it('a check whose process died is told as failed by the next one', async () => {
    await rows(tx, `insert into deadline_check (started_at) values ($1)`, [NIGHT]);
    await check();
    const states = await rows<{ state: string }>(tx, 'select state from deadline_check order by id');
    expect(states.map((s) => s.state)).toEqual(['failed', 'done']);
  });

  it('a check that breaks off is told as failed, and the next one runs', async () => {
    await rows(tx, 'alter table case_event rename to case_event_away');
    await expect(check()).rejects.toThrow(/case_event/);
    await rows(tx, 'alter table case_event_away rename to case_event');
    expect(await check()).toMatchObject({ differences: 0 });
    const states = await rows<{ state: string }>(tx, 'select state from deadline_check order by id');
    expect(states.map((s) => s.state)).toEqual(['failed', 'done']);
  });

  it('is kept for 90 days', async () => {
    await check();
    t.clock.moveTo(new Date(NIGHT.getTime() + 90 * 86_400_000));
    await check();
    t.clock.moveTo(new Date(NIGHT.getTime() + 91 * 86_400_000));
    await check();
    expect(await rows(tx, 'select id from deadline_check')).toHaveLength(2);
  });

  it('is missed on the first page of the administrator when it is older than two days', async () => {
    const line = async () =>
      /Hơn 2 ngày chưa có lần đối chiếu nào xong/.test(
        (await new Client(t.url, await signIn(t, 'administrator')).get('/quan-tri')).body,
      );
    await check();
    t.clock.moveTo(new Date(NIGHT.getTime() + 47 * 3_600_000));
    expect(await line()).toBe(false);
    t.clock.moveTo(new Date(NIGHT.getTime() + 49 * 3_600_000));
    expect(await line()).toBe(true);
  });

  it('programs ask for the newest check, and only administrators see it', async () => {
    await check();
    const { body } = await administrator.get('/api/v1/deadline-checks/latest');
    expect(JSON.parse(body)).toMatchObject({
      ...{ state: 'done', cases: CASES, differences: 0 },
      startedAt: '2026-11-25T02:10:00+07:00',
    });
    for (const role of ['officer', 'clerk', 'supervisor'] as const) {
      const other = new Client(t.url, await signIn(t, role));
      for (const address of [
        '/quan-tri/doi-chieu',
        '/quan-tri/doi-chieu/1',
        '/api/v1/deadline-checks/latest',
      ])
        expect((await other.get(address)).status).toBe(403);
      expect((await other.postWithoutToken('/quan-tri/doi-chieu/tinh-lai', {})).status).toBe(403);
    }
    expect((await administrator.get('/quan-tri/doi-chieu/999999')).status).toBe(404);
  });

  it('a commune that counts the hour of its deadlines differently is recomputed, each case with the reason', async () => {
    const units = t.app.get(UnitService);
    const { id, name, code } = await units.commune();
    const settings = await units.settingsOf(id);
    const by = { actor: 'Ngô Minh Trí', userId: null };
    const set = (timeOfDay: 'end-of-office' | 'same-hour') =>
      t.app.get(UnitEditor).updateCommune(by, id, { name, code, settings: { ...settings, timeOfDay } });
    await set('same-hour');
    const [job] = await t.app.get(BullQueue).of('units.hour-of-deadlines-set').getWaiting();
    expect((await check())!.differences).toBeGreaterThan(0);
    await t.app.get(DeadlineProcessor).hourSet(job!.data);
    expect(await check()).toMatchObject({ differences: 0 });
    const told = await one<{ data: object }>(
      tx,
      `select data from case_event e join case_record c on c.id = e.case_id
       where c.${OVERDUE} and e.kind = 'deadline-moved'`,
    );
    expect(told!.data).toMatchObject({ because: 'hour', by: 'Ngô Minh Trí' });
  });
});
