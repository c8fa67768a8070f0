import type { TableRow } from './cell';
import { FileRefused } from './file-refused';

/** A record this long means that a quotation mark was opened and never closed. */
const MAX_RECORD = 1_000_000;

/**
 * Rows of a delimited text, RFC 4180 with the liberties of exports: any line ends, quotation marks inside an unquoted
 * cell. `line` is the physical line where the record begins, since that is what an editor shows.
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow> {
  const splitter = new CsvSplitter(delimiter);
  for await (const piece of text) yield* splitter.push(piece);
  yield* splitter.end();
}

type State = 'start' | 'plain' | 'quoted' | 'closing';

/** Cuts text that arrives in pieces into rows. */
export class CsvSplitter {
  private line = 1;
  private row: TableRow = { line: 1, cells: [] };
  private cell = '';
  private state: State = 'start';
  private afterReturn = false;
  private length = 0;

  constructor(private readonly delimiter: string) {}

  push(piece: string): TableRow[] {
    const rows: TableRow[] = [];
    for (let at = 0; at < piece.length;) at = this.step(piece, at, rows);
    return rows;
  }

  /** @throws FileRefused QUOTE_OPEN when the text ends inside quotation marks */
  end(): TableRow[] {
    if (this.state === 'quoted') throw new FileRefused('QUOTE_OPEN', { line: this.row.line });
    const rows: TableRow[] = [];
    if (this.state !== 'start' || this.row.cells.length > 0) this.endRow(rows);
    return rows;
  }

  /** Handles what begins at `at`; answers where to go on. */
  private step(piece: string, at: number, rows: TableRow[]): number {
    if (this.state === 'quoted') return this.inQuotes(piece, at);
    const char = piece[at] as string;
    if (char === '\n' && this.afterReturn) {
      this.afterReturn = false;
      return at + 1;
    }
    this.afterReturn = char === '\r';
    if (char === this.delimiter) this.endCell();
    else if (char === '\n' || char === '\r') {
      this.endRow(rows);
      this.nextLine();
    } else if (char === '"' && this.state === 'start') this.state = 'quoted';
    else if (char === '"' && this.state === 'closing') {
      this.cell += '"';
      this.state = 'quoted';
    } else return this.plainRun(piece, at);
    return at + 1;
  }

  private plainRun(piece: string, at: number): number {
    let end = at + 1;
    for (; end < piece.length; end++) {
      const char = piece[end];
      if (char === this.delimiter || char === '\n' || char === '\r') break;
    }
    this.append(piece.slice(at, end));
    this.state = 'plain';
    return end;
  }

  private inQuotes(piece: string, at: number): number {
    const quote = piece.indexOf('"', at);
    const end = quote < 0 ? piece.length : quote;
    const text = piece.slice(at, end);
    this.countLines(text);
    this.append(text);
    if (quote < 0) return end;
    this.state = 'closing';
    return end + 1;
  }

  private countLines(text: string): void {
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) this.line += 1;
  }

  private append(text: string): void {
    this.length += text.length;
    if (this.length > MAX_RECORD) throw new FileRefused('QUOTE_OPEN', { line: this.row.line });
    this.cell += text;
  }

  private endCell(): void {
    this.row.cells.push(this.cell);
    this.cell = '';
    this.state = 'start';
  }

  private endRow(rows: TableRow[]): void {
    this.endCell();
    rows.push(this.row);
    this.row = { line: this.line, cells: [] };
    this.length = 0;
  }

  private nextLine(): void {
    this.line += 1;
    this.row.line = this.line;
  }
}
