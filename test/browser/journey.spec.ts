import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app';
import { pagesOf, poppler } from '../support/poppler';
import { openBrowser, visiting, type Visit } from './browser';
import { approveTogether, chooseOnDesk, confirmNumbers, fillSent, reasonTogether } from './clerk';
import { DATA, EXPECTED, lettersDrafted, until } from './office';

const REASON = 'Hồ sơ phải xác minh nguồn gốc đất ở bản, thời tiết mưa lũ kéo dài.';
const COMMON = 'Năm 2025 số hồ sơ tăng trong đợt sắp xếp đơn vị hành chính, cán bộ chưa xử lý kịp.';
const EVIDENCE = 'Bản có chữ ký người nhận, lưu tại văn thư.';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function signInAs(page: Page, app: TestApp, username: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu').fill(app.password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
  await page.getByRole('link', { name: 'Trợ giúp' }).waitFor();
}

/** A run is followed by the page itself, without scripts by loading it anew. */
async function waitForRun(page: Page, scripts: boolean): Promise<void> {
  const running = page.locator('#tien-do');
  if (scripts) return running.waitFor({ state: 'detached', timeout: 60_000 });
  await until('the import', async () => {
    const over = (await running.count()) === 0;
    if (!over) await page.reload();
    return over;
  });
}

async function importFile(page: Page, fileName: string, scripts = true): Promise<Record<string, string>> {
  await page.goto('/quan-tri/nhap-ho-so');
  await page.getByLabel('Danh sách hồ sơ hoặc danh mục thủ tục').setInputFiles(path.join(DATA, fileName));
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await page.waitForURL(/\/quan-tri\/nhap-ho-so\/\d+$/);
  await waitForRun(page, scripts);
  await page.getByRole('button', { name: /^(Ghi nhận|Kết thúc)/ }).click();
  await waitForRun(page, scripts);
  const sums = page.getByRole('group', { name: 'Kết quả nhập' }).locator('p');
  await sums.first().waitFor();
  const shown: Record<string, string> = {};
  for (const sum of await sums.all())
    shown[await sum.locator('span').innerText()] = await sum.locator('b').innerText();
  return shown;
}

/** Reason and new date of a late apology: a day off is refused with the next working day, then a right day. */
async function completeLateApology(page: Page, code: string): Promise<void> {
  await page.goto(`/thu-xin-loi/${code}`);
  await page.getByLabel('Lý do chậm').fill(REASON);
  await page.getByLabel('Khách quan', { exact: true }).check();
  await page.getByLabel('Hẹn trả lại', { exact: true }).fill('24/11/2026');
  await page.getByRole('button', { name: 'Trình duyệt', exact: true }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.innerText()).toContain('24/11 là ngày nghỉ (Ngày Văn hóa Việt Nam).');
  expect(await alert.innerText()).toContain('Ngày làm việc kế tiếp là 25/11.');
  expect(await page.getByLabel('Lý do chậm').inputValue()).toBe(REASON);

  await page.getByLabel('Hẹn trả lại', { exact: true }).fill('25/11/2026');
  await page.getByRole('button', { name: 'Trình duyệt', exact: true }).click();
  await page.getByText('Đã trình duyệt.').waitFor();
}

async function pdfBehind(visit: Visit): Promise<Buffer> {
  const link = visit.page.getByRole('link', { name: /^Mở bản in/ });
  return visit.download((await link.getAttribute('href')) ?? '');
}

const numbersIn = (pages: string[]): number[] =>
  pages.map((text) => Number(/Số: ?(\d+)\/XL-TTPVHCC/.exec(text)?.[1]));

async function pastApologies(app: TestApp): Promise<string[]> {
  const found = await app.db.query<{ code: string }[]>(
    `select c.code from letter l join case_record c on c.id = l.case_id where l.form = 'past-apology'`,
  );
  return found.map(({ code }) => code);
}

