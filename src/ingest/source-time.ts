import {
  DAY_SECONDS,
  atSecond,
  epochDay,
  isCivilDate,
  toLocalSecond,
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

/** The number that the figures from `at` make, NaN when one of them is none. */
function number(text: string, at: number, figures: number): number {
  let value = 0;
  for (let i = at; i < at + figures; i++) {
    const figure = text.charCodeAt(i) - ZERO;
    if (!(figure >= 0 && figure <= 9)) return NaN;
    value = value * 10 + figure;
  }
  return value;
}

/**
 * dd/MM/yyyy[ HH:mm[:ss]] and yyyyMMdd[HHmmss], which are nearly all dates of files, without the search of a pattern;
 * null for every other text and for times that do not exist.
 */
function readUsual(text: string): SourceTime | null {
  const { length } = text;
  if (length === 8) return timeOf(number(text, 0, 4), number(text, 4, 2), number(text, 6, 2), -1);
  if (length === 14)
    return timeOf(number(text, 0, 4), number(text, 4, 2), number(text, 6, 2), number(text, 8, 6));
  const slashes = text.charCodeAt(2) === 47 && text.charCodeAt(5) === 47;
  if (!slashes || (length !== 10 && length !== 16 && length !== 19)) return null;
  const [day, month, year] = [number(text, 0, 2), number(text, 3, 2), number(text, 6, 4)];
  if (length === 10) return timeOf(year, month, day, -1);
  if (text.charCodeAt(10) !== 32 || text.charCodeAt(13) !== 58) return null;
  if (length === 19 && text.charCodeAt(16) !== 58) return null;
  const minutes = number(text, 11, 2) * 100 + number(text, 14, 2);
  return timeOf(year, month, day, minutes * 100 + (length === 19 ? number(text, 17, 2) : 0));
}

/** Every month has 28 days; only the few behind them need the calendar. */
const isDay = (year: number, month: number, day: number): boolean =>
  day >= 1 && day <= 28
    ? month >= 1 && month <= 12 && year >= 1900 && year <= 9999
    : isCivilDate(year, month, day);

/** `clock` is HHmmss as one number, negative for none. */
function timeOf(year: number, month: number, day: number, clock: number): SourceTime | null {
  if (!(clock < 240_000) || !isDay(year, month, day)) return null;
  const midnight = epochDay(year, month, day) * DAY_SECONDS;
  if (clock < 0) return { at: midnight, dayOnly: true };
  const [minute, second] = [Math.floor(clock / 100) % 100, clock % 100];
  if (minute > 59 || second > 59) return null;
  return { at: midnight + Math.floor(clock / 10_000) * 3600 + minute * 60 + second, dayOnly: false };
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
