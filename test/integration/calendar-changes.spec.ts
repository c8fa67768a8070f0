import { randomUUID } from 'node:crypto';
import { AlertService } from '../../src/alerts/alert.service';
import { CalendarConfirming } from '../../src/calendars/calendar-confirming.service';
import { CalendarConsequences } from '../../src/calendars/calendar-consequences';
import { blankForm, type CalendarForm } from '../../src/calendars/calendar-form';
import { CalendarOffices } from '../../src/calendars/calendar-offices.service';
import { CalendarService } from '../../src/calendars/calendar.service';
import { DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { isoDay, parseIsoDay } from '../../src/domain/local-date';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { UnitService } from '../../src/units/unit.service';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { cases2025, cases2026, importProcedures, insertCases } from '../support/case-files';
import { useDeadlineRules } from './alerts-fixture';
import { readerOf } from './letters-fixture';

interface CaseRow {
  id: number;
  code: string;
  status: number;
  promised: string | null;
  due: string | null;
  nextAlert: Date | null;
}

const SWAP = blankForm({
  ...{ viec: 'hoan-doi', tu: '23/11/2026', lam_bu: '28/11/2026' },
  ...{ ten: 'Hoán đổi trước Ngày Văn hóa Việt Nam', van_ban: 'Thông báo 99/TB-BNV' },
});
const CLOSURE = blankForm({
  ...{ viec: 'nghi', tu: '25/11/2026', ten: 'Sửa trụ sở', van_ban: 'Quyết định 12/QĐ-UBND' },
});

/** An office with the cases of two years, reminded and with its letters drafted, at Monday 23/11/2026 09:00. */
async function startWithCases(): Promise<TestApp> {
  const t = await startTestApp({ env: { ROLE: 'web' } });
  const procedures = t.app.get(ProcedureService);
  const commune = await t.app.get(UnitService).commune();
  await useDeadlineRules(t.db.manager);
  await importProcedures(t.db, procedures);
  await insertCases(t.db, commune.id, procedures, await cases2025());
  await insertCases(t.db, commune.id, procedures, cases2026());
  await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'));
  await settle(t);
  return t;
}

/** What the jobs after a change do. */
async function settle(t: TestApp): Promise<void> {
  await t.app.get(AlertService).sweep();
  await t.app.get(LetterDraftService).draftOwed();
}

const casesOf = (t: TestApp): Promise<CaseRow[]> =>
  t.db.query(
    `select id, code, status::int, to_char(promised_at, 'YYYY-MM-DD HH24:MI') as promised,
       to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as due,
       next_alert_at as "nextAlert"
     from case_record order by id`,
  );

const count = async (t: TestApp, sql: string, values: unknown[] = []): Promise<number> => {
  const [row] = await t.db.query<{ n: number }[]>(`select count(*)::int as n from ${sql}`, values);
  return row!.n;
};
const versions = (t: TestApp) => count(t, 'calendar_version');
const moves = (t: TestApp) => count(t, `case_event where kind = 'deadline-moved'`);

/** The person and the calendar that an act is about. */
async function deskOf(t: TestApp, code = '') {
  const reader: Reader = await readerOf(t, 'administrator');
  const office = await t.app.get(CalendarOffices).changeable(reader, code);
  const confirming = t.app.get(CalendarConfirming);
  const preview = async (form: CalendarForm) => {
    const shown = await confirming.preview(office, { ...form, don_vi: code });
    if (!shown.preview) throw new Error(JSON.stringify(shown.faults));
    return shown.preview;
  };
  const confirm = (form: CalendarForm, shown: { base: string; token: string }) =>
    confirming.confirm(reader, office, { ...form, don_vi: code }, shown);
  return { preview, confirm };
}

describe('a day off declared while somebody writes a case', () => {
  let t: TestApp;
  beforeAll(async () => (t = await startWithCases()));
  afterAll(() => t?.close());

  const waiting = () => count(t, `pg_locks where locktype = 'advisory' and not granted`);

  it('waits for the case and re-dates it too', async () => {
    const desk = await deskOf(t);
    const shown = await desk.preview(CLOSURE);
    const deadlines = t.app.get(DeadlineService);
    const copied = `unit_id, procedure_id, department_id, applicant_name, channel, status, received_at, source,
      created_at, updated_at`;
    let confirmed: Promise<unknown> | null = null;
    await t.db.transaction(async (tx) => {
      await deadlines.holdGround(tx);
      const [made] = await tx.query<{ id: number }[]>(
        `insert into case_record (code, ${copied})
         select 'H35.50.12-261120-7777', ${copied} from case_record c
         where status = 4 and computed_due_at > '2026-11-26' and due_state = 'due' order by id limit 1 returning id`,
      );
      await deadlines.recompute(tx, [made!.id]);
      confirmed = desk.confirm(CLOSURE, shown);
      while ((await waiting()) === 0) await new Promise((resolve) => setImmediate(resolve));
    });
    await confirmed;
    const stale = await t.db.transaction((tx) => deadlines.recompute(tx, 'all'));
    expect(stale).toMatchObject({ changed: 0, moved: 0 });
    expect(await moves(t)).toBeGreaterThan(0);
    expect(
      await count(
        t,
        `case_event e join case_record c on c.id = e.case_id
         where c.code = 'H35.50.12-261120-7777' and e.kind = 'deadline-moved'`,
      ),
    ).toBe(1);
  });
});

/** Those that somebody can be shown beforehand; forecasts come and go with the days. */
const OWED_LETTERS = `letter where form <> 'extension-apology'`;

describe('a swap entered as one act', () => {
  let t: TestApp;
  let before: CaseRow[];
  let after: CaseRow[];
  let shown: Awaited<ReturnType<Awaited<ReturnType<typeof deskOf>>['preview']>>;
  let letters: { before: number; after: number };
  let result: unknown;

  beforeAll(async () => {
    t = await startWithCases();
    const desk = await deskOf(t);
    before = await casesOf(t);
    letters = { before: await count(t, OWED_LETTERS), after: 0 };
    shown = await desk.preview(SWAP);
    expect([await versions(t), await moves(t)]).toEqual([1, 0]);
    expect(await casesOf(t)).toEqual(before);
    result = await desk.confirm(SWAP, shown);
    await settle(t);
    after = await casesOf(t);
    letters.after = await count(t, OWED_LETTERS);
  });
  afterAll(() => t?.close());

  const movedIds = () => after.filter((c, i) => c.due !== before[i]!.due).map((c) => c.id);

  it('moves exactly the cases whose time runs over the swapped day', () => {
    // Due 23 November or later, and received before it: that day is not worked any more.
    const touched = before.filter((c) => c.due !== null && c.due >= '2026-11-23' && c.due < '2026-11-28');
    expect(touched.length).toBeGreaterThan(0);
    expect(movedIds()).toEqual(expect.arrayContaining(touched.map((c) => c.id)));
    const others = before.filter((c) => c.due !== null && c.due < '2026-11-23').map((c) => c.id);
    expect(movedIds().filter((id) => others.includes(id))).toEqual([]);
  });

  it('says before what it does after', async () => {
    const { cases, alerts, letters: foretold } = shown.effects;
    expect(result).toEqual({ version: 2, moved: cases.moved });
    expect(movedIds()).toHaveLength(cases.moved);
    expect(cases.moves).toHaveLength(Math.min(20, cases.moved));
    const reminded = after.filter(
      (c, i) => c.nextAlert?.getTime() !== before[i]!.nextAlert?.getTime(),
    ).length;
    expect(alerts.reminders).toBe(reminded);
    expect(letters.after - letters.before).toBe(foretold.newlyOwed - foretold.noLongerOwed);
    const [version] = await t.db.query<{ moved: number }[]>(
      'select moved_cases as moved from calendar_version where id = 2',
    );
    expect(version!.moved).toBe(cases.moved);
  });

  it('leaves every promise as it is printed', () => {
    expect(after.map((c) => c.promised)).toEqual(before.map((c) => c.promised));
    expect(shown.effects.cases.promisesStay).toBeGreaterThan(0);
  });

  it('writes the reason on each moved case, once', async () => {
    const events = await t.db.query<{ caseId: number; data: Record<string, string> }[]>(
      `select case_id as "caseId", data from case_event where kind = 'deadline-moved' order by case_id`,
    );
    expect(events.map((e) => e.caseId)).toEqual(movedIds());
    expect(events[0]!.data).toMatchObject({
      because: 'calendar',
      document: 'Thông báo 99/TB-BNV',
      reason: expect.stringMatching(/^Nghỉ thứ Hai 23\/11\/2026, làm bù thứ Bảy 28\/11\/2026/) as string,
    });
  });

  it('leaves nothing to recompute', async () => {
    expect(await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'))).toMatchObject({
      moved: 0,
    });
  });

  it('is taken back as one act, and every due comes back', async () => {
    const desk = await deskOf(t);
    const back = blankForm({ viec: 'bo', tu: '28/11/2026', ly_do: 'Văn bản bị thu hồi' });
    const weighed = await desk.preview(back);
    expect(weighed.difference.days.map((d) => d.day)).toEqual(['2026-11-23', '2026-11-28']);
    await desk.confirm(back, weighed);
    expect((await casesOf(t)).map((c) => c.due)).toEqual(before.map((c) => c.due));
  });
});

