import { CsvSplitter } from './csv.reader';
import { HEADING_SEARCH_LINES, readHeadings } from './headings';

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter under which the first lines show most known headings; a comma when none does. */
export function delimiterOf(head: string): string {
  let best = { delimiter: ',', headings: 0 };
  for (const delimiter of DELIMITERS) {
    const headings = knownHeadings(head, delimiter);
    if (headings > best.headings) best = { delimiter, headings };
  }
  return best.delimiter;
}

function knownHeadings(head: string, delimiter: string): number {
  const rows = new CsvSplitter(delimiter).push(`${head}\n`).slice(0, HEADING_SEARCH_LINES);
  return Math.max(0, ...rows.map((row) => Object.keys(readHeadings(row).columns).length));
}
