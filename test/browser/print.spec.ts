import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../support/app';
import { pagesOf, poppler } from '../support/poppler';
import { openBrowser, Visit, visiting } from './browser';
import { numberTogether } from './clerk';
import { ALL_FILES, EXPECTED, startOffice } from './office';

/** A4 in points; Chromium rounds to hundredths. */
const PORTRAIT = /Page size:\s+59[45](\.\d+)? x 84[12](\.\d+)? pts/;
const LANDSCAPE = /Page size:\s+84[12](\.\d+)? x 59[45](\.\d+)? pts/;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startOffice(...ALL_FILES);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const printed = (page: Page): Promise<Buffer> => page.pdf({ preferCSSPageSize: true });

/** Every font of the file is inside it: the paper looks the same from every PC. */
function expectFontsInside(pdf: Buffer): void {
  const fonts = poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean);
  expect(fonts.length).toBeGreaterThan(0);
  for (const font of fonts) expect(font).toMatch(/ yes (yes|no ) (yes|no ) +\d+ +\d+$/);
}

const times = (text: string, part: string): number => text.split(part).length - 1;

it('the morning list: A4 landscape, every case that is overdue, due today or in two days, nothing of the screen', async () => {
  await visiting(browser, app, { role: 'officer' }, async ({ page }) => {
    await page.goto('/hang-viec/ban-in');
    const codes = await page.locator('.q__row .code').allInnerTexts();
    expect(codes).toHaveLength(29 + 9 + 5);
    expect(codes).toEqual(
      expect.arrayContaining([...EXPECTED.y2026.openOverdueByDate, ...EXPECTED.y2026.openDueToday]),
    );
    const pdf = await printed(page);
    expect(poppler('pdfinfo', pdf)).toMatch(LANDSCAPE);
    expectFontsInside(pdf);
    const text = pagesOf(pdf).join(' ');
    for (const code of codes) expect(times(text, code)).toBe(1);
    expect(text).toContain('Trung tâm Phục vụ hành chính công xã Bình Lư, tỉnh Lai Châu');
    expect(text).toContain('in lúc 09:00 ngày 23/11/2026 · Vàng Thị Diễm');
    expect(text).toContain('đã hết ngày hẹn, chưa có kết quả');
    expect(text).toContain('Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu');
    for (const word of ['Trợ giúp', 'Phím tắt', 'Về hàng việc', 'Vì sao?']) expect(text).not.toContain(word);
  });
});

it.each([
  ['the year that runs', '/dieu-hanh', ['98,21%', '1.864', '1.898', '2,95']],
  [
    'a year that is over',
    '/dieu-hanh?ky=2025',
    ['97,57%', '2.089', '2.141', '2,93', '0,00', 'không có điểm'],
  ],
])('the dashboard of %s is one A4 page', async (_, address, figures) => {
  await visiting(browser, app, { role: 'supervisor' }, async ({ page }) => {
    await page.goto(address);
    const pdf = await printed(page);
    const info = poppler('pdfinfo', pdf);
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toMatch(PORTRAIT);
    expectFontsInside(pdf);
    const text = pagesOf(pdf).join(' ');
    for (const figure of figures) expect(text).toContain(figure);
    expect(text).toContain('Điểm PAR INDEX tạm tính, tiêu chí hồ sơ đúng hạn');
    expect(text).toContain('Lò Văn Chiến');
    expect(text).not.toContain('Trợ giúp');
  });
});

it('a calculation: A4 portrait, the answer and its link, nothing of the form', async () => {
  await visiting(browser, app, { role: 'officer' }, async ({ page }) => {
    await page.goto('/tinh-han?so=5&don_vi=working-days&nhan_ngay=28/8/2026&nhan_gio=9:30');
    const pdf = await printed(page);
    const info = poppler('pdfinfo', pdf);
    expect(info).toMatch(/Pages:\s+1\n/);
    expect(info).toMatch(PORTRAIT);
    expectFontsInside(pdf);
    const text = pagesOf(pdf).join(' ');
    for (const part of [
      'Tính hạn · in lúc 09:00 ngày 23/11/2026',
      '17:00 thứ Tư 9/9/2026',
      '/tinh-han?so=5&don_vi=',
    ])
      expect(text).toContain(part);
    for (const part of ['Hoặc tự ghi thời hạn', 'Làm lại', 'Trợ giúp']) expect(text).not.toContain(part);
  });
});

it('the register: A4 landscape, its heading on every page, every number once', async () => {
  const clerk = await Visit.begin(browser, app, { role: 'clerk' });
  await numberTogether(app, clerk.page, EXPECTED.y2025.late, 'Hồ sơ phải xác minh thêm.');
  await clerk.close();
  await visiting(browser, app, { role: 'clerk' }, async ({ page }) => {
    await page.goto('/so-thu-xin-loi');
    const pdf = await printed(page);
    expect(poppler('pdfinfo', pdf)).toMatch(LANDSCAPE);
    await page.goto('/so-thu-xin-loi?trang=2');
    const pages = [...pagesOf(pdf), ...pagesOf(await printed(page))];
    expect(pages.length).toBeGreaterThan(2);
    for (const text of pages) expect(text).toContain('Thủ tục, mã hồ sơ');
    for (const code of EXPECTED.y2025.late) expect(times(pages.join(' '), code)).toBe(1);
  });
});
