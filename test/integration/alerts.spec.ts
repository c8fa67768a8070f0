import { AlertService } from '../../src/alerts/alert.service';
import { AlertBootstrap } from '../../src/alerts/alert-bootstrap';
import { rows, type Tx } from '../../src/database/transaction';
import { startTestApp, type TestApp } from '../support/app';
import {
  account,
  alerts,
  createCase,
  createOffice,
  notifications,
  useRules,
  type Office,
} from './alerts-fixture';

// Wednesday 26/8/2026; Monday 31/8 to Wednesday 2/9 are days off.
const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);

describe('the alert sweep', () => {
  let test: TestApp;
  let tx: Tx;
  let office: Office;
  let service: AlertService;

  beforeAll(async () => {
    test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
    tx = test.db.manager;
    office = await createOffice(tx);
    await useRules(tx, ['before-2', 'due-today', 'overdue']);
    service = test.app.get(AlertService);
  });
  beforeEach(async () => {
    test.clock.moveTo(at('09:00'));
    await rows(tx, 'truncate case_record, notification cascade');
  });
  afterAll(() => test.close());

  const give = (code: string, deadline: string, more: object = {}) =>
    createCase(tx, office, { code, deadline, ...more });
  const nextAlertOf = async (code: string) =>
    (
      await rows<{ at: Date | null }>(tx, `select next_alert_at as at from case_record where code = $1`, [
        code,
      ])
    )[0]!.at;
  const told = async (code: string) =>
    (await alerts(tx)).filter((a) => a.code === code).map((a) => [a.rule, a.recipientId]);

  it('tells the department two working days before the deadline and comes back on the day', async () => {
    await give('A', '2026-08-28T17:30:00+07:00');
    expect(await service.sweep()).toEqual({ claimed: 1, raised: 1, notifications: 1 });
    expect(await told('A')).toEqual([['before-2', office.culture]]);
    expect(await nextAlertOf('A')).toEqual(at('07:30', '2026-08-28'));
  });

  it('comes back at the opening of the second working day before a deadline that is far away', async () => {
    await give('A', '2026-09-04T17:30:00+07:00');
    expect(await service.sweep()).toEqual({ claimed: 1, raised: 0, notifications: 0 });
    // back from Friday 4/9: Thursday 3/9, then Friday 28/8
    expect(await nextAlertOf('A')).toEqual(at('07:30', '2026-08-28'));
  });

  it('climbs the ladder with the days, each rung once', async () => {
    await give('A', '2026-08-28T17:30:00+07:00');
    for (const now of [
      at('09:00'),
      at('09:05'),
      at('07:30', '2026-08-28'),
      at('17:31', '2026-08-28'),
      at('09:00', '2026-08-31'),
    ]) {
      test.clock.moveTo(now);
      await service.sweep();
    }
    expect(await told('A')).toEqual([
      ['before-2', office.culture],
      ['due-today', office.culture],
      ['overdue', office.culture],
      ['due-today', office.director],
      ['overdue', office.director],
    ]);
    expect(await nextAlertOf('A')).toBeNull();
  });

  it('tells the supervisors of an overdue case as well', async () => {
    await give('A', '2026-08-25T17:30:00+07:00');
    await service.sweep();
    expect(await told('A')).toEqual([
      ['overdue', office.culture],
      ['overdue', office.director],
    ]);
  });

  it('after an outage sends the highest rung only, not the ladder', async () => {
    await give('A', '2026-08-20T17:30:00+07:00', { nextAlertAt: '2026-08-18T07:30:00+07:00' });
    await service.sweep();
    expect((await told('A')).map(([rule]) => rule)).toEqual(['overdue', 'overdue']);
  });

  it('raises nothing twice however often it runs', async () => {
    await give('A', '2026-08-26T17:30:00+07:00');
    expect((await service.sweep()).raised).toBe(2);
    expect(await service.sweep()).toEqual({ claimed: 0, raised: 0, notifications: 0 });
    await rows(tx, `update case_record set next_alert_at = now()`);
    test.clock.moveTo(at('09:05'));
    await rows(tx, `update case_record set next_alert_at = '2026-08-26T09:04:00+07:00'`);
    expect(await service.sweep()).toEqual({ claimed: 1, raised: 0, notifications: 0 });
    expect(await told('A')).toHaveLength(2);
  });

  it('raises each alert once when many sweeps run at the same time', async () => {
    for (let i = 0; i < 60; i++) await give(`A${String(i).padStart(2, '0')}`, '2026-08-25T17:30:00+07:00');
    const results = await Promise.all(Array.from({ length: 4 }, () => service.sweep()));
    expect(results.reduce((sum, r) => sum + r.claimed, 0)).toBe(60);
    expect(results.reduce((sum, r) => sum + r.raised, 0)).toBe(120);
    expect(await alerts(tx)).toHaveLength(120);
    expect(await notifications(tx)).toHaveLength(2);
  });

  it('works in batches until nothing is due', async () => {
    await rows(
      tx,
      `insert into case_record (unit_id, code, procedure_id, department_id, applicant_name, channel, status, received_at,
         source, created_at, updated_at, due_state, deadline_at, next_alert_at)
       select $1, 'B' || n, $2, $3, 'Sùng A Lềnh', 'direct', 4, now(), 'test', now(), now(), 'due',
         '2026-08-26T17:30:00+07:00', '2026-08-26T07:30:00+07:00' from generate_series(1, 1203) n`,
      [office.communeId, office.procedureId, office.cultureId],
    );
    expect(await service.sweep()).toEqual({ claimed: 1203, raised: 2406, notifications: 2 });
  });

  it('sends one message to a person for what cannot wait, the rest with the next morning', async () => {
    await give('A', '2026-08-25T17:30:00+07:00');
    await give('B', '2026-08-26T17:30:00+07:00');
    await give('C', '2026-08-28T17:30:00+07:00');
    await service.sweep();
    const sent = await notifications(tx);
    expect(sent.map((n) => [n.userId, n.template, n.deliverAfter])).toEqual([
      [office.culture, 'alert-morning', at('07:40', '2026-08-27')],
      [office.culture, 'alert-now', at('09:00')],
      [office.director, 'alert-now', at('09:00')],
    ]);
    const [morning, now] = sent.map((n) => n.id);
    expect(
      (await alerts(tx)).filter((a) => a.recipientId === office.culture).map((a) => a.notificationId),
    ).toEqual([now, now, morning]);
  });

  it('adds to a message that has not gone out yet', async () => {
    test.clock.moveTo(at('20:00', '2026-08-25'));
    await give('A', '2026-08-25T17:30:00+07:00', { departmentId: office.economyId });
    await service.sweep();
    test.clock.moveTo(at('07:30'));
    await give('B', '2026-08-26T17:30:00+07:00', { departmentId: office.economyId });
    await service.sweep();
    const mine = (await notifications(tx)).filter((n) => n.userId === office.economy);
    expect(mine).toHaveLength(1);
  });

  it('shows an alert at once but mails it when the office has opened', async () => {
    test.clock.moveTo(at('20:00', '2026-08-28'));
    await give('A', '2026-08-28T17:30:00+07:00');
    expect((await service.sweep()).raised).toBe(2);
    const [first] = await notifications(tx);
    // with the morning message of the next working day
    expect(first!.deliverAfter).toEqual(at('07:40', '2026-09-03'));
  });

  it.each([
    ['in the lunch break', at('12:00'), at('13:30')],
    ['on a holiday', at('10:00', '2026-09-02'), at('07:40', '2026-09-03')],
    ['in office hours', at('10:00'), at('10:00')],
  ])('mails %s accordingly', async (_, now, expected) => {
    test.clock.moveTo(now);
    await give('A', '2026-08-25T17:30:00+07:00');
    await service.sweep();
    expect((await notifications(tx)).map((n) => n.deliverAfter)).toEqual([expected, expected]);
  });

  it('raises a re-dated case again for its new deadline', async () => {
    const caseId = await give('A', '2026-08-26T17:30:00+07:00');
    await service.sweep();
    await rows(
      tx,
      `update case_record set deadline_at = '2026-08-27T17:30:00+07:00', deadline_day = '2026-08-27', next_alert_at = $2
        where id = $1`,
      [caseId, at('09:00')],
    );
    await service.sweep();
    expect((await told('A')).map(([rule]) => rule)).toEqual(['due-today', 'before-2', 'due-today']);
  });

  it.each([
    ['paused', `due_state = 'paused'`],
    ['finished', `status = 9, settled_day = '2026-08-26'`],
    ['withdrawn by the applicant', `status = 7`],
    ['without deadline', `deadline_at = null`],
  ])('disarms a case that is %s', async (_, change) => {
    await give('A', '2026-08-25T17:30:00+07:00');
    await rows(tx, `update case_record set ${change}`);
    expect(await service.sweep()).toEqual({ claimed: 1, raised: 0, notifications: 0 });
    expect(await nextAlertOf('A')).toBeNull();
  });

  it('keeps an alert in the program for somebody without mail address', async () => {
    const silent = await account(tx, {
      unitId: office.economyId,
      username: 'silent',
      fullName: 'Hoàng Văn Lặng',
      role: 'officer',
      email: null,
    });
    await give('A', '2026-08-26T17:30:00+07:00', { departmentId: office.economyId });
    expect(await service.sweep()).toEqual({ claimed: 1, raised: 3, notifications: 2 });
    expect((await alerts(tx)).find((a) => a.recipientId === silent)!.notificationId).toBeNull();
    await rows(tx, `update user_account set active = false where id = $1`, [silent]);
  });

  it('looks again an hour later when there is nobody to tell', async () => {
    await rows(tx, `update user_account set active = false`);
    await give('A', '2026-08-25T17:30:00+07:00');
    expect((await service.sweep()).raised).toBe(0);
    expect(await nextAlertOf('A')).toEqual(at('10:00'));
    await rows(tx, `update user_account set active = username <> 'silent'`);
    test.clock.moveTo(at('10:00'));
    expect((await service.sweep()).raised).toBe(2);
  });

  it('leaves nothing behind when a batch fails in the middle', async () => {
    await give('A', '2026-08-25T17:30:00+07:00');
    await rows(tx, `alter table notification add constraint refuse check (user_id <> ${office.director})`);
    await expect(service.sweep()).rejects.toThrow('refuse');
    expect([await alerts(tx), await notifications(tx)]).toEqual([[], []]);
    await rows(tx, `alter table notification drop constraint refuse`);
    expect((await service.sweep()).raised).toBe(2);
  });

  it('keeps the rules an administrator changed', async () => {
    await rows(tx, `update alert_rule set active = false where key = 'before-2'`);
    expect(await test.app.get(AlertBootstrap).run()).toBe(0);
    await give('A', '2026-08-28T17:30:00+07:00');
    expect((await service.sweep()).raised).toBe(0);
    expect(await nextAlertOf('A')).toEqual(at('07:30', '2026-08-28'));
    await rows(tx, `update alert_rule set active = true`);
  });
});
