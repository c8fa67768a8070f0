import { open, type FileHandle } from 'node:fs/promises';
import type { LocalSecond } from '../domain/local-date';
import type { ObjectRow, TableRow } from './cell';
import { delimiterOf } from './csv-delimiter';
import { readCsv } from './csv.reader';
import type { SourceColumn } from './column-mapping';
import { Progress, fileRange } from './file-range';
import { FileRefused } from './file-refused';
import { isJsonLines, readJson, readJsonLines } from './json.reader';
import type { FixedRules } from './reading-rules';
import { formOf, looksLikeJson, readHead, type FileForm, type FileShape } from './shape';
import { JsonBinder, isCatalogueItem } from './source-objects';
import { bindTable, startTable, type BoundTable } from './source-table';
import { headText, strictText, type Encoding } from './strict-text';
import { openWorkbook } from './workbook';
import { openOldWorkbook } from './xls.reader';
import { readSheet } from './xlsx.reader';
import { ZipArchive } from './zip-archive';

interface Opened {
  shape: FileShape;
  sheet: string | null;
  /** Days to add to date serials. */
  serialShift: number;
  columns: SourceColumn[];
  /** When the list was made, if it says so. */
  asOf: LocalSecond | null;
  progress: Progress;
}

/** A table of cases, opened: its columns are understood, its data rows follow. */
export interface TableSource extends Opened {
  kind: 'table';
  rows: AsyncIterable<TableRow[]>;
}

/** Cases as JSON objects. */
export interface ObjectSource extends Opened {
  kind: 'objects';
  binder: JsonBinder;
  rows: AsyncIterable<ObjectRow[]>;
}

/** A file that holds the catalogue of procedures. */
export interface CatalogueSource {
  kind: 'procedures';
  progress: Progress;
  rows: AsyncIterable<ObjectRow[]>;
}

export type Source = TableSource | ObjectSource | CatalogueSource;

/** Objects by which the keys are judged. */
const SAMPLE_OBJECTS = 200;
/** JSON is read object by object; the cap keeps a mistaken dump from occupying the reader for minutes. */
const MAX_TEXT = 512 * 1024 * 1024;

/** Opens the file, tells by its content what it is, and hands it to `use`. @throws FileRefused */
export async function withSource<T>(
  path: string,
  rules: FixedRules,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const file = await open(path);
  try {
    const form = await formOf(file, await readHead(file));
    return await use(await opened(path, file, form, rules));
  } finally {
    await file.close();
  }
}

async function opened(path: string, file: FileHandle, form: FileForm, rules: FixedRules): Promise<Source> {
  if (form.form !== 'text') return form.form === 'xlsx' ? openXlsx(file, rules) : openXls(path, file, rules);
  const { size } = await file.stat();
  if (size > MAX_TEXT) throw new FileRefused('TOO_LARGE', { limit: MAX_TEXT / (1024 * 1024) });
  const progress = new Progress();
  progress.expect(size);
  const text = (encoding: Encoding) => strictText(fileRange(file, 0, Infinity, progress), encoding);
  if (form.head === null) return openOldText(file, text, rules, progress);
  if (looksLikeJson(form.head)) return openJson(form.head, text(form.encoding), rules, progress);
  return openCsv(form.head, text(form.encoding), rules, progress);
}

async function openCsv(
  head: string,
  text: AsyncIterable<string>,
  rules: FixedRules,
  progress: Progress,
): Promise<TableSource> {
  const start = await startTable(readCsv(text, delimiterOf(head)));
  return tableSource(bindTable(start, null, rules), { shape: 'csv', sheet: null, serialShift: 0, progress });
}

/**
 * Bytes that are not UTF-8 may be the code page of Vietnamese Windows. Almost any bytes can be read so; the headings
 * tell whether the result is Vietnamese. @throws FileRefused NOT_UTF8 when they are not understood
 */
