import { existsSync, mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PROJECT_ROOT } from '../../src/platform/paths';
import type { Role } from '../../src/web/reader';
import { signIn, type TestApp } from '../support/app';

/** A PC of a commune and a phone. */
export const PC = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const PICTURES = path.join(PROJECT_ROOT, '.data', 'browser');

/** @throws when there is no Chromium: this ring is left out by its caller or fails, it is never skipped */
export function openBrowser(): Promise<Browser> {
  const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'];
  const executablePath = candidates.find((file) => file && existsSync(file));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium or set CHROMIUM_PATH');
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface VisitOptions {
  /** null: nobody is signed in */
  role: Role | null;
  javaScript?: boolean;
}

/** One person at one browser, and everything the browser complained about. */
export class Visit {
  readonly complaints: string[] = [];

  private constructor(
    readonly app: TestApp,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && origin !== app.url) this.complaints.push(`asked ${request.url()}`);
    });
  }

  static async begin(
    browser: Browser,
    app: TestApp,
    { role, javaScript = true }: VisitOptions,
  ): Promise<Visit> {
    const context = await browser.newContext({
      viewport: PC,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      javaScriptEnabled: javaScript,
      baseURL: app.url,
    });
    context.setDefaultTimeout(20_000);
    if (role !== null) {
      const [name = '', value = ''] = (await signIn(app, role)).split('=');
      await context.addCookies([{ name, value, url: app.url }]);
    }
    return new Visit(app, context, await context.newPage());
  }

  /** The bytes behind a link of the page, fetched with the cookies of the visit. */
  async download(href: string): Promise<Buffer> {
    const response = await this.context.request.get(href);
    if (!response.ok()) throw new Error(`${href}: ${response.status()}`);
    return response.body();
  }

  close(): Promise<void> {
    return this.context.close();
  }
}

/** Does the work in a visit of its own; a picture of the page is kept when it fails. */
export async function visiting(
  browser: Browser,
  app: TestApp,
  options: VisitOptions,
  work: (visit: Visit) => Promise<void>,
): Promise<void> {
  const visit = await Visit.begin(browser, app, options);
  try {
    await work(visit);
  } catch (error) {
    mkdirSync(PICTURES, { recursive: true });
    const name = expect.getState().currentTestName ?? 'page';
    const file = path.join(PICTURES, `${name.normalize('NFKD').replace(/[^a-z0-9]+/gi, '-')}.png`);
    await visit.page.screenshot({ path: file, fullPage: true }).catch(() => undefined);
    throw error;
  } finally {
    await visit.close();
  }
}
