import type { Browser, Page } from 'playwright-core';
import { IngestService } from '../../src/ingest/ingest.service';
import { caseRow, grid, workbook, type Grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';
import { openBrowser, visiting } from './browser';
import { lettersDrafted, until } from './office';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const OPEN = {
  ...{ 'Ngày tiếp nhận': '18/11/2026 08:30', 'Ngày hẹn trả': '26/11/2026 17:00' },
  ...{ 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' },
};
const code = (number: number): string => `H35.50.12-261118-${String(number).padStart(4, '0')}`;
const open = (number: number, change: Parameters<typeof caseRow>[1] = {}) =>
  caseRow(number, { ...OPEN, 'Mã hồ sơ': code(number), ...change });

async function send(page: Page, name: string, rows: Grid): Promise<void> {
  await page.goto('/quan-tri/nhap-ho-so');
  const file = { name, mimeType: XLSX, buffer: await workbook(rows) };
  await page.getByLabel('Danh sách hồ sơ hoặc danh mục thủ tục').setInputFiles(file);
  await page.getByRole('button', { name: 'Kiểm tra tệp' }).click();
  await page.waitForURL(/\/quan-tri\/nhap-ho-so\/\d+$/);
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('an import from the check to taking it back', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  const count = async (what: string): Promise<number> =>
    (await app.db.query<{ n: number }[]>(`select count(*)::int n from ${what}`))[0]!.n;

  it('seven bad rows, suggestions, confirmation, drafts of the overdue ones, and back again', async () => {
    const rows = grid(
      open(1, { 'Ngày hẹn trả': '19/11/2026 17:00' }),
      open(2),
      open(3, { 'Ngày tiếp nhận': '18//11/2026 08:30' }),
      open(4, { 'Trạng thái': 'Đang xử lí' }),
      open(5, { 'Ngày hẹn trả': '26/11/20226' }),
      open(6, { 'Ngày tiếp nhận': '31/02/2026' }),
      open(7, { 'Mã hồ sơ': null }),
      open(8, { 'Ngày hẹn trả': '12/08/2026' }),
      open(2, { 'Chủ hồ sơ': 'Dòng lặp' }),
    );
    await visiting(browser, app, { role: 'administrator' }, async ({ page, complaints }) => {
      await send(page, 'bay-dong-loi.xlsx', rows);
      await page.getByRole('heading', { name: /^7 dòng có lỗi, 7 chỗ cần sửa$/ }).waitFor();
      await page.getByRole('button', { name: 'Ghi nhận 2 hồ sơ' }).waitFor();

      await page.getByRole('button', { name: 'Sửa cả 3 chỗ theo gợi ý' }).click();
      await page.getByRole('heading', { name: '3 chỗ đã sửa theo gợi ý' }).waitFor();
      await page.getByRole('heading', { name: /^4 dòng có lỗi/ }).waitFor();
      const fixed = page.getByRole('region', { name: '3 chỗ đã sửa theo gợi ý' });
      expect((await fixed.getByRole('row').nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(
        /^4 Ngày tiếp nhận 18\/\/11\/2026 08:30 18\/11\/2026 08:30/,
      );

      await page.getByRole('button', { name: 'Bỏ sửa ở dòng 5, cột Trạng thái' }).click();
      await page.getByRole('heading', { name: /^5 dòng có lỗi/ }).waitFor();
      await page.getByRole('button', { name: 'Sửa theo gợi ý ở dòng 5, cột Trạng thái' }).click();
      await page.getByRole('heading', { name: /^4 dòng có lỗi/ }).waitFor();
      expect(await page.getByText('1 hồ sơ mới đã quá hạn khi ghi nhận.').isVisible()).toBe(true);

      expect(await count('case_record')).toBe(0);
      await page.getByRole('button', { name: 'Ghi nhận 5 hồ sơ' }).click();
      await page.getByText('Đã ghi nhận 5 hồ sơ và tính hạn.').waitFor();
      await until('the draft', async () => (await lettersDrafted(app)) === 1);

      await page.getByRole('link', { name: 'Hoàn tác lần nhập' }).click();
      expect(await page.locator('h1').innerText()).toBe('Hoàn tác lần nhập?');
      expect(await page.getByText('Hồ sơ do tệp tạo ra, sẽ bỏ').locator('..').innerText()).toMatch(/5$/);
      await page.getByRole('button', { name: 'Hoàn tác lần nhập' }).click();
      await page.getByText('đã hoàn tác lần nhập này').waitFor();
      expect([await count('case_record'), await lettersDrafted(app)]).toEqual([0, 0]);
      expect(complaints).toEqual([]);
    });
  });

  it('columns told by hand are remembered for the next list of the source', async () => {
    const headings = ['TT', 'Số', 'Của ai', 'Vào', 'Ra', 'Việc gì'];
    const row = (number: number) => [
      ...[number, code(number), 'Vàng Thị Pàng', '18/11/2026 08:30', '26/11/2026 17:00'],
      'Thủ tục đăng ký khai sinh',
    ];
    await visiting(browser, app, { role: 'administrator' }, async ({ page, complaints }) => {
      await send(page, 'la-1.xlsx', [headings, row(21), row(22)]);
      await page.getByRole('link', { name: 'Chỉ cột thủ công' }).click();
      const meant = { Số: 'Mã hồ sơ', 'Của ai': 'Chủ hồ sơ', Vào: 'Ngày tiếp nhận', Ra: 'Mã hồ sơ' };
      for (const [heading, field] of Object.entries(meant))
        await page.getByLabel(`Cột ${heading}`, { exact: true }).selectOption({ label: field });
      await page.getByRole('button', { name: 'Lưu và đọc lại tệp' }).click();
      const alert = page.getByRole('alert');
      await alert.waitFor();
      expect(await alert.innerText()).toContain('“Mã hồ sơ” đã chọn cho cột “Số”. Mỗi nội dung chỉ một cột.');
      await page.getByLabel('Cột Ra', { exact: true }).selectOption({ label: 'Ngày hẹn trả' });
      await page.getByLabel('Cột Việc gì').selectOption({ label: 'Tên thủ tục hành chính' });
      await page.getByRole('button', { name: 'Lưu và đọc lại tệp' }).click();
      await page.getByRole('button', { name: 'Ghi nhận 2 hồ sơ' }).waitFor();

      await send(page, 'la-2.xlsx', [headings, row(23)]);
      await page.getByRole('button', { name: 'Ghi nhận 1 hồ sơ' }).waitFor();
      await send(page, 'la-3.xlsx', [
        ['Việc gì', 'Số', 'Vào', 'Của ai'],
        ['Thủ tục đăng ký khai sinh', code(24), '18/11/2026', 'Giàng A Chớ'],
      ]);
      await page.getByRole('button', { name: 'Ghi nhận 1 hồ sơ' }).waitFor();
      const mapped = page.getByRole('region', { name: 'Cột đã ghép' });
      expect((await mapped.innerText()).replace(/\s+/g, ' ')).toMatch(
        /Theo cách ghép .* đã lưu .*Mã hồ sơ Số/,
      );
      // The form that was not accepted.
      expect(complaints).toEqual([expect.stringContaining('422')]);
    });
  });
});

describe('an import under way', () => {
  let app: TestApp;
  beforeAll(async () => {
    // Jobs are done when the test says so.
    app = await startTestApp({ env: { ROLE: 'web' } });
  });
  afterAll(() => app?.close());

  const advance = (page: Page) =>
    app.app.get(IngestService).advance(Number(new URL(page.url()).pathname.split('/').at(-1)));

  it('shows its end by itself', async () => {
    await visiting(browser, app, { role: 'administrator' }, async ({ page, complaints }) => {
      await send(page, 'a.xlsx', grid(open(1)));
      await page.getByRole('progressbar').waitFor();
      await advance(page);
      await page.getByRole('button', { name: 'Ghi nhận 1 hồ sơ' }).waitFor();
      expect(complaints).toEqual([]);
    });
  });

  it('without scripts is followed by a link, confirmed, followed again and stopped', async () => {
    const options = { role: 'administrator', javaScript: false } as const;
    await visiting(browser, app, options, async ({ page }) => {
      await send(page, 'b.xlsx', grid(open(2)));
      const follow = page.getByRole('link', { name: 'Cập nhật tiến độ' });
      await follow.click();
      await page.getByRole('heading', { name: 'Đang đọc tệp' }).waitFor();
      await advance(page);
      await follow.click();
      await page.getByRole('button', { name: 'Ghi nhận 1 hồ sơ' }).click();
      await page.getByRole('heading', { name: 'Đang ghi nhận' }).waitFor();
      await advance(page);
      await follow.click();
      await page.getByText('Đã ghi nhận 1 hồ sơ và tính hạn.').waitFor();

      await send(page, 'c.xlsx', grid(open(3)));
      await page.getByRole('button', { name: 'Dừng kiểm tra' }).click();
      await page.getByText('Lần nhập đã dừng.').waitFor();
      expect(await app.db.query(`select state from ingest_run where file_name = 'c.xlsx'`)).toEqual([
        { state: 'cancelled' },
      ]);
    });
  });
});
