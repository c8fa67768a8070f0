/**
 * The only place that converts between instants (`Date`) and Vietnamese calendar fields.
 *
 * Vietnam keeps UTC+07:00 all year and has no daylight saving time, so local wall time is the instant plus a
 * constant. All arithmetic of the domain runs on two integers:
 * - `EpochDay`: days since 1970-01-01 on the local calendar;
 * - `LocalSecond`: seconds since 1970-01-01 00:00:00 of local wall time.
 */
export type EpochDay = number;
export type LocalSecond = number;

export const DAY_SECONDS = 86_400;
const OFFSET_SECONDS = 7 * 3_600;

export interface CivilDate {
  year: number;
  /** 1 to 12 */
  month: number;
  /** 1 to 31 */
  day: number;
  /** ISO: 1 = Monday … 7 = Sunday */
  weekday: number;
}

export const toLocalSecond = (instant: Date): LocalSecond =>
  Math.floor(instant.getTime() / 1000) + OFFSET_SECONDS;

export const toInstant = (local: LocalSecond): Date => new Date((local - OFFSET_SECONDS) * 1000);

export const dayOf = (local: LocalSecond): EpochDay => Math.floor(local / DAY_SECONDS);

export const dayOfInstant = (instant: Date): EpochDay => dayOf(toLocalSecond(instant));

/** Seconds since midnight, 0 to 86,399. */
export const secondOfDay = (local: LocalSecond): number => local - dayOf(local) * DAY_SECONDS;

export const atSecond = (day: EpochDay, secondsSinceMidnight: number): LocalSecond =>
  day * DAY_SECONDS + secondsSinceMidnight;

/** Days of 400 Gregorian years, and from 0000-03-01 to 1970-01-01. */
const ERA_DAYS = 146_097;
const MARCH_ZERO = 719_468;

/** The day with these numbers. Years are counted from March, so that the leap day ends one: no table, no `Date`. */
export function epochDay(year: number, month: number, day: number): EpochDay {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  return era * ERA_DAYS + yearOfEra * 365 + leapDays + dayOfYear - MARCH_ZERO;
}

/** ISO weekday: 1 = Monday … 7 = Sunday (1970-01-01 was a Thursday). */
export const isoWeekday = (day: EpochDay): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** The numbers of a day: `epochDay` the other way round. */
export function civil(day: EpochDay): CivilDate {
  const z = day + MARCH_ZERO;
  const era = Math.floor(z / ERA_DAYS);
  const dayOfEra = z - era * ERA_DAYS;
  const leapDays =
    Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
    weekday: isoWeekday(day),
  };
}

export const daysInMonth = (year: number, month: number): number =>
  epochDay(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - epochDay(year, month, 1);

/** True when the three numbers name a day that exists. */
export const isCivilDate = (year: number, month: number, day: number): boolean =>
  Number.isInteger(year) &&
  year >= 1900 &&
  year <= 9999 &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= daysInMonth(year, month);

/** Same day of the month `months` later, clamped to the month's end (31 January + 1 = 28 or 29 February). */
export function addMonths(day: EpochDay, months: number): EpochDay {
  const from = civil(day);
  const index = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return epochDay(year, month, Math.min(from.day, daysInMonth(year, month)));
}

const two = (n: number): string => String(n).padStart(2, '0');

/** 'YYYY-MM-DD' */
export function isoDay(day: EpochDay): string {
  const c = civil(day);
  return `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)}`;
}

/** @throws RangeError when the text is not an existing day written YYYY-MM-DD. */
export function parseIsoDay(text: string): EpochDay {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = m ? m.slice(1).map(Number) : [];
  if (!year || !month || !day || !isCivilDate(year, month, day)) throw new RangeError(`not a day: ${text}`);
  return epochDay(year, month, day);
}

/** Local wall time 'YYYY-MM-DDTHH:MM:SS' of an instant, as people in Vietnam read it. */
export function isoLocal(instant: Date): string {
  const s = toLocalSecond(instant);
  const t = secondOfDay(s);
  return `${isoDay(dayOf(s))}T${two(Math.floor(t / 3600))}:${two(Math.floor(t / 60) % 60)}:${two(t % 60)}`;
}
