import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { CellObject, WorkBook } from '@e965/xlsx';
import type { Cell, TableRow } from './cell';
import type { Progress } from './file-range';
import { FileRefused } from './file-refused';
import { SHIFT_OF_1904, showsDate } from './workbook';

/** The format holds 65,536 rows; a larger file carries pictures or years of changes. */
const MAX_BYTES = 64 * 1024 * 1024;
const BATCH_ROWS = 2_000;
const ERRORS: Record<number, string> = {
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

export interface OldSheet {
  name: string;
  rows: AsyncIterable<TableRow[]>;
}

export interface OldWorkbook {
  sheets: OldSheet[];
  serialShift: number;
}

/**
 * A workbook of Excel 97 to 2003. The library reads it whole, which its size allows; it is loaded only for such a file
 * and runs in the reader's thread, whose memory is limited. @throws FileRefused PASSWORD, DAMAGED, TOO_LARGE
 */
export async function openOldWorkbook(path: string, size: number, progress: Progress): Promise<OldWorkbook> {
  if (size > MAX_BYTES) throw new FileRefused('TOO_LARGE', { limit: MAX_BYTES / (1024 * 1024) });
  const book = parse(await readFile(path));
  const hidden = (i: number): number => Number((book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0);
  const order = book.SheetNames.map((name, i) => ({ name, hidden: hidden(i) })).sort(
    (a, b) => a.hidden - b.hidden,
  );
  return {
    sheets: order.map(({ name }) => ({ name, rows: rowsOf(book, name, progress) })),
    serialShift: book.Workbook?.WBProps?.date1904 === true ? SHIFT_OF_1904 : 0,
  };
}

/** Required, not imported: only so does the library bring its tables of old code pages. */
const load = () => createRequire(__filename)('@e965/xlsx') as typeof import('@e965/xlsx');

function parse(bytes: Buffer): WorkBook {
  const library = load();
  try {
    return library.read(bytes, {
      type: 'buffer',
      dense: true,
      cellDates: false,
      cellFormula: false,
      cellHTML: false,
      cellText: false,
      cellNF: true,
    });
  } catch (e) {
    throw new FileRefused(/password|encrypt/i.test(String(e)) ? 'PASSWORD' : 'DAMAGED');
  }
}

async function* rowsOf(book: WorkBook, name: string, progress: Progress): AsyncGenerator<TableRow[]> {
  const sheet = book.Sheets[name] as { '!data'?: (CellObject | undefined)[][] } | undefined;
  const data = sheet?.['!data'] ?? [];
  progress.expect(data.length);
  for (let from = 0; from < data.length; from += BATCH_ROWS) {
    const rows: TableRow[] = [];
    const to = Math.min(data.length, from + BATCH_ROWS);
    for (let i = from; i < to; i++) {
      const row = rowOf(i + 1, data[i] ?? []);
      if (row !== null) rows.push(row);
    }
    progress.add(to - from);
    yield rows;
  }
}

function rowOf(line: number, found: (CellObject | undefined)[]): TableRow | null {
  const row: TableRow = { line, cells: [] };
  let filled = false;
  for (let column = 0; column < found.length; column++) {
    const cell = found[column];
    const value = cell ? valueOf(cell) : null;
    row.cells.push(value);
    filled ||= value !== null && value !== '';
    if (typeof value === 'number' && showsDate(String(cell?.z ?? ''))) (row.dates ??= new Set()).add(column);
  }
  return filled ? row : null;
}

function valueOf({ t, v }: CellObject): Cell {
  if (t === 'e') return ERRORS[v as number] ?? '#VALUE!';
  return typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean' ? v : null;
}
