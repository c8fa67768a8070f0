import { randomUUID } from 'node:crypto';
import { UnitService } from '../../src/units/unit.service';
import { LetterApproval } from '../../src/letters/letter-approval.service';
import { LetterBatchService } from '../../src/letters/letter-batch.service';
import { LetterChoice } from '../../src/letters/letter-choice.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { LetterFiles } from '../../src/letters/letter-files.service';
import type { Numbered } from '../../src/letters/letter-numbering.service';
import { LetterReport } from '../../src/letters/letter-report.service';
import { LetterReview } from '../../src/letters/letter-review.service';
import { LetterRepository } from '../../src/letters/letter.repository';
import { LetterService } from '../../src/letters/letter.service';
import { DeliveryService } from '../../src/letters/delivery.service';
import { Database } from '../../src/database/transaction';
import type { FormFault } from '../../src/web/page';
import type { Reader } from '../../src/web/reader';
import { typed } from '../../src/web/typed-instant';
import { startTestApp, type TestApp } from '../support/app';
import { pagesOf } from '../support/poppler';
import {
  addCases,
  approveLetters,
  changeCase,
  clerkOf,
  confirmLetters,
  lettersOf,
  numberLetters,
  readerOf,
} from './letters-fixture';

// Wednesday; 31/8 to 2/9 are days off
const NOW = new Date('2026-08-26T09:42:00+07:00');
const OVERDUE = '2026-08-24T17:00:00+07:00';
const TOMORROW = '2026-08-27T17:00:00+07:00';
const REASON = 'Chờ xác minh tại nơi khác';

let t: TestApp;
let clerk: Reader;
let officer: Reader;
let supervisor: Reader;
beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  [clerk, officer, supervisor] = await Promise.all([
    clerkOf(t),
    readerOf(t, 'officer'),
    readerOf(t, 'supervisor'),
  ]);
});
afterAll(() => t?.close());
beforeEach(async () => {
  t.clock.moveTo(NOW);
  await t.db.query(
    `truncate letter_delivery, letter, letter_series, case_event, case_record, procedure, overdue_settlement cascade`,
  );
  await t.db.query(`delete from letter_form where unit_id is not null or version > 1`);
  await settings({});
});

/** The commune's stored settings besides those of the fixture. */
async function settings(more: object): Promise<void> {
  const commune = await t.app.get(UnitService).commune();
  await t.db.query(`update unit set settings = (settings - 'numberingOrder') || $2::jsonb where id = $1`, [
    commune.id,
    JSON.stringify(more),
  ]);
}
const drafts = () => t.app.get(LetterDraftService).draftOwed();
const draftOf = (day: string) => ({ reason: REASON, nature: 'objective' as const, day, time: '' });
const save = (code: string, day = '') => t.app.get(LetterService).save(clerk, code, draftOf(day), true);
const letterOf = (code: string) => t.app.get(LetterService).ofCase(clerk, code);
const wordsOf = (result: Numbered | FormFault[]): string =>
  Array.isArray(result) ? result.map((f) => f.text).join('; ') : `numbered ${result.numbers.join()}`;
const pageOf = async (code: string): Promise<string> =>
  pagesOf(await t.app.get(LetterFiles).archived(await letterOf(code)))[0] ?? '';
const statesOf = async () => (await lettersOf(t)).map((l) => [l.form, l.state]);
const late = (code: string) => ({
  code,
  promised: '2025-03-10T17:00:00+07:00',
  received: '2025-03-03T08:00:00+07:00',
  finished: '2025-03-12T10:00:00+07:00',
});
const send = (code: string) => {
  const { day, time } = typed(t.clock.now());
  const paper = { cach: 'post' as const, nguoi_nhan: 'Vàng Thị Pàng', minh_chung: 'Phiếu gửi RR 1' };
  return t.app.get(DeliveryService).record(clerk, [code], { ...paper, ngay: day, gio: time });
};

