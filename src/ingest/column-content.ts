import { dayOf } from '../domain/local-date';
import { cellText, type Cell, type TableRow } from './cell';
import { timeText } from './faults';
import type { Field } from './fields';
import { isSerial, readTime } from './source-time';
import { dayFigures } from './suggestion';
import { CHANNEL_WORDS, STATUS_WORDS } from './vocabulary';

/** No code, date, name or address is longer; patterns are not let loose on more. */
const MAX_LENGTH = 300;

/** What a single cell looks like, whatever stands above it. */
export type Kind =
  | 'code'
  | 'procedureCode'
  | 'fieldCode'
  | 'date'
  | 'serial'
  | 'number'
  | 'email'
  | 'phone'
  | 'status'
  | 'channel'
  | 'unit'
  | 'procedure'
  | 'address'
  | 'person'
  | 'words'
  | 'text';

const PATTERNS: [Kind, RegExp][] = [
  ['code', /^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:[.-]\d{1,3}){0,4}-\d{6,8}-\d{4,7}$/i],
  ['procedureCode', /^\d\.\d{6}(\.\S+)?$/],
  ['fieldCode', /^[A-Z]\d{2}-[A-Z]{2,4}\d{2,3}$/],
  ['date', /^(\d{1,2}[:hg]\d{2}\S*[ ,]+(ngày )?)?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}([T ,]+\d{1,2}[:hg].*)?$/i],
  ['date', /^20\d{6}(\d{4}(\d{2})?)?$/],
  ['email', /^\S+@\S+\.\S+$/],
  ['phone', /^(\+84|84|0)[\d .-]{8,12}$/],
  ['number', /^[+-]?\d+([.,]\d+)?%?$/],
];
const WORD_PATTERNS: [Kind, RegExp][] = [
  [
    'unit',
    /^(phòng|trung tâm|văn phòng|ubnd|ủy ban|uỷ ban|sở|ban|công an|bộ phận|chi nhánh|chi cục|trạm|đội|tổ \D)[ .]/i,
  ],
  [
    'procedure',
    /^(thủ tục|cấp|đăng ký|chứng thực|xác nhận|xóa|thay đổi|liên thông|giải quyết|hỗ trợ|công nhận|thực hiện|cho phép) .{8}/i,
  ],
  ['address', /(^|[\s,])(xã|phường|thị trấn|thôn|bản|tổ dân phố|tổ|huyện|tỉnh|đường|số nhà|khu phố)\s\S+/i],
  ['person', /^((ông|bà|anh|chị)\s)?\p{Lu}[\p{L}'’]*(\s\p{Lu}[\p{L}'’]*){1,5}$/u],
];

export function kindOf(cell: Cell | undefined): Kind | null {
  if (typeof cell === 'number' && isSerial(cell))
    return cell >= 36_526 && cell < 60_000 ? 'serial' : 'number';
  const text = cellText(cell);
  if (text === '') return null;
  if (text.length > MAX_LENGTH) return 'text';
  for (const [kind, pattern] of PATTERNS) if (pattern.test(text)) return kind;
  if (STATUS_WORDS.find(text) !== undefined) return 'status';
  if (CHANNEL_WORDS.find(text) !== undefined) return 'channel';
  for (const [kind, pattern] of WORD_PATTERNS) if (pattern.test(text)) return kind;
  return /\d/.test(text) ? 'text' : 'words';
}

/** What the sampled cells of one column look like. */
export interface ColumnContent {
  filled: number;
  counts: Partial<Record<Kind, number>>;
  samples: string[];
  /** Rows whose date is the day in the case code of the same row. */
  codeDays: number;
}

const MAX_SAMPLES = 3;
const MAX_SAMPLE = 60;

type SampledRow = Pick<TableRow, 'cells' | 'dates'>;

/** Looks at the columns of the sampled rows. */
export function contentOf(rows: SampledRow[], width: number): ColumnContent[] {
  const columns = Array.from({ length: width }, (): ColumnContent => ({
    filled: 0,
    counts: {},
    samples: [],
    codeDays: 0,
  }));
  for (const { cells, dates } of rows) {
    const kinds = columns.map((_, i) => (dates?.has(i) ? 'date' : kindOf(cells[i])));
    const codeDay = dayInCode(cellText(cells[kinds.indexOf('code')]));
    columns.forEach((column, i) => {
      const kind = kinds[i] ?? null;
      const cell = cells[i] ?? null;
      if (kind !== null) count(column, kind, cell, codeDay);
    });
  }
  return columns;
}

function count(column: ColumnContent, kind: Kind, cell: Cell, codeDay: number | null): void {
  column.filled += 1;
  column.counts[kind] = (column.counts[kind] ?? 0) + 1;
  const isDate = kind === 'date' || kind === 'serial';
  const time = isDate ? readTime(typeof cell === 'number' ? cell : cellText(cell)) : 'not-a-date';
  if (typeof time !== 'string' && dayOf(time.at) === codeDay) column.codeDays += 1;
  if (column.samples.length >= MAX_SAMPLES) return;
  // A number that the file shows as a date is shown as one.
  const shown =
    typeof cell === 'number' && kind === 'date' && typeof time !== 'string' ? timeText(time.at) : null;
  const sample = shown ?? cellText(cell).slice(0, MAX_SAMPLE);
  if (!column.samples.includes(sample)) column.samples.push(sample);
}

