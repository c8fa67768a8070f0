import type { Browser, Page } from 'playwright-core';
import type { TestApp } from '../support/app';
import { openBrowser, PC, PHONE, visiting } from './browser';
import { startOffice } from './office';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  app = await startOffice('procedures.json', 'cases-2026.json');
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const onQueue = (work: (page: Page) => Promise<void>): Promise<void> =>
  visiting(browser, app, { role: 'officer' }, async ({ page }) => {
    await page.goto('/hang-viec');
    await work(page);
  });

/** First words of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`(document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '')
    .replace(/\\s+/g, ' ').trim().slice(0, 24) || document.activeElement.name || document.activeElement.tagName`);

/** null when the focus is seen: inside the window, nothing on top of it, with an outline. Else what is wrong. */
const SEEN = `(() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = at.getClientRects()[0];
  const name = at.outerHTML.slice(0, 120);
  if (!box || box.bottom <= 0 || box.top >= innerHeight) return 'outside the window: ' + name;
  const style = getComputedStyle(at);
  const marked = (s) => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  if (!marked(style) && !marked(getComputedStyle(at.parentElement))) return 'no outline: ' + name;
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + Math.min(box.width, innerWidth) / 2));
  const y = Math.min(innerHeight - 1, Math.max(0, box.top + Math.min(box.height, innerHeight) / 2));
  const top = document.elementFromPoint(x, y);
  if (top && !at.contains(top) && !top.contains(at)) return 'covered by ' + top.outerHTML.slice(0, 80) + ': ' + name;
  return null;
})()`;

async function stops(page: Page, most: number, key = 'Tab'): Promise<{ names: string[]; hidden: string[] }> {
  const found = { names: [] as string[], hidden: [] as string[] };
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(key);
    const unseen = await page.evaluate<string | null>(SEEN);
    if (unseen) found.hidden.push(unseen);
    found.names.push(await focused(page));
  }
  return found;
}

