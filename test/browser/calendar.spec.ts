import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../support/app';
import { sideways, violations } from './axe';
import { openBrowser, PC, PHONE, visiting } from './browser';
import { ALL_FILES, startOffice } from './office';

let browser: Browser;
let app: TestApp;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startOffice(...ALL_FILES);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

interface OpenCase {
  code: string;
  due: string;
}

const dueOf = async (code: string): Promise<string> => {
  const [row] = await app.db.query<{ due: string }[]>(
    `select to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'FMDD/FMMM') as due from case_record where code = $1`,
    [code],
  );
  return row!.due;
};

async function preview(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Xem ảnh hưởng trước khi lưu' }).click();
  await page.getByRole('heading', { name: 'Ảnh hưởng' }).waitFor();
}

async function apply(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'Áp dụng thay đổi' }).click();
  await page.waitForURL(`**${path}`);
}

/** The value beside a name in the preview. */
const effect = async (page: Page, name: string): Promise<number> =>
  Number(await page.locator('.effects dl > div', { hasText: name }).first().locator('dd').innerText());

it.each([
  ['with scripts', true, '7/12/2026', '12/12/2026', 'thứ Hai 7/12/2026'],
  ['without scripts', false, '14/12/2026', '19/12/2026', 'thứ Hai 14/12/2026'],
])(
  '%s: a swap is previewed, applied and told on the page of each case',
  async (_, javaScript, off, worked, day) => {
    const iso = off
      .split('/')
      .reverse()
      .map((part) => part.padStart(2, '0'))
      .join('-');
    const [open] = await app.db.query<OpenCase[]>(
      `select code from case_record where status = 4 and due_state = 'due' and promised_at is not null
       and computed_due_at >= $1 and received_at < $1 order by computed_due_at, code limit 1`,
      [`${iso}T00:00:00+07:00`],
    );
    const { code } = open!;
    const before = await dueOf(code);
    await visiting(browser, app, { role: 'administrator', javaScript }, async ({ page, complaints }) => {
      await page.goto(`/quan-tri/lich/2026/${iso}`);
      await page.getByLabel('Hoán đổi', { exact: true }).check();
      await page.getByLabel('Làm bù ngày').fill(worked);
      await page.getByLabel('Tên, lý do').fill('Nghỉ hoán đổi');
      await page.getByRole('button', { name: 'Xem ảnh hưởng trước khi lưu' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('Chưa ghi số văn bản');
      await page.getByRole('textbox', { name: 'Số văn bản' }).fill('CV 123/BNV');
      await preview(page);
      const moved = await effect(page, 'Đổi hạn tính lại');
      expect(moved).toBeGreaterThan(0);
      expect(await effect(page, 'Giữ nguyên ngày hẹn đã in')).toBeGreaterThan(0);
      expect(await dueOf(code)).toBe(before);
      await apply(page, '/quan-tri/lich/2026');
      expect(await page.locator('#thong-bao').innerText()).toContain(
        `Hạn tính lại của ${moved} hồ sơ đã đổi`,
      );
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([]);
    });
    const after = await dueOf(code);
    expect(after).not.toBe(before);
    await visiting(browser, app, { role: 'officer', javaScript }, async ({ page }) => {
      await page.goto(`/ho-so/${code}`);
      const entry = page.locator('.tl__i', { hasText: 'Hạn tính lại đổi' }).first();
      const told = await entry.innerText();
      for (const part of [`Nghỉ ${day}`, 'CV 123/BNV', before, after, 'Ngày hẹn trên giấy hẹn giữ nguyên'])
        expect(told).toContain(part);
    });
  },
);

it('the preview is accessible and fits both widths, also when a form is refused', async () => {
  await visiting(browser, app, { role: 'administrator' }, async ({ page }) => {
    await page.goto('/quan-tri/lich/2026/2026-12-21');
    await page.getByRole('button', { name: 'Xem ảnh hưởng trước khi lưu' }).click();
    await page.getByRole('alert').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Tên, lý do').fill('Đóng cửa kiểm kê');
    await page.getByRole('textbox', { name: 'Số văn bản' }).fill('QĐ 12/QĐ-UBND');
    await preview(page);
    for (const size of [PC, PHONE]) {
      await page.setViewportSize(size);
      expect([await sideways(page), await violations(page)]).toEqual([0, []]);
    }
  });
});

it('versions are compared, and an older one is made again', async () => {
  await visiting(browser, app, { role: 'administrator' }, async ({ page }) => {
    await page.goto('/quan-tri/lich/2026');
    await page.getByRole('link', { name: 'So với bản' }).first().click();
    await page.getByRole('heading', { name: 'Khác nhau' }).waitFor();
    expect(await page.locator('.diff').innerText()).toContain('Nghỉ hoán đổi');
    await page.getByLabel('So bản').selectOption('1');
    await page.getByRole('button', { name: 'So sánh' }).click();
    await page.getByRole('button', { name: 'Lập lại bản 1' }).click();
    await page.getByRole('heading', { name: 'Ảnh hưởng' }).waitFor();
    await apply(page, '/quan-tri/lich/2026');
    const [version] = await page.locator('.vers tbody tr').allInnerTexts();
    expect(version).toContain('Lập lại bản 1');
  });
});

it('the year 2027 is decided: days by rule, a swap, the document', async () => {
  await visiting(browser, app, { role: 'administrator' }, async ({ page }) => {
    await page.goto('/quan-tri/lich/2026');
    await page.getByRole('link', { name: 'Nhập quyết định 2027' }).click();
    expect(await page.getByLabel('Ngày nghỉ, dòng 1', { exact: true }).inputValue()).toBe('1/1/2027');
    await page.getByLabel('Văn bản quyết định').fill('TB 777/TB-BNV');
    const line = 13;
    await page.getByLabel(`Ngày nghỉ, dòng ${line}`).fill('31/12/2027');
    await page.getByLabel(`Tên ngày, dòng ${line}`).fill('Nghỉ hoán đổi');
    await page.getByLabel(`Làm bù, dòng ${line}`).fill('25/12/2027');
    await preview(page);
    await apply(page, '/quan-tri/lich/2026');
    await page.goto('/quan-tri/lich/2027');
    const main = await page.locator('main').innerText();
    expect(main).toContain('TB 777/TB-BNV');
    expect(main).toContain('Làm bù thứ Bảy 25/12/2027');
    expect(main).not.toContain('Chưa có quyết định lịch nghỉ năm 2027');
    expect(await page.locator('.mon .is-pend').count()).toBe(0);
  });
});
