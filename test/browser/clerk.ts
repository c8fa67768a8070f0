import type { Page } from 'playwright-core';

/** What a clerk does at the desk, with or without scripts. */

export async function chooseOnDesk(page: Page, codes: string[]): Promise<void> {
  await page.goto('/thu-xin-loi');
  for (const code of codes) await page.locator(`input[name=thu][value="${code}"]`).check();
  await page.getByRole('button', { name: 'Cấp số và in các thư đã chọn' }).click();
  await page.waitForURL('**/thu-xin-loi/theo-lo');
}

/** From the confirm page on: numbers are taken, the page with the PDF is shown. */
export async function confirmNumbers(page: Page, commonReason?: string): Promise<void> {
  if (commonReason !== undefined) await page.getByLabel('Lý do chung').fill(commonReason);
  await page.getByRole('button', { name: /^Cấp số( \d+)? và in/ }).click();
  await page.waitForURL('**/thu-xin-loi/theo-lo/da-cap?**');
}

/** Takes numbers for past apologies, which promise nothing. */
export async function numberTogether(page: Page, codes: string[], reason: string): Promise<void> {
  await chooseOnDesk(page, codes);
  await confirmNumbers(page, reason);
}

export async function fillSent(page: Page, evidence: string): Promise<void> {
  await page.getByLabel('Trao trực tiếp tại quầy').check();
  await page.getByRole('textbox', { name: 'Minh chứng' }).fill(evidence);
  await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
  await page.waitForURL('**/so-thu-xin-loi');
}
