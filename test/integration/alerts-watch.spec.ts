import { AlertService } from '../../src/alerts/alert.service';
import { one, rows, type Tx } from '../../src/database/transaction';
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

// Wednesday 26/8/2026; Monday 31/8 to Wednesday 2/9 are days off. Office hours 07:30–11:30, 13:30–17:00.
const at = (time: string, day = '2026-08-26') => new Date(`${day}T${time}:00+07:00`);
const LATER = '2026-09-30T17:30:00+07:00';
const TODAY = '2026-08-26T17:30:00+07:00';
const YESTERDAY = '2026-08-25T17:30:00+07:00';

let test: TestApp;
let tx: Tx;
let office: Office;
let service: AlertService;

beforeAll(async () => {
  test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
  tx = test.db.manager;
  office = await createOffice(tx);
  service = test.app.get(AlertService);
});
beforeEach(async () => {
  test.clock.moveTo(at('09:00'));
  await rows(tx, 'truncate case_record, notification, absence cascade');
});
afterAll(() => test.close());

const give = (code: string, deadline: string, more: object = {}) =>
  createCase(tx, office, { code, deadline, ...more });
const told = async () => (await alerts(tx)).map((a) => [a.code, a.rule, a.recipientId]);
const next = async (code: string) =>
  (await one<{ at: Date | null }>(tx, 'select next_alert_at as at from case_record where code = $1', [code]))!
    .at;
const sweepAt = async (now: Date) => {
  test.clock.moveTo(now);
  await rows(tx, 'update case_record set next_alert_at = $1 where next_alert_at is null', [now]);
  return service.sweep();
};
const change = (what: string) => rows(tx, `update case_record set ${what}`);
const event = (caseId: number, kind: string, when: Date, data: object = {}) =>
  rows(
    tx,
    `insert into case_event (case_id, kind, at, recorded_at, source, data) values ($1, $2, $3, $3, 'test', $4)
     returning id`,
    [caseId, kind, when, JSON.stringify(data)],
  );

