import type { TableRow } from './cell';
import { FIELDS, type Field, type SourceRow } from './fields';
import { FileRefused, placeOf } from './file-refused';
import { HEADING_SEARCH_LINES, findHeadingRow, isNoDataRow, type HeadingRow } from './headings';

/** A table whose heading row is known; `rows` are the data rows below it. */
export interface BoundTable {
  heading: HeadingRow;
  rows: AsyncIterable<SourceRow>;
}

/** The first rows of a table, and the iterator that goes on behind them. */
export interface TableStart {
  first: TableRow[];
  rest: AsyncIterator<TableRow>;
}

export async function startTable(rows: AsyncIterable<TableRow>): Promise<TableStart> {
  const rest = rows[Symbol.asyncIterator]();
  const first: TableRow[] = [];
  while (first.length < HEADING_SEARCH_LINES) {
    const next = await rest.next();
    if (next.done === true) break;
    first.push(next.value);
  }
  return { first, rest };
}

/** @throws FileRefused NO_HEADINGS, NO_CODE_COLUMN */
export function bindTable(start: TableStart, sheet: string | null): BoundTable {
  const heading = findHeadingRow(start.first);
  if (heading === null) throw new FileRefused('NO_HEADINGS', { place: placeOf(sheet) });
  if (heading.columns.code === undefined) {
    const headings = heading.headings
      .map((h) => h.heading.slice(0, 60))
      .slice(0, 30)
      .join(', ');
    throw new FileRefused('NO_CODE_COLUMN', { place: placeOf(sheet), line: heading.line, headings });
  }
  return { heading, rows: dataRows(start, heading) };
}

async function* dataRows({ first, rest }: TableStart, heading: HeadingRow): AsyncGenerator<SourceRow> {
  const bind = binderOf(heading);
  try {
    for (const row of first) if (row.line > heading.line && !isNoDataRow(row, heading)) yield bind(row);
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      if (!isNoDataRow(next.value, heading)) yield bind(next.value);
  } finally {
    await rest.return?.();
  }
}

function binderOf(heading: HeadingRow): (row: TableRow) => SourceRow {
  const columns = FIELDS.flatMap((field) => {
    const index = heading.columns[field];
    return index === undefined || field === 'supplements' ? [] : [[field, index] as const];
  });
  const width = Math.max(0, ...heading.positions) + 1;
  return (row) => {
    const values: SourceRow['values'] = {};
    for (const [field, index] of columns) values[field] = row.cells[index] ?? null;
    const surplus = row.cells.slice(width).find((cell) => cell !== null && cell !== '');
    return surplus === undefined
      ? { line: row.line, values }
      : { line: row.line, values, surplus: String(surplus) };
  };
}

/** field -> the file's own heading */
export function ownHeadings(heading: Pick<HeadingRow, 'headings'>): Partial<Record<Field, string>> {
  const own: Partial<Record<Field, string>> = {};
  for (const { heading: text, field } of heading.headings) if (field !== null) own[field] = text;
  return own;
}
