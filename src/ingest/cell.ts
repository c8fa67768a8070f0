/** A cell whose formula carries no value: the file was written by a program that does not calculate. */
export interface EmptyFormula {
  formula: true;
}

/** What a file holds in one place, before anyone asks what it means. Numbers in a date column are Excel serials. */
export type Cell = string | number | boolean | null | EmptyFormula;

/** One line of a table. `line` is the number the person sees in the file, starting with 1. */
export interface TableRow {
  line: number;
  cells: Cell[];
  /** Positions of the numbers that the file shows as dates. */
  dates?: Set<number>;
}

/** One object of a JSON list; `line` is where it begins. */
export interface ObjectRow {
  line: number;
  object: Record<string, unknown>;
  /** A key that the object has twice: only one of the two values is in `object`. */
  repeated?: string;
}

export const isEmptyFormula = (cell: unknown): cell is EmptyFormula =>
  typeof cell === 'object' && cell !== null && 'formula' in cell;

/** The text of a cell on one line, as a heading is compared. */
export const cellText = (cell: Cell | undefined): string =>
  cell === null || cell === undefined || isEmptyFormula(cell)
    ? ''
    : String(cell).normalize('NFC').replace(/\s+/g, ' ').trim();