async function openOldText(
  file: FileHandle,
  text: (encoding: Encoding) => AsyncGenerator<string>,
  rules: FixedRules,
  progress: Progress,
): Promise<Source> {
  const head = headText(await readHead(file), 'windows-1258');
  try {
    if (head !== null) return await openCsv(head, text('windows-1258'), rules, progress);
  } catch (e) {
    if (!(e instanceof FileRefused)) throw e;
  }
  for await (const piece of strictText(fileRange(file), 'utf-8')) void piece;
  throw new FileRefused('NOT_UTF8', { line: 1 });
}

interface OpenSheet {
  name: string;
  rows: AsyncIterable<TableRow[]>;
}

async function openXlsx(file: FileHandle, rules: FixedRules): Promise<TableSource> {
  const progress = new Progress();
  const zip = await ZipArchive.open(file, progress);
  const workbook = await openWorkbook(zip);
  const sheets = workbook.sheets.map((sheet) => ({
    name: sheet.name,
    rows: readSheet(zip, workbook, sheet),
  }));
  return firstList(sheets, rules, { ...workbook, progress });
}

async function openXls(path: string, file: FileHandle, rules: FixedRules): Promise<TableSource> {
  const progress = new Progress();
  const { size } = await file.stat();
  const workbook = await openOldWorkbook(path, size, progress);
  return firstList(workbook.sheets, rules, { ...workbook, progress });
}

/** The first sheet with a heading row and a code column; when none has, the sheet that tells most says what is missing. */
async function firstList(
  sheets: OpenSheet[],
  rules: FixedRules,
  { serialShift, progress }: Pick<Opened, 'serialShift' | 'progress'>,
): Promise<TableSource> {
  let refusal: FileRefused | undefined;
  for (const { name, rows } of sheets) {
    const start = await startTable(rows);
    try {
      return tableSource(bindTable(start, name, rules), {
        shape: 'xlsx',
        sheet: name,
        serialShift,
        progress,
      });
    } catch (e) {
      await start.rest.return?.();
      if (!(e instanceof FileRefused)) throw e;
      if (!refusal || tellsMore(e, refusal)) refusal = e;
    }
  }
  throw refusal ?? new FileRefused('NOT_A_WORKBOOK');
}

const TELLING = ['NO_HEADINGS', 'NO_CODE_COLUMN', 'MISALIGNED'];
const tellsMore = (later: FileRefused, earlier: FileRefused): boolean =>
  TELLING.indexOf(later.code) > TELLING.indexOf(earlier.code);

const tableSource = (
  { columns, asOf, rows }: BoundTable,
  facts: Pick<Opened, 'shape' | 'sheet' | 'serialShift' | 'progress'>,
): TableSource => ({ kind: 'table', ...facts, columns, asOf, rows });

async function openJson(
  head: string,
  text: AsyncIterable<string>,
  rules: FixedRules,
  progress: Progress,
): Promise<Source> {
  const objects = isJsonLines(head) ? readJsonLines(text) : readJson(text);
  const first: ObjectRow[] = [];
  for (let next = await objects.next(); next.done !== true; next = await objects.next()) {
    for (const row of next.value) first.push(row);
    if (first.length >= SAMPLE_OBJECTS) break;
  }
  if (first.length === 0) throw new FileRefused('NO_ROWS');
  const all = prepend(first, objects);
  const object = first[0]?.object ?? {};
  if (isCatalogueItem(object)) return { kind: 'procedures', progress, rows: all };
  const binder = new JsonBinder(rules.columns);
  if (!binder.knows(object)) throw new FileRefused('JSON_UNKNOWN');
  const columns = binder.columns(first.slice(0, SAMPLE_OBJECTS));
  const facts = { shape: 'json', sheet: null, serialShift: 0, asOf: null } as const;
  return { kind: 'objects', ...facts, columns, progress, binder, rows: all };
}

async function* prepend<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