describe('an approval', () => {
  it('freezes the text: what changes in the case or the office afterwards is not printed', async () => {
    await addCases(t, [late('A')]);
    await drafts();
    await approveLetters(t, ['A'], REASON);
    const { approved } = await letterOf('A');
    expect(approved).toMatchObject({ version: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    await changeCase(t, 'A', `applicant_name = 'Tên khác'`);
    await numberLetters(t, ['A']);
    const page = await pageOf('A');
    expect(page).toContain('Vàng Thị Pàng');
    expect(page).toContain('Số: 01/XL-TTPVHCC');
    expect(page).not.toContain('Tên khác');
  });

  it('is refused for a letter that lacks something, and for one of two clerks who is too late', async () => {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await drafts();
    await t.app.get(LetterService).save(clerk, 'A', draftOf(''), false);
    const approve = async () =>
      t.app.get(LetterApproval).approve(supervisor, await t.app.get(LetterChoice).of(supervisor, ['A']));
    expect(wordsOf(await approve())).toContain('không còn chờ duyệt');
    expect(await save('A', '3/9/2026')).toEqual([]);
    const both = await Promise.all([approve(), approve()]);
    expect(both.map((faults) => faults.length).sort()).toEqual([0, 1]);
    expect(await t.db.query('select version from letter_version')).toEqual([{ version: 1 }]);
  });

  it('is opened again with a reason; the next one is version 2, and both are kept', async () => {
    await addCases(t, [late('A')]);
    await drafts();
    await approveLetters(t, ['A'], REASON);
    const first = (await letterOf('A')).approved!;
    const review = t.app.get(LetterReview);
    expect(await review.reopen(clerk, await letterOf('A'), ' ')).toMatchObject([{ field: 'ly_do_sua' }]);
    expect(await review.reopen(clerk, await letterOf('A'), 'Sai tên')).toEqual([]);
    expect(wordsOf(await numberLetters(t, ['A']))).toContain('chưa được duyệt');
    await changeCase(t, 'A', `applicant_name = 'Vàng Thị Páng'`);
    await approveLetters(t, ['A']);
    const second = (await letterOf('A')).approved!;
    expect(second.version).toBe(2);
    expect(second.sha256).not.toBe(first.sha256);
    const versions = await t.db.query(
      `select version, reopened_reason reason, model -> 'addressee' ->> 'name' who from letter_version order by version`,
    );
    expect(versions).toEqual([
      { version: 1, reason: 'Sai tên', who: 'Vàng Thị Pàng' },
      { version: 2, reason: null, who: 'Vàng Thị Páng' },
    ]);
    await numberLetters(t, ['A']);
    expect(await pageOf('A')).toContain('Vàng Thị Páng');
    expect((await review.reopen(clerk, await letterOf('A'), 'Sai'))[0]?.text).toContain('đã sang bước khác');
  });

  it('of a text that was altered in the database takes no number', async () => {
    await addCases(t, [late('A')]);
    await drafts();
    await approveLetters(t, ['A'], REASON);
    await t.db.query(`update letter_version set model = jsonb_set(model, '{addressee,name}', '"Kẻ khác"')`);
    expect(wordsOf(await numberLetters(t, ['A']))).toContain('không khớp mã băm');
    expect((await lettersOf(t))[0]?.number).toBeNull();
  });

  it('with a form that another one has replaced by the letter’s day takes no number until it is approved anew', async () => {
    await addCases(t, [late('A')]);
    await drafts();
    await approveLetters(t, ['A'], REASON);
    const commune = await t.app.get(UnitService).commune();
    await t.db.query(
      `insert into letter_form (unit_id, form, version, valid_from, paper, basis, source, parts, sha256, saved_at)
       select $1, form, 1, '2026-08-26', paper, basis, replace(source, 'Thư xin lỗi', 'Thư xin lỗi mới'), parts,
         repeat('a', 64), now() from letter_form where form = 'past-apology' and unit_id is null`,
      [commune.id],
    );
    expect(wordsOf(await numberLetters(t, ['A']))).toContain('không phải mẫu đang có hiệu lực');
    await t.app.get(LetterReview).reopen(clerk, await letterOf('A'), 'Mẫu mới');
    expect(wordsOf(await confirmLetters(t, ['A']))).toBe('numbered 1');
    expect(await pageOf('A')).toContain('THƯ XIN LỖI MỚI');
  });

  it('can be refused: the draft goes back with a remark, which the next approval takes away', async () => {
    await addCases(t, [late('A')]);
    await drafts();
    await save('A');
    const review = t.app.get(LetterReview);
    expect(await review.giveBack(supervisor, await letterOf('A'), 'Nêu rõ lý do')).toEqual([]);
    expect(await letterOf('A')).toMatchObject({ state: 'draft', returnedRemark: 'Nêu rõ lý do' });
    await save('A');
    await approveLetters(t, ['A']);
    expect(await letterOf('A')).toMatchObject({ state: 'approved', returnedRemark: null });
  });
});

describe('a letter before the deadline', () => {
  it('is drafted on the last day for sending, goes when the case is settled in time, stays when it is late', async () => {
    await addCases(t, [
      { code: 'A', promised: TOMORROW },
      { code: 'B', promised: TOMORROW },
      { code: 'C', promised: '2026-08-28T17:00:00+07:00' },
    ]);
    await drafts();
    expect((await lettersOf(t)).map((l) => [l.code, l.form])).toEqual([
      ['A', 'extension-apology'],
      ['B', 'extension-apology'],
    ]);
    await changeCase(t, 'A', `status = 9, finished_at = '2026-08-27T10:00:00+07:00'`);
    expect(await save('B', '3/9/2026')).toEqual([]);
    t.clock.moveTo(new Date('2026-08-28T09:00:00+07:00'));
    await drafts();
    expect(await lettersOf(t)).toMatchObject([
      { code: 'B', form: 'late-apology', state: 'ready', reason: REASON },
      { code: 'C', form: 'extension-apology' },
    ]);
  });

  it('that was approved is kept as not needed when the case is settled in time', async () => {
    await addCases(t, [{ code: 'A', promised: TOMORROW }]);
    await drafts();
    await save('A', '3/9/2026');
    await approveLetters(t, ['A']);
    await changeCase(t, 'A', `status = 9, finished_at = '2026-08-26T09:30:00+07:00'`);
    await drafts();
    expect(await statesOf()).toEqual([['extension-apology', 'not-needed']]);
    expect(await t.db.query('select reopened_reason why from letter_version')).toEqual([
      { why: 'Tình trạng hồ sơ đã đổi' },
    ]);
  });

  it('says both addressees, the extension in working days and the new date; it is sent in time', async () => {
    await addCases(t, [{ code: 'A', promised: TOMORROW }]);
    await drafts();
    await save('A', '4/9/2026');
    await confirmLetters(t, ['A']);
    const page = (await pageOf('A')).replace(/\s+/g, ' ');
    expect(page).toContain('VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT');
    expect(page).toContain('thêm 03 ngày làm việc');
    expect(page).toContain('17 giờ 00 phút, ngày 04 tháng 9 năm 2026');
    await send('A');
    const [found] = await t.db.query(`select deadline_at at, outcome from case_record`);
    expect(found).toEqual({ at: new Date('2026-09-04T17:00:00+07:00'), outcome: null });
    await drafts();
    expect(await statesOf()).toEqual([['extension-apology', 'sent']]);
  });
});

describe('"Báo không kịp hạn"', () => {
  const report = (code: string, day = '', reason = REASON) =>
    t.app.get(LetterReport).report(officer, code, { ...draftOf(day), reason });

  it('opens the letter at once, complete where a date is given', async () => {
    await addCases(t, [
      { code: 'A', promised: '2026-09-10T17:00:00+07:00' },
      { code: 'B', promised: '2026-09-10T17:00:00+07:00' },
    ]);
    expect(await report('A')).toEqual([]);
    expect(await report('B', '15/9/2026')).toEqual([]);
    await drafts();
    expect(await lettersOf(t)).toMatchObject([
      { code: 'A', form: 'extension-apology', state: 'draft', reason: REASON },
      { code: 'B', form: 'extension-apology', state: 'ready' },
    ]);
    expect(await letterOf('A')).toMatchObject({ cause: 'reported', reportedBy: officer.name });
  });

  it('asks for a reason, and refuses a day off', async () => {
    await addCases(t, [{ code: 'A', promised: '2026-09-10T17:00:00+07:00' }]);
    expect(await report('A', '', ' ')).toMatchObject([{ field: 'ly_do' }]);
    expect(await report('A', '12/9/2026')).toMatchObject([{ field: 'hen_lai' }]);
    expect(await lettersOf(t)).toEqual([]);
  });

  it.each([
    ['paused', { status: 5 }],
    ['settled', { finished: '2026-08-25T10:00:00+07:00' }],
  ])('says that a case that is %s needs none', async (_, more) => {
    await addCases(t, [{ code: 'A', promised: '2026-09-10T17:00:00+07:00', ...more }]);
    expect((await report('A'))[0]?.text).toContain('không báo không kịp hạn');
    expect(await lettersOf(t)).toEqual([]);
  });

  it('of an overdue case writes into the late apology', async () => {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await drafts();
    expect(await report('A', '3/9/2026')).toEqual([]);
    expect(await statesOf()).toEqual([['late-apology', 'ready']]);
  });

  it('twice at the same moment makes one letter', async () => {
    await addCases(t, [{ code: 'A', promised: '2026-09-10T17:00:00+07:00' }]);
    const both = await Promise.all([report('A', '15/9/2026'), report('A', '15/9/2026')]);
    expect(both).toEqual([[], []]);
    expect(await lettersOf(t)).toHaveLength(1);
  });
});

describe('a case late only by a proven error of a system', () => {
  const prove = async (id: number) =>
    t.db.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, evidence, settled_at)
       select id, 'status-not-updated', deadline_at, 'system-error', 'Kết quả đã ký, hệ thống chưa cập nhật',
         'Giấy khai sinh số 15 ký ngày 20/8/2026', now() from case_record where id = $1`,
      [id],
    );

  it('gets a slip instead of a letter, in a book of its own, that leaves the desk when it is printed', async () => {
    const ids = await addCases(t, [{ code: 'A', promised: OVERDUE }, late('B')]);
    await drafts();
    expect(await statesOf()).toEqual([
      ['late-apology', 'draft'],
      ['past-apology', 'draft'],
    ]);
    await prove(ids.get('A')!);
    await drafts();
    expect(await statesOf()).toEqual([
      ['system-error-slip', 'ready'],
      ['past-apology', 'draft'],
    ]);
    await approveLetters(t, ['A', 'B'], REASON);
    await expect(numberLetters(t, ['A', 'B'])).rejects.toMatchObject({ code: 'LETTERS_OF_SEVERAL_SERIES' });
    expect(wordsOf(await numberLetters(t, ['A']))).toBe('numbered 1');
    expect(wordsOf(await numberLetters(t, ['B']))).toBe('numbered 1');
    const page = (await pageOf('A')).replace(/\s+/g, ' ');
    expect(page).toContain('Số: 01/XN-TTPVHCC');
    expect(page).toContain('Giấy khai sinh số 15 ký ngày 20/8/2026');
    const { pool } = t.app.get(Database);
    const repository = t.app.get(LetterRepository);
    const slip = await letterOf('A');
    await repository.markPrinted(pool, [slip.id], NOW);
    expect((await repository.onDesk(pool, clerk.communeIds, 10)).map((l) => l.code)).toEqual(['B']);
  });

  it('owes the letter again when the word is taken back', async () => {
    const ids = await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await prove(ids.get('A')!);
    await drafts();
    expect(await statesOf()).toEqual([['system-error-slip', 'ready']]);
    await t.db.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, settled_at)
       select id, 'status-not-updated', deadline_at, 'true-overdue', 'Ký sau hạn', now() from case_record`,
    );
    await drafts();
    expect((await statesOf())[0]?.[0]).toBe('late-apology');
  });
});

