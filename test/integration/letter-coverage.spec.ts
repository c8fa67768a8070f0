import * as path from 'node:path';
import { IngestService } from '../../src/ingest/ingest.service';
import { CoverageService } from '../../src/letters/coverage.service';
import { coverageTable } from '../../src/letters/coverage-table';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { RegisterRepository } from '../../src/letters/register.repository';
import { RegisterFiles } from '../../src/letters/register-files.service';
import { RegisterService } from '../../src/letters/register.service';
import { registerQuery } from '../../src/letters/register-query';
import { Database } from '../../src/database/transaction';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { pagesOf } from '../support/poppler';
import { confirmLetters, addCases, clerkOf } from './letters-fixture';

// Wednesday; 31/8 to 2/9 are days off
const NOW = new Date('2026-08-26T09:42:00+07:00');
const DATA = path.join(__dirname, '..', 'fixtures', 'data');

let t: TestApp;
let clerk: Reader;
beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  clerk = await clerkOf(t);
});
afterAll(() => t?.close());
beforeEach(async () => {
  await t.db.query(
    `truncate letter_batch, letter_delivery, letter_version, letter, letter_series, overdue_settlement, case_event,
       case_record, procedure cascade`,
  );
});

const YEAR = { from: '2026-01-01', to: '2026-12-31' };
const coverage = (period = YEAR) => t.app.get(CoverageService).of(clerk.communeIds, period);
const classes = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await coverage()).promises.map((p) => [`${p.code} ${p.deadlineDay}`, p.class]));

/** A letter for the deadline of a case as it is now, in the state given. */
async function letter(code: string, state: string, sentAt: string | null = null, more = ''): Promise<void> {
  await t.db.query(
    `insert into letter (unit_id, case_id, form, state, deadline_at, created_at, updated_at, sent_at, cancelled_at
       ${more ? `, ${more.split('=')[0]}` : ''})
     select unit_id, id, 'late-apology', $2, deadline_at, now(), now(), $3::timestamptz,
       case when $2 = 'cancelled' then now() end ${more ? `, ${more.split('=')[1]}` : ''}
     from case_record where code = $1`,
    [code, state, sentAt],
  );
}

