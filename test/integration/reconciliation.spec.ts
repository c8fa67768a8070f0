import { IngestService } from '../../src/ingest/ingest.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import type { EvidenceFile } from '../../src/reconciliation/evidence-file';
import { CAUSE_SLUGS } from '../../src/reconciliation/reconciliation-query';
import { ReconciliationService } from '../../src/reconciliation/reconciliation.service';
import { SettlementService } from '../../src/reconciliation/settlement.service';
import type { OverdueCause } from '../../src/domain/false-overdue';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { fixture, readJson } from '../support/case-files';
import { changeCase, lettersOf, readerOf } from './letters-fixture';
import { findings, found, give, prepareProcedures } from './reconciliation-fixture';

let t: TestApp;
let officer: Reader;

const start = async (): Promise<void> => {
  t = await startTestApp({ env: { ROLE: 'web' } });
  officer = await readerOf(t, 'officer');
};

describe('files of an office whose system forgets the make-up days', () => {
  beforeAll(async () => {
    await start();
    for (const fileName of ['procedures.json', 'cases-2025.xlsx', 'cases-2026.json'])
      await t.app
        .get(IngestService)
        .importFile({ path: fixture(fileName), fileName, channel: 'command', actor: 'test' });
  });
  afterAll(() => t?.close());

  it('every promise that differs from the calendar is found, and no other', async () => {
    const expected = readJson<{ promisedDiffersFromCalendar: { code: string }[] }>('expected.json');
    const differing = expected.promisedDiffersFromCalendar.map(({ code }) => code);
    const codes = (await found(t, officer)).flatMap(([code, cause]) =>
      cause === 'wrong-promise' || cause === 'wrong-calendar' ? [code] : [],
    );
    expect(differing).toHaveLength(72);
    expect(codes.sort()).toEqual(differing.sort());
  });

  it('cases that stand still at the source past their promise are found', async () => {
    const standing = (await findings(t, officer)).filter((f) => f.cause === 'pause-not-recorded');
    const open = await t.db.query<{ code: string }[]>(
      `select code from case_record where status in (5, 6) and promised_at < '2026-11-23'
         and (paused_since is null or paused_since < promised_at or status = 6) order by code`,
    );
    expect(standing.map(({ code }) => code).sort()).toEqual(open.map(({ code }) => code));
    expect(standing.map(({ calendar }) => calendar)).toContain('Đang tạm dừng, chưa ghi dừng từ lúc nào');
  });

  it('each row says which files brought it', async () => {
    const rows = await findings(t, officer);
    expect(new Set(rows.flatMap(({ sources }) => sources))).toEqual(
      new Set(['cases-2025.xlsx', 'cases-2026.json']),
    );
  });

  it('the year asked for is the year of the deadline', async () => {
    const ask = async (year: number) =>
      t.app.get(ReconciliationService).exported(officer, { cause: null, state: null, year, page: 1 });
    const [y2025, y2026] = [await ask(2025), await ask(2026)];
    expect(y2025.every(({ about }) => about < new Date('2026-01-01T00:00:00+07:00'))).toBe(true);
    expect(y2025.length + y2026.length).toBe((await findings(t, officer)).length);
    expect(y2025.length).toBeGreaterThan(0);
  });
});

