import type { LocalSecond } from '../domain/local-date';
import type { TableRow } from './cell';
import { contentOf, type ColumnContent } from './column-content';
import {
  applyChosen,
  chosenIn,
  isMisaligned,
  mapColumns,
  sameHeadings,
  suggestColumns,
  type ChosenColumn,
  type SourceColumn,
} from './column-mapping';
import type { Field } from './fields';
import { FileRefused, placeOf } from './file-refused';
import {
  HEADING_SEARCH_ROWS,
  bestHeading,
  headingCandidates,
  isNoDataRow,
  type HeadingCandidate,
} from './headings';
import type { FixedRules } from './reading-rules';
import { titleTime } from './title-time';

/** Data rows by which the columns are judged. */
const SAMPLE_ROWS = 200;

/** The first rows of a table, and the iterator that goes on behind them. */
export interface TableStart {
  first: TableRow[];
  rest: AsyncIterator<TableRow[]>;
}

/** A table whose columns are understood; `rows` are the data rows below its heading. */
export interface BoundTable {
  /** The last line of the heading. */
  line: number;
  columns: SourceColumn[];
  asOf: LocalSecond | null;
  rows: AsyncIterable<TableRow[]>;
}

export async function startTable(rows: AsyncIterable<TableRow[]>): Promise<TableStart> {
  const rest = rows[Symbol.asyncIterator]();
  const first: TableRow[] = [];
  while (first.length < HEADING_SEARCH_ROWS + SAMPLE_ROWS) {
    const next = await rest.next();
    if (next.done === true) break;
    for (const row of next.value) if (row.cells.some((cell) => cell !== null && cell !== '')) first.push(row);
  }
  return { first, rest };
}

/** @throws FileRefused NO_HEADINGS, NO_CODE_COLUMN, MISALIGNED */
export function bindTable(start: TableStart, sheet: string | null, rules: FixedRules): BoundTable {
  const { heading, columns } = understood(start.first, sheet, rules.columns);
  const titles = start.first.filter((row) => row.line < heading.line);
  const code = columns.find((c) => c.field === 'code')?.index;
  return {
    line: heading.line,
    columns,
    asOf: titleTime(titles, rules),
    rows: dataRows(start, heading.line, code),
  };
}

interface Understood {
  heading: HeadingCandidate;
  columns: SourceColumn[];
}

function understood(first: TableRow[], sheet: string | null, chosen: ChosenColumn[] | undefined): Understood {
  const candidates = headingCandidates(first);
  const byHand = chosen ? chosenHeading(candidates, chosen) : null;
  const heading = byHand ?? bestHeading(candidates);
  if (heading === null) throw noHeadings(first, candidates, sheet);
  const contents = contentsBelow(first, heading);
  if (chosen && byHand) {
    const columns = applyChosen(heading, contents, chosen);
    if (!hasCode(columns)) throw noCode(heading, contents, sheet);
    return { heading, columns };
  }
  const { columns, contradictions } = mapColumns(heading, contents);
  if (!hasCode(columns)) throw noCode(heading, contents, sheet);
  const [moved] = [...contradictions].sort((a, b) => Number(b.field === 'code') - Number(a.field === 'code'));
  if (moved && isMisaligned(contradictions))
    throw new FileRefused(
      'MISALIGNED',
      { place: placeOf(sheet), line: heading.line, heading: moved.heading, sample: moved.sample },
      suggestColumns(heading, contents),
    );
  return { heading, columns };
}

const hasCode = (columns: SourceColumn[]): boolean => columns.some((c) => c.field === 'code');

/** The row with the very headings the person saw; else the one with most of them. */
function chosenHeading(candidates: HeadingCandidate[], chosen: ChosenColumn[]): HeadingCandidate | null {
  const same = candidates.find(({ headings }) => sameHeadings(headings, chosen));
  if (same) return same;
  let best: HeadingCandidate | null = null;
  for (const candidate of candidates)
    if (chosenIn(candidate, chosen) > (best ? chosenIn(best, chosen) : 1)) best = candidate;
  return best;
}

function contentsBelow(first: TableRow[], heading: HeadingCandidate): ColumnContent[] {
  const below = first.filter((row) => row.line > heading.line).slice(0, SAMPLE_ROWS);
  const rows = below.filter((row) => !isNoDataRow(row, undefined));
  const width = Math.max(
    0,
    ...heading.headings.map((h) => h.index + 1),
    ...rows.map((row) => row.cells.length),
  );
  return contentOf(rows, width);
}

function noCode(heading: HeadingCandidate, contents: ColumnContent[], sheet: string | null): FileRefused {
  const headings = heading.headings
    .map((h) => h.heading.slice(0, 60))
    .slice(0, 30)
    .join(', ');
  const args = { place: placeOf(sheet), line: heading.line, headings };
  return new FileRefused('NO_CODE_COLUMN', args, suggestColumns(heading, contents));
}

/** No row reads like a heading; the widest row of words, or the first row, is shown for a person to decide. */
function noHeadings(first: TableRow[], candidates: HeadingCandidate[], sheet: string | null): FileRefused {
  const words = (c: HeadingCandidate): number => c.headings.filter((h) => !/\d/.test(h.heading)).length;
  let guess: HeadingCandidate | undefined;
  for (const candidate of candidates) if (!guess || words(candidate) > words(guess)) guess = candidate;
  const columns =
    guess && guess.headings.length > 1 ? suggestColumns(guess, contentsBelow(first, guess)) : undefined;
  return new FileRefused('NO_HEADINGS', { place: placeOf(sheet) }, columns);
}

async function* dataRows(
  { first, rest }: TableStart,
  headingLine: number,
  code: number | undefined,
): AsyncGenerator<TableRow[]> {
  try {
    yield first.filter((row) => row.line > headingLine && !isNoDataRow(row, code));
    for (let next = await rest.next(); next.done !== true; next = await rest.next())
      yield next.value.filter((row) => !isNoDataRow(row, code));
  } finally {
    await rest.return?.();
  }
}

/** field -> the file's own heading */
export function ownHeadings({
  headings,
}: {
  headings: { heading: string; field: Field | null }[];
}): Partial<Record<Field, string>> {
  const own: Partial<Record<Field, string>> = {};
  for (const { heading, field } of headings) if (field !== null && heading !== '') own[field] ??= heading;
  return own;
}
