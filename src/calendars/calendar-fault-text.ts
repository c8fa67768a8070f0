import type { CalendarFault } from '../domain/working-calendar';

/** What is wrong with a calendar, for the person who entered it. */
export const CALENDAR_FAULT_TEXTS: Record<CalendarFault['kind'], string> = {
  'no-working-time': 'lịch không có giờ làm việc nào',
  'no-years': 'lịch không có năm nào',
  'year-gap': 'các năm không liền nhau',
  'year-twice': 'một năm ghi hai lần',
  'interval-reversed': 'giờ kết thúc không sau giờ bắt đầu',
  'intervals-overlap': 'các khoảng giờ chồng lên nhau',
  'period-reversed': 'đợt giờ làm việc kết thúc trước ngày bắt đầu',
  'periods-overlap': 'các đợt giờ làm việc chồng lên nhau',
  'day-twice': 'một ngày ghi hai lần',
  'day-outside-years': 'ngày nằm ngoài các năm của lịch',
  'off-with-hours': 'ngày nghỉ lại có giờ làm việc',
  'worked-without-hours': 'ngày làm bù không có giờ làm việc',
  'already-working-day': 'ngày làm bù vốn đã là ngày làm việc',
  'break-reversed': 'khoảng nghỉ kết thúc không sau lúc bắt đầu',
};