describe('which promises were not kept', () => {
  it('each late or overdue case falls into one class, by date', async () => {
    const late = { promised: '2026-08-24T17:00:00+07:00', finished: '2026-08-25T10:00:00+07:00' };
    await addCases(t, [
      { code: 'A-IN-TIME', ...late },
      { code: 'B-SENT-LATE', ...late },
      { code: 'C-WAITING', ...late },
      { code: 'D-NOT-NEEDED', ...late },
      { code: 'E-MISSING', ...late },
      { code: 'F-CANCELLED', ...late },
      { code: 'G-OVERDUE', promised: '2026-08-25T09:00:00+07:00' },
      { code: 'H-TODAY', promised: '2026-08-26T08:00:00+07:00' },
      { code: 'I-ON-TIME', promised: '2026-08-24T17:00:00+07:00', finished: '2026-08-24T18:00:00+07:00' },
      { code: 'J-PAUSED', promised: '2026-08-24T17:00:00+07:00', status: 5 },
      { code: 'K-WITHDRAWN', promised: '2026-08-24T17:00:00+07:00', status: 7 },
      { code: 'L-EXCUSED', ...late },
    ]);
    // 24/8 is a Monday after a make-up Saturday
    await letter('A-IN-TIME', 'sent', '2026-08-22T16:59:00+07:00');
    await letter('B-SENT-LATE', 'sent', '2026-08-23T00:01:00+07:00');
    await letter('C-WAITING', 'printed');
    await letter('D-NOT-NEEDED', 'not-needed');
    await letter('F-CANCELLED', 'cancelled');
    await t.db.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, evidence, settled_at)
       select id, 'status-not-updated', deadline_at, 'system-error', 'x', 'Công văn 5', now()
       from case_record where code = 'L-EXCUSED'`,
    );
    expect(await classes()).toEqual({
      'A-IN-TIME 2026-08-24': 'in-time',
      'B-SENT-LATE 2026-08-24': 'late',
      'C-WAITING 2026-08-24': 'waiting',
      'D-NOT-NEEDED 2026-08-24': 'not-needed',
      'E-MISSING 2026-08-24': 'missing',
      'F-CANCELLED 2026-08-24': 'missing',
      'G-OVERDUE 2026-08-25': 'missing',
      'L-EXCUSED 2026-08-24': 'excused',
    });
    expect((await coverage()).total).toMatchObject({ owed: 7, sent: 2, none: 5, excused: 1, percent: 28.57 });
  });

  it('a promise moved by its own letter counts as not kept, though the case is not overdue any more', async () => {
    await addCases(t, [{ code: 'M', promised: '2026-08-25T17:00:00+07:00' }]);
    await letter(
      'M',
      'sent',
      '2026-08-24T10:00:00+07:00',
      `new_due_at='2026-09-04T17:00:00+07:00'::timestamptz`,
    );
    await t.db.query(
      `update case_record set deadline_at = '2026-09-04T17:00:00+07:00', deadline_day = '2026-09-04'`,
    );
    expect(await classes()).toEqual({ 'M 2026-08-25': 'in-time' });

    // late once more: two promises were not kept
    t.clock.moveTo(new Date('2026-09-08T09:00:00+07:00'));
    expect(await classes()).toEqual({ 'M 2026-08-25': 'in-time', 'M 2026-09-04': 'missing' });
    t.clock.moveTo(NOW);

    // finished by the first promise after all
    await t.db.query(`update case_record set settled_day = '2026-08-25', outcome = 'early'`);
    expect(await classes()).toEqual({});
  });

  it('other offices are not counted, and a period belongs to the day of the promise', async () => {
    await addCases(t, [
      {
        code: 'N',
        promised: '2025-12-31T17:00:00+07:00',
        finished: '2026-01-05T08:00:00+07:00',
        received: '2025-12-20T08:00:00+07:00',
      },
    ]);
    expect((await coverage()).total.owed).toBe(0);
    expect((await coverage({ from: '2025-12-15', to: '2026-12-14' })).total.owed).toBe(1);
    expect(
      (await t.app.get(CoverageService).of([-1], { from: '2025-01-01', to: '2026-12-31' })).total.owed,
    ).toBe(0);
    await expect(coverage({ from: '2026-02-01', to: '2026-01-01' })).rejects.toThrow('Kỳ báo cáo');
  });
});

describe('the 52 late cases of 2025', () => {
  beforeEach(async () => {
    for (const fileName of ['procedures.json', 'cases-2025.xlsx'])
      await t.app
        .get(IngestService)
        .importFile({ path: path.join(DATA, fileName), fileName, channel: 'command', actor: 'test' });
    await t.app.get(LetterDraftService).draftOwed();
  });

  const ALL = { from: '2024-01-01', to: '2026-12-31' };
  /** Beside them the file of that year leaves cases open that were finished in the next. */
  const settledLate = async () => (await coverage(ALL)).promises.filter((p) => p.settledDay !== null);

  it('are owed 52 letters, and the table by month and quarter adds up', async () => {
    const { total, promises } = await coverage(ALL);
    expect(await settledLate()).toHaveLength(52);
    expect((await settledLate()).every((p) => p.class === 'waiting')).toBe(true);
    expect(total).toMatchObject({ owed: promises.length, sent: 0, waiting: promises.length, percent: 0 });
    const lines = coverageTable(
      promises.filter((p) => p.deadlineDay.startsWith('2025')),
      2025,
    );
    const sum = (kind: string) => lines.filter((l) => l.kind === kind).reduce((n, l) => n + l.owed, 0);
    expect(sum('month')).toBe(sum('year'));
    expect(sum('quarter')).toBe(sum('year'));
    expect(sum('year')).toBe(promises.filter((p) => p.deadlineDay.startsWith('2025')).length);
  });

  it('the register tells every number, a gap among them, and is filtered', async () => {
    const codes = (await settledLate()).map((p) => p.code);
    const confirmed = await confirmLetters(t, codes, { reason: 'Khối lượng hồ sơ tăng đột biến' });
    expect(confirmed).toMatchObject({ numbers: expect.arrayContaining([1, 52]) });
    const page = async (asked: object) =>
      (await t.app.get(RegisterService).page(clerk, registerQuery.parse({ nam: 2026, ...asked }))) as {
        rows: { number: number }[];
        total: number;
        series: { missing: string }[];
      };
    expect((await page({})).rows).toHaveLength(50);
    expect((await page({ trang: 2 })).rows.map((r) => r.number)).toEqual([2, 1]);
    expect((await page({})).series).toMatchObject([{ first: '01', last: '52', missing: '' }]);

    await t.db.query(`update letter set number = 60 where number = 7`);
    expect((await page({})).series).toMatchObject([{ missing: '07, 53–59' }]);

    await t.db.query(
      `update letter set state = 'sent', sent_at = deadline_at - interval '5 days' where number = 1;
       update letter set state = 'sent', sent_at = deadline_at where number = 2;
       insert into letter_delivery (letter_id, channel, at, recipient, evidence, recorded_at)
       select id, 'post', sent_at, 'x', 'Phiếu gửi 5', now() from letter where number = 2`,
    );
    expect((await page({ luc_gui: 'trong-han' })).rows.map((r) => r.number)).toEqual([1]);
    expect((await page({ luc_gui: 'gui-muon' })).rows.map((r) => r.number)).toEqual([2]);
    expect((await page({ minh_chung: 'thieu' })).rows.map((r) => r.number)).toEqual([1]);
    expect((await page({ minh_chung: 'chua-tep' })).rows.map((r) => r.number)).toEqual([2, 1]);
    expect((await page({ cach_gui: 'post' })).rows.map((r) => r.number)).toEqual([2]);
    expect((await page({ tinh_trang: 'chua-gui' })).total).toBe(50);
    expect((await page({ thang: 7 })).total).toBe(0);
    const [{ name }] = await t.db.query<[{ name: string }]>(
      `select c.applicant_name as name from letter l join case_record c on c.id = l.case_id where l.number = 9`,
    );
    const bare = name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gu, 'd').replace(/Đ/gu, 'D');
    expect((await page({ tim: bare.toLowerCase() })).rows.map((r) => r.number)).toContain(9);
    expect(
      await t.app.get(RegisterRepository).totals(t.app.get(Database).pool, clerk.communeIds, 2026),
    ).toEqual({ sent: 2, unsent: 50, cancelled: 0, unproven: 1, wordsOnly: 1 });
  });

  it('the register prints on A4 across with its heading on every page', async () => {
    const codes = (await settledLate()).map((p) => p.code);
    await confirmLetters(t, codes, { reason: 'Khối lượng hồ sơ tăng đột biến' });
    const { file, name } = await t.app.get(RegisterFiles).paper(clerk, registerQuery.parse({ nam: 2026 }));
    expect(name).toBe('so-thu-xin-loi-2026.pdf');
    const pages = pagesOf(file);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('Người nhận');
    expect(pages[0]).toContain('SỔ THEO DÕI THƯ XIN LỖI NĂM 2026');
    if (process.env.KEEP) (await import('node:fs')).writeFileSync(`${process.env.KEEP}/so.pdf`, file);
  });
});
