import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { IngestService } from '../../src/ingest/ingest.service';
import { RunOpening } from '../../src/ingest/run-opening.service';
import { caseRow, csv, grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';

const ROWS = 6_000;
const KILLS = 15;
/** From the moment the process can work until the import is over takes a second or two. */
const LONGEST_LIFE_MS = 350;
const CHILD = path.join(__dirname, '..', 'support', 'advance-import.ts');
const COMPILER = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');

const OPEN = { 'Ngày kết thúc xử lý': null, 'Ngày trả kết quả': null, 'Trạng thái': 'Đang xử lý' };
const rowsOf = (changed: boolean) =>
  grid(
    ...Array.from({ length: ROWS }, (_, i) =>
      caseRow(
        i + 1,
        i % 7 === 0 && !changed ? OPEN : i % 11 === 0 && changed ? { 'Chủ hồ sơ': `Mới ${i}` } : {},
      ),
    ),
  );

/** What an import leaves, without the numbers that depend on how often it was begun. */
const LEFT = `select c.code, c.status, c.applicant_name, c.finished_at, c.outcome, c.due_state, c.deadline_at,
    (select array_agg(e.kind || ' ' || e.at order by e.kind, e.at) from case_event e where e.case_id = c.id) as ledger
  from case_record c order by c.code`;

describe('an import whose process is killed again and again', () => {
  let whole: TestApp;
  let t: TestApp;
  let folder: string;

  beforeAll(async () => {
    whole = await startTestApp({ env: { ROLE: 'web' } });
    t = await startTestApp({ env: { ROLE: 'web' } });
    folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-crash-'));
    writeFileSync(path.join(folder, 'first.csv'), csv(rowsOf(false)));
    writeFileSync(path.join(folder, 'second.csv'), csv(rowsOf(true)));
  });
  afterAll(async () => {
    await t.close();
    await whole.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const request = (fileName: string) => ({
    path: path.join(folder, fileName),
    fileName,
    channel: 'command' as const,
    actor: 'test',
  });

  /** Starts a process that goes on with the run, and kills it at some moment. @returns whether it was still at work */
  async function killedAt(runId: number, lifetime: number): Promise<boolean> {
    const { databaseUrl, dataDir } = t.runtime;
    const child = fork(CHILD, [databaseUrl, dataDir, String(runId)], {
      execArgv: ['--require', COMPILER],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_, signal) => resolve(signal)),
    );
    await Promise.race([new Promise((resolve) => child.once('message', resolve)), ended]);
    await Promise.race([after(lifetime), ended]);
    child.kill('SIGKILL');
    return (await ended) === 'SIGKILL';
  }

  const run = async (id: number) =>
    (
      await t.db.query<
        { state: string; created: number; updated: number; unchanged: number; line: number }[]
      >(`select state, created, updated, unchanged, written_line as line from ingest_run where id = $1`, [id])
    )[0]!;

  /** The account of the run and the cases tell the same: whole chunks, each with its ledger. */
  async function expectWholeChunks(id: number): Promise<void> {
    const { created, updated, unchanged, line } = await run(id);
    const [found] = await t.db.query<{ touched: number; bare: number }[]>(
      `select count(*) filter (where c.first_run_id = $1 or c.last_run_id = $1)::int as touched,
         count(*) filter (where not exists (select from case_event e where e.case_id = c.id))::int as bare
       from case_record c`,
      [id],
    );
    expect(found).toEqual({ touched: created + updated, bare: 0 });
    expect(created + updated + unchanged).toBe(Math.max(0, line - 1));
    expect((created + updated + unchanged) % 250 === 0 || line === ROWS + 1).toBe(true);
  }

  it.each(['first.csv', 'second.csv'])(
    'leaves whole chunks each time, and in the end what one run leaves (%s)',
    async (fileName) => {
      await whole.app.get(IngestService).importFile(request(fileName));
      const [{ unit }] = await t.db.query<[{ unit: number }]>(
        `select min(id) as unit from unit where kind = 'commune'`,
      );
      const id = await t.app.get(RunOpening).open({ ...request(fileName), unitId: unit }, true);
      let kills = 0;
      while ((await run(id)).state !== 'done') {
        if (kills === KILLS) await t.app.get(IngestService).advance(id);
        else if (await killedAt(id, randomInt(50, LONGEST_LIFE_MS))) kills += 1;
        await expectWholeChunks(id);
        await t.db.query(
          `update ingest_run set seen_at = now() - interval '1 minute', attempts = 0 where id = $1`,
          [id],
        );
      }
      expect(kills).toBeGreaterThanOrEqual(5);
      expect(await t.db.query(LEFT)).toEqual(await whole.db.query(LEFT));
    },
    180_000,
  );
});
