import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import * as path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { rows, type Tx } from '../../src/database/transaction';
import { startTestApp, type TestApp } from '../support/app';
import { startCountingMailServer, type CountingMailServer } from '../support/counting-smtp';
import type { WorkerSettings } from '../support/work-alerts';
import { createOffice, useRules } from './alerts-fixture';

/** On each of the two stores; together 40 kills and 20,000 alerts. */
const CASES = 10_000;
const READERS = 1_000;
const KILLS = 20;
/** Workers alive at the same time. */
const WORKERS = 2;
const LONGEST_LIFE_MS = 1_200;
/** The mail server takes so long with each mail: most kills fall while mails are on their way. */
const MAIL_MS = 60;
const CHILD = path.join(__dirname, '..', 'support', 'work-alerts.ts');
const COMPILER = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');
const MORNING = Date.parse('2026-08-26T08:00:00+07:00');
const MINUTES = 60_000;

/** Workers killed at random moments while they raise 10,000 alerts and send them to 1,000 people. */
export function describeCrashes(kind: 'postgres' | 'redis', redisUrl: string | null): void {
  describe(`workers that are killed again and again, with the queue on ${kind}`, () => {
    let test: TestApp;
    let tx: Tx;
    let smtp: CountingMailServer;
    let settings: WorkerSettings;
    const alive = new Set<ChildProcess>();

    beforeAll(async () => {
      smtp = await startCountingMailServer(MAIL_MS);
      test = await startTestApp({ now: new Date(MORNING), seed: 'none', env: { ROLE: 'web' } });
      tx = test.db.manager;
      const { databaseUrl, dataDir } = test.runtime;
      settings = { databaseUrl, dataDir, smtpUrl: smtp.url, redisUrl };
      await fill();
    });
    afterAll(async () => {
      for (const child of alive) child.kill('SIGKILL');
      await test.close();
      await smtp.close();
    });

    /** Overdue since yesterday: ten cases for each of the readers. */
    async function fill(): Promise<void> {
      const office = await createOffice(tx);
      await useRules(tx, ['overdue']);
      await rows(tx, `update alert_rule set recipients = '{officer}', climb_to = '{}'`);
      await rows(
        tx,
        `insert into user_account (unit_id, username, full_name, role, email, password_hash)
         select $1, 'u' || n, 'Người thứ ' || n, 'officer', 'u' || n || '@binhlu.example', 'none'
         from generate_series(1, $2) n returning id`,
        [office.cultureId, READERS],
      );
      await rows(
        tx,
        `insert into case_record (unit_id, code, procedure_id, department_id, officer_id, applicant_name, channel,
           status, received_at, source, created_at, updated_at, due_state, deadline_at, next_alert_at)
         select $1, 'C' || n, $2, $3, (select id from user_account where username = 'u' || (n % $5 + 1)), 'Sùng A Lềnh',
           'direct', 4, now(), 'test', now(), now(), 'due', '2026-08-25T17:00:00+07:00', '2026-08-25T17:00:01+07:00'
         from generate_series(1, $4) n returning id`,
        [office.communeId, office.procedureId, office.cultureId, CASES, READERS],
      );
    }

    async function worker(now: number): Promise<ChildProcess> {
      const child = fork(CHILD, [JSON.stringify(settings), new Date(now).toISOString()], {
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

    const figures = async () =>
      (
        await rows<{ due: number; alerts: number; waiting: number; sent: number; resent: number }>(
          tx,
          `select (select count(*)::int from case_record where next_alert_at is not null) as due,
             (select count(*)::int from alert) as alerts,
             (select count(*)::int from notification where state in ('pending', 'sending')) as waiting,
             (select count(*)::int from notification where state = 'sent') as sent,
             (select count(*)::int from notification where attempts > 1) as resent`,
        )
      )[0]!;

    const over = async () => {
      const { due, waiting } = await figures();
      return due === 0 && waiting === 0;
    };

    /** Each killed worker is replaced by one some minutes later by the clock, so that what it had in hand is free. */
    async function killTimes(count: number): Promise<{ now: number; atWork: number }> {
      let now = MORNING;
      let atWork = 0;
      const working: ChildProcess[] = [];
      for (let i = 0; i < WORKERS; i++) working.push(await worker(now));
      for (let kills = 0; kills < count; kills++) {
        await after(randomInt(20, LONGEST_LIFE_MS));
        if (!(await over())) atWork += 1;
        await kill(working.shift()!);
        now += 4 * MINUTES;
        working.push(await worker(now));
      }
      for (const child of working) await kill(child);
      return { now, atWork };
    }

    /** A last worker that nobody disturbs, hours later; what a killed one had in hand comes back by the relay. */
    async function finish(from: number): Promise<void> {
      for (let now = from + 60 * MINUTES; !(await over()); now += 60 * MINUTES) {
        const child = await worker(now);
        for (let look = 0; look < 400 && !(await over()); look++) await after(100);
        await kill(child);
      }
    }

    it('lose nothing, raise nothing twice, and repeat a mail only when killed before it was marked', async () => {
      const { now, atWork } = await killTimes(KILLS);
      await finish(now);
      const found = await figures();
      expect([found.due, found.alerts, found.waiting]).toEqual([0, CASES, 0]);
      const [each] = await rows<{ cases: number; told: number }>(
        tx,
        `select count(distinct a.case_id)::int as cases, count(distinct a.id) filter (where n.state = 'sent')::int as told
         from alert a left join alert_message m on m.alert_id = a.id left join notification n on n.id = m.notification_id`,
      );
      expect(each).toEqual({ cases: CASES, told: CASES });
      const ids = await rows<{ id: string }>(
        tx,
        `select message_id as id from notification where state = 'sent'`,
      );
      expect([...smtp.accepted.keys()].sort()).toEqual(ids.map((n) => n.id).sort());
      const twice = [...smtp.accepted.values()].reduce((sum, times) => sum + times - 1, 0);
      process.stderr.write(
        `  ${KILLS} kills (${atWork} at work), ${CASES} alerts in ${found.sent} mails on ${kind}: ` +
          `lost 0, raised twice 0, mails sent twice ${twice} of ${found.resent} begun again\n`,
      );
      expect(twice).toBeLessThanOrEqual(found.resent);
      expect(atWork).toBeGreaterThanOrEqual(8);
    }, 540_000);
  });
}
