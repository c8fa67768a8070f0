import { civil, dayOf, parseIsoDay, secondOfDay, toLocalSecond, type EpochDay } from '../domain/local-date';

/** Wording of numbers and dates in official documents (Decree 30/2020/NĐ-CP, Appendix I). Dates arrive as in JSON. */
const two = (n: number): string => String(n).padStart(2, '0');

/** Numbers below 10 carry a zero: "05 ngày làm việc", "Số: 05". */
export const paddedNumber = (n: number): string => two(n);

/** The month carries a zero only for January and February, which could be altered to 10, 11 or 12 otherwise. */
const monthInLetter = (month: number): string => (month <= 2 ? two(month) : String(month));

function dayInLetter(day: EpochDay): string {
  const c = civil(day);
  return `ngày ${two(c.day)} tháng ${monthInLetter(c.month)} năm ${c.year}`;
}

/** @throws RangeError: a missing date must not become the first day of 1970 on paper. */
function instantOf(value: string | Date): Date {
  const instant = typeof value === 'string' ? new Date(value) : value;
  if (!(instant instanceof Date) || Number.isNaN(instant.getTime()))
    throw new RangeError(`not an instant: ${value}`);
  return instant;
}

/** "ngày 05 tháng 02 năm 2026", "ngày 05 tháng 9 năm 2026". Takes a day 'YYYY-MM-DD' or an instant. */
export const longDay = (value: string | Date): string =>
  typeof value === 'string' && value.length === 10
    ? dayInLetter(parseIsoDay(value))
    : dayInLetter(dayOf(toLocalSecond(instantOf(value))));

/** "17 giờ 30 phút, ngày 03 tháng 9 năm 2026" */
export function longInstant(value: string | Date): string {
  const local = toLocalSecond(instantOf(value));
  const minutes = Math.floor(secondOfDay(local) / 60);
  return `${two(Math.floor(minutes / 60))} giờ ${two(minutes % 60)} phút, ${dayInLetter(dayOf(local))}`;
}

/** Paragraphs of a text somebody typed. */
export const linesOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** "09:05" */
export function paddedTime(instant: Date): string {
  const minutes = Math.floor(secondOfDay(toLocalSecond(instant)) / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
