import { AlertService } from '../../src/alerts/alert.service';
import { ImportActs } from '../../src/ingest/import-acts.service';
import type { ImportResult } from '../../src/ingest/import-result';
import { ImportUndo } from '../../src/ingest/import-undo.service';
import { IngestService } from '../../src/ingest/ingest.service';
import { RunLog } from '../../src/ingest/run-log.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import type { Reader } from '../../src/web/reader';
import { caseRow, grid, workbook, type Grid } from '../fixtures/ingest/files';
import { importContent } from '../fixtures/ingest/import';
import { startTestApp, type TestApp } from '../support/app';

const OVERDUE = {
  ...{ 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' },
  'Đơn vị xử lý': 'Phòng Kinh tế',
};
const code = (number: number): string => `H35.50.12-260105-000${number}`;

describe('taking an import back when other features have cases of it', () => {
  let t: TestApp;
  let reader: Reader;

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' } });
    const [commune] = await t.db.query<{ id: number }[]>(`select id from unit where kind = 'commune'`);
    reader = { communeIds: [commune!.id] } as Reader;
  });
  beforeEach(async () => {
    await t.db.query(
      `truncate letter_delivery, letter, alert, notification, overdue_settlement, case_event, case_record,
         ingest_fault, ingest_run cascade`,
    );
  });
  afterAll(() => t.close());

  /** Imports, reminds and drafts letters as the service does by itself. */
  const importAll = async (...rows: Grid): Promise<ImportResult> => {
    const result = await importContent(t, 'a.xlsx', await workbook(grid(...rows)));
    await t.app.get(AlertService).sweep();
    await t.app.get(LetterDraftService).draftOwed();
    t.clock.moveTo(new Date(t.clock.now().getTime() + 60_000));
    return result;
  };
  const undo = async ({ runId }: ImportResult): Promise<string | null> => {
    await t.app.get(ImportActs).undo(reader, runId, { actor: 'Ngô Minh Trí', now: t.clock.now() });
    await t.app.get(IngestService).advance(runId);
    const run = await t.app.get(RunLog).detail(runId, reader.communeIds);
    return run.state === 'undone' ? null : `${run.state}: ${run.message}`;
  };
  const count = async (what: string): Promise<number> =>
    (await t.db.query<{ n: number }[]>(`select count(*)::int as n from ${what}`))[0]!.n;

  it('reminders, messages that wait and drafts nobody touched go with the cases', async () => {
    const result = await importAll(caseRow(1, OVERDUE), caseRow(2, OVERDUE));
    expect(await count('alert')).toBeGreaterThan(0);
    expect(await count('letter')).toBe(2);
    expect(await undo(result)).toBeNull();
    expect([await count('case_record'), await count('alert'), await count('letter')]).toEqual([0, 0, 0]);
    expect(await count(`notification where state = 'pending'`)).toBe(0);
    expect(await count(`notification where state = 'withdrawn'`)).toBeGreaterThan(0);
  });

  it('a message that also tells of another case still goes out', async () => {
    await importAll(caseRow(1, OVERDUE));
    const second = await importAll(caseRow(2, OVERDUE));
    expect(await undo(second)).toBeNull();
    expect(await count(`notification where state = 'pending'`)).toBeGreaterThan(0);
    expect(await count('alert')).toBe(
      await count(`alert where case_id = (select id from case_record where code = '${code(1)}')`),
    );
  });

  it('a message that has left stays in the log', async () => {
    const result = await importAll(caseRow(1, OVERDUE));
    await t.db.query(`update notification set state = 'sent', sent_at = now()`);
    expect(await undo(result)).toBeNull();
    expect(await count(`notification where state = 'sent'`)).toBeGreaterThan(0);
  });

  it.each([
    ['completed', `state = 'ready', completed_by = (select min(id) from user_account)`],
    ['cancelled', `state = 'cancelled', cancelled_at = now(), cancel_reason = 'nhầm'`],
    ['called needless', `state = 'not-needed', not_needed_reason = 'đã trả'`],
  ])('a letter somebody has %s forbids it and names the case', async (_, change) => {
    const result = await importAll(caseRow(1, OVERDUE), caseRow(2, OVERDUE));
    await t.db.query(
      `update letter set ${change}, updated_at = $2
       where case_id = (select id from case_record where code = $1)`,
      [code(2), t.clock.now()],
    );
    expect(
      await t.app.get(ImportUndo).forecast(await t.app.get(RunLog).detail(result.runId, reader.communeIds)),
    ).toMatchObject({ vanish: 2, restored: 0, obstacle: { code: 'IMPORT_BUILT_ON' } });
    expect(await undo(result)).toBe(
      `done: Không hoàn tác được: đã có thay đổi sau lần nhập này ở hồ sơ ${code(2)}.`,
    );
    expect(await count('case_record')).toBe(2);
    expect(await count('letter')).toBe(2);
  });

  it('a letter completed before the import changed its case does not', async () => {
    await importAll(caseRow(1, OVERDUE));
    await t.db.query(
      `update letter set state = 'ready', completed_by = (select min(id) from user_account), updated_at = $1`,
      [new Date(t.clock.now().getTime() - 30_000)],
    );
    const second = await importAll(caseRow(1, { ...OVERDUE, 'Chủ hồ sơ': 'Lò Văn Hai' }));
    expect(await undo(second)).toBeNull();
    expect(await count(`case_record where applicant_name = 'Lò Văn 1'`)).toBe(1);
    expect(await count('letter')).toBe(1);
  });

  it('a settled suspicion forbids it', async () => {
    const result = await importAll(caseRow(1, OVERDUE));
    await t.db.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, settled_at)
       select id, 'wrong-calendar', deadline_at, 'true-overdue', 'đã kiểm tra', $1 from case_record`,
      [t.clock.now()],
    );
    expect(await undo(result)).toContain('Không hoàn tác được');
    expect(await count('overdue_settlement')).toBe(1);
  });
});
