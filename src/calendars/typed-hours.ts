import { parseTypedTime } from '../web/typed-instant';
import { minutesOf, type OfficeHoursRow } from './calendar-rows';

/** Office hours as stored: pairs of 'HH:MM'. */
export type HourPairs = [opens: string, closes: string][];

export type HoursFault =
  { kind: 'unreadable' | 'reversed'; typed: string } | { kind: 'overlap'; typed: string; other: string };

const two = (n: number): string => String(n).padStart(2, '0');

/** Minutes since midnight as 'HH:MM', with seconds where there are some. */
export function clockTime(minutes: number): string {
  const seconds = Math.round(minutes * 60);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? text : `${text}:${two(seconds % 60)}`;
}

/** A time of day; the day's end is 24:00. */
function timeOf(typed: string): string | null {
  if (/^24[:hg]?(00)?$/i.test(typed)) return '24:00';
  const seconds = parseTypedTime(typed);
  return seconds === null ? null : clockTime(seconds / 60);
}

const PIECES = /[,;]|\s+và\s+/;
const ENDS = /\s*(?:-|–|—|\s+đến\s+)\s*/;

/**
 * '07:30-11:30, 13:30-17:00', as people type it: in any order, with '–' or 'đến', '7h30' for '07:30'. Nothing typed is
 * no interval.
 */
export function parseTypedHours(text: string): { pairs: HourPairs; faults: HoursFault[] } {
  const pieces = text
    .split(PIECES)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
  const faults: HoursFault[] = [];
  const pairs: HourPairs = [];
  for (const typed of pieces) {
    const ends = typed.split(ENDS).map(timeOf);
    const [opens, closes] = ends;
    if (ends.length !== 2 || !opens || !closes) faults.push({ kind: 'unreadable', typed });
    else if (minutesOf(opens) >= minutesOf(closes)) faults.push({ kind: 'reversed', typed });
    else pairs.push([opens, closes]);
  }
  pairs.sort((a, b) => minutesOf(a[0]) - minutesOf(b[0]));
  return { pairs, faults: [...faults, ...overlaps(pairs)] };
}

function overlaps(pairs: HourPairs): HoursFault[] {
  return pairs.flatMap((pair, i): HoursFault[] => {
    const before = pairs[i - 1];
    if (!before || minutesOf(before[1]) <= minutesOf(pair[0])) return [];
    return [{ kind: 'overlap', typed: pair.join('-'), other: before.join('-') }];
  });
}

/** As it is typed into a form. */
export const typedHours = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([opens, closes]) => `${opens.slice(0, 5)}-${closes.slice(0, 5)}`).join(', ');

/** As it is read on a page: "07:30–11:30, 13:30–17:00". */
export const shownHours = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([opens, closes]) => `${opens.slice(0, 5)}–${closes.slice(0, 5)}`).join(', ');

/** Weekdays in a row that share their hours; 1 = Monday. */
export interface SharedHours {
  from: number;
  to: number;
  /** "07:30–11:30, 13:30–17:00" */
  hours: string;
}

export const pairsOn = (rows: readonly OfficeHoursRow[], weekday: number): HourPairs =>
  rows
    .filter((row) => row.weekday === weekday)
    .map(({ opens, closes }): [string, string] => [opens, closes])
    .sort();

/** @param period 0: the hours outside every period */
export function sharedHours(all: readonly OfficeHoursRow[], period = 0): SharedHours[] {
  const rows = all.filter((row) => row.period === period);
  const groups: SharedHours[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const hours = shownHours(pairsOn(rows, weekday));
    const last = groups.at(-1);
    if (last && last.to === weekday - 1 && last.hours === hours) last.to = weekday;
    else if (hours !== '') groups.push({ from: weekday, to: weekday, hours });
  }
  return groups;
}
