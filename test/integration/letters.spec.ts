import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { FileStore } from '../../src/platform/file-store';
import { LetterBatchService } from '../../src/letters/letter-batch.service';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { LetterFiles } from '../../src/letters/letter-files.service';
import type { Numbered } from '../../src/letters/letter-numbering.service';
import { LetterService } from '../../src/letters/letter.service';
import { DeliveryService } from '../../src/letters/delivery.service';
import type { FormFault } from '../../src/web/page';
import { typed } from '../../src/web/typed-instant';
import type { Reader } from '../../src/web/reader';
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
} from './letters-fixture';

// Wednesday; 31/8 to 2/9 are days off, 22/8 was a make-up Saturday
const NOW = new Date('2026-08-26T09:42:00+07:00');
const OVERDUE = '2026-08-24T17:00:00+07:00';

let t: TestApp;
let clerk: Reader;

beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  clerk = await clerkOf(t);
});
afterAll(() => t?.close());
beforeEach(async () => {
  t.clock.moveTo(NOW);
  await t.db.query(
    'truncate letter_delivery, letter, letter_series, case_event, case_record, procedure cascade',
  );
});

const draft = async (): Promise<number> => (await t.app.get(LetterDraftService).draftOwed()).drafted;
const save = (code: string, reason: string, day = '', complete = true): Promise<FormFault[]> =>
  t.app.get(LetterService).save(clerk, code, { reason, nature: 'objective', day, time: '' }, complete);
const approve = (codes: string[], reason?: string) => approveLetters(t, codes, reason);
const number = (codes: string[], more?: Partial<{ date: string; token: string }>) =>
  numberLetters(t, codes, more);
const confirm = (codes: string[], more?: Partial<{ reason: string; date: string; token: string }>) =>
  confirmLetters(t, codes, more);
const numbersOf = (result: Numbered | FormFault[]): number[] => {
  if (Array.isArray(result)) throw new Error(result.map((f) => f.text).join('; '));
  return result.numbers;
};
const send = (code: string): Promise<FormFault[]> => {
  const { day, time } = typed(t.clock.now());
  const paper = { cach: 'post' as const, nguoi_nhan: 'Vàng Thị Pàng', minh_chung: 'Phiếu gửi RR 1' };
  return t.app.get(DeliveryService).record(clerk, [code], { ...paper, ngay: day, gio: time });
};
const textsOf = (result: Numbered | FormFault[]): string => {
  if (!Array.isArray(result)) throw new Error(`numbered ${result.numbers.join()}`);
  return result.map((f) => f.text).join('; ');
};
const late = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    code: `P-${String(i + 1).padStart(2, '0')}`,
    promised: '2025-03-10T17:00:00+07:00',
    received: '2025-03-03T08:00:00+07:00',
    finished: '2025-03-12T10:00:00+07:00',
  }));

describe('drafts', () => {
  it('overdue owes a late apology, settled late a past one, due today or tomorrow an extension, others none', async () => {
    await addCases(t, [
      { code: 'A-OVERDUE', promised: OVERDUE },
      { code: 'B-LATE', promised: OVERDUE, finished: '2026-08-25T10:00:00+07:00' },
      { code: 'C-IN-TIME', promised: '2026-08-28T17:00:00+07:00' },
      { code: 'D-TODAY', promised: '2026-08-26T08:00:00+07:00' },
      { code: 'E-ON-TIME', promised: OVERDUE, finished: '2026-08-24T17:30:00+07:00' },
      { code: 'F-PAUSED', promised: OVERDUE, status: 5 },
      { code: 'G-WITHDRAWN', promised: OVERDUE, status: 7 },
      { code: 'H-REFUSED', promised: OVERDUE, status: 3 },
    ]);
    expect(await draft()).toBe(3);
    expect((await lettersOf(t)).map((l) => [l.code, l.form, l.state])).toEqual([
      ['A-OVERDUE', 'late-apology', 'draft'],
      ['B-LATE', 'past-apology', 'draft'],
      ['D-TODAY', 'extension-apology', 'draft'],
    ]);
  });

  it('a second run, even at the same time, makes no second draft', async () => {
    await addCases(t, late(30));
    const runs = await Promise.all([draft(), draft(), draft()]);
    expect(runs.reduce((a, b) => a + b)).toBe(30);
    expect(await draft()).toBe(0);
    expect(await lettersOf(t)).toHaveLength(30);
  });

  it('a draft becomes a past apology when the case is settled late; the reason stays, the new date goes', async () => {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await draft();
    expect(await save('A', 'Chờ xác minh tại nơi khác', '3/9/2026')).toEqual([]);
    await changeCase(t, 'A', `status = 9, finished_at = '2026-08-26T09:00:00+07:00'`);
    expect(await draft()).toBe(0);
    expect(await lettersOf(t)).toMatchObject([
      { form: 'past-apology', state: 'ready', reason: 'Chờ xác minh tại nơi khác', newDueAt: null },
    ]);
  });

  it('a draft goes when the promise turns out to be later, or the case is withdrawn', async () => {
    await addCases(t, [
      { code: 'A', promised: OVERDUE },
      { code: 'B', promised: OVERDUE },
    ]);
    await draft();
    await changeCase(t, 'A', `promised_at = '2026-09-10T17:00:00+07:00'`);
    await changeCase(t, 'B', 'status = 7');
    await draft();
    expect(await lettersOf(t)).toEqual([]);
  });

  it('a pause after the broken promise keeps the draft', async () => {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await draft();
    await save('A', 'Chờ xác minh', '', false);
    await changeCase(t, 'A', 'status = 5');
    await draft();
    expect(await lettersOf(t)).toMatchObject([{ code: 'A', state: 'draft', reason: 'Chờ xác minh' }]);
  });
});