describe('a second new date', () => {
  async function promisedOnce(): Promise<void> {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await drafts();
    await save('A', '3/9/2026');
    await confirmLetters(t, ['A']);
    await send('A');
    t.clock.moveTo(new Date('2026-09-07T09:00:00+07:00'));
    await drafts();
  }

  it('is refused, then allowed by a named person with a reason, told to the chairman and printed without the rule', async () => {
    await promisedOnce();
    expect((await save('A', '10/9/2026'))[0]?.text).toContain('đã được hẹn lại một lần');
    const review = t.app.get(LetterReview);
    expect(await review.allowSecond(supervisor, await letterOf('A'), '')).toMatchObject([
      { field: 'ly_do_cho_phep' },
    ]);
    expect(await review.allowSecond(supervisor, await letterOf('A'), 'Bão số 5 làm sạt đường')).toEqual([]);
    expect(await save('A', '10/9/2026')).toEqual([]);
    await confirmLetters(t, ['A'], { date: '2026-09-07' });
    expect(await pageOf('A')).not.toContain('một lần');
    await send('A');
    const [event] = await t.db.query<[{ data: Record<string, unknown> }]>(
      `select data from case_event where kind = 'promised-again' order by id desc limit 1`,
    );
    expect(event.data).toMatchObject({ allowedBy: supervisor.name, why: 'Bão số 5 làm sạt đường' });
    const told = await t.db.query(`select 1 from notification where template = 'second-promise'`);
    const chairmen = await t.db.query(
      `select 1 from user_account a join unit u on u.id = a.unit_id
       where a.role = 'supervisor' and a.active and u.kind = 'commune' and a.id <> $1`,
      [supervisor.id],
    );
    expect(told).toHaveLength(chairmen.length);
  });

  it('is allowed once: the next letter of the case asks again', async () => {
    await promisedOnce();
    const review = t.app.get(LetterReview);
    await review.allowSecond(supervisor, await letterOf('A'), 'Bão số 5');
    await save('A', '10/9/2026');
    await confirmLetters(t, ['A'], { date: '2026-09-07' });
    await send('A');
    t.clock.moveTo(new Date('2026-09-14T09:00:00+07:00'));
    await drafts();
    expect((await save('A', '18/9/2026'))[0]?.text).toContain('đã được hẹn lại một lần');
  });
});