describe('cases by hand', () => {
  beforeAll(async () => {
    await start();
    await prepareProcedures(t);
  });
  afterAll(() => t?.close());
  beforeEach(async () => {
    await t.db.query('truncate overdue_settlement, letter, case_event, case_record cascade');
  });

  const addEvent = (
    ...[code, kind, at, data = {}, source = 'user:1']: [string, string, string, object?, string?]
  ): Promise<unknown> =>
    t.db.query(
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       select id, $2, $3, now(), $5, $4 from case_record where code = $1`,
      [code, kind, at, JSON.stringify(data), source],
    );

  it('a result before the deadline under a status that is still open', async () => {
    await give(t, [
      { code: 'A', finished: '2026-11-19T15:00:00+07:00' },
      { code: 'B', finished: '2026-11-20T08:00:00+07:00' },
      { code: 'C', returned: '2026-11-18T08:00:00+07:00' },
    ]);
    expect((await found(t, officer)).sort()).toEqual([
      ['A', 'status-not-updated'],
      ['C', 'status-not-updated'],
    ]);
  });

  it('a result that only the ledger remembers, unless it was taken back', async () => {
    await give(t, [{ code: 'A' }, { code: 'B' }]);
    await addEvent('A', 'finished', '2026-11-18T10:00:00+07:00');
    await addEvent('B', 'finished', '2026-11-18T10:00:00+07:00');
    const [event] = await t.db.query<{ id: number }[]>(
      `select e.id from case_event e join case_record c on c.id = e.case_id where c.code = 'B' and e.kind = 'finished'`,
    );
    await addEvent('B', 'corrected', '2026-11-20T10:00:00+07:00', { event: Number(event!.id), trueAt: null });
    expect(await found(t, officer)).toEqual([['A', 'status-not-updated']]);
  });

  it('a day of the result that the source moved past the deadline, unless a person did', async () => {
    const late = { status: 9, finished: '2026-11-20T10:00:00+07:00' };
    await give(t, [
      { code: 'A', ...late },
      { code: 'B', ...late },
    ]);
    const changes = { finishedAt: { from: '2026-11-18T03:00:00+00:00', to: '2026-11-20T03:00:00+00:00' } };
    await addEvent('A', 'corrected', '2026-11-21T10:00:00+07:00', { changes }, 'import:2');
    await addEvent('B', 'corrected', '2026-11-21T10:00:00+07:00', { changes });
    expect(await found(t, officer)).toEqual([['A', 'status-not-updated']]);
    expect((await findings(t, officer))[0]!.calendar).toBe('Đã có kết quả 18/11/2026, trong hạn');
  });

  it('a supplement that starts the term anew under a promise that stayed', async () => {
    const supplements = [
      { requested: '2026-11-17T09:00:00+07:00', received: '2026-11-18T09:00:00+07:00', content: 'Giấy tờ' },
    ];
    const settled = { status: 9, supplements };
    await give(t, [
      {
        code: 'IN-TIME',
        ...settled,
        finished: '2026-11-20T15:00:00+07:00',
        received: '2026-11-16T09:00:00+07:00',
      },
      {
        code: 'LATE',
        ...settled,
        finished: '2026-11-23T08:30:00+07:00',
        promised: '2026-11-17T09:00:00+07:00',
      },
      { code: 'NO-PAUSE', status: 9, finished: '2026-11-20T15:00:00+07:00' },
    ]);
    const rows = await findings(t, officer);
    expect(rows.map(({ code, cause }) => [code, cause])).toEqual([
      ['IN-TIME', 'pause-not-recorded'],
      ['LATE', 'pause-not-recorded'],
    ]);
    expect(rows[0]).toMatchObject({
      source: 'Trả trễ: hạn 19/11/2026, kết quả 20/11/2026',
      calendar: 'Trừ thời gian tạm dừng, hạn là 23/11/2026',
    });
  });

  it('a promise that forgets a day off', async () => {
    const around = {
      received: '2026-08-28T09:00:00+07:00',
      promised: '2026-09-02T09:00:00+07:00',
      status: 9,
    };
    await give(t, [
      { code: 'FALSE', ...around, finished: '2026-09-07T10:00:00+07:00' },
      { code: 'TRUE', ...around, finished: '2026-09-08T10:00:00+07:00' },
    ]);
    expect(await found(t, officer)).toEqual([
      ['FALSE', 'wrong-calendar'],
      ['TRUE', 'wrong-promise'],
    ]);
  });

  it('one application under two codes: name without marks, same procedure, same day, same commune', async () => {
    const settled = { status: 10, finished: '2026-11-18T10:00:00+07:00' };
    await give(t, [
      { code: 'G15.20-20261116-0015037' },
      { code: 'H35.50.12-261116-0001', ...settled, applicant: 'VÀNG THỊ PÀNG' },
      { code: 'OTHER-DAY', ...settled, received: '2026-11-17T00:00:00+07:00', applicant: 'Lò Văn An' },
      { code: 'OTHER-NAME', applicant: 'Lò Văn An' },
      { code: 'OTHER-PROCEDURE', applicant: 'Lý Tả Mẩy' },
      { code: 'X', ...settled, procedureCode: '1.001653', procedureName: 'Đổi', applicant: 'Lý Tả Mẩy' },
    ]);
    const rows = (await findings(t, officer)).filter(({ cause }) => cause === 'duplicate-code');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      code: 'G15.20-20261116-0015037',
      cause: 'duplicate-code',
      twinCode: 'H35.50.12-261116-0001',
      calendar: 'Mã H35.50.12-261116-0001 đã có kết quả 18/11/2026, trong hạn',
    });
  });

  it('a reader of another commune finds nothing', async () => {
    await give(t, [{ code: 'A', finished: '2026-11-19T15:00:00+07:00' }]);
    expect(await found(t, { ...officer, communeIds: [officer.communeIds[0]! + 1000] })).toEqual([]);
  });

  describe('settling', () => {
    const settle = (
      key: [string, OverdueCause],
      verdict: 'system-error' | 'true-overdue',
      more: Partial<{ note: string; evidence: string; file: EvidenceFile }> = {},
    ) =>
      t.app.get(SettlementService).settle(
        officer,
        [`${key[0]}/${CAUSE_SLUGS[key[1]]}`],
        {
          ket_luan: verdict,
          ghi_chu: more.note ?? 'Đã xem sổ',
          minh_chung: more.evidence ?? 'GXN 12 ngày 18/11',
        },
        more.file ?? null,
      );
    const draft = () => t.app.get(LetterDraftService).draftOwed();
    const A: [string, OverdueCause] = ['A', 'status-not-updated'];
    const stateOf = async (): Promise<string[]> => (await findings(t, officer)).map((f) => f.state);

    beforeEach(() => give(t, [{ code: 'A', finished: '2026-11-18T15:00:00+07:00' }]));

    it('a confirmed error owes a slip instead of the letter, until the word is changed', async () => {
      await draft();
      expect((await lettersOf(t)).map((l) => l.code)).toEqual(['A']);
      expect(await settle(A, 'system-error')).toEqual([]);
      await draft();
      expect((await lettersOf(t)).map((l) => [l.code, l.form])).toEqual([['A', 'system-error-slip']]);
      await draft();
      expect((await lettersOf(t)).map((l) => [l.code, l.form])).toEqual([['A', 'system-error-slip']]);
      expect(await settle(A, 'true-overdue')).toEqual([]);
      await draft();
      expect((await lettersOf(t)).map((l) => [l.code, l.form])).toEqual([['A', 'late-apology']]);
      expect(await stateOf()).toEqual(['true-overdue']);
    });

    it('a promise confirmed as wrong excuses nobody who was late all the same', async () => {
      const around = {
        received: '2026-08-28T09:00:00+07:00',
        promised: '2026-09-02T09:00:00+07:00',
        status: 9,
      };
      await give(t, [{ code: 'LATE', ...around, finished: '2026-09-08T10:00:00+07:00' }]);
      await settle(A, 'system-error');
      expect(await settle(['LATE', 'wrong-promise'], 'true-overdue')).not.toEqual([]);
      expect(await settle(['LATE', 'wrong-promise'], 'system-error')).toEqual([]);
      await draft();
      expect((await lettersOf(t)).map((l) => [l.code, l.form])).toEqual([
        ['A', 'system-error-slip'],
        ['LATE', 'past-apology'],
      ]);
    });

    it('another deadline opens the question again', async () => {
      await settle(A, 'system-error');
      expect(await stateOf()).toEqual(['system-error']);
      await changeCase(t, 'A', 'promised_at = $2', ['2026-11-20T09:00:00+07:00']);
      expect(await stateOf()).toEqual(['open']);
      await changeCase(t, 'A', 'promised_at = $2', ['2026-11-19T09:00:00+07:00']);
      expect(await stateOf()).toEqual(['system-error']);
    });

    it('each word is a row of its own and an entry of the audit log; nothing is overwritten', async () => {
      await settle(A, 'system-error', { note: 'Lần một' });
      await settle(A, 'true-overdue', { note: 'Lần hai', evidence: '' });
      const rows = await t.db.query<{ verdict: string; note: string; evidence: string | null }[]>(
        'select verdict, note, evidence from overdue_settlement order by id',
      );
      expect(rows).toEqual([
        { verdict: 'system-error', note: 'Lần một', evidence: 'GXN 12 ngày 18/11' },
        { verdict: 'true-overdue', note: 'Lần hai', evidence: null },
      ]);
      const entries = await t.db.query<{ subject: string; verdict: string; actor: string }[]>(
        `select subject, detail->>'verdict' as verdict, actor from audit_entry where action = 'overdue.settled' order by id desc limit 2`,
      );
      expect(entries).toEqual([
        { subject: 'case:A', verdict: 'true-overdue', actor: officer.name },
        { subject: 'case:A', verdict: 'system-error', actor: officer.name },
      ]);
    });

    it('what is wrong in the form is not written', async () => {
      const file: EvidenceFile = { name: 'a.exe', content: Buffer.from('MZ'), fault: 'EVIDENCE_FILE_KIND' };
      const faults = await settle(A, 'system-error', { note: '', evidence: '', file });
      expect(faults.map((f) => f.field)).toEqual(['ghi_chu', 'minh_chung', 'tep']);
      expect(await stateOf()).toEqual(['open']);
    });

    it('what is no finding cannot be settled', async () => {
      await expect(settle(['A', 'duplicate-code'], 'system-error')).rejects.toMatchObject({
        code: 'FINDING_NOT_FOUND',
      });
      await expect(settle(['NOBODY', 'duplicate-code'], 'system-error')).rejects.toMatchObject({
        code: 'FINDING_NOT_FOUND',
      });
    });

    it('a leader sees how many late cases are a confirmed error', async () => {
      await give(t, [
        {
          code: 'L1',
          status: 9,
          finished: '2026-11-20T10:00:00+07:00',
          returned: '2026-11-19T10:00:00+07:00',
        },
        { code: 'L2', status: 9, finished: '2026-11-20T10:00:00+07:00' },
        { code: 'O2', applicant: 'Lò Văn An' },
      ]);
      await settle(A, 'system-error');
      await settle(['L1', 'status-not-updated'], 'system-error');
      const page = (await t.app
        .get(ReconciliationService)
        .page(officer, { cause: null, state: null, year: 2026, page: 1 })) as { period: object };
      expect(page.period).toEqual({
        ...{ year: 2026, running: true },
        ...{ late: 2, lateExcused: 1, overdue: 2, overdueExcused: 1 },
      });
    });
  });
});
