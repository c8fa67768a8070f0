/** One reading of one file in a process of its own, so that its peak of memory is its own; tells it as JSON. */
import Excel from 'exceljs';
import { createReadStream } from 'node:fs';
import Papa from 'papaparse';
import { toLocalSecond } from '../../src/domain/local-date';
import type { FixedRules } from '../../src/ingest/reading-rules';
import { readBatches } from '../../src/ingest/source-batches';
import { withSource } from '../../src/ingest/source-file';

export interface ReadingTold {
  rows: number;
  seconds: number;
  /** Highest memory of the process over what it took before the reading. */
  peakMb: number;
}

const RULES: FixedRules = {
  now: toLocalSecond(new Date('2026-11-23T09:00:00+07:00')),
  closesAt: 17 * 3600,
};
const MEGABYTE = 1024 * 1024;

/** Read, checked and encoded for the database: all that a reader's thread does. */
async function whole(file: string): Promise<number> {
  let rows = 0;
  await readBatches(file, RULES, (message) => {
    if (message.kind === 'refused') throw new Error(message.code);
    if (message.kind === 'cases') rows += message.rows - message.faultyRows;
    return Promise.resolve();
  });
  return rows;
}

/** The rows only, as the libraries give them. */
const bare = (file: string): Promise<number> =>
  withSource(file, RULES, async (source) => {
    let rows = 0;
    for await (const batch of source.rows) rows += batch.length;
    return rows;
  });

async function exceljs(file: string): Promise<number> {
  let rows = -1;
  const options = {
    sharedStrings: 'cache',
    worksheets: 'emit',
    styles: 'cache',
    hyperlinks: 'ignore',
  } as const;
  for await (const sheet of new Excel.stream.xlsx.WorkbookReader(file, options))
    for await (const row of sheet) if ((row.values as unknown[]).length > 0) rows += 1;
  return rows;
}

const papaparse = (file: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let rows = -1;
    Papa.parse<string[]>(createReadStream(file, 'utf8'), {
      chunk: ({ data }) => void (rows += data.length),
      complete: () => resolve(rows),
      error: reject,
      skipEmptyLines: true,
    });
  });

export const READERS = { whole, bare, exceljs, papaparse };

async function main(reader: keyof typeof READERS, file: string): Promise<void> {
  const before = process.memoryUsage().rss;
  const start = process.hrtime.bigint();
  const rows = await READERS[reader](file);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peakMb = (process.resourceUsage().maxRSS * 1024 - before) / MEGABYTE;
  process.stdout.write(JSON.stringify({ rows, seconds, peakMb } satisfies ReadingTold));
}

if (require.main === module) void main(process.argv[2] as keyof typeof READERS, process.argv[3]!);