describe('the new date', () => {
  beforeEach(async () => {
    await addCases(t, [{ code: 'A', promised: OVERDUE }]);
    await draft();
  });

  it.each([
    ['31/8/2026', /31\/8 là ngày nghỉ.*Ngày làm việc kế tiếp là 3\/9\./],
    ['29/8/2026', /29\/8 là ngày nghỉ.*kế tiếp là 3\/9\./],
    ['24/8/2026', /không sau ngày hẹn trước \(24\/8\)/],
    ['25/8/2026', /đã qua/],
    ['30/9/2027', /quá một năm/],
    ['31/02/2026', /Ngày giờ chưa đúng/],
    ['mai', /Ngày giờ chưa đúng/],
    ['', /Chưa ghi ngày hẹn lại/],
  ])('%s is refused', async (day, words) => {
    const faults = await save('A', 'Chờ xác minh', day);
    expect(faults.map((f) => f.text).join()).toMatch(words);
    expect(faults[0]?.field).toBe('hen_lai');
    expect(await lettersOf(t)).toMatchObject([{ state: 'draft', newDueAt: null }]);
  });

  it('of today is refused once the time is past', async () => {
    const faults = await t.app
      .get(LetterService)
      .save(
        clerk,
        'A',
        { reason: 'Chờ xác minh', nature: 'objective', day: '26/8/2026', time: '09:00' },
        true,
      );
    expect(faults).toMatchObject([{ field: 'gio', text: expect.stringContaining('đã qua') as string }]);
  });

  it('without a time is the end of the office day', async () => {
    expect(await save('A', 'Chờ xác minh', '3/9/2026')).toEqual([]);
    const [letter] = await lettersOf(t);
    expect(letter).toMatchObject({ state: 'ready' });
    expect(letter!.newDueAt!.toISOString()).toBe('2026-09-03T10:00:00.000Z');
  });

  it('becomes the promise of the case when the letter is sent; the first promise stays; only once', async () => {
    await save('A', 'Chờ xác minh', '3/9/2026');
    expect(numbersOf(await confirm(['A']))).toEqual([1]);
    expect(await t.db.query(`select promised_at at from case_record`)).toEqual([{ at: new Date(OVERDUE) }]);
    await send('A');
    const [found] = await t.db.query(
      `select promised_first_at first, promised_at now, deadline_at deadline, next_alert_at is not null armed
       from case_record where code = 'A'`,
    );
    expect(found).toEqual({
      first: new Date(OVERDUE),
      now: new Date('2026-09-03T17:00:00+07:00'),
      deadline: new Date('2026-09-03T17:00:00+07:00'),
      armed: true,
    });
    const events = await t.db.query(`select kind, source, data from case_event`);
    expect(events).toMatchObject([
      {
        kind: 'promised-again',
        source: expect.stringMatching(/^letter:\d+$/) as string,
        data: { because: 'apology' },
      },
    ]);
    expect(await draft()).toBe(0);

    t.clock.moveTo(new Date('2026-09-07T09:00:00+07:00'));
    expect(await draft()).toBe(1);
    expect((await save('A', 'Vẫn chờ xác minh', '10/9/2026'))[0]?.text).toContain('đã được hẹn lại một lần');
    expect(await save('A', 'Vẫn chờ xác minh')).toEqual([]);
    expect(numbersOf(await confirm(['A'], { date: '2026-09-07' }))).toEqual([2]);
    await send('A');
    const [again] = await t.db.query(`select promised_at now from case_record where code = 'A'`);
    expect(again).toEqual({ now: new Date('2026-09-03T17:00:00+07:00') });
  });

  it('that has passed since it was written is refused when the number is asked for', async () => {
    await save('A', 'Chờ xác minh', '27/8/2026');
    await approve(['A']);
    t.clock.moveTo(new Date('2026-08-28T09:00:00+07:00'));
    expect(textsOf(await number(['A'], { date: '2026-08-28' }))).toContain('đã qua');
    expect(await t.db.query('select last_number n from letter_series')).toEqual([{ n: 0 }]);
  });
});

