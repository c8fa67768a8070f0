import { planReturn, type ActContext, type ActPlan } from '../../src/cases/case-act';
import { CaseActsService } from '../../src/cases/case-acts.service';
import { planStop, planWithdrawal } from '../../src/cases/case-closing-act';
import { planCorrection } from '../../src/cases/case-correction';
import { DeadlineComparison } from '../../src/cases/deadline-comparison.service';
import { Random } from '../../src/samples/random';
import type { Reader } from '../../src/web/reader';
import { caseRow, csv, HEADINGS } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { startTestApp, type TestApp } from '../support/app';

const CASES = 60;
const STEPS = 14;
const STATUSES = ['2', '3', '4', '5', '6', '7', '8', '9', '10'];
/** Few, so that a day often comes back after it was taken away. */
const DAYS = ['07/01/2026 11:22:00', '09/01/2026 07:54:00', '12/01/2026 15:00:00'];
const LEFT_OUT = [[], [], ['Ngày kết thúc xử lý'], ['Ngày trả kết quả'], ['Trạng thái']];
const codeOf = (number: number): string => `H35.50.12-260105-${String(number).padStart(4, '0')}`;

describe('the ledger tells the facts of a case', () => {
  let t: TestApp;
  let officer: Reader;
  beforeAll(async () => {
    t = await startTestApp({ now: new Date('2026-02-02T08:00:00+07:00'), env: { ROLE: 'web' } });
    const [user] = await t.db.query<{ id: number; unitId: number }[]>(
      `select id, unit_id as "unitId" from user_account where role = 'officer' order by id limit 1`,
    );
    const communes = await t.db.query<{ id: number }[]>(`select id from unit where kind = 'commune'`);
    officer = {
      ...{ kind: 'user', id: user!.id, unitId: user!.unitId, name: 'Lò Thị Mai', title: '', role: 'officer' },
      ...{ departmentId: null, communeIds: communes.map((c) => c.id), unitName: '' },
      ...{ letterKeys: true, sessionId: '' },
    };
  });
  beforeEach(async () => {
    await t.db.query('truncate case_event, case_record, ingest_fault, ingest_run cascade');
  });
  afterAll(() => t?.close());

  const differences = async () => (await t.app.get(DeadlineComparison).compare()).kept;
  const later = () => t.clock.moveTo(new Date(t.clock.now().getTime() + 60_000));

  /** What a source may say of its cases at one moment, sensible or not; some rows are refused, some columns missing. */
  function told(random: Random): string {
    const absent = random.pick(LEFT_OUT);
    const kept = HEADINGS.map((heading, i) => ({ heading, i })).filter((h) => !absent.includes(h.heading));
    const rows = Array.from({ length: CASES }, (_, i) =>
      caseRow(i + 1, {
        'Trạng thái': random.pick(STATUSES),
        'Ngày tiếp nhận': random.chance(0.1) ? '06/01/2026 08:00:00' : '05/01/2026 07:30:00',
        'Ngày kết thúc xử lý': random.chance(0.5) ? random.pick(DAYS) : null,
        'Ngày trả kết quả': random.chance(0.4) ? random.pick(DAYS) : null,
      }),
    );
    return csv([kept.map((h) => h.heading), ...rows.map((row) => kept.map((h) => row[h.i] ?? null))]);
  }

  const day = (random: Random) => ({
    ngay: random.pick(['7/1/2026', '9/1/2026', '12/1/2026']),
    gio: '15:00',
  });

  /** Something an officer may record of a case, possible or not: what is impossible is refused. */
  function planned(random: Random): (context: ActContext) => ActPlan {
    const reason = { ly_do: 'Ghi nhầm', can_cu: 'Điều 17' };
    const said = day(random);
    const handed = { da_trao: random.chance(0.5) ? ('co' as const) : null, ngay_trao: '12/1/2026' };
    const never = random.chance(0.4) ? 'khong' : 'luc';
    const nth = random.next();
    return random.weighted<[number, (context: ActContext) => ActPlan]>(
      [
        [4, (context) => planReturn({ ...said, ...handed, gio_trao: '15:00' }, context)],
        [1, (context) => planWithdrawal({ ...said, ...reason }, context)],
        [1, (context) => planStop({ ...said, ...reason }, context)],
        [
          5,
          (context) => {
            const { id } = context.events[Math.floor(nth * context.events.length)]!;
            return planCorrection({ muc: String(id), cach: never, ...said, ly_do: reason.ly_do }, context);
          },
        ],
      ],
      ([weight]) => weight,
    )[1];
  }

  it.each([1, 2])('after every import and every act of a random history, seed %i', async (seed) => {
    const random = new Random(seed);
    for (let step = 0; step < STEPS; step++) {
      await importContent(t, 'a.csv', told(random));
      expect(await differences()).toEqual([]);
      later();
      for (const number of random.some(
        Array.from({ length: CASES }, (_, i) => i + 1),
        12,
      )) {
        const [known] = await t.db.query<object[]>('select 1 from case_record where code = $1', [
          codeOf(number),
        ]);
        if (known) await t.app.get(CaseActsService).act(officer, codeOf(number), planned(random));
      }
      expect(await differences()).toEqual([]);
      later();
    }
    const [{ n }] = (await t.db.query(
      `select count(*)::int as n from case_event where kind <> 'received'`,
    )) as [{ n: number }];
    expect(n).toBeGreaterThan(CASES * 3);
  });
});
