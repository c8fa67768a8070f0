import type { CalendarFault, HoursPlace } from '../domain/calendar-definition';
import { dayOf, secondOfDay, type LocalSecond } from '../domain/local-date';
import type { OfficeInterval } from '../domain/working-calendar';
import { dayWithWeekday } from '../web/view-helpers';
import { clockTime } from './typed-hours';

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];

export const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? '';

const range = ({ opens, closes }: OfficeInterval): string => `${clockTime(opens)}–${clockTime(closes)}`;

function placeOf({ day, weekday, period }: HoursPlace): string {
  if (day !== null) return dayWithWeekday(day);
  return `${weekdayName(weekday ?? 0)}${period === null ? '' : ` (đợt giờ thứ ${period + 1})`}`;
}

const instant = (at: LocalSecond): string =>
  `${clockTime(secondOfDay(at) / 60)} ${dayWithWeekday(dayOf(at))}`;

type Texts = { [K in CalendarFault['kind']]: (fault: CalendarFault & { kind: K }) => string };

const TEXTS: Texts = {
  'no-working-time': () => 'cả tuần không có giờ làm việc nào',
  'no-years': () => 'lịch không có năm nào',
  'year-gap': ({ year }) => `thiếu năm ${year} giữa các năm của lịch`,
  'year-twice': ({ year }) => `năm ${year} ghi hai lần`,
  'interval-reversed': (f) =>
    `giờ làm việc ${placeOf(f)}: ${range(f.interval)} kết thúc không sau lúc bắt đầu`,
  'intervals-overlap': (f) => `giờ làm việc ${placeOf(f)}: ${range(f.interval)} chồng lên khoảng giờ trước`,
  'period-reversed': ({ from, to }) =>
    `đợt giờ làm việc kết thúc ${dayWithWeekday(to)}, trước ngày bắt đầu ${dayWithWeekday(from)}`,
  'periods-overlap': ({ day }) => `hai đợt giờ làm việc cùng có ${dayWithWeekday(day)}`,
  'day-twice': ({ day }) => `${dayWithWeekday(day)} ghi hai lần`,
  'day-outside-years': ({ day }) => `${dayWithWeekday(day)} nằm ngoài các năm của lịch`,
  'off-with-hours': ({ day }) => `${dayWithWeekday(day)} ghi là ngày nghỉ nhưng lại có giờ làm việc`,
  'worked-without-hours': ({ day }) =>
    `${dayWithWeekday(day)} ghi là ngày làm bù nhưng không có giờ làm việc`,
  'already-working-day': ({ day }) =>
    `${dayWithWeekday(day)} ghi là ngày làm bù nhưng vốn đã là ngày làm việc`,
  'break-reversed': ({ from, to }) =>
    `khoảng nghỉ từ ${instant(from)} kết thúc lúc ${instant(to)}, không sau lúc bắt đầu`,
};

/** What is wrong with a calendar, for the person who entered it: which day, weekday or interval. */
export const calendarFaultText = (fault: CalendarFault): string =>
  (TEXTS[fault.kind] as (f: CalendarFault) => string)(fault);