describe('confirming a change', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startWithCases();
  });
  afterAll(() => t?.close());

  it('leaves nothing behind when one part of it fails', async () => {
    const desk = await deskOf(t);
    const shown = await desk.preview(SWAP);
    const before = await casesOf(t);
    const apply = jest.spyOn(t.app.get(CalendarConsequences), 'apply');
    apply.mockImplementationOnce(async (tx, change, why) => {
      await t.app.get(DeadlineService).recompute(tx, change!.scope, { because: 'calendar', ...why });
      throw new Error('broken in the middle');
    });
    await expect(desk.confirm(SWAP, shown)).rejects.toThrow('broken in the middle');
    apply.mockRestore();
    expect([await versions(t), await moves(t)]).toEqual([1, 0]);
    expect(await casesOf(t)).toEqual(before);
  });

  it('twice with the same form makes one version; of two administrators the second sees the new preview', async () => {
    const desk = await deskOf(t);
    const [mine, theirs] = [await desk.preview(SWAP), await desk.preview(CLOSURE)];
    const twice = await Promise.all([desk.confirm(SWAP, mine), desk.confirm(SWAP, mine)]);
    expect(twice[0]).toEqual(twice[1]);
    expect(await versions(t)).toBe(2);
    const late = await desk.confirm(CLOSURE, theirs);
    expect(late).toMatchObject({
      meanwhile: { again: { faults: null, preview: { base: expect.any(String) as string } } },
    });
    expect(await versions(t)).toBe(2);
    const anew = (late as { meanwhile: { again: { preview: typeof theirs } } }).meanwhile.again.preview;
    expect(await desk.confirm(CLOSURE, anew)).toMatchObject({ version: expect.any(Number) as number });
    expect(await versions(t)).toBe(3);
  });

  it('one after the other when two administrators confirm at the same instant', async () => {
    const desk = await deskOf(t);
    const other = { ...CLOSURE, tu: '26/11/2026' };
    const third = { ...CLOSURE, tu: '27/11/2026' };
    const [a, b] = [await desk.preview(other), await desk.preview(third)];
    const results = await Promise.all([desk.confirm(other, a), desk.confirm(third, b)]);
    expect(results.filter((r) => 'version' in r)).toHaveLength(1);
    expect(results.filter((r) => 'meanwhile' in r)).toHaveLength(1);
  });

  it('refuses with everything that is wrong', async () => {
    const reader = await readerOf(t, 'administrator');
    const office = await t.app.get(CalendarOffices).changeable(reader, '');
    const form = blankForm({ viec: 'hoan-doi', tu: '29/11/2026' });
    const { faults } = await t.app.get(CalendarConfirming).preview(office, form);
    expect(faults?.map((f) => f.field)).toEqual(['lam_bu', 'tu', 'ten', 'van_ban']);
  });
});

