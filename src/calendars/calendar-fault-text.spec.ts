import { calendarFaults, type CalendarDefinition } from '../domain/calendar-definition';
import { atSecond } from '../domain/local-date';
import { officialDefinition, OFFICE, rule, WEEK } from '../../test/fixtures/calendar/official-calendar';
import { parseIsoDay } from '../domain/local-date';
import { calendarFaultText } from './calendar-fault-text';

const good = officialDefinition();
const morning = OFFICE.slice(0, 1);
const day = parseIsoDay;

describe('a wrong calendar is told with its day, weekday or interval', () => {
  it.each<[Partial<CalendarDefinition>, string]>([
    [
      { weekly: { ...WEEK, 2: [{ opens: 690, closes: 450 }] } },
      'giờ làm việc thứ Ba: 11:30–07:30 kết thúc không sau lúc bắt đầu',
    ],
    [
      { weekly: { ...WEEK, 6: [...morning, { opens: 600, closes: 720.5 }] } },
      'giờ làm việc thứ Bảy: 10:00–12:00:30 chồng lên khoảng giờ trước',
    ],
    [
      {
        periods: [
          {
            from: day('2026-04-01'),
            to: day('2026-09-30'),
            weekly: { ...WEEK, 7: [{ opens: 600, closes: 600 }] },
          },
        ],
      },
      'giờ làm việc Chủ nhật (đợt giờ thứ 1): 10:00–10:00 kết thúc không sau lúc bắt đầu',
    ],
    [
      { periods: [{ from: day('2026-09-30'), to: day('2026-04-01'), weekly: WEEK }] },
      'đợt giờ làm việc kết thúc thứ Tư 1/4/2026, trước ngày bắt đầu thứ Tư 30/9/2026',
    ],
    [
      {
        periods: [
          { from: day('2026-04-01'), to: day('2026-09-30'), weekly: WEEK },
          { from: day('2026-09-30'), to: day('2026-10-30'), weekly: WEEK },
        ],
      },
      'hai đợt giờ làm việc cùng có thứ Tư 30/9/2026',
    ],
    [{ days: [rule('off', '2026-11-23'), rule('off', '2026-11-23')] }, 'thứ Hai 23/11/2026 ghi hai lần'],
    [{ days: [rule('off', '2030-01-01')] }, 'thứ Ba 1/1/2030 nằm ngoài các năm của lịch'],
    [
      { days: [rule('off', '2026-11-23', '', morning)] },
      'thứ Hai 23/11/2026 ghi là ngày nghỉ nhưng lại có giờ làm việc',
    ],
    [
      { days: [rule('worked', '2026-11-28', '', [])] },
      'thứ Bảy 28/11/2026 ghi là ngày làm bù nhưng không có giờ làm việc',
    ],
    [
      { days: [rule('worked', '2026-11-23')] },
      'thứ Hai 23/11/2026 ghi là ngày làm bù nhưng vốn đã là ngày làm việc',
    ],
    [{ years: good.years.filter((y) => y.year !== 2025), days: [] }, 'thiếu năm 2025 giữa các năm của lịch'],
    [{ years: [...good.years, good.years[0]!] }, 'năm 2024 ghi hai lần'],
    [{ years: [], days: [] }, 'lịch không có năm nào'],
    [
      { weekly: { 1: [], 2: [], 3: [], 4: [], 5: [], 6: [], 7: [] }, days: [] },
      'cả tuần không có giờ làm việc nào',
    ],
    [
      { breaks: [[atSecond(day('2026-11-23'), 36_000), atSecond(day('2026-11-23'), 32_400)]] },
      'khoảng nghỉ từ 10:00 thứ Hai 23/11/2026 kết thúc lúc 09:00 thứ Hai 23/11/2026, không sau lúc bắt đầu',
    ],
  ])('%#: %j', (change, text) => {
    expect(calendarFaults({ ...good, ...change }).map(calendarFaultText)).toContain(text);
  });
});
