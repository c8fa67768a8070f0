/** Targets 2 to 5: a list of cases becomes committed rows, against what PostgreSQL itself can do. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { CalendarService } from '../../src/calendars/calendar.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { rows } from '../../src/database/transaction';
import type { ImportResult } from '../../src/ingest/import-result';
import { IngestService } from '../../src/ingest/ingest.service';
import { importProcedures } from '../support/case-files';
import { databasePath, type EncodedList, encodedList } from './database-path';
import { median } from './interleave';
import { saveLikeTypeOrm } from './typeorm-save';
import { writeList, type ListedProcedure, type ListGround } from './province-list';
import { figure, measured, type Bench, type Measurement } from './report';
import { withThrowawayService, type ThrowawayService } from './throwaway-service';

const ROWS = 100_000;
const MANY = 1_000_000;
const ROUNDS = 3;
const SAVED = 3_000;
/** One case in so many is told anew by the second list. */
const CHANGED = 100;

interface Lists {
  folder: string;
  first: string;
  second: string;
  bare: string;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

export async function listGround({ app, db }: ThrowawayService): Promise<ListGround> {
  await importProcedures(db, app.get(ProcedureService));
  const procedures = await rows<ListedProcedure>(
    db.manager,
    `select p.code, p.name, l.amount from procedure p join processing_limit l on l.procedure_id = p.id
     where p.code is not null and l.unit = 'working-days' order by p.id`,
  );
  const { calendar } = await app.get(CalendarService).of(null);
  return { procedures, calendar };
}

/** Nothing left behind by one measurement is paid for by the next. */
async function empty({ db }: ThrowawayService): Promise<void> {
  await db.query('truncate case_event, case_record, case_source, ingest_change cascade');
  await db.query('checkpoint');
}

const load = ({ app }: ThrowawayService, file: string): Promise<ImportResult> =>
  app
    .get(IngestService)
    .importFile({ path: file, fileName: path.basename(file), channel: 'command', actor: 'bench' });

async function onConnection<T>(
  { db }: ThrowawayService,
  use: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const runner = db.createQueryRunner();
  try {
    return await use((await runner.connect()) as PoolClient);
  } finally {
    await runner.release();
  }
}

/** The rows of the cases as they are, for copying them back. */
const keepBare = (service: ThrowawayService, file: string): Promise<void> =>
  onConnection(service, (client) =>
    pipeline(client.query(copyTo('copy case_record to stdout (format binary)')), createWriteStream(file)),
  );

/** The limit: the same rows into the same table with its indexes, without ledger, checks or counts. */
async function copyBare(service: ThrowawayService, file: string): Promise<number> {
  await service.db.query('alter table case_record disable trigger user');
  try {
    return await seconds(() =>
      onConnection(service, (client) =>
        pipeline(
          createReadStream(file),
          client.query(copyFrom('copy case_record from stdin (format binary)')),
        ),
      ),
    );
  } finally {
    await service.db.query('alter table case_record enable trigger user');
  }
}

const walPosition = async ({ db }: ThrowawayService): Promise<string> =>
  (await rows<{ at: string }>(db.manager, 'select pg_current_wal_lsn()::text as at'))[0]!.at;

async function walSince({ db }: ThrowawayService, position: string): Promise<number> {
  const found = await rows<{ bytes: number }>(
    db.manager,
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), $1)::float8 as bytes',
    [position],
  );
  return found[0]!.bytes;
}

interface Rounds {
  bare: number[];
  database: number[];
  whole: number[];
  again: number[];
  walPerRow: number[];
}

async function round(
  service: ThrowawayService,
  lists: Lists,
  encoded: EncodedList,
  into: Rounds,
): Promise<void> {
  await empty(service);
  into.bare.push(await copyBare(service, lists.bare));
  await empty(service);
  into.database.push(await seconds(() => databasePath(service, encoded)));
  await empty(service);
  into.whole.push(await seconds(() => load(service, lists.first)));
  // No checkpoint: the pages PostgreSQL writes whole after one are not what the second list costs.
  const position = await walPosition(service);
  into.again.push(await seconds(() => load(service, lists.second)));
  into.walPerRow.push((await walSince(service, position)) / ROWS);
}

