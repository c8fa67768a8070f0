import { cellText, type Cell, type TableRow } from './cell';
import type { SourceColumn } from './column-mapping';
import { CELL_FIELDS, bitOf, type CellField, type Field, type SourceRow } from './fields';
import { tickWord } from './headings';

/** Turns rows of a table into rows of fields. */
export class TableBinder {
  readonly carried: number;
  private readonly at: Record<CellField, number>;
  private readonly ticks: { index: number; word: string }[];
  private readonly width: number;

  constructor(columns: SourceColumn[]) {
    const indexOf = (field: Field): number => columns.find((c) => c.field === field)?.index ?? -1;
    this.at = Object.fromEntries(CELL_FIELDS.map((field) => [field, indexOf(field)])) as Record<
      CellField,
      number
    >;
    const ticks = columns.filter((c) => c.field === 'channel');
    this.ticks =
      ticks.length < 2 ? [] : ticks.map((c) => ({ index: c.index, word: tickWord(c.heading) ?? c.heading }));
    this.width = Math.max(0, ...columns.map((c) => c.index + 1));
    this.carried = CELL_FIELDS.reduce((bits, f) => (this.at[f] < 0 ? bits : bits | bitOf(f)), 0);
  }

  bind({ line, cells }: TableRow): SourceRow {
    const row: SourceRow = { line, carried: this.carried, values: cellsAt(cells, this.at) };
    if (this.ticks.length > 0)
      row.values.channel = this.ticks.find(({ index }) => cellText(cells[index]) !== '')?.word ?? null;
    if (cells.length > this.width) {
      const surplus = cells.slice(this.width).find((cell) => cell !== null && cell !== '');
      if (surplus !== undefined) row.surplus = String(surplus);
    }
    return row;
  }
}

const cell = (cells: Cell[], index: number): Cell | undefined =>
  index < 0 ? undefined : (cells[index] ?? null);

/** Written out, so that all rows have the same form in memory. */
const cellsAt = (cells: Cell[], at: Record<CellField, number>): SourceRow['values'] => ({
  code: cell(cells, at.code),
  procedureCode: cell(cells, at.procedureCode),
  procedureName: cell(cells, at.procedureName),
  fieldCode: cell(cells, at.fieldCode),
  fieldName: cell(cells, at.fieldName),
  applicantName: cell(cells, at.applicantName),
  applicantKind: cell(cells, at.applicantKind),
  address: cell(cells, at.address),
  phone: cell(cells, at.phone),
  email: cell(cells, at.email),
  summary: cell(cells, at.summary),
  channel: cell(cells, at.channel),
  status: cell(cells, at.status),
  receivedAt: cell(cells, at.receivedAt),
  promisedAt: cell(cells, at.promisedAt),
  finishedAt: cell(cells, at.finishedAt),
  returnedAt: cell(cells, at.returnedAt),
  submittedAt: cell(cells, at.submittedAt),
  departmentName: cell(cells, at.departmentName),
  officerName: cell(cells, at.officerName),
});
