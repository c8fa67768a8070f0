import type { Browser } from 'playwright-core';
import { ProcedureService } from '../../src/cases/procedure.service';
import { startTestApp, type TestApp } from '../support/app';
import { importProcedures } from '../support/case-files';
import { openBrowser, PHONE, visiting } from './browser';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startTestApp();
  await importProcedures(app.db, app.app.get(ProcedureService));
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('the calculator %s', (_, javaScript) => {
  it('answers, takes more rows of pauses, names what is wrong, and goes back to the answer', async () => {
    await visiting(browser, app, { role: 'clerk', javaScript }, async ({ page, complaints }) => {
      await page.goto('/');
      await page.locator('#dieu-huong').getByRole('link', { name: 'Tính hạn' }).click();
      await page.getByText('Hoặc tự ghi thời hạn').click();
      await page.getByLabel('Thời hạn', { exact: true }).fill('10');
      await page.getByLabel('Đơn vị', { exact: true }).selectOption('ngày làm việc');
      await page.getByLabel('Khi bổ sung đủ').selectOption('lùi hạn theo ngày làm việc đã chờ');
      await page.getByLabel('Tiếp nhận ngày').fill('10/8/2026');
      await page.locator('#nhan_gio').fill('10:15');
      await page.getByText('Tạm dừng, bổ sung hồ sơ').click();
      await page.getByRole('button', { name: 'Thêm dòng' }).click();
      expect(await page.getByRole('group', { name: /^Lần/ }).count()).toBe(6);
      expect(await page.locator('#ket-qua').count()).toBe(0);
      const last = page.getByRole('group', { name: 'Lần 6' });
      await last.getByLabel('Từ ngày').fill('13/8/2026');
      await last.getByLabel('Giờ').first().fill('16:40');
      await last.getByLabel('Đến ngày').fill('17/8/2026');
      await last.getByLabel('Giờ').last().fill('16:55');
      await page.getByRole('button', { name: 'Tính hạn' }).click();

      const answer = page.locator('#ket-qua');
      expect(await answer.locator('.calc-due').innerText()).toBe('17:00 thứ Ba 25/8/2026');
      expect(await answer.getByRole('listitem').filter({ hasText: 'Trừ tạm dừng' }).count()).toBe(1);
      const link = page.url().split('#')[0]!;
      expect(await page.getByLabel('Đường dẫn của phép tính này').inputValue()).toBe(link);
      expect(await page.getByRole('group', { name: 'Lần 1' }).getByLabel('Từ ngày').inputValue()).toBe(
        '13/8/2026',
      );

      expect(complaints).toEqual([]);
      await page.getByLabel('Tiếp nhận ngày').fill('31/2/2026');
      await page.getByRole('button', { name: 'Tính hạn' }).click();
      expect(await page.getByRole('alert').innerText()).toContain('Có 1 chỗ cần sửa:');
      expect(await page.getByLabel('Tiếp nhận ngày').inputValue()).toBe('31/2/2026');
      await page.goBack();
      expect(await answer.locator('.calc-due').innerText()).toBe('17:00 thứ Ba 25/8/2026');
    });
  });
});

it('every entry of the navigation fits the foot of a phone', async () => {
  for (const role of ['officer', 'supervisor', 'clerk', 'administrator'] as const)
    await visiting(browser, app, { role }, async ({ page }) => {
      await page.setViewportSize(PHONE);
      await page.goto('/tinh-han');
      const entries = page.locator('.tabbar a');
      expect(await entries.filter({ hasText: 'Tính hạn' }).count()).toBe(1);
      const wide = await entries.evaluateAll((links) =>
        links
          .filter((a) => a.scrollWidth > a.clientWidth || a.getBoundingClientRect().height > 60)
          .map((a) => a.textContent),
      );
      expect([role, wide]).toEqual([role, []]);
    });
});