const ratio = (a: number[], b: number[]): number => median(a.map((value, i) => value / b[i]!));
const rate = (times: number[]): string => figure(ROWS / median(times));

async function speed(
  service: ThrowawayService,
  lists: Lists,
  say: (line: string) => void,
): Promise<Measurement[]> {
  await load(service, lists.first);
  await keepBare(service, lists.bare);
  const encoded = await encodedList(service, lists.first);
  const times: Rounds = { bare: [], database: [], whole: [], again: [], walPerRow: [] };
  for (let i = 0; i < ROUNDS; i++) {
    say(`  vòng ${i + 1} trong ${ROUNDS}`);
    await round(service, lists, encoded, times);
  }
  await empty(service);
  const saved = await saveLikeTypeOrm(service, lists.first, SAVED);
  const bare = `COPY thuần vào cùng bảng: ${rate(times.bare)} dòng/s`;
  return [
    measured({
      id: 'ingest.database',
      what: 'Đường cơ sở dữ liệu so với COPY nhị phân thuần vào cùng bảng',
      value: ratio(times.bare, times.database),
      unit: 'lần',
      target: { atLeast: 0.7 },
      against: `${rate(times.database)} dòng/s; ${bare}`,
    }),
    measured({
      id: 'ingest.whole',
      what: 'Tệp CSV thành hồ sơ, sổ theo dõi, hạn và số đếm so với COPY thuần',
      value: ratio(times.bare, times.whole),
      unit: 'lần',
      target: { atLeast: 0.3 },
      against: `${rate(times.whole)} dòng/s; ${bare}`,
    }),
    measured({
      id: 'ingest.save',
      what: 'Tệp CSV so với TypeORM save làm cùng việc',
      value: ROWS / median(times.whole) / saved,
      unit: 'lần',
      target: { atLeast: 10 },
      against: `save: ${figure(saved)} dòng/s`,
    }),
    measured({
      id: 'ingest.again',
      what: 'Nhập lại, 1 % thay đổi, so với lần đầu',
      value: ratio(times.whole, times.again),
      unit: 'lần',
      target: { atLeast: 2 },
      against: `${rate(times.again)} dòng/s`,
    }),
    measured({
      id: 'ingest.wal',
      what: 'WAL khi nhập lại, 1 % thay đổi',
      value: median(times.walPerRow),
      unit: 'byte/dòng',
      target: { atMost: 10 },
    }),
  ];
}

/** A million rows at once: how long, and how much memory beyond what the idle service has. */
async function million(
  service: ThrowawayService,
  folder: string,
  ground: ListGround,
): Promise<Measurement[]> {
  const file = path.join(folder, 'many.csv');
  await writeList(file, ground, MANY);
  await empty(service);
  global.gc?.();
  const idle = process.memoryUsage().rss;
  let peak = idle;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const time = await seconds(() => load(service, file));
  clearInterval(watch);
  return [
    measured({
      id: 'ingest.memory',
      what: `Bộ nhớ thêm cao nhất khi nhập ${figure(MANY)} dòng`,
      value: (peak - idle) / 1e6,
      unit: 'MB',
      target: { atMost: 160 },
    }),
    measured({
      id: 'ingest.million',
      what: `Nhập ${figure(MANY)} dòng`,
      value: MANY / time,
      unit: 'dòng/s',
      against: `${figure(time)} giây`,
    }),
  ];
}

export const importing: Bench = (say) =>
  withThrowawayService(async (service) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-bench-list-'));
    const at = (name: string): string => path.join(folder, name);
    const lists: Lists = { folder, first: at('first.csv'), second: at('second.csv'), bare: at('bare.copy') };
    try {
      const ground = await listGround(service);
      await writeList(lists.first, ground, ROWS);
      await writeList(lists.second, ground, ROWS, CHANGED);
      say(`  ${figure(ROWS)} hồ sơ, 15 cột, trong một PostgreSQL tạm`);
      const found = await speed(service, lists, say);
      say(`  ${figure(MANY)} hồ sơ`);
      return [...found, ...(await million(service, folder, ground))];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
