import type { Page } from 'playwright-core';
import { approveLetters } from '../integration/letters-fixture';
import type { TestApp } from '../support/app';

/** What people do at the desk, with or without scripts. */

async function chosen(page: Page, codes: string[], button: string): Promise<void> {
  await page.goto('/thu-xin-loi');
  for (const code of codes) await page.locator(`input[name=thu][value="${code}"]`).check();
  await page.getByRole('button', { name: button }).click();
}

/** The clerk writes one reason of the office's own words into these drafts. */
export async function reasonTogether(page: Page, codes: string[], reason: string): Promise<void> {
  await chosen(page, codes, 'Ghi lý do chung');
  await page.getByLabel('Lý do chậm').fill(reason);
  await page.getByLabel('Khách quan', { exact: true }).check();
  await page.getByRole('button', { name: /^Ghi lý do cho/ }).click();
  await page.waitForURL('**/thu-xin-loi');
}

/** The supervisor approves these letters. */
export async function approveTogether(page: Page, codes: string[]): Promise<void> {
  await chosen(page, codes, 'Duyệt các thư đã chọn');
  await page.getByRole('button', { name: `Duyệt ${codes.length} thư` }).click();
  await page.waitForURL('**/thu-xin-loi');
}

export async function chooseOnDesk(page: Page, codes: string[]): Promise<void> {
  await chosen(page, codes, 'Cấp số và in các thư đã chọn');
  await page.waitForURL('**/thu-xin-loi/theo-lo');
}

/** From the confirm page on: numbers are taken, the page with the PDF is shown. */
export async function confirmNumbers(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Cấp số( \d+)? và in/ }).click();
  await page.waitForURL('**/thu-xin-loi/theo-lo/da-cap?**');
}

/** Takes numbers for past apologies, which promise nothing; what others did before is done already. */
export async function numberTogether(
  app: TestApp,
  page: Page,
  codes: string[],
  reason: string,
): Promise<void> {
  await approveLetters(app, codes, reason);
  await chooseOnDesk(page, codes);
  await confirmNumbers(page);
}

export async function fillSent(page: Page, evidence: string): Promise<void> {
  await page.getByLabel('Trao trực tiếp tại quầy').check();
  await page.getByRole('textbox', { name: 'Minh chứng' }).fill(evidence);
  await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await page.waitForURL('**/so-thu-xin-loi');
}
