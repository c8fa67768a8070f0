import { CsvSplitter } from './csv.reader';
import { FileRefused } from './file-refused';
import { HEADING_SEARCH_ROWS, knownHeadings } from './headings';

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter under which the first lines show most known headings; else the one that parts most of them. */
export function delimiterOf(head: string): string {
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, ...score(head, delimiter) }));
  scored.sort((a, b) => b.headings - a.headings || b.parted - a.parted);
  return scored[0]?.delimiter ?? ',';
}

/** Headings the first lines hold when parted so, and how many lines are parted into three cells at least. */
function score(head: string, delimiter: string): { headings: number; parted: number } {
  try {
    const rows = new CsvSplitter(delimiter).push(`${head}\n`).slice(0, HEADING_SEARCH_ROWS);
    return {
      headings: Math.max(0, ...rows.map((row) => knownHeadings(row))),
      parted: rows.filter((row) => row.cells.length >= 3).length,
    };
  } catch (e) {
    if (e instanceof FileRefused) return { headings: 0, parted: 0 };
    throw e;
  }
}
