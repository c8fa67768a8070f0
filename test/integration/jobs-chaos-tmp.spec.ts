import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { Client } from 'pg';
import { BullQueue } from '../../src/jobs/bull-queue';
import { JobSchedules } from '../../src/jobs/job-schedules';
import { createTestDatabase } from '../support/database';
import { startJobs } from './jobs-suite';
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));
const note = 'test.note' as never;
const provs = (app: any) => app.get([...(app as any).container.getModules().values()].flatMap((m: any) => [...m.providers.keys()]).find((k: any) => k?.name === 'TestProcessor'), { strict: false });
it('redis restart', async () => {
  const d = await createTestDatabase();
  const dir = mkdtempSync('/tmp/redis-');
  const run = () => spawn('redis-server', ['--port', '6399', '--dir', dir, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  let redis = run(); await sleep(500);
  const app = await startJobs({ databaseUrl: d.url, redisUrl: 'redis://127.0.0.1:6399', schedules: [{ job: note, cron: '0 3 * * *', why: 'x' }] });
  const p = provs(app); const q = app.get(BullQueue);
  await q.enqueue(note, { n: 1 } as never); await sleep(500);
  console.log('before', JSON.stringify(p.notes));
  redis.kill('SIGKILL'); await sleep(1000);
  const t = Date.now(); await q.enqueue(note, { n: 2 } as never); console.log('enqueue while away took', Date.now() - t);
  redis = run(); await sleep(1500);
  for (let i = 0; i < 30 && p.notes.length < 3; i++) { await q.enqueue(note, { n: 3 + i } as never); await sleep(1000); }
  console.log('after', JSON.stringify(p.notes));
  console.log('restored', await app.get(JobSchedules).restore(), await app.get(JobSchedules).restore());
  redis.kill('SIGKILL'); await sleep(300);
  const c = Date.now(); await app.close(); console.log('closed with redis away in', Date.now() - c);
  await d.drop();
}, 120000);
it('pg connections cut', async () => {
  const d = await createTestDatabase();
  const app = await startJobs({ databaseUrl: d.url, schedules: [] });
  const p = provs(app); const q = app.get(BullQueue);
  await q.enqueue(note, { n: 1 } as never); await sleep(500);
  const c = new Client({ connectionString: process.env.TEST_DATABASE_URL }); await c.connect();
  await c.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [new URL(d.url).pathname.slice(1)]);
  await sleep(300);
  const t = Date.now();
  for (let i = 0; i < 30 && p.notes.length < 2; i++) { await q.enqueue(note, { n: 2 } as never); await sleep(500); }
  console.log('recovered after', Date.now() - t, JSON.stringify(p.notes));
  await c.query(`create role weak login password 'weak'`).catch(() => undefined);
  const w = new Client({ connectionString: d.url.replace(/\/\/[^@]*@/, '//weak:weak@') }); 
  await w.connect(); console.log('weak', (await w.query(`select (select system_identifier from pg_control_system()) || '/' || oid as identity from pg_database where datname = current_database()`)).rows); await w.end();
  await c.query('drop role weak'); await c.end();
  await app.close(); await d.drop();
}, 120000);