describe('calendars that inherit', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startWithCases();
  });
  afterAll(() => t?.close());

  const working = async (unitId: number | null, day: string): Promise<boolean> =>
    (await t.app.get(CalendarService).of(unitId)).calendar.isWorkingDay(parseIsoDay(day));

  it('a closure of one unit moves only the cases of that unit', async () => {
    const units = await t.app.get(UnitService).all();
    const [own] = await t.db.query<{ id: number }[]>(
      `select department_id as id from case_record where status = 4 and computed_due_at > '2026-11-25'
         and department_id is not null group by 1 order by count(*) desc limit 1`,
    );
    const department = units.find((unit) => unit.id === own!.id)!;
    const before = await casesOf(t);
    const desk = await deskOf(t, department.code);
    const shown = await desk.preview(CLOSURE);
    expect(shown.effects.cases.moved).toBeGreaterThan(0);
    await desk.confirm(CLOSURE, shown);
    const after = await casesOf(t);
    const moved = after.filter((c, i) => c.due !== before[i]!.due).map((c) => c.id);
    expect(moved).toHaveLength(shown.effects.cases.moved);
    const elsewhere = await count(t, 'case_record where id = any($1) and department_id is distinct from $2', [
      moved,
      department.id,
    ]);
    expect(elsewhere).toBe(0);
    expect(await working(department.id, '2026-11-25')).toBe(false);
    expect(await working(department.parentId, '2026-11-25')).toBe(true);
  });

  it('what the commune adds holds below it, not above; yearly summer hours come back every year', async () => {
    const commune = await t.app.get(UnitService).commune();
    const [department] = await t.app.get(UnitService).departments(commune.id);
    const desk = await deskOf(t, commune.code);
    const closed = { ...CLOSURE, tu: '1/12/2026' };
    await desk.confirm(closed, await desk.preview(closed));
    expect(await working(department!.id, '2026-12-01')).toBe(false);
    expect(await working(commune.parentId, '2026-12-01')).toBe(true);

    const hours = '07:00-11:00, 14:00-17:30';
    const summer = blankForm({
      ...{ viec: 'dot-gio', ten: 'Giờ mùa hè', tu: '1/5/2026', den: '30/9/2026', hang_nam: 'co' },
      ...{ gio_2: hours, gio_3: hours, gio_4: hours, gio_5: hours, gio_6: hours, van_ban: 'QĐ 5/QĐ-UBND' },
    });
    await desk.confirm(summer, await desk.preview(summer));
    const { calendar } = await t.app.get(CalendarService).of(department!.id);
    const opens = (day: string) => calendar.intervalsOf(parseIsoDay(day))[0]?.opens;
    expect([opens('2026-04-29'), opens('2026-06-01'), opens('2027-06-01'), opens('2027-10-01')]).toEqual([
      450, 420, 420, 450,
    ]);
  });

  it('an administrator of one commune among several may not change the calendar of all', async () => {
    const reader = { ...(await readerOf(t, 'administrator')), communeIds: [] };
    await expect(t.app.get(CalendarOffices).changeable(reader, '')).rejects.toMatchObject({
      code: 'CALENDAR_OFFICE_FORBIDDEN',
    });
  });

  it('a token is worth one version only', async () => {
    const desk = await deskOf(t);
    const { base } = await desk.preview({ ...CLOSURE, tu: '8/12/2026' });
    const stranger = { base, token: randomUUID() };
    expect(await desk.confirm({ ...CLOSURE, tu: '8/12/2026' }, stranger)).toMatchObject({
      moved: expect.any(Number) as number,
    });
    expect(await desk.confirm({ ...CLOSURE, tu: '9/12/2026' }, stranger)).toMatchObject({
      version: expect.any(Number) as number,
    });
    expect(await working(null, '2026-12-09')).toBe(true);
  });
});