describe('the order of number and signature', () => {
  it('signed first: the sheet has blanks for number and date, the kept letter has both', async () => {
    await settings({ numberingOrder: 'after-signature' });
    await addCases(t, [late('A')]);
    await drafts();
    await approveLetters(t, ['A'], REASON);
    const blank = await pageOf('A');
    expect(blank).toMatch(/Số: +\/XL-TTPVHCC/);
    expect(blank).toMatch(/ngày +tháng +năm 2026/);
    await numberLetters(t, ['A']);
    const page = await pageOf('A');
    expect(page).toContain('Số: 01/XL-TTPVHCC');
    expect(page).toContain('ngày 26 tháng 8 năm 2026');
  });

  it('numbers of another system are entered, never twice; the office’s own go on behind the highest', async () => {
    await settings({ numberingOrder: 'external' });
    await addCases(t, ['A', 'B', 'C', 'D'].map(late));
    await drafts();
    await approveLetters(t, ['A', 'B', 'C', 'D'], REASON);
    const enter = (numbers: Record<string, number | null>, letterDate = '2026-08-26') =>
      t.app.get(LetterBatchService).confirm(clerk, {
        ...{ codes: Object.keys(numbers), letterDate, token: randomUUID() },
        given: new Map(Object.entries(numbers)),
      });
    expect(wordsOf(await enter({ A: null }))).toContain('Chưa ghi đúng số của thư hồ sơ A');
    expect(wordsOf(await enter({ A: 7, B: 7 }))).toContain('Số 7 ghi cho hồ sơ B đã có trong sổ');
    expect(wordsOf(await enter({ A: 120, B: 7 }))).toBe('numbered 120,7');
    expect(wordsOf(await enter({ C: 120 }))).toContain('Số 120 ghi cho hồ sơ C đã có trong sổ');
    expect(wordsOf(await enter({ C: 8 }, '2026-08-20'))).toBe('numbered 8');
    await settings({});
    expect(wordsOf(await numberLetters(t, ['D']))).toBe('numbered 121');
  });
});

it('a number cancelled before the letter left leaves the promise of the case as it was', async () => {
  await addCases(t, [{ code: 'A', promised: OVERDUE }]);
  await drafts();
  await save('A', '3/9/2026');
  await confirmLetters(t, ['A']);
  expect(await t.app.get(LetterService).cancel(clerk, 'A', 'In sai tên')).toEqual([]);
  expect(await t.db.query('select deadline_at at from case_record')).toEqual([{ at: new Date(OVERDUE) }]);
  await drafts();
  expect(await statesOf()).toEqual([
    ['late-apology', 'cancelled'],
    ['late-apology', 'draft'],
  ]);
});
