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

const CLOCK = String.raw`(?<hour>\d{1,2})[:hg](?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?(?:\s*(?<half>AM|PM|SA|CH))?`;
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
];

const SERIAL_TEXT = /^\d{4,5}(\.\d+)?$/;

/** A number that Excel would show as a date. */
export const isSerial = (value: number): boolean => value >= 1 && value < LAST_SERIAL + 1;

/** Reads one date of a source. Empty is the caller's matter. */
export function readTime(value: string | number): SourceTime | TimeFault {
  if (typeof value === 'number') return isSerial(value) ? fromSerial(value) : readText(String(value));
  const text = value.trim();
  return SERIAL_TEXT.test(text) ? fromSerial(Number(text)) : readText(text);
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
