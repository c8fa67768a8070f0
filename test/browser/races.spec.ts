import type { Browser } from 'playwright-core';
import type { TestApp } from '../support/app';
import { openBrowser, Visit, visiting } from './browser';
import { approveLetters } from '../integration/letters-fixture';
import { chooseOnDesk, confirmNumbers } from './clerk';
import { EXPECTED, startOffice } from './office';

const REASON = 'Hồ sơ phải xác minh thêm ở cơ quan khác.';
const { late } = EXPECTED.y2025;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startOffice('procedures.json', 'cases-2025.xlsx');
  await approveLetters(app, late, REASON);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

/** Numbers of these letters, in their order; null where there is none. */
async function numbersOf(codes: string[]): Promise<(number | null)[]> {
  const found = await app.db.query<{ code: string; number: number | null }[]>(
    `select c.code, l.number from letter l join case_record c on c.id = l.case_id where c.code = any($1)`,
    [codes],
  );
  return codes.map((code) => found.find((f) => f.code === code)?.number ?? null);
}

async function lastNumber(): Promise<number> {
  const [series] = await app.db.query<{ n: number }[]>(
    'select coalesce(max(last_number), 0)::int n from letter_series',
  );
  return series!.n;
}

const ascending = (numbers: (number | null)[]): number[] =>
  numbers.map((n) => n ?? Number.NaN).sort((a, b) => a - b);

/** Two clerks, each at the confirm page of these letters. */
async function twoClerks(one: string[], other: string[], work: (a: Visit, b: Visit) => Promise<void>) {
  await visiting(browser, app, { role: 'clerk' }, (a) =>
    visiting(browser, app, { role: 'clerk' }, async (b) => {
      await chooseOnDesk(a.page, one);
      await chooseOnDesk(b.page, other);
      await work(a, b);
    }),
  );
}

it('two clerks who number different letters at once get distinct numbers, each batch without a gap', async () => {
  const [one, other] = [late.slice(0, 3), late.slice(3, 7)];
  await twoClerks(one, other, async (a, b) => {
    await Promise.all([confirmNumbers(a.page), confirmNumbers(b.page)]);
    const [first, second] = [ascending(await numbersOf(one)), ascending(await numbersOf(other))];
    expect(ascending([...first, ...second])).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(first.at(-1)! - first[0]!).toBe(2);
    expect(second.at(-1)! - second[0]!).toBe(3);
  });
});

it('two clerks who number the same letter at once: one gets the number, the other is told', async () => {
  const [letter] = late.slice(7, 8) as [string];
  const before = await lastNumber();
  await twoClerks([letter], [letter], async (a, b) => {
    const answers = await Promise.all(
      [a, b].map(async ({ page }) => {
        const answered = page.waitForResponse(
          (r) => r.request().method() === 'POST' && r.url().endsWith('/cap-so'),
        );
        await page.getByRole('button', { name: /^Cấp số/ }).click();
        return (await answered).status();
      }),
    );
    expect(answers.sort()).toEqual([303, 422]);
    expect(await lastNumber()).toBe(before + 1);
    const told = [a, b].map(({ page }) => page.getByRole('alert').allInnerTexts());
    expect((await Promise.all(told)).flat().join()).toContain(`đã được cấp số ${before + 1}`);
  });
});

it('a double click takes numbers once', async () => {
  const chosen = late.slice(8, 10);
  const before = await lastNumber();
  await visiting(browser, app, { role: 'clerk' }, async ({ page }) => {
    await chooseOnDesk(page, chosen);
    await page.getByRole('button', { name: /^Cấp số/ }).dblclick();
    await page.waitForURL('**/theo-lo/da-cap?**');
    expect(ascending(await numbersOf(chosen))).toEqual([before + 1, before + 2]);
    expect(await lastNumber()).toBe(before + 2);
  });
});

it('a form sent twice at the same moment takes numbers once and answers both times with the same letters', async () => {
  const chosen = late.slice(10, 13);
  const before = await lastNumber();
  await visiting(browser, app, { role: 'clerk' }, async ({ page, context }) => {
    await chooseOnDesk(page, chosen);
    const value = async (name: string) =>
      (await page.locator(`main input[name=${name}]`).first().getAttribute('value')) ?? '';
    const form = new URLSearchParams(chosen.map((code): [string, string] => ['thu', code]));
    for (const name of ['_csrf', 'ma_xac_nhan']) form.set(name, await value(name));
    form.set('ngay', '23/11/2026');
    const send = () =>
      context.request.post('/thu-xin-loi/theo-lo/cap-so', {
        data: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        maxRedirects: 0,
      });
    const places = (await Promise.all([send(), send()])).map((r) => r.headers().location);
    expect(places[0]).toContain(`tu=${before + 1}&den=${before + 3}`);
    expect(places[1]).toBe(places[0]);
    expect(await lastNumber()).toBe(before + 3);
  });
});
