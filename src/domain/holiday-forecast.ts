/**
 * Days off of a year whose decision is not out yet, by rule: a forecast, to be shown as one.
 *
 * BLLĐ 2019 Đ112.1: 1/1; five days of Tết, taken as the last day of the old lunar year and the first four of the
 * new (the Prime Minister chooses the five); Giỗ Tổ 10/3 lunar; 30/4; 1/5; 2/9 and one day beside it. Such a day on
 * a weekly rest day is made up for on the next working day (Đ111.3). NQ 28/2026/QH16: 24/11 from 2026 on, outside
 * Đ112.1 and therefore not made up for. Swaps of working days are decisions and cannot be forecast.
 */
import type { CalendarDayRule, CalendarDefinition } from './calendar-definition';
import { epochDay, isoWeekday, type EpochDay } from './local-date';
import { hungKingsDay, lunarNewYear } from './vietnamese-lunar';

const LABOUR_CODE = 'Bộ luật Lao động 2019, Điều 112.1';
const COMPENSATION = 'Bộ luật Lao động 2019, Điều 111.3';
const CULTURE_DAY_FROM = 2026;

interface Holiday {
  day: EpochDay;
  name: string;
  document: string;
  madeUpFor: boolean;
}

const [MONDAY, THURSDAY, SUNDAY] = [1, 4, 7];
const isRestDay = (day: EpochDay): boolean => isoWeekday(day) > 5;

/** The day beside 2/9 that joins the weekend; on a Wednesday the one before, as decided for 2026. */
function besideNationalDay(nationalDay: EpochDay): EpochDay {
  const weekday = isoWeekday(nationalDay);
  const after = weekday === MONDAY || weekday === THURSDAY || weekday === SUNDAY;
  return after ? nationalDay + 1 : nationalDay - 1;
}

function holidaysOf(year: number): Holiday[] {
  const tet = lunarNewYear(year);
  const nationalDay = epochDay(year, 9, 2);
  const legal: [EpochDay, string][] = [
    [epochDay(year, 1, 1), 'Tết Dương lịch'],
    ...[-1, 0, 1, 2, 3].map((i): [EpochDay, string] => [tet + i, 'Tết Nguyên đán']),
    [hungKingsDay(year), 'Giỗ Tổ Hùng Vương'],
    [epochDay(year, 4, 30), 'Ngày Chiến thắng'],
    [epochDay(year, 5, 1), 'Quốc tế Lao động'],
    [nationalDay, 'Quốc khánh'],
    [besideNationalDay(nationalDay), 'Quốc khánh'],
  ];
  const holidays = legal.map(([day, name]) => ({ day, name, document: LABOUR_CODE, madeUpFor: true }));
  if (year >= CULTURE_DAY_FROM)
    holidays.push({
      day: epochDay(year, 11, 24),
      name: 'Ngày Văn hóa Việt Nam',
      document: 'NQ 28/2026/QH16',
      madeUpFor: false,
    });
  return holidays.sort((a, b) => a.day - b.day);
}

/** Days off besides Saturdays and Sundays, in order. */
export function forecastDaysOff(year: number): CalendarDayRule[] {
  const holidays = holidaysOf(year);
  const taken = new Map<EpochDay, Holiday>();
  for (const holiday of holidays) if (!taken.has(holiday.day)) taken.set(holiday.day, holiday);
  for (const { day, name } of holidays.filter((h) => h.madeUpFor && isRestDay(h.day))) {
    let next = day + 1;
    while (isRestDay(next) || taken.has(next)) next++;
    taken.set(next, { day: next, name: `Nghỉ bù ${name}`, document: COMPENSATION, madeUpFor: false });
  }
  return [...taken.values()]
    .filter(({ day }) => !isRestDay(day))
    .sort((a, b) => a.day - b.day)
    .map(({ day, name, document }) => ({ day, kind: 'off', name, document, hours: null }));
}

/** How many years after the last decided one are forecast: longer than any limit in use. */
const HORIZON = 25;
/** The lunar conversion is good up to here. */
const LAST_FORECAST = 2100;

/**
 * The definition with the years after its last decided one, their days off by rule. A rule entered for such a year
 * wins on its day; the year stays a forecast until it is decided.
 */
export function withForecast(definition: CalendarDefinition): CalendarDefinition {
  const last = Math.max(...definition.years.map((y) => y.year));
  const ahead = Math.max(0, Math.min(HORIZON, LAST_FORECAST - last));
  const years = Array.from({ length: ahead }, (_, i) => last + 1 + i);
  const entered = new Set(definition.days.map((rule) => rule.day));
  const byRule = years.flatMap(forecastDaysOff).filter((rule) => !entered.has(rule.day));
  return {
    ...definition,
    years: [
      ...definition.years,
      ...years.map((year) => ({ year, state: 'forecast' as const, documents: [] })),
    ],
    days: [...definition.days, ...byRule].sort((a, b) => a.day - b.day),
  };
}