/** The day of reception that a case code carries, as yyMMdd or yyyyMMdd. */
function dayInCode(code: string): number | null {
  const digits = dayFigures(code);
  return digits === null ? null : dayOfFigures(digits);
}

/** yyMMdd or yyyyMMdd -> day; null when there is no such day. */
export function dayOfFigures(digits: string): number | null {
  const time = readTime(digits.length === 6 ? `20${digits}` : digits);
  return typeof time === 'string' ? null : dayOf(time.at);
}

const DATES: Kind[] = ['date', 'serial'];
const NO_TEXT: Kind[] = ['code', 'date', 'email', 'phone', 'status', 'channel', 'procedureCode'];
const NO_DATE: Kind[] = [
  ...NO_TEXT.filter((k) => k !== 'date'),
  'unit',
  'person',
  'words',
  'procedure',
  'address',
];
const TIME = { is: DATES, never: NO_DATE };

/** Of each field: what its cells look like, and what they never look like. */
const MEANING: Record<Field, { is: Kind[]; never: Kind[] }> = {
  code: {
    is: ['code'],
    never: [
      'date',
      'status',
      'channel',
      'email',
      'procedureCode',
      'unit',
      'person',
      'words',
      'procedure',
      'address',
    ],
  },
  procedureCode: {
    is: ['procedureCode'],
    never: [
      'code',
      'date',
      'status',
      'channel',
      'email',
      'phone',
      'unit',
      'person',
      'words',
      'procedure',
      'address',
    ],
  },
  procedureName: { is: ['procedure', 'words', 'text'], never: NO_TEXT },
  fieldCode: { is: ['fieldCode'], never: ['code', 'date', 'email', 'phone', 'status'] },
  fieldName: { is: ['words', 'person', 'text'], never: [...NO_TEXT, 'fieldCode'] },
  applicantName: { is: ['person', 'words', 'text', 'unit'], never: NO_TEXT },
  applicantKind: { is: ['words', 'number'], never: ['code', 'date', 'email', 'phone', 'procedureCode'] },
  address: { is: ['address', 'words', 'text'], never: NO_TEXT },
  phone: {
    is: ['phone', 'number'],
    never: ['code', 'date', 'status', 'channel', 'unit', 'procedure', 'address'],
  },
  email: { is: ['email'], never: ['code', 'date', 'status', 'channel', 'unit', 'procedure', 'address'] },
  summary: { is: ['words', 'text', 'procedure', 'person'], never: ['code', 'date'] },
  channel: {
    is: ['channel', 'number'],
    never: [...NO_TEXT.filter((k) => k !== 'channel'), 'unit', 'address'],
  },
  status: { is: ['status', 'number'], never: [...NO_TEXT.filter((k) => k !== 'status'), 'unit', 'address'] },
  // Words of any kind: a hint about the commune, never a reason to refuse the list.
  receivingUnit: { is: ['unit', 'words', 'text', 'address', 'person', 'procedure'], never: [] },
  receivedAt: TIME,
  promisedAt: TIME,
  finishedAt: TIME,
  returnedAt: TIME,
  submittedAt: TIME,
  departmentName: { is: ['unit'], never: [...NO_TEXT, 'procedure'] },
  officerName: { is: ['person'], never: [...NO_TEXT, 'procedure'] },
  supplements: { is: [], never: [] },
};

const cellsOf = ({ counts }: ColumnContent, kinds: Kind[]): number =>
  kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);

const share = (content: ColumnContent, kinds: Kind[]): number =>
  content.filled === 0 ? 0 : cellsOf(content, kinds) / content.filled;

/** Half of the cells look like the field. */
export const fits = (content: ColumnContent, field: Field): boolean =>
  share(content, MEANING[field].is) >= 0.5;

/** Most cells, and more than one, look like something the field never is. */
export const contradicts = (content: ColumnContent, field: Field): boolean =>
  share(content, MEANING[field].never) >= 0.6 && cellsOf(content, MEANING[field].never) >= 2;

/** The fields that a column can be recognised as by its cells alone, the surest first. */
export const TOLD_BY_CONTENT: Field[] = [
  'code',
  'procedureCode',
  'fieldCode',
  'status',
  'channel',
  'email',
  'phone',
  'departmentName',
  'procedureName',
  'address',
  'applicantName',
  'officerName',
];

/** How surely the cells by themselves tell the field: 0 to 1. Numbers alone tell nothing. */
export function likeness(content: ColumnContent, field: Field): number {
  const [surest] = MEANING[field].is;
  return surest === undefined ? 0 : share(content, [surest]);
}

export const holdsDates = (content: ColumnContent): boolean => share(content, DATES) >= 0.6;
