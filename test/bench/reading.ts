/** Target 6, and the reading half of 3: how fast the reader alone is, and how much memory it takes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { median } from './interleave';
import { makeCsv, makeXlsx } from './reading-files';
import type { READERS, ReadingTold } from './reading-process';
import { figure, measured, type Measurement } from './report';

const CSV_ROWS = 500_000;
const XLSX_ROWS = 100_000;
const ROUNDS = 3;

type Reader = keyof typeof READERS;

function readOnce(reader: Reader, file: string, rows: number): ReadingTold {
  const script = path.join(__dirname, 'reading-process.ts');
  const compiler = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', compiler, script, reader, file], {
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const told = JSON.parse(stdout) as ReadingTold;
  if (told.rows !== rows) throw new Error(`${reader} read ${told.rows} of ${rows} rows`);
  return told;
}

interface Rounds {
  ours: ReadingTold[];
  theirs: ReadingTold[];
}

/** In turns, each in a process of its own. */
function interleaved(ours: Reader, theirs: Reader, file: string, rows: number): Rounds {
  const told: Rounds = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round++) {
    told.ours.push(readOnce(ours, file, rows));
    told.theirs.push(readOnce(theirs, file, rows));
  }
  return told;
}

const perSecond = (told: ReadingTold[]): number => median(told.map((t) => t.rows / t.seconds));
const peak = (told: ReadingTold[]): number => median(told.map((t) => t.peakMb));
const timesFaster = ({ ours, theirs }: Rounds): number =>
  median(ours.map((our, round) => theirs[round]!.seconds / our.seconds));

async function withList<T>(
  name: string,
  make: (file: string) => Promise<void>,
  use: (file: string) => T,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-reading-'));
  try {
    const file = path.join(folder, name);
    await make(file);
    return use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function readingCsv(say: (line: string) => void): Promise<Measurement[]> {
  say(`  đọc CSV ${figure(CSV_ROWS)} dòng, 15 cột, gồm kiểm tra và mã hóa; so với papaparse chỉ tách ô`);
  const rounds = await withList(
    'list.csv',
    (file) => makeCsv(file, CSV_ROWS),
    (file) => interleaved('whole', 'papaparse', file, CSV_ROWS),
  );
  return [
    measured({
      id: 'ingest.csv.reading',
      what: 'Đọc CSV: tách, kiểm tra, mã hóa',
      value: perSecond(rounds.ours),
      unit: 'dòng/s mỗi luồng',
      target: { atLeast: 250_000 },
      against: `papaparse, chỉ tách ô: ${figure(perSecond(rounds.theirs))} dòng/s`,
    }),
    measured({
      id: 'ingest.csv.ratio',
      what: 'Đọc CSV trọn vẹn so với papaparse chỉ tách ô',
      value: timesFaster(rounds),
      unit: 'lần',
    }),
    measured({
      id: 'ingest.csv.memory',
      what: `Bộ nhớ cao nhất khi đọc CSV ${figure(CSV_ROWS)} dòng`,
      value: peak(rounds.ours),
      unit: 'MB',
      target: { atMost: 128 },
    }),
  ];
}

export async function readingXlsx(say: (line: string) => void): Promise<Measurement[]> {
  say(`  đọc XLSX ${figure(XLSX_ROWS)} dòng, 15 cột; so với exceljs đọc theo dòng`);
  const rounds = await withList(
    'list.xlsx',
    (file) => makeXlsx(file, XLSX_ROWS),
    (file) => ({
      ...interleaved('bare', 'exceljs', file, XLSX_ROWS),
      whole: readOnce('whole', file, XLSX_ROWS),
    }),
  );
  return [
    measured({
      id: 'ingest.xlsx.ratio',
      what: `Đọc XLSX ${figure(XLSX_ROWS)} dòng so với exceljs đọc theo dòng`,
      value: timesFaster(rounds),
      unit: 'lần',
      target: { atLeast: 2 },
      against: `exceljs: ${figure(perSecond(rounds.theirs))} dòng/s, ${figure(peak(rounds.theirs))} MB`,
    }),
    measured({
      id: 'ingest.xlsx.memory',
      what: `Bộ nhớ cao nhất khi đọc XLSX ${figure(XLSX_ROWS)} dòng, gồm kiểm tra và mã hóa`,
      value: rounds.whole.peakMb,
      unit: 'MB',
      target: { atMost: 128 },
    }),
    measured({
      id: 'ingest.xlsx.reading',
      what: 'Đọc XLSX: tách, kiểm tra, mã hóa',
      value: rounds.whole.rows / rounds.whole.seconds,
      unit: 'dòng/s',
    }),
  ];
}
