import { open, type FileHandle } from 'node:fs/promises';
import type { ObjectRow } from './cell';
import { delimiterOf } from './csv-delimiter';
import { readCsv } from './csv.reader';
import type { Field, SourceRow } from './fields';
import { fileRange } from './file-range';
import { FileRefused } from './file-refused';
import type { MappedHeading } from './headings';
import { readJson } from './json.reader';
import { JsonBinder, isCatalogueItem } from './source-objects';
import { bindTable, ownHeadings, startTable, type BoundTable } from './source-table';
import { readHead, shapeOf, type FileShape } from './shape';
import { strictText } from './strict-text';
import { openWorkbook } from './workbook';
import { readSheet } from './xlsx.reader';
import { ZipArchive } from './zip-archive';

/** A file of cases, opened: rows with their columns understood. */
export interface CaseSource {
  shape: FileShape;
  sheet: string | null;
  /** Days to add to date serials. */
  serialShift: number;
  rows: AsyncIterable<SourceRow>;
  /** What each heading was taken for; of a JSON file complete only after the last row. */
  mapping(): MappedHeading[];
  /** The file's own heading of each field. */
  headings: Partial<Record<Field, string>>;
}

/** A file that holds the catalogue of procedures. */
export interface CatalogueSource {
  shape: 'procedures';
  rows: AsyncIterable<ObjectRow>;
}

export type Source = CaseSource | CatalogueSource;

/** JSON is read object by object; the cap keeps a mistaken dump from occupying the reader for minutes. */
const MAX_TEXT = 512 * 1024 * 1024;

/** Opens the file, tells by its content what it is, and hands it to `use`. @throws FileRefused */
export async function withSource<T>(path: string, use: (source: Source) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const head = await readHead(file);
    if (head.length === 0) throw new FileRefused('EMPTY');
    const shape = await shapeOf(file, head);
    return shape === 'xlsx' ? await use(await openXlsx(file)) : await withText(file, head, shape, use);
  } finally {
    await file.close();
  }
}

async function withText<T>(
  file: FileHandle,
  head: Buffer,
  shape: 'csv' | 'json',
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const { size } = await file.stat();
  if (size > MAX_TEXT) throw new FileRefused('TOO_LARGE', { limit: MAX_TEXT / (1024 * 1024) });
  const text = strictText(fileRange(file));
  return use(await (shape === 'csv' ? openCsv(head, text) : openJson(text)));
}

async function openCsv(head: Buffer, text: AsyncIterable<string>): Promise<CaseSource> {
  const start = await startTable(readCsv(text, delimiterOf(head.toString('utf8'))));
  return tableSource('csv', null, 0, bindTable(start, null));
}

/** The first sheet with a heading row and a code column; when none has, the first sheet tells what is missing. */
async function openXlsx(file: FileHandle): Promise<CaseSource> {
  const zip = await ZipArchive.open(file);
  const workbook = await openWorkbook(zip);
  let refusal = new FileRefused('NOT_A_WORKBOOK');
  for (const [i, sheet] of workbook.sheets.entries()) {
    const start = await startTable(readSheet(zip, workbook, sheet));
    try {
      return tableSource('xlsx', sheet.name, workbook.serialShift, bindTable(start, sheet.name));
    } catch (e) {
      await start.rest.return?.();
      if (!(e instanceof FileRefused)) throw e;
      if (i === 0 || tellsMore(e, refusal)) refusal = e;
    }
  }
  throw refusal;
}

const tellsMore = (later: FileRefused, earlier: FileRefused): boolean =>
  later.code === 'NO_CODE_COLUMN' && earlier.code === 'NO_HEADINGS';

const tableSource = (
  shape: FileShape,
  sheet: string | null,
  serialShift: number,
  { heading, rows }: BoundTable,
): CaseSource => ({
  shape,
  sheet,
  serialShift,
  rows,
  mapping: () => heading.headings,
  headings: ownHeadings(heading),
});

async function openJson(text: AsyncIterable<string>): Promise<Source> {
  const objects = readJson(text)[Symbol.asyncIterator]();
  const first = await objects.next();
  if (first.done === true) throw new FileRefused('NO_ROWS');
  const all = prepend(first.value, objects);
  if (isCatalogueItem(first.value.object)) return { shape: 'procedures', rows: all };
  const binder = new JsonBinder();
  if (!binder.knows(first.value.object)) throw new FileRefused('JSON_UNKNOWN');
  return {
    shape: 'json',
    sheet: null,
    serialShift: 0,
    rows: binder.bindAll(all),
    mapping: () => binder.mapping(),
    headings: binder.headings,
  };
}

async function* prepend<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
