import { cellText, isEmptyFormula, type TableRow } from './cell';
import { FIELDS, FIELD_WORDS, type Field } from './fields';
import { plainKey } from './plain-key';
import { CHANNEL_WORDS } from './vocabulary';

/** What one heading of the file was taken for; null: not used. */
export interface MappedHeading {
  heading: string;
  field: Field | null;
}

/** A heading and what it may name, the likeliest first. */
export interface NamedHeading {
  index: number;
  heading: string;
  names: Naming[];
}

/** A row, or two rows of which the upper spans columns of the lower, that may be the heading of a table. */
export interface HeadingCandidate {
  /** The last line of the heading. */
  line: number;
  headings: NamedHeading[];
}

export interface Naming {
  field: Field;
  /** 0: the official name; the further down the list of synonyms, the weaker. */
  rank: number;
  /** The word says so little that only the cells below it decide. */
  unsure: boolean;
}

const NAMINGS = new Map<string, Naming[]>(
  FIELDS.flatMap((field) =>
    [FIELD_WORDS[field].label, ...FIELD_WORDS[field].synonyms].map(
      (word, rank) => [plainKey(word), [{ field, rank, unsure: false }]] as const,
    ),
  ),
);
/** Headings that mean one thing in one system and another in the next. */
const AMBIGUOUS: [words: string[], fields: Field[]][] = [
  [
    ['Thủ tục', 'Thủ tục hành chính', 'TTHC', 'Tên TTHC'],
    ['procedureName', 'procedureCode'],
  ],
  [
    ['Mã TTHC', 'Mã thủ tục'],
    ['procedureCode', 'procedureName'],
  ],
  [['Lĩnh vực'], ['fieldName', 'fieldCode']],
  [
    ['Người xử lý', 'Cán bộ'],
    ['officerName', 'departmentName'],
  ],
  [
    ['Đơn vị', 'Đơn vị giải quyết', 'Đơn vị xử lý', 'Đơn vị thụ lý', 'Đơn vị, cá nhân giải quyết'],
    ['departmentName', 'officerName'],
  ],
  [
    ['Đơn vị, cá nhân giải quyết quá hạn', 'Đơn vị, cá nhân xử lý'],
    ['departmentName', 'officerName'],
  ],
];
const UNSURE: [words: string[], fields: Field[]][] = [
  [
    ['Mã', 'Mã số', 'Số', 'Ký hiệu', 'Số hiệu'],
    ['code', 'procedureCode', 'fieldCode'],
  ],
  [['Ngày', 'Thời gian', 'Ngày giờ', 'Thời điểm'], ['receivedAt']],
  [['Tiến độ', 'Kết quả', 'Ghi chú trạng thái'], ['status']],
  [['Tên'], ['applicantName', 'procedureName']],
];
const WEAK = 100;

for (const [words, fields] of AMBIGUOUS)
  for (const key of words.map(plainKey)) {
    const known = NAMINGS.get(key) ?? [];
    const more = fields.filter((field) => !known.some((n) => n.field === field));
    NAMINGS.set(key, [...known, ...more.map((field) => ({ field, rank: WEAK, unsure: false }))]);
  }
for (const [words, fields] of UNSURE)
  for (const key of words.map(plainKey))
    NAMINGS.set(
      key,
      fields.map((field) => ({ field, rank: WEAK, unsure: true })),
    );

/** What is longer is no heading but a sentence, or a whole file in one cell. */
const MAX_HEADING = 200;
/** Number of filled lines at the top among which the heading is looked for. */
export const HEADING_SEARCH_ROWS = 200;

/** What a heading may name, by synonyms; a remark in brackets at its end does not count. */
export const namesOf = (heading: string): Naming[] =>
  heading.length > MAX_HEADING
    ? []
    : (NAMINGS.get(plainKey(heading)) ?? NAMINGS.get(plainKey(heading.replace(/\([^)]*\)\s*$/, ''))) ?? []);

/** The field a heading names by itself. */
export const fieldOf = (heading: string): Field | null =>
  namesOf(heading).find((name) => !name.unsure)?.field ?? null;

function sureFields(headings: NamedHeading[]): Set<Field> {
  const fields = headings
    .flatMap(({ names }) => names.filter((n) => !n.unsure).slice(0, 1))
    .map((n) => n.field);
  if (headings.filter(({ heading }) => tickWord(heading) !== null).length > 1) fields.push('channel');
  return new Set(fields);
}

/** The channel a heading names, perhaps behind the heading above it. */
export function tickWord(heading: string): string | null {
  if (heading.length > MAX_HEADING) return null;
  const words = heading.split(' ');
  for (let from = 0; from < words.length; from++) {
    const word = words.slice(from).join(' ');
    if (/\p{L}/u.test(word) && CHANNEL_WORDS.find(word) !== undefined) return word;
  }
  return null;
}

/** How many fields the row's cells name. */
export const knownHeadings = (row: TableRow): number => sureFields(singleRow(row).headings).size;

