import { fork, type ChildProcess } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import * as path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { SendingService } from '../../src/letters/sending.service';
import { startTestApp, type TestApp } from '../support/app';
import { startCountingMailServer, type CountingMailServer } from '../support/counting-smtp';
import { confirmLetters, addCases, clerkOf, lettersOf } from './letters-fixture';

const LETTERS = 90;
const KILLS = 8;
const LONGEST_LIFE_MS = 500;
/** The mail server takes so long with each mail: most kills fall while letters are on their way. */
const MAIL_MS = 150;
const CHILD = path.join(__dirname, '..', 'support', 'work-letters.ts');
const COMPILER = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');
const NOW = Date.parse('2026-08-26T09:42:00+07:00');
const MINUTES = 60_000;

describe('workers that are killed while they send letters', () => {
  let t: TestApp;
  let smtp: CountingMailServer;
  const alive = new Set<ChildProcess>();

  beforeAll(async () => {
    smtp = await startCountingMailServer(MAIL_MS);
    t = await startTestApp({ now: new Date(NOW), env: { ROLE: 'web' } });
    const codes = Array.from({ length: LETTERS }, (_, i) => `C-${i}`);
    await addCases(
      t,
      codes.map((code) => ({
        ...{ code, promised: '2025-03-10T17:00:00+07:00', received: '2025-03-03T08:00:00+07:00' },
        finished: '2025-03-12T10:00:00+07:00',
      })),
    );
    await t.db.query(`update case_record set email = lower(code) || '@example.vn'`);
    await t.app.get(LetterDraftService).draftOwed();
    const clerk = await clerkOf(t);
    await confirmLetters(t, codes, { reason: 'Khối lượng tăng' });
    const form = { kenh: 'email' as const, lan: randomUUID(), moi_nhat: 0 };
    expect(await t.app.get(SendingService).ask(clerk, codes, form)).toEqual([]);
  });
  afterAll(async () => {
    for (const child of alive) child.kill('SIGKILL');
    await t?.close();
    await smtp?.close();
  });

  async function worker(now: number): Promise<ChildProcess> {
    const { databaseUrl, dataDir } = t.runtime;
    const settings = JSON.stringify({ databaseUrl, dataDir, smtpUrl: smtp.url, redisUrl: null });
    const child = fork(CHILD, [settings, new Date(now).toISOString()], {
      execArgv: ['--require', COMPILER],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    alive.add(child);
    child.once('exit', () => alive.delete(child));
    await new Promise((resolve) => child.once('message', resolve));
    return child;
  }

  async function kill(child: ChildProcess): Promise<void> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  const waiting = async (): Promise<number> => {
    const [found] = await t.db.query<[{ n: number }]>(
      `select count(*)::int n from letter_delivery where result = 'waiting'`,
    );
    return found.n;
  };

  /** Each is followed by one some minutes later by the clock, so that what it had in hand is free. */
  async function killTimes(count: number): Promise<{ now: number; atWork: number }> {
    let now = NOW;
    let atWork = 0;
    for (let kills = 0; kills < count; kills++) {
      const child = await worker(now);
      await after(randomInt(50, LONGEST_LIFE_MS));
      if ((await waiting()) > 0) atWork += 1;
      await kill(child);
      now += 6 * MINUTES;
    }
    return { now, atWork };
  }

  it('lose no letter, and repeat one only under its Message-ID', async () => {
    const { now, atWork } = await killTimes(KILLS);
    const last = await worker(now);
    for (let look = 0; look < 300 && (await waiting()) > 0; look++) await after(100);
    await kill(last);
    const rows = await t.db.query<{ result: string; messageId: string; attempts: number }[]>(
      `select result, message_id as "messageId", attempts from letter_delivery`,
    );
    expect(rows).toHaveLength(LETTERS);
    expect(rows.every((row) => row.result === 'sent')).toBe(true);
    expect((await lettersOf(t)).every((letter) => letter.state === 'sent')).toBe(true);
    expect(new Set(smtp.accepted.keys())).toEqual(new Set(rows.map((row) => row.messageId)));
    const repeated = rows.filter((row) => smtp.accepted.get(row.messageId)! > 1);
    expect(repeated.every((row) => row.attempts > 1)).toBe(true);
    expect(atWork).toBeGreaterThan(0);
  });
});
