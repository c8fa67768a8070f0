/**
 * The Vietnamese lunar calendar, for the days off that follow it (Tết, Giỗ Tổ).
 *
 * Method of Hồ Ngọc Đức after Jean Meeus, "Astronomical Algorithms" (1998): new moons and the sun's longitude at
 * Vietnam's own meridian, UTC+07:00, which since 1968 sets the calendar apart from the Chinese one. Good for the
 * years 1900 to 2100. The eleventh month holds the winter solstice; a leap month is the first without a major
 * solar term between two such months.
 */
import { civil, epochDay, type EpochDay } from './local-date';

export interface LunarDate {
  year: number;
  month: number;
  day: number;
  leap: boolean;
}

/** Julian day number of 1970-01-01. */
const UNIX_JULIAN = 2_440_588;
/** Days from UTC to UTC+07:00. */
const ZONE = 7 / 24;
const SYNODIC_MONTH = 29.530588853;
/** Mean new moon of 1900-01-01, month zero of the count. */
const FIRST_NEW_MOON = 2_415_021.076998695;
const RADIAN = Math.PI / 180;

const sin = (degrees: number): number => Math.sin(degrees * RADIAN);

/** Days the true new moon stands off the mean one. */
function newMoonCorrection(t: number, m: number, mPrime: number, f: number): number {
  return (
    (0.1734 - 0.000393 * t) * sin(m) +
    0.0021 * sin(2 * m) -
    0.4068 * sin(mPrime) +
    0.0161 * sin(2 * mPrime) -
    0.0004 * sin(3 * mPrime) +
    0.0104 * sin(2 * f) -
    0.0051 * sin(m + mPrime) -
    0.0074 * sin(m - mPrime) +
    0.0004 * sin(2 * f + m) -
    0.0004 * sin(2 * f - m) -
    0.0006 * sin(2 * f + mPrime) +
    0.001 * sin(2 * f - mPrime) +
    0.0005 * sin(2 * mPrime + m)
  );
}

/** Terrestrial minus universal time in days; t in Julian centuries since 1900. */
function deltaT(t: number): number {
  const [t2, t3] = [t * t, t * t * t];
  if (t < -11) return 0.001 + 0.000839 * t + 0.0002261 * t2 - 0.00000845 * t3 - 0.000000081 * t * t3;
  return -0.000278 + 0.000265 * t + 0.000262 * t2;
}

/** Local day of the k-th new moon since 1900-01-01. */
function newMoonDay(k: number): EpochDay {
  const t = k / 1236.85;
  const [t2, t3] = [t * t, t * t * t];
  const mean =
    2_415_020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2);
  const m = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3;
  const mPrime = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3;
  const f = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3;
  const julian = mean + newMoonCorrection(t, m, mPrime, f) - deltaT(t);
  return Math.floor(julian + 0.5 + ZONE) - UNIX_JULIAN;
}

/** Twelfth of the sun's way (0 = spring equinox) at the local midnight that begins the day. */
function sunSector(day: EpochDay): number {
  const t = (day + UNIX_JULIAN - 0.5 - ZONE - 2_451_545) / 36_525;
  const t2 = t * t;
  const m = 357.5291 + 35_999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2;
  const meanLongitude = 280.46645 + 36_000.76983 * t + 0.0003032 * t2;
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(m) +
    (0.019993 - 0.000101 * t) * sin(2 * m) +
    0.00029 * sin(3 * m);
  const longitude = meanLongitude + centre;
  return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / 30);
}

/** Number of the new moon at or before the day, give or take one. */
const monthNumber = (day: EpochDay): number =>
  Math.floor((day + UNIX_JULIAN - FIRST_NEW_MOON) / SYNODIC_MONTH);

/** First day of the eleventh lunar month of the year: the month that holds the winter solstice (sector 9). */
function eleventhMonth(year: number): EpochDay {
  const k = monthNumber(epochDay(year, 12, 31));
  const start = newMoonDay(k);
  return sunSector(start) >= 9 ? newMoonDay(k - 1) : start;
}

/** Which month after the eleventh is the leap one: the first that begins and ends in one sector of the sun. */
function leapOffset(eleventh: EpochDay): number {
  const k = Math.floor((eleventh + UNIX_JULIAN - FIRST_NEW_MOON) / SYNODIC_MONTH + 0.5);
  for (let i = 1; i < 14; i++)
    if (sunSector(newMoonDay(k + i)) === sunSector(newMoonDay(k + i + 1))) return i;
  throw new RangeError('a lunar year of thirteen months without a leap month');
}

/** The lunar date of a day. */
export function lunarOf(day: EpochDay): LunarDate {
  const { year } = civil(day);
  const k = monthNumber(day);
  const start = newMoonDay(k + 1) > day ? newMoonDay(k) : newMoonDay(k + 1);
  const own = eleventhMonth(year);
  const [from, to] = own >= start ? [eleventhMonth(year - 1), own] : [own, eleventhMonth(year + 1)];
  const lunarYear = own >= start ? year : year + 1;
  const passed = Math.floor((start - from) / 29);
  const leapAt = to - from > 365 ? leapOffset(from) : Infinity;
  const sinceEleventh = passed >= leapAt ? passed + 10 : passed + 11;
  const month = sinceEleventh > 12 ? sinceEleventh - 12 : sinceEleventh;
  return {
    year: month >= 11 && passed < 4 ? lunarYear - 1 : lunarYear,
    month,
    day: day - start + 1,
    leap: passed === leapAt,
  };
}

/** The day of a lunar date outside leap months. */
export function dayOfLunar(year: number, month: number, day: number): EpochDay {
  const from = month < 11 ? eleventhMonth(year - 1) : eleventhMonth(year);
  const to = month < 11 ? eleventhMonth(year) : eleventhMonth(year + 1);
  const k = Math.floor((from + UNIX_JULIAN - FIRST_NEW_MOON) / SYNODIC_MONTH + 0.5);
  const offset = month < 11 ? month + 1 : month - 11;
  const leap = to - from > 365 && offset >= leapOffset(from) ? 1 : 0;
  return newMoonDay(k + offset + leap) + day - 1;
}

/** First day of the lunar year: mùng 1 Tết. */
export const lunarNewYear = (year: number): EpochDay => dayOfLunar(year, 1, 1);

/** Giỗ Tổ Hùng Vương, 10/3 of the lunar year. */
export const hungKingsDay = (year: number): EpochDay => dayOfLunar(year, 3, 10);
