import { writeFileSync } from 'node:fs';
import { signIn, startTestApp } from '../support/app';
it('shot', async () => {
  const app = await startTestApp();
  const cookie = await signIn(app, 'administrator');
  writeFileSync('/tmp/scratch/app.json', JSON.stringify({ url: app.url, cookie }));
  const { chromium } = await import('playwright-core');
  const exe = process.env.CHROME!;
  const browser = await chromium.launch({ executablePath: exe, args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 } });
  const [name, value] = cookie.split(';')[0]!.split('=') as [string, string];
  await context.addCookies([{ name, value, url: app.url }]);
  const page = await context.newPage();
  for (const y of [2026, 2027]) {
    await page.goto(`${app.url}/quan-tri/lich/${y}`);
    await page.screenshot({ path: `/tmp/scratch/lich-${y}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${app.url}/quan-tri/lich/2026`);
  await page.screenshot({ path: `/tmp/scratch/lich-390.png`, fullPage: false });
  await browser.close();
  await app.close();
}, 120000);
