import type { TableRow } from './cell';
import { FileRefused } from './file-refused';

/** A record this long means that a quotation mark was opened and never closed. */
const MAX_RECORD = 1_000_000;
/** No list of cases has more than some dozens. */
export const MAX_COLUMNS = 1_000;

/**
 * Rows of a delimited text, RFC 4180 with the liberties of exports: any line ends, quotation marks inside an unquoted
 * cell. `line` is the physical line where the record begins, since that is what an editor shows.
 */
export async function* readCsv(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow[]> {
  const splitter = new CsvSplitter(delimiter);
  for await (const piece of text) yield splitter.push(piece);
  yield splitter.end();
}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;

/** Behind every text. */
const NOWHERE = 2 ** 30 - 1;

function placeOf(text: string, mark: string, from: number): number {
  const place = text.indexOf(mark, from);
  return place < 0 ? NOWHERE : place;
}

/** Cuts text that arrives in pieces into rows; rows without any content are left out. */
export class CsvSplitter {
  private line = 1;
  /** The beginning of a record that goes on in the next piece. */
  private rest = '';
  private text = '';
  private last = false;
  /** The next place of each mark at or behind the present one: each is looked for once. */
  private newline = -1;
  private carriage = -1;
  private quote = -1;
  private parting = -1;

  constructor(private readonly delimiter: string) {}

  push(piece: string): TableRow[] {
    return this.cut(this.rest + piece, false);
  }

  /** @throws FileRefused QUOTE_OPEN when the text ends inside quotation marks */
  end(): TableRow[] {
    return this.cut(this.rest, true);
  }

  private cut(text: string, last: boolean): TableRow[] {
    this.text = text;
    this.last = last;
    this.newline = this.carriage = this.quote = this.parting = -1;
    const rows: TableRow[] = [];
    let at = 0;
    while (at < text.length) {
      const end = this.record(at, rows);
      if (end < 0) break;
      at = end;
    }
    this.rest = text.slice(at);
    this.text = '';
    if (this.rest.length > MAX_RECORD || (last && this.rest !== ''))
      throw new FileRefused('QUOTE_OPEN', { line: this.line });
    return rows;
  }

  /** Cuts the record that begins at `at`; answers where the next one begins, -1 when the text ends before. */
  private record(at: number, rows: TableRow[]): number {
    const { text } = this;
    if (this.newline < at) this.newline = placeOf(text, '\n', at);
    if (this.carriage < at) this.carriage = placeOf(text, '\r', at);
    if (this.quote < at) this.quote = placeOf(text, '"', at);
    const end = Math.min(this.newline, this.carriage, text.length);
    if (this.quote < end) return this.quotedRecord(at, rows);
    if (this.isCut(end)) return -1;
    const cells = this.plainCells(at, end);
    // Nothing but delimiters between the line's ends.
    if (end - at >= cells.length) rows.push(this.row(cells));
    this.line += 1;
    return this.behindLineEnd(end);
  }

  private plainCells(at: number, end: number): string[] {
    const { text, delimiter } = this;
    const cells: string[] = [];
    let start = at;
    let place = this.parting >= at ? this.parting : placeOf(text, delimiter, at);
    while (place < end) {
      cells.push(text.slice(start, place));
      start = place + 1;
      place = placeOf(text, delimiter, start);
    }
    this.parting = place;
    cells.push(text.slice(start, end));
    return cells;
  }

  /** Whether the next piece may tell more about what ends here: it may begin with the other half of a line end. */
  private isCut(end: number): boolean {
    if (this.last) return false;
    return end === this.text.length || (end + 1 === this.text.length && this.text.charCodeAt(end) === RETURN);
  }

  private row(cells: string[]): TableRow {
    if (cells.length > MAX_COLUMNS && cells.findLastIndex((cell) => cell !== '') >= MAX_COLUMNS)
      throw new FileRefused('TOO_WIDE', { line: this.line, limit: MAX_COLUMNS });
    return { line: this.line, cells };
  }

  private behindLineEnd(end: number): number {
    return this.text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }

  /** A record with quoted cells, which may hold line ends. */
  private quotedRecord(start: number, rows: TableRow[]): number {
    const cells: string[] = [];
    for (let at = start; ;) {
      const quoted = this.text.charCodeAt(at) === QUOTE ? this.quotedText(at + 1) : { text: '', end: at };
      if (quoted === null) return -1;
      const end = this.cellEnd(quoted.end);
      if (end === this.text.length && !this.last) return -1;
      cells.push(quoted.end === end ? quoted.text : quoted.text + this.text.slice(quoted.end, end));
      at = end + 1;
      if (this.text[end] === this.delimiter) continue;
      if (this.isCut(end)) return -1;
      if (cells.some((cell) => cell !== '')) rows.push(this.row(cells));
      this.line += 1 + this.newlinesWithin(start, end);
      return this.behindLineEnd(end);
    }
  }

  /** The text behind an opening quotation mark; null when the closing one may be still to come. */
  private quotedText(from: number): { text: string; end: number } | null {
    let text = '';
    for (let at = from; ;) {
      const quote = this.text.indexOf('"', at);
      if (quote < 0 || (quote + 1 === this.text.length && !this.last)) return null;
      text += this.text.slice(at, quote);
      if (this.text.charCodeAt(quote + 1) !== QUOTE) return { text, end: quote + 1 };
      text += '"';
      at = quote + 2;
    }
  }

  private cellEnd(from: number): number {
    const parting = this.delimiter.charCodeAt(0);
    for (let i = from; i < this.text.length; i++) {
      const code = this.text.charCodeAt(i);
      if (code === parting || code === NEWLINE || code === RETURN) return i;
    }
    return this.text.length;
  }

  private newlinesWithin(start: number, end: number): number {
    let count = 0;
    for (let i = this.text.indexOf('\n', start); i >= 0 && i < end; i = this.text.indexOf('\n', i + 1))
      count += 1;
    return count;
  }
}