describe('from a file to the register', () => {
  let app: TestApp;
  const approved = (codes: string[]): Promise<void> =>
    visiting(browser, app, { role: 'supervisor' }, ({ page }) => approveTogether(page, codes));
  const overdue = EXPECTED.y2026.openOverdueByDate[0]!;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  it('the administrator imports the catalogue and two years of cases', async () => {
    await visiting(browser, app, { role: null }, async ({ page }) => {
      await signInAs(page, app, 'quantri');
      expect(await importFile(page, 'procedures.json')).toMatchObject({
        'thủ tục mới': '20',
        'dòng có lỗi': '0',
      });
      const first = { 'cập nhật hồ sơ đã có': '0', 'không thay đổi': '0', 'dòng có lỗi': '0' };
      expect(await importFile(page, 'cases-2025.xlsx')).toEqual({ ...first, 'hồ sơ mới': '2.162' });
      expect(await importFile(page, 'cases-2026.json')).toEqual({ ...first, 'hồ sơ mới': '1.960' });
      expect(await importFile(page, 'cases-2026.json')).toMatchObject({
        'hồ sơ mới': '0',
        'không thay đổi': '1.960',
      });
    });
  });

  it('the officer sees the groups, opens "Vì sao?" in the row and the whole account on the case page', async () => {
    await visiting(browser, app, { role: null }, async ({ page, complaints }) => {
      await signInAs(page, app, 'motcua');
      expect(new URL(page.url()).pathname).toBe('/hang-viec');
      const groups = await page.locator('.q__group .q__gl').allInnerTexts();
      expect(groups.map((g) => g.replace(/\s+/g, ' ').trim())).toEqual([
        'Quá hạn 29',
        `Hôm nay ${EXPECTED.y2026.openDueToday.length}`,
        '1–2 ngày 5',
        'Trong tuần 6',
        'Còn hạn 10',
        'Tạm dừng 6',
      ]);
      const row = page.locator(`[id="hs-${overdue}"]`);
      await row.getByRole('button', { name: 'Vì sao?' }).click();
      const strip = page.locator(`[id="vs-${overdue}"]`).getByRole('list', { name: 'Từng ngày' });
      await strip.waitFor({ state: 'visible' });
      expect(await strip.innerText()).toMatch(/Nhận[^]*7\/10/);

      await row.getByRole('link').first().click();
      await page.waitForURL(`**/ho-so/${overdue}`);
      const due = page.getByRole('region', { name: 'Vì sao hạn là 13:45 thứ Tư 7/10' });
      await due.getByRole('list', { name: 'Từng ngày' }).waitFor({ state: 'visible' });
      expect(await due.innerText()).toContain('2 ngày làm việc đếm từ thứ Ba 6/10');
      expect(complaints).toEqual([]);
    });
  });

  it('the clerk completes a late apology, takes its number, prints it, records it as sent', async () => {
    const { late } = EXPECTED.y2025;
    const past = late.length + EXPECTED.y2026.late;
    // overdue and late ones, and those for which today is the last day for sending
    const forecast = 8;
    await until('drafts', async () => (await lettersDrafted(app)) >= past + 29 + forecast);
    await visiting(browser, app, { role: null }, async (visit) => {
      const { page } = visit;
      await signInAs(page, app, 'vanthu');
      const drafts = await page
        .locator('input[name=thu]')
        .evaluateAll((all) => all.map((i) => i.getAttribute('value')));
      expect(drafts).toHaveLength(past + 29 + forecast);
      expect(drafts).toEqual(expect.arrayContaining([...late, ...EXPECTED.y2026.openOverdueByDate]));

      await completeLateApology(page, overdue);
      await approved([overdue]);
      await page.goto(`/thu-xin-loi/${overdue}`);
      await page.getByRole('link', { name: 'Cấp số và in', exact: true }).click();
      expect(await page.locator('h1').innerText()).toBe('Cấp số 01 cho 1 thư?');
      await confirmNumbers(page);
      const [text, ...more] = pagesOf(await pdfBehind(visit));
      expect(more).toEqual([]);
      expect(text).toContain('Số: 01/XL-TTPVHCC');
      expect(text).toContain('Phùng Ngọc Ọi');
      expect(text).toContain('Lò Văn Chiến');
      expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
      expect(text).toContain(REASON);
      expect(text).toContain('ngày 25 tháng 11 năm 2026');

      await page.goto(`/thu-xin-loi/${overdue}`);
      await page.getByRole('link', { name: 'Đánh dấu đã gửi' }).click();
      await fillSent(page, EVIDENCE);
      const row = page.getByRole('row').filter({ hasText: overdue });
      expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(
        /^01 23\/11\/2026 .*7\/10\/2026 25\/11\/2026/,
      );
      expect(await row.innerText()).toContain(EVIDENCE);

      await page.goto(`/ho-so/${overdue}`);
      const due = page.getByRole('region', { name: 'Hạn theo quy định là 17:00 thứ Tư 7/10' });
      expect(await due.innerText()).toContain(
        'Đã hẹn lại 17:00 thứ Tư 25/11, hẹn lần đầu 13:45 thứ Tư 7/10.',
      );
    });
  });

  it('all late cases of 2025 get their letters in one batch: one file, a page a letter, no number left out', async () => {
    const { late } = EXPECTED.y2025;
    await visiting(browser, app, { role: 'clerk' }, async (visit) => {
      await reasonTogether(visit.page, late, COMMON);
      await approved(late);
      await chooseOnDesk(visit.page, late);
      expect(await visit.page.locator('h1').innerText()).toBe('Cấp số 02 đến 53 cho 52 thư?');
      await confirmNumbers(visit.page);
      expect(await visit.page.locator('h1').innerText()).toBe('52 thư, số 02 đến 53/XL-TTPVHCC');
      const pdf = await pdfBehind(visit);
      expect(poppler('pdfinfo', pdf)).toMatch(/Pages:\s+52\n/);
      const pages = pagesOf(pdf);
      expect(numbersIn(pages)).toEqual(late.map((_, i) => i + 2));
      expect(pages.filter((text) => text.includes(COMMON))).toHaveLength(52);
      await visit.page.goto('/so-thu-xin-loi');
      expect(await visit.page.locator('table.reg tbody tr').count()).toBe(50);
      expect(await visit.page.getByText('Số 01 đến 53').innerText()).toContain('liên tục, không thiếu số');
    });
  });

  it('the supervisor reads 97,57% of 2.141, 2,93 by formula and 0 as recognised', async () => {
    await visiting(browser, app, { role: null }, async ({ page, complaints }) => {
      await signInAs(page, app, 'lanhdao');
      expect(new URL(page.url()).pathname).toBe('/dieu-hanh');
      await page.getByLabel('Kỳ báo cáo').selectOption('2025');
      await page.getByRole('button', { name: 'Xem', exact: true }).click();
      await page.waitForURL('**/dieu-hanh?ky=2025');
      const score = page.getByRole('region', { name: 'Điểm PAR INDEX' });
      const text = (await score.innerText()).replace(/\s+/g, ' ');
      expect(text).toContain('2.089 2.141 × 3 = 2,93');
      expect(text).toContain('97,57% đúng, trước hạn / đã giải quyết; trả trễ 52');
      expect(text).toContain('Điểm được công nhận 0,00');
      expect(text).toContain('không có điểm');
      expect(complaints).toEqual([]);
    });
  });
});

