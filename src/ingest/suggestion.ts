import { civil, dayOf, secondOfDay, type LocalSecond } from '../domain/local-date';
import { dayText, timeText } from './faults';
import { readTime } from './source-time';

/** Unit code, day as yyMMdd or yyyyMMdd, running number: the forms of the codes in use since 2018. */
const CODE_FORM = /^(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:[.-]\d{1,3}){0,4}-(\d{8}|\d{6})-\d{4,7}$/;

/** The figures that tell the day of reception; null when the code has another form. */
export const dayFigures = (code: string): string | null => CODE_FORM.exec(code)?.[1] ?? null;

/** Letters that look like figures, between figures. */
const figures = (text: string): string => text.replace(/[oO]/g, '0').replace(/[lI|]/g, '1');
/** Nothing but figures, marks of dates, and letters mistaken for figures. */
const DATE_LIKE = /^[\doOlI|\s/.,:\-hgT]+$/;

/** Each mends one kind of typing error; together they mend two in one cell. */
const REPAIRS: ((text: string) => string | null)[] = [
  doubledMarks,
  spacesForMarks,
  missingMarks,
  missingBlank,
  shortYear,
  longYear,
  yearFirstSwapped,
  yearInTheMiddle,
  swapped,
  serialWithMarks,
];

/**
 * What a date that cannot be read was probably meant to be, written as exports write dates; null unless one plain
 * typing error explains it. A day that does not exist, such as 31/02/2026, has no obvious meaning.
 */
export function suggestTime(raw: string, earliest: LocalSecond, latest: LocalSecond): string | null {
  const text = raw.trim();
  if (!DATE_LIKE.test(text)) return null;
  const plain = figures(text);
  const tries: (string | null)[] = plain === text ? [] : [plain];
  for (const start of [plain, doubledMarks(plain)].filter((form) => form !== null))
    for (const repair of REPAIRS) tries.push(repair(start));
  const read = tries
    .filter((attempt) => attempt !== null)
    .map((attempt) => written(attempt, earliest, latest))
    .filter((told) => told !== null);
  // Two different readings are no obvious one.
  return new Set(read).size === 1 ? (read[0] ?? null) : null;
}

function written(text: string, earliest: LocalSecond, latest: LocalSecond): string | null {
  const time = readTime(text);
  if (typeof time === 'string' || time.at < earliest || time.at > latest) return null;
  if (time.dayOnly) return dayText(time.at);
  const second = secondOfDay(time.at) % 60;
  return second === 0 ? timeText(time.at) : `${timeText(time.at)}:${String(second).padStart(2, '0')}`;
}

function doubledMarks(text: string): string | null {
  const mended = text.replace(/\s*([/.\-:])[/.\-:\s]*/g, '$1');
  return mended === text ? null : mended;
}

function spacesForMarks(text: string): string | null {
  return /^\d{1,2} \d{1,2} \d{4}$/.test(text) ? text.replaceAll(' ', '/') : null;
}

/** 05012026, 0501/2026, 05/012026 */
function missingMarks(text: string): string | null {
  const m = /^(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})(\s.*)?$/.exec(text);
  return m && !/^\d{2}[/.-]\d{2}[/.-]/.test(text) ? `${m[1]}/${m[2]}/${m[3]}${m[4] ?? ''}` : null;
}

/** 05/01/202607:30 */
function missingBlank(text: string): string | null {
  const m = /^(\d{1,2}[/.-]\d{1,2}[/.-]\d{4})(\d{1,2}[:hg]\d{2}.*)$/.exec(text);
  return m ? `${m[1]} ${m[2]}` : null;
}

function shortYear(text: string): string | null {
  const m = /^(\d{1,2}[/.-]\d{1,2}[/.-])(\d{2})(\s.*)?$/.exec(text);
  return m ? `${m[1]}20${m[2]}${m[3] ?? ''}` : null;
}

/** 05/01/20226: one figure was struck twice. */
function longYear(text: string): string | null {
  const m = /^(\d{1,2}[/.-]\d{1,2}[/.-])(\d{5})(\s.*)?$/.exec(text);
  const year = m?.[2]?.replace(/(\d)\1/, '$1');
  return m && year?.length === 4 ? `${m[1]}${year}${m[3] ?? ''}` : null;
}

/** 2026/31/01 */
function yearFirstSwapped(text: string): string | null {
  const m = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(\s.*)?$/.exec(text);
  return m && Number(m[2]) > 12 ? `${m[2]}/${m[3]}/${m[1]}${m[4] ?? ''}` : null;
}

/** 05/2026/01 */
function yearInTheMiddle(text: string): string | null {
  const m = /^(\d{1,2})[/.-](\d{4})[/.-](\d{1,2})(\s.*)?$/.exec(text);
  return m ? `${m[1]}/${m[3]}/${m[2]}${m[4] ?? ''}` : null;
}

/** 01/31/2026, as American programs write the day. */
function swapped(text: string): string | null {
  const m = /^(\d{1,2})([/.-])(\d{1,2})([/.-]\d{4}.*)$/.exec(text);
  return m && Number(m[3]) > 12 ? `${m[3]}${m[2]}${m[1]}${m[4]}` : null;
}

/** 46.027 or 46,027: Excel's number of a day, written with the mark of the thousands. */
function serialWithMarks(text: string): string | null {
  const m = /^(\d{2})[.,](\d{3})$/.exec(text);
  return m ? `${m[1]}${m[2]}` : null;
}

/** The code with letters for figures, doubled marks and blanks put right; null when that gives no usual code. */
export function suggestCode(code: string): string | null {
  const tight = code.replace(/\s+/g, '').replace(/([.-])[.-]+/g, '$1');
  const start = /^(\d{3}\.\d{2}\.\d{2}\.)?[a-z]/i.exec(tight)?.[0].length ?? 0;
  const mended = tight.slice(0, start).toUpperCase() + figures(tight.slice(start));
  return mended !== code && CODE_FORM.test(mended) && hasDay(mended) ? mended : null;
}

/** The figures in the middle are a day. */
function hasDay(code: string): boolean {
  const digits = CODE_FORM.exec(code)?.[1] ?? '';
  const time = readTime(digits.length === 6 ? `20${digits}` : digits);
  return typeof time !== 'string' && civil(dayOf(time.at)).year >= 2000;
}
