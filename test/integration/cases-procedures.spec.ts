import { DeadlineService } from '../../src/cases/deadline.service';
import type { NamedProcedure } from '../../src/cases/procedure-name';
import { catalogueItemSchema } from '../../src/cases/procedure-catalogue';
import { ProcedureService } from '../../src/cases/procedure.service';
import { one, rows, type Tx } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';
import { startTestApp, type TestApp } from '../support/app';
import { insertCases, type FixtureCase } from '../support/case-files';

const item = (code: string, name: string, amount: number, unit = 'working-days', more: object = {}) =>
  catalogueItemSchema.parse({ code, name, field: 'Hộ tịch', limit: { amount, unit }, ...more });

const named = (name: string, code: string | null = null): NamedProcedure => ({
  ...{ code, name, fieldName: null, fieldCode: null, departmentName: null },
});

const openCase = (code: string, procedureName: string, received: string): FixtureCase => ({
  ...{ code, procedureCode: null, procedureName, department: '', applicant: 'Lò Thị Chom', officer: null },
  ...{
    channel: 'direct',
    status: 4,
    received,
    promised: null,
    promisedFirst: null,
    finished: null,
    returned: null,
  },
  supplements: [],
});

describe('procedures and their limits', () => {
  let t: TestApp;
  let procedures: ProcedureService;

  beforeAll(async () => {
    t = await startTestApp();
    procedures = t.app.get(ProcedureService);
  });
  afterAll(() => t?.close());

  const inTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => t.db.transaction(work);
  const limits = (code: string) =>
    rows<{ validFrom: string; amount: number; cutoff: string | null }>(
      t.db.manager,
      `select l.valid_from as "validFrom", l.amount, l.reception_cutoff::text as cutoff
       from processing_limit l join procedure p on p.id = l.procedure_id where p.code = $1 order by 1`,
      [code],
    );

  it('a catalogue creates what is new and says when nothing changed', async () => {
    const items = [
      item('9.000001', 'Đăng ký nuôi ong', 5),
      item('9.000002', 'Sao sổ hộ tịch', 0, 'same-day'),
    ];
    const first = await inTransaction((tx) => procedures.importCatalogue(tx, items));
    expect(first).toMatchObject({ rows: 2, created: 2, updated: 0, unchanged: 0 });
    expect(first.procedureIds).toHaveLength(2);
    const again = await inTransaction((tx) => procedures.importCatalogue(tx, items));
    expect(again).toEqual({ rows: 2, created: 0, updated: 0, unchanged: 2, procedureIds: [] });
  });

  it('a first limit also holds for cases received before anybody entered it', async () => {
    expect(await limits('9.000001')).toEqual([{ validFrom: '1900-01-01', amount: 5, cutoff: null }]);
  });

  it('a same-day procedure has the cut-off 15:00 unless the catalogue says otherwise', async () => {
    expect((await limits('9.000002'))[0]!.cutoff).toBe('15:00:00');
    const none = item('9.000003', 'Chứng thực chữ ký số', 0, 'same-day', { sameDayCutoff: null });
    await inTransaction((tx) => procedures.importCatalogue(tx, [none]));
    expect((await limits('9.000003'))[0]!.cutoff).toBeNull();
  });

  it('a changed limit counts from today; a second change on the same day replaces the first', async () => {
    for (const amount of [7, 8]) {
      const changed = await inTransaction((tx) =>
        procedures.importCatalogue(tx, [item('9.000001', 'Đăng ký nuôi ong', amount)]),
      );
      expect(changed).toMatchObject({ updated: 1, unchanged: 0 });
    }
    expect(await limits('9.000001')).toEqual([
      { validFrom: '1900-01-01', amount: 5, cutoff: null },
      { validFrom: '2026-11-23', amount: 8, cutoff: null },
    ]);
  });

  it('a case keeps the limit that stood on its day of reception', async () => {
    const commune = await t.app.get(UnitService).commune();
    const ids = await insertCases(t.db, commune.id, procedures, [
      openCase('A-1', 'Đăng ký nuôi ong', '2026-11-20T08:00:00+07:00'),
      openCase('A-2', 'Đăng ký nuôi ong', '2026-11-23T08:00:00+07:00'),
    ]);
    await inTransaction((tx) => t.app.get(DeadlineService).recompute(tx, ids));
    const due = await rows<{ day: string }>(
      t.db.manager,
      `select deadline_day as day from case_record where id = any($1) order by code`,
      [ids],
    );
    // From 20/11: 23, 25, 26, 27, 30/11 (24/11 is a public holiday). From 23/11: eight days, 25/11 to 4/12.
    expect(due.map((d) => d.day)).toEqual(['2026-11-30', '2026-12-04']);
  });

  describe('steps', () => {
    const STEPS = [
      { name: 'Tiếp nhận', department: 'Trung tâm', amount: 4, unit: 'working-hours' },
      { name: 'Thẩm định', department: 'Phòng Kinh tế', amount: 3, unit: 'working-days' },
      { name: 'Hỏi ý kiến', department: null, kind: 'consultation', amount: 10, unit: 'working-days' },
    ];
    const put = (amount: number, more: object = {}) =>
      inTransaction((tx) =>
        procedures.importCatalogue(tx, [item('9.000030', 'Cấp phép làm bè', amount, 'working-days', more)]),
      );
    const stored = () =>
      rows<{ from: string; names: string[] }>(
        t.db.manager,
        `select l.valid_from as "from", array_agg(s.name order by s.position) filter (where s.name is not null) as names
         from processing_limit l join procedure p on p.id = l.procedure_id left join limit_step s on s.limit_id = l.id
         where p.code = '9.000030' group by l.id order by 1`,
      );
    const ALL = ['Tiếp nhận', 'Thẩm định', 'Hỏi ý kiến'];

    it('come with a catalogue and belong to the version of the limit', async () => {
      expect(await put(5, { steps: STEPS })).toMatchObject({ created: 1 });
      expect(await stored()).toEqual([{ from: '1900-01-01', names: ALL }]);
    });

    it('stay where the catalogue says nothing about them, or the same', async () => {
      expect(await put(5)).toMatchObject({ unchanged: 1 });
      expect(await put(5, { steps: STEPS })).toMatchObject({ unchanged: 1 });
      expect(await put(6)).toMatchObject({ updated: 1 });
      expect(await stored()).toEqual([
        { from: '1900-01-01', names: ALL },
        { from: '2026-11-23', names: ALL },
      ]);
    });

    it('are replaced by those the catalogue states', async () => {
      expect(await put(6, { steps: STEPS.slice(0, 1) })).toMatchObject({ updated: 1 });
      expect((await stored())[1]).toEqual({ from: '2026-11-23', names: ['Tiếp nhận'] });
    });

    it('are left out of a shorter limit into which they do not fit', async () => {
      await put(6, { steps: STEPS });
      await put(3);
      expect((await stored())[1]).toEqual({ from: '2026-11-23', names: null });
    });

    it('that take longer than the limit make a faulty entry', () => {
      expect(() => item('9.000031', 'Cấp phép làm bè', 3, 'working-days', { steps: STEPS })).toThrow();
    });
  });

  it('a cut-off and a way to count that the office entered outlive a catalogue', async () => {
    const [known] = (await inTransaction((tx) => procedures.findOrCreate(tx, [named('', '9.000001')]))).ids;
    await inTransaction((tx) =>
      procedures.setLimit(tx, known!, '2026-11-23', {
        ...{ amount: 8, unit: 'working-days', receptionCutoff: '15:00', supplementMode: 'restart' },
        ...{ timeOfDay: 'same-hour', document: null, steps: [] },
      }),
    );
    const again = await inTransaction((tx) =>
      procedures.importCatalogue(tx, [item('9.000001', 'Đăng ký nuôi ong', 8)]),
    );
    expect(again).toMatchObject({ unchanged: 1 });
    expect((await limits('9.000001')).at(-1)).toMatchObject({ cutoff: '15:00:00' });
  });

  it('a file that knows no code finds a procedure by its name, with or without marks and "Thủ tục"', async () => {
    const { ids, created } = await inTransaction((tx) =>
      procedures.findOrCreate(tx, [
        named('THỦ TỤC  ĐĂNG KÝ NUÔI ONG'),
        named('Dang ky nuoi ong'),
        named('', '9.000001'),
      ]),
    );
    expect([new Set(ids).size, created]).toEqual([1, 0]);
  });

  it('what a file names for the first time is created once, without a limit, and takes its code later', async () => {
    const first = await inTransaction((tx) =>
      procedures.findOrCreate(tx, [named('Cấp biển số xe trâu'), named('Cấp biển số xe trâu')]),
    );
    expect([first.created, new Set(first.ids).size]).toEqual([1, 1]);
    const coded = await inTransaction((tx) =>
      procedures.findOrCreate(tx, [named('Cấp biển số xe trâu', '9.000009')]),
    );
    expect(coded).toEqual({ ids: [first.ids[0]], created: 0 });
    const stored = await one<object>(t.db.manager, 'select code, incomplete from procedure where id = $1', [
      first.ids[0],
    ]);
    expect(stored).toEqual({ code: '9.000009', incomplete: true });
  });

  it('equal names with two codes are two procedures', async () => {
    const { ids, created } = await inTransaction((tx) =>
      procedures.findOrCreate(tx, [named('Tặng bằng khen', '9.000010'), named('Tặng bằng khen', '9.000011')]),
    );
    expect([new Set(ids).size, created]).toEqual([2, 2]);
  });

  it('two imports that meet the same new name at once create it once', async () => {
    const both = await Promise.all(
      [1, 2].map(() => inTransaction((tx) => procedures.findOrCreate(tx, [named('Đổi tên bản')]))),
    );
    expect(new Set(both.flatMap((b) => b.ids)).size).toBe(1);
  });

  it('a limit entered later gives the waiting cases their due date, and completes the procedure', async () => {
    const commune = await t.app.get(UnitService).commune();
    const [id] = await insertCases(t.db, commune.id, procedures, [
      openCase('B-1', 'Cho thuê nhà văn hóa', '2026-11-02T08:00:00+07:00'),
    ]);
    const deadlines = t.app.get(DeadlineService);
    await inTransaction((tx) => deadlines.recompute(tx, [id!]));
    const state = () =>
      one<{ dueState: string; day: string | null }>(
        t.db.manager,
        `select due_state as "dueState", deadline_day as day from case_record where id = $1`,
        [id],
      );
    expect(await state()).toEqual({ dueState: 'no-limit', day: null });
    const missing = await procedures.countIncomplete();
    const result = await inTransaction((tx) =>
      procedures.importCatalogue(tx, [item('9.000020', 'Cho thuê nhà văn hóa', 3)]),
    );
    expect(result).toMatchObject({ created: 0, updated: 1 });
    await inTransaction((tx) => deadlines.recomputeProcedures(tx, result.procedureIds));
    expect(await state()).toEqual({ dueState: 'due', day: '2026-11-05' });
    expect(await procedures.countIncomplete()).toBe(missing - 1);
  });
});