describe('without scripts', () => {
  let app: TestApp;
  const approved = (codes: string[]): Promise<void> =>
    visiting(browser, app, { role: 'supervisor', javaScript: false }, ({ page }) =>
      approveTogether(page, codes),
    );
  const overdue = EXPECTED.y2026.openOverdueByDate[0]!;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const plainly = (work: (visit: Visit) => Promise<void>): Promise<void> =>
    visiting(browser, app, { role: null, javaScript: false }, work);

  it('a file is imported', async () => {
    await plainly(async ({ page }) => {
      await signInAs(page, app, 'quantri');
      await importFile(page, 'procedures.json', false);
      expect(await importFile(page, 'cases-2026.csv', false)).toMatchObject({
        'hồ sơ mới': '1.960',
        'dòng có lỗi': '0',
      });
    });
  });

  it('"Vì sao?" leads to the account, a search finds without marks', async () => {
    await plainly(async ({ page }) => {
      await signInAs(page, app, 'motcua');
      await page.getByLabel('Tìm hồ sơ').fill('phung ngoc oi');
      await page.getByRole('button', { name: 'Lọc' }).click();
      await page.waitForURL('**/hang-viec?**');
      expect(await page.locator('.q__row').count()).toBe(1);
      await page.getByRole('link', { name: /^Vì sao/ }).click();
      await page.waitForURL(`**/ho-so/${overdue}#cach-tinh`);
      await page.getByRole('list', { name: 'Từng ngày' }).waitFor({ state: 'visible' });
    });
  });

  it('letters are completed, numbered, printed, recorded as sent', async () => {
    await until('drafts', async () => (await lettersDrafted(app)) > EXPECTED.y2026.late);
    await plainly(async (visit) => {
      const { page } = visit;
      await signInAs(page, app, 'vanthu');
      await completeLateApology(page, overdue);
      await approved([overdue]);
      await page.goto(`/thu-xin-loi/theo-lo?thu=${overdue}`);
      await confirmNumbers(page);
      expect(numbersIn(pagesOf(await pdfBehind(visit)))).toEqual([1]);
      await page.getByRole('button', { name: 'Đánh dấu đã gửi' }).click();
      await fillSent(page, EVIDENCE);
      expect(await page.getByRole('row').filter({ hasText: overdue }).innerText()).toContain(EVIDENCE);

      const past = await pastApologies(app);
      await reasonTogether(page, past, COMMON);
      await approved(past);
      await page.goto('/thu-xin-loi');
      await page.getByRole('link', { name: `chờ cấp số (${EXPECTED.y2026.late})` }).click();
      await page.getByRole('button', { name: 'Cấp số và in các thư đã chọn' }).click();
      await confirmNumbers(page);
      expect(numbersIn(pagesOf(await pdfBehind(visit)))).toEqual(
        Array.from({ length: EXPECTED.y2026.late }, (_, i) => i + 2),
      );
    });
  });

  it('the dashboard answers for another year', async () => {
    await plainly(async ({ page }) => {
      await signInAs(page, app, 'lanhdao');
      expect(await page.getByRole('region', { name: 'Điểm PAR INDEX' }).innerText()).toContain('98,21%');
    });
  });
});
