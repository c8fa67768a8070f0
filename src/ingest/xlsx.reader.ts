import { Parser } from 'htmlparser2';
import type { Cell, TableRow } from './cell';
import { FileRefused } from './file-refused';
import { decoded, localName, unescaped, type Sheet, type Workbook } from './workbook';
import type { ZipArchive } from './zip-archive';

/** Excel's own limit is 16,384; no list of cases has more than some dozens. */
const MAX_COLUMNS = 1_000;
const MAX_CELL_TEXT = 32_767;

/**
 * Rows of one sheet, in order, with the row numbers Excel shows. Own reader instead of a library: it counts what
 * it inflates while reading, waits for its consumer, keeps date serials exact, and tells a formula without a value
 * from an empty cell.
 */
export async function* readSheet(
  zip: ZipArchive,
  workbook: Workbook,
  sheet: Sheet,
): AsyncGenerator<TableRow> {
  const rows: TableRow[] = [];
  const sink = new SheetHandler(workbook.sharedStrings, (row) => rows.push(row));
  const parser = new Parser(sink.handler, { xmlMode: true, decodeEntities: true });
  for await (const piece of decoded(zip.bytes(sheet.part))) {
    parser.write(piece);
    yield* rows.splice(0);
  }
  parser.end();
  yield* rows.splice(0);
  if (!sink.complete) throw new FileRefused('DAMAGED');
}

/** Turns the elements of a sheet into rows. */
class SheetHandler {
  /** The end of the rows was really written: a sheet that breaks off must not pass for a shorter one. */
  complete = false;
  private row: TableRow = { line: 0, cells: [] };
  private column = -1;
  private type = 'n';
  private text = '';
  private hasFormula = false;
  private collecting = false;
  private phonetic = false;

  constructor(
    private readonly sharedStrings: string[],
    private readonly onRow: (row: TableRow) => void,
  ) {}

  readonly handler = {
    onopentag: (name: string, attributes: Record<string, string>) => this.open(localName(name), attributes),
    ontext: (piece: string) => {
      if (this.collecting && this.text.length < MAX_CELL_TEXT) this.text += piece;
    },
    onclosetag: (name: string, implied: boolean) => this.close(localName(name), implied),
  };

  private open(tag: string, attributes: Record<string, string>): void {
    if (tag === 'row') {
      this.row = { line: Math.max(Number(attributes.r) || 0, this.row.line + 1), cells: [] };
      this.column = -1;
    } else if (tag === 'c') {
      this.column = columnOf(attributes.r) ?? this.column + 1;
      this.type = attributes.t ?? 'n';
      this.text = '';
      this.hasFormula = false;
    } else if (tag === 'f') this.hasFormula = true;
    else if (tag === 'rPh') this.phonetic = true;
    else if (tag === 'v' || tag === 't') this.collecting = !this.phonetic;
  }

  private close(tag: string, implied: boolean): void {
    if (tag === 'sheetData' && !implied) this.complete = true;
    else if (tag === 'v' || tag === 't') this.collecting = false;
    else if (tag === 'rPh') this.phonetic = false;
    else if (tag === 'c') this.put(this.value());
    else if (tag === 'row') this.onRow(this.row);
  }

  private put(value: Cell): void {
    if (value === null || this.column < 0 || this.column >= MAX_COLUMNS) return;
    while (this.row.cells.length < this.column) this.row.cells.push(null);
    this.row.cells[this.column] = value;
  }

  /** The value Excel calculated last is taken; a formula is never evaluated here. */
  private value(): Cell {
    if (this.text === '') return this.hasFormula ? { formula: true } : null;
    if (this.type === 's') return this.sharedStrings[Number(this.text)] ?? null;
    if (this.type === 'b') return this.text === '1';
    if (this.type !== 'n') return unescaped(this.text);
    const number = Number(this.text);
    return Number.isNaN(number) ? this.text : number;
  }
}

/** 'BC12' -> 54, counted from 0. */
function columnOf(reference: string | undefined): number | null {
  let column = 0;
  let letters = 0;
  for (; letters < (reference?.length ?? 0); letters++) {
    const letter = (reference as string).charCodeAt(letters) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return letters === 0 ? null : column - 1;
}