describe('the letter keys of the work queue', () => {
  it('J and K move between the cases, the focus is never under a bar', async () => {
    await onQueue(async (page) => {
      const titles = page.locator('.q__title');
      const hrefs = await titles.evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      const href = () => page.evaluate<string>(`document.activeElement.getAttribute('href')`);
      await titles.first().focus();
      for (const expected of hrefs.slice(1, 25)) {
        await page.keyboard.press('j');
        expect(await href()).toBe(expected);
        expect(await page.evaluate(SEEN)).toBeNull();
      }
      for (const expected of hrefs.slice(0, 24).reverse()) {
        await page.keyboard.press('k');
        expect(await href()).toBe(expected);
        expect(await page.evaluate(SEEN)).toBeNull();
      }
      await page.keyboard.press('k');
      expect(await href()).toBe(hrefs[0]);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${hrefs[0]}`);
    });
  });

  it('X selects and shows the bar, V opens and closes the account', async () => {
    await onQueue(async (page) => {
      const bar = page.getByRole('region', { name: 'Thao tác với hồ sơ đã chọn' });
      await page.locator('.q__title').first().focus();
      expect(await bar.isVisible()).toBe(false);
      await page.keyboard.press('x');
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await bar.waitFor({ state: 'visible' });
      expect(await bar.innerText()).toContain('2 hồ sơ đã chọn');
      await page.keyboard.press('x');
      expect(await bar.innerText()).toContain('1 hồ sơ đã chọn');

      const strip = page.getByRole('list', { name: 'Từng ngày' });
      await page.keyboard.press('v');
      await strip.waitFor({ state: 'visible' });
      expect(await page.locator('[data-why][aria-expanded=true]').count()).toBe(1);
      await page.keyboard.press('v');
      expect(await strip.isVisible()).toBe(false);
    });
  });

  it('/ goes to the search, where letters are letters; ? lists the keys and Escape returns', async () => {
    await onQueue(async (page) => {
      const title = page.locator('.q__title').first();
      await title.focus();
      await page.keyboard.press('/');
      await page.keyboard.type('xvj?');
      expect(await page.getByLabel('Tìm hồ sơ').inputValue()).toBe('xvj?');
      expect(await page.locator('.check:checked').count()).toBe(0);

      await page.getByLabel('Tìm hồ sơ').fill('');
      await page.getByRole('link', { name: 'In danh sách hôm nay' }).focus();
      await page.keyboard.press('?');
      const keys = page.getByRole('dialog', { name: 'Phím tắt trong danh sách' });
      await keys.waitFor({ state: 'visible' });
      await page.keyboard.press('Escape');
      await keys.waitFor({ state: 'hidden' });
    });
  });

  it('do nothing outside the list', async () => {
    await onQueue(async (page) => {
      await page.getByRole('link', { name: 'In danh sách hôm nay' }).focus();
      for (const key of ['x', 'v', 'j']) await page.keyboard.press(key);
      expect(await focused(page)).toBe('In danh sách hôm nay');
      expect(await page.locator('.check:checked').count()).toBe(0);
      expect(await page.locator('[data-why][aria-expanded=true]').count()).toBe(0);
    });
  });

  it('can be switched off in the account', async () => {
    await visiting(browser, app, { role: 'officer' }, async ({ page }) => {
      await page.goto('/tai-khoan');
      await page.getByLabel('Dùng phím chữ cái trong danh sách').uncheck();
      await page.getByRole('button', { name: 'Lưu phím tắt' }).click();
      await page.getByText('Đã tắt phím tắt chữ cái.').waitFor();
      await page.goto('/hang-viec');
      const title = page.locator('.q__title').first();
      await title.focus();
      const before = await focused(page);
      for (const key of ['x', 'v', 'j', '?']) await page.keyboard.press(key);
      expect(await focused(page)).toBe(before);
      expect(await page.locator('.check:checked').count()).toBe(0);
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });
});

describe('the Tab key', () => {
  it('comes to the skip link first, which leads past the navigation', async () => {
    await onQueue(async (page) => {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Đến nội dung chính');
      expect(await page.evaluate(SEEN)).toBeNull();
      await page.keyboard.press('Enter');
      expect(await page.evaluate<string>('document.activeElement.id')).toBe('noi-dung');
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Của tôi');
    });
  });

  it('goes through the queue in the order of the page and is always seen', async () => {
    await onQueue(async (page) => {
      const { names, hidden } = await stops(page, 60);
      expect(hidden).toEqual([]);
      expect(names.slice(0, 12)).toEqual([
        'Đến nội dung chính',
        'Đúng hẹn TTPVHCC xã Bình',
        expect.stringContaining('Hàng việc'),
        'Hồ sơ',
        'Tính hạn',
        expect.stringContaining('Thư xin lỗi'),
        expect.stringContaining('lời nhắc'),
        expect.stringContaining('Vàng Thị Diễm'),
        'Đăng xuất',
        'Của tôi',
        'Cả trung tâm',
        expect.stringContaining('Thước hạn'),
      ]);
    });
  });

  it.each([
    ['the desk on a PC', PC, '/thu-xin-loi'],
    ['the desk on a phone', PHONE, '/thu-xin-loi'],
    ['the register on a phone', PHONE, '/so-thu-xin-loi'],
  ])('is seen at every stop of %s, there and back', async (_, size, address) => {
    await visiting(browser, app, { role: 'clerk' }, async ({ page }) => {
      await page.setViewportSize(size);
      await page.goto(address);
      expect((await stops(page, 30)).hidden).toEqual([]);
      expect((await stops(page, 25, 'Shift+Tab')).hidden).toEqual([]);
    });
  });

  it('is seen at every stop of the queue on a phone, above the bar at the foot', async () => {
    await visiting(browser, app, { role: 'supervisor' }, async ({ page }) => {
      await page.setViewportSize(PHONE);
      await page.goto('/hang-viec');
      await page.locator('.check').first().check();
      expect((await stops(page, 40)).hidden).toEqual([]);
    });
  });
});
