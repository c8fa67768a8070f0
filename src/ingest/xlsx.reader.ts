import type { Cell, TableRow } from './cell';
import { MAX_COLUMNS } from './csv.reader';
import { FileRefused } from './file-refused';
import { MAX_CELL_TEXT, decoded, unescaped, type SharedStrings } from './shared-strings';
import type { Sheet, Workbook } from './workbook';
import { XmlScanner, attribute, type XmlHandler } from './xml-scanner';
import type { ZipArchive } from './zip-archive';

/**
 * Rows of one sheet, in order, with the row numbers Excel shows; rows without any content are left out. Own reader
 * instead of a library: it counts what it inflates while reading, waits for its consumer, keeps date serials exact, and
 * tells a formula without a value from an empty cell.
 */
export async function* readSheet(
  zip: ZipArchive,
  workbook: Workbook,
  sheet: Sheet,
): AsyncGenerator<TableRow[]> {
  const handler = new SheetHandler(workbook);
  const scanner = new XmlScanner(handler);
  for await (const piece of decoded(zip.bytes(sheet.part))) {
    scanner.push(piece);
    yield handler.take();
  }
  scanner.end();
  yield handler.take();
  if (!handler.complete) throw new FileRefused('DAMAGED');
}

/** Turns the elements of a sheet into rows. */
class SheetHandler implements XmlHandler {
  /** The end of the rows was really written: a sheet that breaks off must not pass for a shorter one. */
  complete = false;
  private rows: TableRow[] = [];
  private row: TableRow = { line: 0, cells: [] };
  private column = -1;
  private type = 'n';
  private value = '';
  private isDate = false;
  private hasFormula = false;
  private collecting = false;
  private phonetic = false;
  private readonly strings: SharedStrings;
  private readonly dateStyles: boolean[];

  constructor({ sharedStrings, dateStyles }: Workbook) {
    this.strings = sharedStrings;
    this.dateStyles = dateStyles;
  }

  take(): TableRow[] {
    const taken = this.rows;
    this.rows = [];
    return taken;
  }

  open(tag: string, attributes: string): void {
    if (tag === 'v' || tag === 't') this.collecting = !this.phonetic;
    else if (tag === 'c') this.openCell(attributes);
    else if (tag === 'row') {
      const line = Number(attribute(attributes, 'r')) || 0;
      this.row = { line: Math.max(line, this.row.line + 1), cells: [] };
      this.column = -1;
    } else if (tag === 'f') this.hasFormula = true;
    else if (tag === 'rPh') this.phonetic = true;
  }

  text(text: string): void {
    if (this.collecting && this.value.length < MAX_CELL_TEXT) this.value += text;
  }

  close(tag: string): void {
    if (tag === 'v' || tag === 't') this.collecting = false;
    else if (tag === 'c') this.put(this.cell());
    else if (tag === 'row') this.closeRow();
    else if (tag === 'rPh') this.phonetic = false;
    else if (tag === 'sheetData') this.complete = true;
  }

  private openCell(attributes: string): void {
    this.column += 1;
    this.type = 'n';
    this.isDate = false;
    this.value = '';
    this.hasFormula = false;
    for (let equals = attributes.indexOf('='); equals > 0;) {
      const mark = attributes[equals + 1];
      const end = mark === '"' || mark === "'" ? attributes.indexOf(mark, equals + 2) : -1;
      if (end < 0 || attributes.charCodeAt(equals - 1) <= 32) return this.oddAttributes(attributes);
      if (attributes.charCodeAt(equals - 2) <= 32)
        this.cellAttribute(attributes[equals - 1] as string, attributes.slice(equals + 2, end));
      equals = attributes.indexOf('=', end);
    }
  }

  /** Written with blanks around the mark, as no program of offices does. */
  private oddAttributes(attributes: string): void {
    for (const name of ['r', 't', 's']) {
      const value = attribute(attributes, name);
      if (value !== undefined) this.cellAttribute(name, value);
    }
  }

  private cellAttribute(name: string, value: string): void {
    if (name === 'r') this.column = columnOf(value) ?? this.column;
    else if (name === 't') this.type = value;
    else if (name === 's') this.isDate = this.dateStyles[Number(value)] === true;
  }

  private closeRow(): void {
    if (this.row.cells.length > 0) this.rows.push(this.row);
  }

  private put(value: Cell): void {
    if (value === null || value === '' || this.column < 0) return;
    const { cells } = this.row;
    if (this.column >= MAX_COLUMNS)
      throw new FileRefused('TOO_WIDE', { line: this.row.line, limit: MAX_COLUMNS });
    while (cells.length < this.column) cells.push(null);
    cells[this.column] = value;
    if (this.isDate && typeof value === 'number') (this.row.dates ??= new Set()).add(this.column);
  }

  /** The value Excel calculated last is taken; a formula is never evaluated here. */
  private cell(): Cell {
    if (this.value === '') return this.hasFormula ? { formula: true } : null;
    if (this.type === 's') return this.strings.at(Number(this.value));
    if (this.type === 'b') return this.value === '1';
    if (this.type !== 'n') return unescaped(this.value);
    const number = Number(this.value);
    return Number.isNaN(number) ? this.value : number;
  }
}

/** 'BC12' -> 54, counted from 0. */
function columnOf(reference: string): number | null {
  let column = 0;
  let letters = 0;
  for (; letters < reference.length; letters++) {
    const letter = reference.charCodeAt(letters) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return letters === 0 ? null : column - 1;
}
