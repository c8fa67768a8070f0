import Excel from 'exceljs';
import { isEmptyFormula, type Cell, type ObjectRow, type TableRow } from './cell';
import type { SourceColumn } from './column-mapping';
import { FIELD_WORDS, type Field } from './fields';
import { timeText } from './faults';
import type { FaultyRowsTask, LineFault } from './faulty-rows.writer';
import { namesOf } from './headings';
import { MAX_CELL_TEXT } from './shared-strings';
import { cellOf } from './source-objects';
import { withSource, type Source, type TableSource } from './source-file';
import { isSerial } from './source-time';

const REASON = 'Lý do';
const SHEET = 'Dòng cần sửa';
const WIDTHS = { reason: 60, other: 20 };
const DAY_FORMAT = 'dd/mm/yyyy';
const TIME_FORMAT = 'dd/mm/yyyy hh:mm:ss';
const TEXT_FORMAT = '@';
const TIMES: (Field | null)[] = ['receivedAt', 'promisedAt', 'finishedAt', 'returnedAt', 'submittedAt'];

/** A cell of the new workbook and how it is shown. */
interface Written {
  value: Excel.CellValue;
  format?: string;
}

/** Writes row by row while it reads: neither file is ever whole in memory. Answers how many rows it wrote. */
export async function fillFaultyRows(task: FaultyRowsTask, alive: () => void): Promise<number> {
  const reasons = reasonsByLine(task.faults);
  return withSource(task.source, task.rules, async (source) => {
    if (source.kind === 'table') return fillTable(source, reasons, task.target, alive);
    const keys = await keysOf(task, reasons);
    return fillObjects(source, keys, reasons, task.target);
  });
}

/** All that is wrong with one line, in the order in which it was found. */
function reasonsByLine(faults: LineFault[]): Map<number, string> {
  const reasons = new Map<number, string>();
  for (const { line, message, remedy } of faults) {
    const told = `${message} ${remedy}`;
    const before = reasons.get(line);
    reasons.set(line, before === undefined ? told : `${before}\n${told}`);
  }
  return reasons;
}

async function fillTable(
  source: TableSource,
  reasons: Map<number, string>,
  target: string,
  alive: () => void,
): Promise<number> {
  const book = new FaultyBook(target, source.sheet ?? SHEET);
  // The list keeps its date: its corrected rows must not pass for newer than they are.
  if (source.asOf !== null) book.add([{ value: `Tính đến ${timeText(source.asOf)}` }]);
  const width = Math.max(0, ...source.columns.map((c) => c.index + 1));
  const headings: Written[] = Array.from({ length: width }, () => ({ value: null }));
  for (const column of source.columns) headings[column.index] = { value: headingOf(column) };
  book.add([{ value: REASON }, ...headings]);
  const times = new Set(source.columns.filter((c) => TIMES.includes(c.field)).map((c) => c.index));
  for await (const rows of source.rows) {
    for (const row of rows) {
      const reason = reasons.get(row.line);
      if (reason !== undefined) book.addFaulty(reason, cellsOf(row, times, source.serialShift));
    }
    alive();
  }
  return book.finish();
}

/** The file's own heading, where it names the field by itself; else, as when two rows named it, the official name. */
function headingOf({ heading, field }: SourceColumn): string {
  const [name] = namesOf(heading);
  return field === null || (name?.field === field && !name.unsure) ? heading : FIELD_WORDS[field].label;
}

const cellsOf = ({ cells, dates }: TableRow, times: Set<number>, shift: number): Written[] =>
  cells.map((cell, i) => written(cell, dates?.has(i) === true || times.has(i), shift));

function written(cell: Cell, isTime: boolean, shift: number): Written {
  // The fault stays visible, and an import that meets it again does not take it for an empty cell.
  if (isEmptyFormula(cell)) return { value: { error: '#N/A' } };
  if (typeof cell === 'number' && isTime && isSerial(cell))
    return { value: cell + shift, format: Number.isInteger(cell) ? DAY_FORMAT : TIME_FORMAT };
  if (typeof cell === 'string') return { value: cell.slice(0, MAX_CELL_TEXT), format: TEXT_FORMAT };
  return { value: cell };
}

/** The keys of the faulty objects, for the heading; found by a reading of their own, since keys may come late. */
async function keysOf(task: FaultyRowsTask, reasons: Map<number, string>): Promise<string[]> {
  const keys = new Set<string>();
  await withSource(task.source, task.rules, async (source) => {
    for await (const row of faultyObjects(source, reasons))
      for (const key of Object.keys(row.object)) keys.add(key);
  });
  return [...keys];
}

async function* faultyObjects(source: Source, reasons: Map<number, string>): AsyncGenerator<ObjectRow> {
  if (source.kind === 'table') return;
  for await (const rows of source.rows) for (const row of rows) if (reasons.has(row.line)) yield row;
}

async function fillObjects(
  source: Source,
  keys: string[],
  reasons: Map<number, string>,
  target: string,
): Promise<number> {
  const book = new FaultyBook(target, SHEET);
  book.add([REASON, ...keys].map((value) => ({ value })));
  for await (const { line, object } of faultyObjects(source, reasons))
    book.addFaulty(
      reasons.get(line) ?? '',
      keys.map((key) => written(cellOf(object[key]), false, 0)),
    );
  return book.finish();
}

/** The workbook while it is written. Every text is stored as text: none is ever taken for a formula. */
class FaultyBook {
  private readonly book: Excel.stream.xlsx.WorkbookWriter;
  private readonly sheet: Excel.Worksheet;
  private rows = 0;

  constructor(target: string, name: string) {
    this.book = new Excel.stream.xlsx.WorkbookWriter({
      filename: target,
      useStyles: true,
      useSharedStrings: false,
    });
    this.sheet = this.book.addWorksheet(sheetName(name), { properties: { defaultColWidth: WIDTHS.other } });
    this.sheet.columns = [{ width: WIDTHS.reason }];
  }

  add(cells: Written[]): void {
    const row = this.sheet.addRow(cells.map(({ value }) => value));
    cells.forEach(({ format }, i) => {
      if (format !== undefined) row.getCell(i + 1).numFmt = format;
    });
    row.commit();
  }

  addFaulty(reason: string, cells: Written[]): void {
    this.add([{ value: reason.slice(0, MAX_CELL_TEXT) }, ...cells]);
    this.rows += 1;
  }

  async finish(): Promise<number> {
    this.sheet.commit();
    await this.book.commit();
    return this.rows;
  }
}

/** Excel allows 31 letters and not all of them. */
const sheetName = (name: string): string =>
  name
    .replace(/[*?:\\/[\]]|^'|'$/g, ' ')
    .slice(0, 31)
    .trim() || SHEET;
