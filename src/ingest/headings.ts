import { isEmptyFormula, type Cell, type TableRow } from './cell';
import { FIELDS, FIELD_WORDS, type Field } from './fields';
import { plainKey } from './plain-key';

/** What one heading of the file was taken for; null: not used. */
export interface MappedHeading {
  heading: string;
  field: Field | null;
}

export interface HeadingRow {
  line: number;
  headings: MappedHeading[];
  /** field -> position in the row */
  columns: Partial<Record<Field, number>>;
  /** Positions of all headings, also of those that are not used. */
  positions: number[];
}

interface Naming {
  field: Field;
  /** 0: the official name; the further down the list of synonyms, the weaker. */
  rank: number;
}

const NAMINGS = new Map<string, Naming>(
  FIELDS.flatMap((field) =>
    [FIELD_WORDS[field].label, ...FIELD_WORDS[field].synonyms].map(
      (word, rank) => [plainKey(word), { field, rank }] as const,
    ),
  ),
);

/** Number of lines at the top among which the heading is looked for: title blocks are short. */
export const HEADING_SEARCH_LINES = 60;

/** The field a heading names, by synonyms; a remark in brackets at its end does not count. */
export const fieldOf = (heading: string): Field | null => namingOf(heading)?.field ?? null;

const namingOf = (heading: string): Naming | undefined =>
  NAMINGS.get(plainKey(heading)) ?? NAMINGS.get(plainKey(heading.replace(/\([^)]*\)\s*$/, '')));

const textOf = (cell: Cell): string =>
  cell === null || isEmptyFormula(cell) ? '' : String(cell).normalize('NFC').replace(/\s+/g, ' ').trim();

/**
 * Reads the row as a heading row. Of two headings for one field the nearer to the official name is used ("Trạng
 * thái" before "Tiến độ"), of equal ones the first.
 */
export function readHeadings(row: TableRow): HeadingRow {
  const cells = row.cells
    .map((cell, index) => ({ index, heading: textOf(cell), naming: namingOf(textOf(cell)) }))
    .filter((c) => c.heading !== '');
  const columns: Partial<Record<Field, number>> = {};
  for (const { index, naming } of [...cells].sort((a, b) => (a.naming?.rank ?? 0) - (b.naming?.rank ?? 0)))
    if (naming) columns[naming.field] ??= index;
  const headings = cells.map(({ index, heading, naming }) => ({
    heading,
    field: naming && columns[naming.field] === index ? naming.field : null,
  }));
  return { line: row.line, headings, columns, positions: cells.map((c) => c.index) };
}

const recognised = (row: HeadingRow): number => Object.keys(row.columns).length;

/**
 * The heading row among the first rows of a table: the one where most headings are recognised, at least three, or
 * two when one of them is the code. Null when there is none.
 */
export function findHeadingRow(rows: TableRow[]): HeadingRow | null {
  let best: HeadingRow | null = null;
  for (const row of rows) {
    const candidate = readHeadings(row);
    if (best === null || recognised(candidate) > recognised(best)) best = candidate;
  }
  if (best === null) return null;
  const enough = best.columns.code === undefined ? 3 : 2;
  return recognised(best) >= enough ? best : null;
}

/** The beginning of a total row below the data; marks count, since "Tống Công" is a person's name. */
const TOTAL = /^(tổng cộng|tổng số|tổng|cộng)\s*([:.(\d]|hồ sơ|có |$)/;

/**
 * True for rows that hold no case: blank rows, the heading repeated on a new page, total rows ("Tổng cộng", "Tổng
 * số", "Cộng"), and remarks or signatures below the table (at most two filled cells, none of them a code).
 */
export function isNoDataRow(row: TableRow, { columns }: Pick<HeadingRow, 'columns'>): boolean {
  const filled = row.cells.filter((cell) => textOf(cell) !== '' || isEmptyFormula(cell));
  if (filled.length === 0) return true;
  if (TOTAL.test(textOf(filled[0] ?? null).toLowerCase())) return true;
  const code = row.cells[columns.code ?? -1] ?? null;
  if (textOf(code) !== '') return fieldOf(textOf(code)) === 'code';
  return filled.length <= 2 && !isEmptyFormula(code);
}