describe('the reason', () => {
  beforeEach(async () => {
    await addCases(t, late(1));
    await draft();
  });

  it.each([
    ['', /Chưa ghi lý do/],
    [' \n ', /Chưa ghi lý do/],
    ['...', /Chưa ghi lý do/],
    ['x'.repeat(10_000), /dài 10000 ký tự, nhiều nhất 2000/],
    ['tốt 👍', /ký tự 👍 không in được/],
  ])('%#: is refused with words', async (reason, words) => {
    const faults = await save('P-01', reason);
    expect(faults).toMatchObject([{ field: 'ly_do', text: expect.stringMatching(words) as string }]);
  });

  it('is kept composed and without blank lines', async () => {
    expect(await save('P-01', '  Hồ sơ lịch sử thiếu \r\n\n Phải tra cứu  '.normalize('NFD'))).toEqual([]);
    expect(await lettersOf(t)).toMatchObject([
      { state: 'ready', reason: 'Hồ sơ lịch sử thiếu\nPhải tra cứu' },
    ]);
  });

  it('a draft may be kept without one, a number is not given without one', async () => {
    expect(await save('P-01', '', '', false)).toEqual([]);
    expect(textsOf(await confirm(['P-01']))).toContain('chưa được duyệt');
  });
});

describe('numbers', () => {
  it('52 past apologies with one common reason get 01 to 52 and one print file of 52 pages', async () => {
    await addCases(t, late(52));
    expect(await draft()).toBe(52);
    const codes = (await lettersOf(t)).map((l) => l.code);
    const numbers = numbersOf(await confirm(codes, { reason: 'Khối lượng hồ sơ tăng đột biến' }));
    expect(numbers).toEqual(Array.from({ length: 52 }, (_, i) => i + 1));
    const letters = await lettersOf(t);
    expect(letters.every((l) => l.state === 'numbered' && l.fileSha256 !== null)).toBe(true);
    expect(letters.every((l) => l.reason === 'Khối lượng hồ sơ tăng đột biến')).toBe(true);
    expect(await t.db.query(`select 1 from case_event where kind = 'promised-again'`)).toEqual([]);
  });

  it('two clerks at once get different, consecutive numbers', async () => {
    await addCases(t, late(40));
    await draft();
    const codes = (await lettersOf(t)).map((l) => l.code);
    await approve(codes, 'Khối lượng hồ sơ tăng');
    const results = await Promise.all(
      [codes.slice(0, 15), codes.slice(15, 30), codes.slice(30)].map((part) => number(part)),
    );
    const all = results.flatMap(numbersOf);
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    for (const numbers of results.map(numbersOf))
      expect(numbers[numbers.length - 1]! - numbers[0]!).toBe(numbers.length - 1);
  });

  it('two clerks on the same letters: one gets the numbers, the other is told which', async () => {
    await addCases(t, late(3));
    await draft();
    await approve(['P-01', 'P-02'], 'Khối lượng tăng');
    const results = await Promise.all([1, 2].map(() => number(['P-01', 'P-02'])));
    const refused = results.filter((r) => Array.isArray(r));
    expect(refused).toHaveLength(1);
    expect(textsOf(refused[0]!)).toMatch(/P-01 đã được cấp số 1\/XL-TTPVHCC/);
    expect(await t.db.query('select last_number n from letter_series')).toEqual([{ n: 2 }]);
  });

  it('a double click gets the same numbers', async () => {
    await addCases(t, late(2));
    await draft();
    const token = randomUUID();
    await approve(['P-01', 'P-02'], 'Khối lượng tăng');
    const both = await Promise.all([1, 2].map(() => number(['P-01', 'P-02'], { token })));
    expect(both.map(numbersOf)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(numbersOf(await number(['P-01', 'P-02'], { token }))).toEqual([1, 2]);
    expect(await t.db.query('select last_number n from letter_series')).toEqual([{ n: 2 }]);
  });

  it('one fault in the batch takes no number at all', async () => {
    await addCases(t, [...late(2), { code: 'Q', promised: OVERDUE }]);
    await draft();
    expect(textsOf(await confirm(['P-01', 'P-02', 'Q'], { reason: 'Khối lượng tăng' }))).toContain(
      'Thư của hồ sơ Q chưa được duyệt',
    );
    expect((await lettersOf(t)).every((l) => l.number === null)).toBe(true);
    expect(numbersOf(await confirm(['P-01'], { reason: 'Khối lượng tăng' }))).toEqual([1]);
  });

  it('follow the dates: not before the last letter of the book, not in the future; each year begins at 1', async () => {
    await addCases(t, late(4));
    t.clock.moveTo(new Date('2026-08-24T09:00:00+07:00'));
    await draft();
    await approve(['P-01', 'P-02', 'P-03'], 'Khối lượng tăng');
    t.clock.moveTo(NOW);
    expect(textsOf(await number(['P-01'], { date: '2026-08-27' }))).toContain('không sau hôm nay (26/8)');
    expect(textsOf(await number(['P-01'], { date: '2026-08-22' }))).toContain('trước ngày duyệt');
    expect(numbersOf(await number(['P-01'], { date: '2026-08-25' }))).toEqual([1]);
    expect(textsOf(await number(['P-02'], { date: '2026-08-24' }))).toContain('ghi ngày 25/8');
    expect(numbersOf(await number(['P-02'], { date: '2026-08-25' }))).toEqual([2]);
    t.clock.moveTo(new Date('2027-01-04T09:00:00+07:00'));
    expect(numbersOf(await number(['P-03'], { date: '2027-01-04' }))).toEqual([1]);
  });

  it('a cancelled letter keeps its number and a new draft is made', async () => {
    await addCases(t, late(1));
    await draft();
    await confirm(['P-01'], { reason: 'Khối lượng tăng' });
    const letters = t.app.get(LetterService);
    expect(await letters.cancel(clerk, 'P-01', '')).toMatchObject([{ field: 'ly_do_huy' }]);
    expect(await letters.cancel(clerk, 'P-01', 'In nhầm mẫu')).toEqual([]);
    expect(await draft()).toBe(1);
    expect(numbersOf(await confirm(['P-01'], { reason: 'Khối lượng tăng' }))).toEqual([2]);
    expect(await lettersOf(t)).toMatchObject([
      { state: 'cancelled', number: 1 },
      { state: 'numbered', number: 2 },
    ]);
  });

  it('a letter that is not needed says why and is not drafted again', async () => {
    await addCases(t, late(1));
    await draft();
    const letters = t.app.get(LetterService);
    expect(await letters.notNeeded(clerk, 'P-01', ' ')).toMatchObject([{ field: 'ly_do_khong_can' }]);
    expect(await letters.notNeeded(clerk, 'P-01', 'Lỗi đồng bộ, kết quả ký trước hạn')).toEqual([]);
    expect(await draft()).toBe(0);
    expect(textsOf(await number(['P-01']))).toContain('không còn là dự thảo');
  });

  it('a numbered letter cannot be changed', async () => {
    await addCases(t, late(1));
    await draft();
    await confirm(['P-01'], { reason: 'Khối lượng tăng' });
    expect((await save('P-01', 'Lý do khác'))[0]?.text).toContain('không sửa được');
  });
});

describe('files', () => {
  it('what is printed later is what was frozen, whatever changed since', async () => {
    await addCases(t, late(1));
    await draft();
    await confirm(['P-01'], { reason: 'Khối lượng hồ sơ tăng' });
    await changeCase(t, 'P-01', `applicant_name = 'Tên khác', address = 'nơi khác'`);
    await t.db.query('update letter set file_sha256 = null');
    const letter = await t.app.get(LetterService).ofCase(clerk, 'P-01');
    const [page] = pagesOf(await t.app.get(LetterFiles).archived(letter));
    expect(page).toContain('Vàng Thị Pàng');
    expect(page).toContain('Số: 01/XL-TTPVHCC');
    expect(page).not.toContain('Tên khác');
  });

  it('a crash between number and file loses nothing: the job makes the same file', async () => {
    await addCases(t, late(3));
    await draft();
    await confirm(['P-01', 'P-02', 'P-03'], { reason: 'Khối lượng hồ sơ tăng' });
    const before = (await lettersOf(t)).map((l) => l.fileSha256);
    await t.db.query('update letter set file_sha256 = null');
    expect(await t.app.get(LetterFiles).keepMissing(100)).toBe(3);
    expect((await lettersOf(t)).map((l) => l.fileSha256)).toEqual(before);
    expect(await t.app.get(LetterFiles).keepMissing(100)).toBe(0);
  });

  it('a file lost from the disk is made again', async () => {
    await addCases(t, late(1));
    await draft();
    await confirm(['P-01'], { reason: 'Khối lượng hồ sơ tăng' });
    const letter = await t.app.get(LetterService).ofCase(clerk, 'P-01');
    rmSync(t.app.get(FileStore).path(letter.fileSha256!));
    expect(pagesOf(await t.app.get(LetterFiles).archived(letter))).toHaveLength(1);
    expect((await t.app.get(FileStore).read(letter.fileSha256!)).length).toBeGreaterThan(10_000);
  });
});

describe('sending', () => {
  const form = {
    cach: 'post' as const,
    ngay: '26/8/2026',
    gio: '09:30',
    nguoi_nhan: 'Vàng Thị Pàng',
    minh_chung: 'Phiếu gửi RR 123 456 789 VN',
  };

  it('is recorded with channel, time, recipient and evidence, never without, never twice', async () => {
    await addCases(t, late(2));
    await draft();
    await confirm(['P-01', 'P-02'], { reason: 'Khối lượng tăng' });
    const deliveries = t.app.get(DeliveryService);
    const faults = async (change: object) =>
      (await deliveries.record(clerk, ['P-01'], { ...form, ...change })).map((f) => f.field);
    expect(await faults({ minh_chung: '' })).toEqual(['minh_chung']);
    expect(await faults({ cach: null })).toEqual(['cach']);
    expect(await faults({ nguoi_nhan: '' })).toEqual(['nguoi_nhan']);
    expect(await faults({ ngay: '25/8/2026' })).toEqual(['ngay']);
    expect(await faults({ gio: '10:30' })).toEqual(['ngay']);
    expect((await lettersOf(t)).every((l) => l.state === 'numbered')).toBe(true);
    expect(await faults({})).toEqual([]);
    expect(await faults({})).toEqual([]);
    expect(await t.db.query('select 1 from letter_delivery')).toHaveLength(1);
    expect(
      await deliveries.record(clerk, ['P-01', 'P-02'], { ...form, cach: 'email', nguoi_nhan: '' }),
    ).toEqual([]);
    expect((await lettersOf(t)).every((l) => l.state === 'sent')).toBe(true);
    expect(
      await t.db.query('select channel, recipient, evidence from letter_delivery order by id'),
    ).toHaveLength(3);
  });

  it('needs a number first', async () => {
    await addCases(t, late(1));
    await draft();
    await expect(t.app.get(DeliveryService).record(clerk, ['P-01'], form)).rejects.toMatchObject({
      code: 'LETTER_NOT_NUMBERED',
    });
  });
});

it('letters of another commune are not found', async () => {
  await addCases(t, late(1));
  await draft();
  const stranger = { ...clerk, communeIds: [999_999] };
  await expect(t.app.get(LetterService).ofCase(stranger, 'P-01')).rejects.toMatchObject({
    code: 'LETTER_NOT_FOUND',
  });
  await expect(
    t.app.get(LetterBatchService).confirm(stranger, {
      codes: ['P-01'],
      letterDate: '2026-08-26',
      token: 'a'.repeat(10),
      given: null,
    }),
  ).rejects.toMatchObject({ code: 'LETTER_NOT_FOUND' });
});

it('every act leaves an entry in the log', async () => {
  await addCases(t, late(1));
  await draft();
  await save('P-01', 'Khối lượng tăng');
  await confirm(['P-01']);
  const entries = await t.db.query<{ action: string }[]>(
    `select action from audit_entry where action like 'letter.%' order by id desc limit 3`,
  );
  expect(entries.map((e) => e.action)).toEqual(['letter.numbered', 'letter.approved', 'letter.drafted']);
});