function singleRow({ line, cells }: TableRow): HeadingCandidate {
  const headings = cells
    .map((cell, index) => ({ index, heading: cellText(cell) }))
    .filter(({ heading }) => heading !== '')
    .map((h) => ({ ...h, names: namesOf(h.heading) }));
  return { line, headings };
}

/**
 * The two rows as one heading: "Thời gian" above "Tiếp nhận" and "Hẹn trả" names both. The upper cell of a merged one
 * stands in its first column only, or in all of them; the lower is empty where a heading spans both rows.
 */
function twoRows(upper: TableRow, lower: TableRow): HeadingCandidate {
  const headings: NamedHeading[] = [];
  let parent = '';
  for (let index = 0; index < Math.max(upper.cells.length, lower.cells.length); index++) {
    const above = cellText(upper.cells[index]);
    const below = cellText(lower.cells[index]);
    if (above !== '') parent = above;
    if (below === '' && above === '') parent = '';
    if (below === '' || below === above) {
      if (above !== '') headings.push({ index, heading: above, names: namesOf(above) });
    } else headings.push({ index, ...joined(parent, below) });
  }
  return { line: lower.line, headings };
}

function joined(parent: string, child: string): Omit<NamedHeading, 'index'> {
  if (parent === '') return { heading: child, names: namesOf(child) };
  const forms = [`${parent} ${child}`, `${child} ${parent}`, child];
  const names = forms.map(namesOf).find((found) => found.length > 0) ?? [];
  return { heading: `${parent} ${child}`, names };
}

/** Every row, and every two rows, that may be the heading; the second of two holds words only. */
export function headingCandidates(rows: TableRow[]): HeadingCandidate[] {
  const searched = rows.slice(0, HEADING_SEARCH_ROWS);
  const pairs = searched.flatMap((row, i) => {
    const below = rows[i + 1];
    return below && mayBeTwoRows(row, below) ? [twoRows(row, below)] : [];
  });
  // Single rows first: of two that name as much the simpler is meant.
  return [...searched.map(singleRow), ...pairs];
}

/** A title is one cell; a row of cases has figures. */
const mayBeTwoRows = (upper: TableRow, lower: TableRow): boolean =>
  upper.cells.filter((cell) => cellText(cell) !== '').length >= 2 &&
  lower.cells.every((cell) => !/\d{3}/.test(cellText(cell)));

/**
 * The candidate where most fields are named, at least three, or two when one of them is the code. Null when there is
 * none.
 */
export function bestHeading(candidates: HeadingCandidate[]): HeadingCandidate | null {
  let best: { candidate: HeadingCandidate; fields: Set<Field> } | null = null;
  for (const candidate of candidates) {
    const fields = sureFields(candidate.headings);
    if (best === null || fields.size > best.fields.size) best = { candidate, fields };
  }
  if (best === null) return null;
  const unsureCode = best.candidate.headings.some((h) => h.names.some((n) => n.field === 'code'));
  const enough = best.fields.has('code') || unsureCode ? 2 : 3;
  return best.fields.size >= enough ? best.candidate : null;
}

/** The beginning of a total row below the data; marks count, since "Tống Công" is a person's name. */
const TOTAL = /^(tổng cộng|tổng số|tổng|cộng)\s*([:.(\d]|hồ sơ|có |$)/;
/** The numbers that official tables carry under their headings: (1) (2) or A B 1 2. */
const COLUMN_NUMBER = /^(\(?\d{1,2}\)?|\(?[A-Z]\)?)$/;

/**
 * True for rows that hold no case: blank rows, the heading repeated on a new page, the numbers of the columns, total
 * rows ("Tổng cộng", "Tổng số", "Cộng"), and remarks or signatures below the table (at most two filled cells, none of
 * them a code).
 */
export function isNoDataRow(row: TableRow, codeColumn: number | undefined): boolean {
  const code = row.cells[codeColumn ?? -1] ?? null;
  if (isPlainlyCase(row, code)) return false;
  const filled = row.cells.filter((cell) => cellText(cell) !== '' || isEmptyFormula(cell));
  if (filled.length === 0) return true;
  if (TOTAL.test(cellText(filled[0]).toLowerCase())) return true;
  if (filled.length > 2 && filled.every((cell) => COLUMN_NUMBER.test(cellText(cell)))) return true;
  if (cellText(code) !== '') return fieldOf(cellText(code)) === 'code';
  return filled.length <= 2 && !isEmptyFormula(code);
}

/** Nearly every row: a code that ends with digits, and no word of a total in front. */
function isPlainlyCase({ cells }: TableRow, code: TableRow['cells'][number]): boolean {
  if (typeof code !== 'string' || code.length < 6) return false;
  const last = code.charCodeAt(code.length - 1);
  if (last < 48 || last > 57) return false;
  const first = cells[0];
  return first === code || typeof first === 'number' || (typeof first === 'string' && /^\d/.test(first));
}