describe('the sweep tells', () => {
  it('on the last day for the letter, unless it is sent or nobody needs one', async () => {
    await useRules(tx, ['letter']);
    const caseId = await give('A', '2026-08-27T17:30:00+07:00');
    const other = await give('B', '2026-08-27T17:30:00+07:00');
    await rows(
      tx,
      `insert into letter (unit_id, case_id, form, state, deadline_at, created_at, updated_at)
       select $1, $2, 'extension-apology', 'sent', deadline_at, now(), now() from case_record where id = $2`,
      [office.communeId, other],
    );
    await service.sweep();
    expect(await told()).toEqual([
      ['A', 'letter', office.culture],
      ['A', 'letter', office.director],
    ]);
    expect(caseId).not.toBe(other);
  });

  it('of an online submission that waits, two working hours before it must be answered', async () => {
    await useRules(tx, ['acceptance']);
    await give('A', LATER);
    await change(`status = 1, due_state = 'excluded', deadline_at = null, acceptance_due_at = '${TODAY}'`);
    await service.sweep();
    expect(await told()).toEqual([]);
    expect(await next('A')).toEqual(at('15:00'));
    await sweepAt(at('15:00'));
    expect(await told()).toEqual([['A', 'acceptance', office.counter]]);
  });

  it('of papers that were asked for and have not come, so many working days after', async () => {
    await useRules(tx, ['supplement']);
    const caseId = await give('A', LATER);
    await event(caseId, 'supplement-requested', at('10:00', '2026-08-14'));
    await change(`status = 5, due_state = 'paused', paused_since = '2026-08-14T10:00:00+07:00'`);
    await service.sweep();
    expect(await told()).toEqual([]);
    expect(await next('A')).toEqual(at('07:30', '2026-08-27'));
    await sweepAt(at('07:30', '2026-08-27'));
    expect((await told()).map(([, rule]) => rule)).toEqual(['supplement', 'supplement']);
  });

  it('of a case without movement; a note counts as movement, a correction does not', async () => {
    await useRules(tx, ['idle']);
    const caseId = await give('A', LATER);
    await event(caseId, 'noted', at('09:00', '2026-08-19'), { text: 'đã gọi' });
    await event(caseId, 'corrected', at('09:00', '2026-08-25'));
    await service.sweep();
    expect(await next('A')).toEqual(at('07:30', '2026-08-27'));
    expect(await told()).toEqual([]);
    expect((await sweepAt(at('07:30', '2026-08-27'))).raised).toBe(2);
  });

  it('of a case that nobody has, some working hours after its reception', async () => {
    await useRules(tx, ['unassigned']);
    await give('A', LATER, { departmentId: null });
    await change(`received_at = '2026-08-26T08:00:00+07:00'`);
    await service.sweep();
    expect(await next('A')).toEqual(at('14:00'));
    await sweepAt(at('14:00'));
    expect(await told()).toEqual([
      ['A', 'unassigned', office.counter],
      ['A', 'unassigned', office.director],
    ]);
  });

  it('of a step that is due, apart from the deadline of the case', async () => {
    await useRules(tx, ['step']);
    await give('A', LATER);
    const limit = await one<{ id: number }>(
      tx,
      `insert into processing_limit (procedure_id, valid_from, amount, unit) values ($1, '2026-01-01', 20, 'working-days')
       returning id`,
      [office.procedureId],
    );
    await rows(
      tx,
      `insert into limit_step (limit_id, position, name, department_name, kind, amount, unit)
       values ($1, 1, 'Thẩm định', 'Phòng Văn hóa - Xã hội', 'processing', 3, 'working-days') returning limit_id`,
      [limit!.id],
    );
    await change(
      `limit_id = ${limit!.id}, computed_due_at = deadline_at, received_at = '2026-08-21T08:00:00+07:00'`,
    );
    await service.sweep();
    expect(await told()).toEqual([['A', 'step', office.culture]]);
  });

  it('once about a case that is on two ladders, by message', async () => {
    await useRules(tx, ['due-today', 'idle']);
    await give('A', TODAY);
    await service.sweep();
    expect(
      (await told())
        .filter(([, , id]) => id === office.culture)
        .map(([, rule]) => rule)
        .sort(),
    ).toEqual(['due-today', 'idle']);
  });

  it('nothing of a deadline that passed only by an error of a system', async () => {
    await useRules(tx, ['overdue']);
    const caseId = await give('A', YESTERDAY);
    await rows(
      tx,
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, evidence, settled_at)
       select id, 'status-not-updated', deadline_at, 'system-error', 'đã trả', 'biên bản', now() from case_record
       where id = $1 returning id`,
      [caseId],
    );
    await service.sweep();
    expect(await told()).toEqual([]);
  });
});

describe('an alert climbs', () => {
  const OVER = ['overdue'];
  beforeEach(async () => {
    await useRules(tx, OVER);
    await rows(
      tx,
      `update alert_rule set recipients = '{officer}', climb_to = '{director,chairman}', climb_hours = 4 where key = 'overdue'`,
    );
  });

  it('to the next above, when nobody says within so many working hours that it is in hand', async () => {
    await give('A', YESTERDAY);
    await service.sweep();
    expect(await told()).toEqual([['A', 'overdue', office.culture]]);
    test.clock.moveTo(at('14:59'));
    expect((await service.sweep()).raised).toBe(0);
    test.clock.moveTo(at('15:00'));
    expect(await service.sweep()).toMatchObject({ claimed: 1, raised: 1 });
    expect(await told()).toEqual([
      ['A', 'overdue', office.culture],
      ['A', 'overdue', office.director],
    ]);
  });

  it('step by step, each relation once', async () => {
    const head = await account(tx, {
      ...{ unitId: office.centreId, username: 'giam.doc', fullName: 'Lý Văn Đốc', role: 'supervisor' },
    });
    await give('A', YESTERDAY);
    await service.sweep();
    for (const now of [at('15:00'), at('10:30', '2026-08-27'), at('16:00', '2026-08-28')]) {
      test.clock.moveTo(now);
      await service.sweep();
    }
    expect((await told()).map(([, , id]) => id).sort()).toEqual(
      [office.culture, office.director, head].sort(),
    );
    await rows(tx, 'update user_account set active = false where id = $1', [head]);
  });

  it.each([
    ['somebody has it in hand', 'update alert set acknowledged_at = now()'],
    [
      'the case is finished',
      `update case_record set status = 9, settled_day = '2026-08-26', next_alert_at = null`,
    ],
    ['the case is paused', `update case_record set due_state = 'paused', next_alert_at = null`],
    [
      'the case has another deadline',
      `update case_record set deadline_at = '${LATER}', next_alert_at = null`,
    ],
  ])('not when %s', async (_, happens) => {
    await give('A', YESTERDAY);
    await service.sweep();
    await rows(tx, happens);
    test.clock.moveTo(at('16:00'));
    expect((await service.sweep()).raised).toBe(0);
    expect(await told()).toHaveLength(1);
  });

  it('once when many sweeps run at the same time', async () => {
    for (let i = 10; i < 40; i++) await give(`A${i}`, YESTERDAY);
    await service.sweep();
    test.clock.moveTo(at('15:30'));
    const results = await Promise.all(Array.from({ length: 4 }, () => service.sweep()));
    expect(results.reduce((sum, r) => sum + r.raised, 0)).toBe(30);
    expect(await alerts(tx)).toHaveLength(60);
  });

  it('not over the days off, when nobody could have acted', async () => {
    test.clock.moveTo(at('16:00', '2026-08-28'));
    await give('A', '2026-08-27T17:30:00+07:00');
    await service.sweep();
    test.clock.moveTo(at('20:00', '2026-09-02'));
    expect((await service.sweep()).raised).toBe(0);
    test.clock.moveTo(at('10:30', '2026-09-03'));
    expect((await service.sweep()).raised).toBe(1);
  });
});

describe('who is away', () => {
  const away = (userId: number, substituteId: number | null, first = '2026-08-26', last = '2026-08-27') =>
    rows(
      tx,
      `insert into absence (user_id, substitute_id, first_day, last_day, recorded_by, recorded_at)
       values ($1, $2, $3, $4, 'test', now()) returning id`,
      [userId, substituteId, first, last],
    );
  beforeEach(() => useRules(tx, ['before-2']));

  it('is replaced by the substitute, who is told for whom', async () => {
    await away(office.culture, office.economy);
    await give('A', '2026-08-28T17:30:00+07:00');
    await service.sweep();
    expect(await told()).toEqual([['A', 'before-2', office.economy]]);
    const found = await one<{ id: number }>(tx, 'select stands_in_for as id from alert');
    expect(found!.id).toBe(office.culture);
  });

  it('is told again from the day of return', async () => {
    await away(office.culture, office.economy, '2026-08-20', '2026-08-25');
    await give('A', '2026-08-28T17:30:00+07:00');
    await service.sweep();
    expect(await told()).toEqual([['A', 'before-2', office.culture]]);
  });
});

describe('messages are few', () => {
  const mine = async () =>
    (await notifications(tx))
      .filter((n) => n.userId === office.culture)
      .map((n) => [n.template, n.deliverAfter]);
  beforeEach(async () => {
    await useRules(tx, ['due-today']);
    await rows(tx, `update alert_rule set recipients = '{officer}' where key = 'due-today'`);
  });

  it('beyond six within an hour the rest waits for one message at its end, and none is dropped', async () => {
    for (let i = 0; i < 9; i++) {
      test.clock.moveTo(new Date(at('09:00').getTime() + i * 300_000));
      await give(`A${i}`, TODAY);
      await service.sweep();
      await rows(tx, `update notification set state = 'sent' where template = 'alert-now'`);
    }
    const written = await mine();
    expect(written.filter(([template]) => template === 'alert-now')).toHaveLength(6);
    expect(written.filter(([template]) => template === 'alert-summary')).toEqual([
      ['alert-summary', at('10:00')],
    ]);
    const linked = await rows(tx, 'select distinct alert_id from alert_message');
    expect(linked).toHaveLength(9);
  });

  it('an urgent rule does not wait for the office to open', async () => {
    await rows(tx, `update alert_rule set urgency = 'urgent' where key = 'due-today'`);
    test.clock.moveTo(at('05:00'));
    await give('A', TODAY);
    await rows(tx, `update alert_rule set moment = 'after' where key = 'due-today'`);
    await change(`deadline_at = '${YESTERDAY}'`);
    await service.sweep();
    expect(await mine()).toEqual([['alert-now', at('05:00')]]);
    await rows(tx, `update alert_rule set urgency = 'day', moment = 'on-day' where key = 'due-today'`);
  });

  it('every morning there is one message about what is left to do, also when nothing new came up', async () => {
    await give('A', TODAY);
    await service.sweep();
    await change(`deadline_at = '${TODAY}'`);
    test.clock.moveTo(at('00:15', '2026-08-27'));
    expect(await service.writeMornings()).toBe(1);
    expect(await service.writeMornings()).toBe(0);
    expect((await mine()).at(-1)).toEqual(['alert-morning', at('07:40', '2026-08-27')]);
    test.clock.moveTo(at('06:00', '2026-08-31'));
    expect(await service.writeMornings()).toBe(0);
  });

  it('an alert put off comes back when its time is over, unless it is in hand', async () => {
    await give('A', TODAY);
    await service.sweep();
    await rows(tx, `update notification set state = 'sent'`);
    await rows(tx, `update alert set snoozed_until = $1, seen_at = $2 returning id`, [
      at('11:00'),
      at('09:01'),
    ]);
    test.clock.moveTo(at('11:00'));
    expect(await service.sweep()).toMatchObject({ claimed: 1, raised: 0, notifications: 1 });
    expect((await mine()).map(([template]) => template)).toEqual(['alert-now', 'alert-now']);
    expect(await service.sweep()).toMatchObject({ claimed: 0 });
  });
});
