import {
  DAY_SECONDS,
  atSecond,
  epochDay,
  isCivilDate,
  toLocalSecond,
  type EpochDay,
  type LocalSecond,
} from '../domain/local-date';

/** Local wall time as a source gives it. */
export interface SourceTime {
  at: LocalSecond;
  /** The source named the day only; `at` is its midnight. */
  dayOnly: boolean;
}

export type TimeFault = 'not-a-date' | 'no-such-day' | 'no-such-time';

/** Excel's serial number of 1970-01-01 in the 1900 date system. */
const SERIAL_OF_EPOCH = 25_569;
/** Serial of 9999-12-31; a larger number is digits such as 20250103. */
const LAST_SERIAL = 2_958_465;

interface Parts {
  year: string;
  month: string;
  day: string;
  hour?: string;
  minute?: string;
  second?: string;
  half?: string;
  zone?: string;
}

const CLOCK = String.raw`(?<hour>\d{1,2}) ?(?:[:hg]|giờ) ?(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s*(?<half>AM|PM|SA|CH))?`;
const DAY_FIRST = String.raw`(?<day>\d{1,2})[/.\-](?<month>\d{1,2})[/.\-](?<year>\d{4})`;

/** The forms of research: portal digits, ISO 8601, dd/MM/yyyy with the time behind or before it. */
const FORMS = [
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?:(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?)?$/,
  new RegExp(
    String.raw`^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:[T ]\s*${CLOCK}(?<zone>Z|[+-]\d{2}:?\d{2})?)?$`,
    'i',
  ),
  new RegExp(`^${DAY_FIRST}(?:[ ,]+${CLOCK})?$`, 'i'),
  new RegExp(`^${CLOCK}[ ,]+(?:ngày )?${DAY_FIRST}$`, 'i'),
  new RegExp(
    String.raw`^(?:${CLOCK},? )?ngày (?<day>\d{1,2}) tháng (?<month>\d{1,2}) năm (?<year>\d{4})$`,
    'i',
  ),
];

const SLASH = 47;
const BLANK = 32;
const COLON = 58;
const NO_DAY = -2_147_483_648;

const SERIAL_TEXT = /^\d{4,5}([.,]\d+)?$/;

/** A number that Excel would show as a date. */
export const isSerial = (value: number): boolean => value >= 1 && value < LAST_SERIAL + 1;

/** Reads one date of a source. Empty is the caller's matter. */
export function readTime(value: string | number): SourceTime | TimeFault {
  if (typeof value === 'number') return isSerial(value) ? fromSerial(value) : readText(String(value));
  const usual = readUsual(value);
  if (usual !== null) return usual;
  const text = value.trim();
  return SERIAL_TEXT.test(text) ? fromSerial(Number(text.replace(',', '.'))) : readText(text);
}

const ZERO = 48;

/** The number of two figures, -1 when they are none: integers only, which is what makes this quick. */
function pair(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function yearAt(text: string, at: number): number {
  const [century, rest] = [pair(text, at), pair(text, at + 2)];
  return century < 0 || rest < 0 ? -1 : century * 100 + rest;
}

/**
 * dd/MM/yyyy[ HH:mm[:ss]] and yyyyMMdd[HHmmss], which are nearly all dates of files, without the search of a pattern;
 * null for every other text and for times that do not exist.
 */
function readUsual(text: string): SourceTime | null {
  const { length } = text;
  if (length === 8 || length === 14) {
    const day = usualDay(yearAt(text, 0), pair(text, 4), pair(text, 6));
    return length === 8 ? bareDay(day) : atClock(day, pair(text, 8), pair(text, 10), pair(text, 12));
  }
  if (length !== 10 && length !== 16 && length !== 19) return null;
  if (text.charCodeAt(2) !== SLASH || text.charCodeAt(5) !== SLASH) return null;
  const day = usualDay(yearAt(text, 6), pair(text, 3), pair(text, 0));
  if (length === 10) return bareDay(day);
  if (text.charCodeAt(10) !== BLANK || text.charCodeAt(13) !== COLON) return null;
  if (length === 16) return atClock(day, pair(text, 11), pair(text, 14), 0);
  return text.charCodeAt(16) === COLON ? atClock(day, pair(text, 11), pair(text, 14), pair(text, 17)) : null;
}

const bareDay = (day: EpochDay): SourceTime | null =>
  day === NO_DAY ? null : { at: day * DAY_SECONDS, dayOnly: true };

function atClock(day: EpochDay, hour: number, minute: number, second: number): SourceTime | null {
  if (day === NO_DAY || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return null;
  return { at: day * DAY_SECONDS + hour * 3600 + minute * 60 + second, dayOnly: false };
}

/** Days of the years that lists speak of, once they were computed. */
const FIRST_YEAR = 2000;
const YEARS = 64;
const days = new Int32Array(YEARS * 512).fill(NO_DAY);

function usualDay(year: number, month: number, day: number): EpochDay {
  if (year < FIRST_YEAR || year >= FIRST_YEAR + YEARS || month < 1 || month > 12 || day < 1 || day > 31)
    return isCivilDate(year, month, day) ? epochDay(year, month, day) : NO_DAY;
  const place = ((year - FIRST_YEAR) << 9) | (month << 5) | day;
  const known = days[place] as number;
  if (known !== NO_DAY || !isCivilDate(year, month, day)) return known;
  return (days[place] = epochDay(year, month, day));
}

/** A serial counts days; its fraction carries a rounding error below a second (45631.59305555555 is 14:14:00). */
export function fromSerial(serial: number): SourceTime {
  const at = Math.round((serial - SERIAL_OF_EPOCH) * DAY_SECONDS);
  return { at, dayOnly: Number.isInteger(serial) };
}

function readText(text: string): SourceTime | TimeFault {
  for (const form of FORMS) {
    const groups = form.exec(text)?.groups;
    if (groups) return fromParts(groups as unknown as Parts);
  }
  return 'not-a-date';
}

function fromParts(p: Parts): SourceTime | TimeFault {
  const [year, month, day] = [Number(p.year), Number(p.month), Number(p.day)];
  if (!isCivilDate(year, month, day)) return 'no-such-day';
  const midnight = atSecond(epochDay(year, month, day), 0);
  if (p.hour === undefined) return { at: midnight, dayOnly: true };
  const clock = secondsOf(p);
  if (clock === null) return 'no-such-time';
  return { at: midnight + clock + zoneShift(p.zone), dayOnly: false };
}

function secondsOf(p: Parts): number | null {
  const [hour, minute, second] = [
    twentyFour(Number(p.hour), p.half),
    Number(p.minute),
    Number(p.second ?? 0),
  ];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return hour * 3600 + minute * 60 + second;
}

/** SA (sáng) is AM, CH (chiều) is PM, as Vietnamese Windows writes them. */
function twentyFour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return 24;
  const afternoon = /pm|ch/i.test(half);
  return (hour % 12) + (afternoon ? 12 : 0);
}

/** Seconds to add so that a time with a zone becomes Vietnamese wall time. */
function zoneShift(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const vietnam = toLocalSecond(new Date(0));
  if (/^z$/i.test(zone)) return vietnam;
  const sign = zone.startsWith('-') ? -1 : 1;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return vietnam - sign * (hours * 3600 + minutes * 60);
}
