import { atSecond, dayOfInstant, isoWeekday, toInstant } from '../domain/local-date';
import { SAMPLE_COLLEAGUE, SAMPLE_PERSON } from '../platform/mail-labels';
import type { ToldAlert } from './alert-message.repository';

/** Office hours end: 17:30. */
const CLOSING = 17.5 * 3600;

const deadline = { theme: 'deadline', moment: 'before', amount: 2, measure: 'working-days' } as const;

/** Made-up alerts that show every group of a mail: overdue, due today, coming, waiting. */
export function sampleAlerts(now: Date): ToldAlert[] {
  // From one weekday to another: a mail that promises a Sunday looks wrong.
  const closing = (days: number): Date => {
    const day = dayOfInstant(now) + days;
    const toMonday = isoWeekday(day) > 5 ? 8 - isoWeekday(day) : 0;
    return toInstant(atSecond(day + toMonday, CLOSING));
  };
  const told = (code: string, procedureName: string, deadlineAt: Date | null, more: object): ToldAlert => ({
    ...{
      id: 0,
      calendarUnitId: 0,
      code,
      procedureName,
      deadlineAt,
      ...deadline,
      anchorAt: deadlineAt ?? now,
    },
    ...{ applicantName: SAMPLE_PERSON, departmentName: 'Phòng Kinh tế', officerName: null },
    ...{ forecast: false, climb: 0, standsInFor: null, ...more },
  });
  return [
    told('H00.00.00-260101-0001', 'Đăng ký biến động quyền sử dụng đất', closing(-3), {
      ...{ moment: 'after', amount: 0, climb: 1 },
    }),
    told('H00.00.00-260101-0002', 'Thủ tục đăng ký khai sinh', closing(0), { moment: 'on-day', amount: 0 }),
    told('H00.00.00-260101-0003', 'Thủ tục đăng ký kết hôn', closing(2), { standsInFor: SAMPLE_COLLEAGUE }),
    told('H00.00.00-260101-0004', 'Cấp giấy phép xây dựng mới', null, {
      ...{ theme: 'idle', moment: 'after', amount: 5, departmentName: null },
    }),
  ];
}