describe('a case without a promise, whose day passed on Friday 20 November', () => {
  const HOLIDAY = blankForm({
    viec: 'nghi',
    tu: '20/11/2026',
    ten: 'Nghỉ theo công điện',
    van_ban: 'CĐ 1/CĐ-TTg',
  });
  const BACK = blankForm({ viec: 'bo', tu: '20/11/2026', ly_do: 'Công điện bị thu hồi' });
  let t: TestApp;
  let caseId: number;

  beforeAll(async () => {
    t = await startWithCases();
    const [limit] = await t.db.query<{ procedureId: number; amount: number }[]>(
      `select procedure_id as "procedureId", amount from processing_limit
       where unit = 'working-days' and amount between 3 and 10 order by id limit 1`,
    );
    const { calendar } = await t.app.get(CalendarService).of(null);
    const received = isoDay(calendar.addWorkingDays(parseIsoDay('2026-11-20'), -limit!.amount));
    const commune = await t.app.get(UnitService).commune();
    const [made] = await t.db.query<{ id: number }[]>(
      `insert into case_record (unit_id, code, procedure_id, applicant_name, channel, status, received_at, source,
         created_at, updated_at)
       values ($1, 'H35.50.12-261113-9999', $2, 'Vàng Thị Pàng', 'direct', 4, $3, 'test', now(), now()) returning id`,
      [commune.id, limit!.procedureId, `${received}T08:00:00+07:00`],
    );
    caseId = made!.id;
    await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, [caseId]));
    await settle(t);
    await t.db.query(
      `insert into letter (unit_id, case_id, form, state, deadline_at, created_at, updated_at)
       select unit_id, id, 'extension-apology', 'draft', deadline_at, now(), now() from case_record
       where status = 4 and due_state = 'due' and promised_at is not null
         and deadline_at >= '2026-11-24T00:00:00+07:00' order by deadline_at, id limit 1
       on conflict do nothing`,
    );
  });
  afterAll(() => t?.close());

  const drafts = () => count(t, `letter where form <> 'extension-apology' and state in ('draft', 'ready')`);
  const outdated = () =>
    count(
      t,
      `alert a join case_record c on c.id = a.case_id join alert_message m on m.alert_id = a.id
       join notification n on n.id = m.notification_id
       where n.state = 'pending' and c.id = $1 and a.deadline_at <> c.deadline_at`,
      [caseId],
    );

  it('is overdue no more when that day is declared off: its letter and its alerts are taken back as foretold', async () => {
    const desk = await deskOf(t);
    const before = await drafts();
    const shown = await desk.preview(HOLIDAY);
    expect(shown.effects.cases).toMatchObject({ becomeOverdue: 0, stopBeingOverdue: 1 });
    expect(shown.effects.letters).toMatchObject({ newlyOwed: 0, noLongerOwed: 1 });
    expect(shown.effects.alerts.withdrawn).toBeGreaterThan(0);
    await desk.confirm(HOLIDAY, shown);
    expect(await outdated()).toBe(shown.effects.alerts.withdrawn);
    await settle(t);
    expect(await drafts()).toBe(before - 1);
  });

  it('and overdue again when that is taken back', async () => {
    const desk = await deskOf(t);
    const before = await drafts();
    const shown = await desk.preview(BACK);
    expect(shown.effects.cases).toMatchObject({ becomeOverdue: 1, stopBeingOverdue: 0 });
    expect(shown.effects.letters).toMatchObject({ newlyOwed: 1, noLongerOwed: 0 });
    await desk.confirm(BACK, shown);
    await settle(t);
    expect(await drafts()).toBe(before + 1);
  });

  it('a letter that asks for an extension must leave a day earlier when the day before the deadline is off', async () => {
    const letters = await t.db.query<{ deadline: string }[]>(
      `select to_char(deadline_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD') as deadline
       from letter where form = 'extension-apology' and state in ('draft', 'ready') order by deadline_at desc`,
    );
    const { calendar } = await t.app.get(CalendarService).of(null);
    const sendingDay = (deadline: string) => isoDay(calendar.previousWorkingDay(parseIsoDay(deadline)));
    const sending = sendingDay(letters[0]!.deadline);
    const [year, month, day] = sending.split('-').map(Number);
    const desk = await deskOf(t);
    const off = { ...HOLIDAY, tu: `${day}/${month}/${year}` };
    const moving = letters.filter(({ deadline }) => sendingDay(deadline) === sending);
    expect(moving.length).toBeGreaterThan(0);
    expect((await desk.preview(off)).effects.letters.sendingDaysMove).toBe(moving.length);
  });
});
