import { z } from 'zod';
import { TIMES_OF_DAY } from './calculation-form';
import { SUPPLEMENT_MODES } from './limit-form';
import { LIMIT_UNITS } from './procedure-catalogue';

const told = <T extends z.ZodType>(schema: T, description: string, example?: unknown) =>
  schema.meta({ description, ...(example === undefined ? {} : { example }) });
const at = (description: string, example: string) => told(z.string(), description, example);
const day = (description: string, example: string) => told(z.string(), description, example);

const cell = z.strictObject({
  day: day('Ngày, dạng năm-tháng-ngày.', '2026-08-31'),
  role: told(
    z.enum(['received', 'counted', 'off', 'paused', 'not-counted', 'extended', 'due', 'after']),
    'Vai trò: nhận, được đếm, nghỉ, tạm dừng, không đếm, lùi hạn vì chờ bổ sung, đến hạn, sau hạn.',
    'off',
  ),
  ordinal: told(z.number().nullable(), 'Ngày thứ mấy của thời hạn; null khi không đếm theo ngày.', null),
  worked: told(z.boolean(), 'Là ngày làm bù.', false),
  name: told(z.string().nullable(), 'Tên ngày nghỉ hoặc ngày làm bù.', 'Nghỉ Quốc khánh'),
  document: told(z.string().nullable(), 'Văn bản quy định ngày này.', null),
  overdueBy: told(z.number().nullable(), 'Luôn null: phép tính không có ngày quá hạn.', null),
  today: told(z.boolean(), 'Là hôm nay.', false),
});

const mismatch = z.strictObject({
  promisedAt: at('Lúc hệ thống nguồn đã hẹn.', '2026-09-04T17:00:00+07:00'),
  dueAt: at('Hạn theo lịch.', '2026-09-09T17:00:00+07:00'),
  cause: told(
    z.enum([
      ...(['worked-day-forgotten', 'other-year-days-off-forgotten', 'days-off-forgotten'] as const),
      ...(['weekend-counted', 'rest-day-not-skipped', 'cutoff-ignored', 'pause-ignored'] as const),
      ...(['other-limit', 'unknown'] as const),
    ]),
    'Cách đếm sai có thể đã dẫn tới ngày hẹn.',
    'days-off-forgotten',
  ),
  workingDays: told(z.number().nullable(), 'Với other-limit: số ngày làm việc mà ngày hẹn ứng với.', null),
});

/** The answer as OpenAPI describes it. */
export const calculationAnswer = z.strictObject({
  due: told(
    z.strictObject({
      state: told(
        z.enum(['due', 'paused', 'no-calendar']),
        'due: có hạn; paused: thời gian đang dừng nên chưa có hạn; no-calendar: lịch chưa có dữ liệu năm cần dùng.',
        'due',
      ),
      at: told(z.string().nullable(), 'Hạn; null khi không có.', '2026-09-09T17:00:00+07:00'),
      since: told(z.string().nullable(), 'Với paused: dừng từ lúc nào.', null),
      forecast: told(z.boolean(), 'true: dự kiến, dựa trên lịch nghỉ chưa có quyết định.', false),
      year: told(z.number().nullable(), 'Với no-calendar: năm chưa có dữ liệu.', null),
    }),
    'Kết quả.',
  ),
  procedure: told(
    z
      .strictObject({
        code: told(z.string().nullable(), 'Mã thủ tục.', '1.004193'),
        name: told(z.string(), 'Tên thủ tục.', 'Đăng ký khai sinh'),
      })
      .nullable(),
    'Thủ tục đã hỏi; null khi tự ghi thời hạn.',
  ),
  limit: told(
    z.strictObject({
      amount: told(z.number(), 'Số; 0 khi giải quyết trong ngày.', 5),
      unit: told(z.enum(LIMIT_UNITS), 'Đơn vị.', 'working-days'),
      receptionCutoff: told(z.string().nullable(), 'Giờ chốt nhận hồ sơ; null: không có.', null),
      supplementMode: told(z.enum(SUPPLEMENT_MODES), 'Khi bổ sung đủ.', 'restart'),
      timeOfDay: told(z.enum(TIMES_OF_DAY), 'Giờ của hạn đã dùng để tính.', 'end-of-office'),
    }),
    'Thời hạn đã dùng: thời hạn tự ghi, hoặc thời hạn của thủ tục vào ngày tiếp nhận.',
  ),
  calendar: told(
    z.strictObject({
      version: told(z.number(), 'Số bản lịch làm việc đã dùng.', 7),
      unit: told(z.string(), 'Mã đơn vị có lịch này.', 'H35.50.12'),
    }),
    'Lịch làm việc đã dùng.',
  ),
  account: told(
    z.strictObject({
      startedAt: at(
        'Lúc bắt đầu tính: tiếp nhận, hoặc lần bổ sung đủ làm tính lại từ đầu.',
        '2026-08-28T09:30:00+07:00',
      ),
      steps: told(
        z.array(z.looseObject({ kind: told(z.string(), 'Loại bước: count, paused, days-off, …', 'count') })),
        'Các bước đếm, như ở GET /api/v1/case-records/{code}.',
      ),
      days: told(z.array(cell), 'Từng ngày từ lúc nhận đến hạn.'),
    }),
    'Cách tính.',
  ),
  mismatch: told(mismatch.nullable(), 'Khác biệt với ngày nguồn đã hẹn; null khi không hỏi hoặc trùng ngày.'),
  sentences: told(z.array(z.string()), 'Cách tính bằng lời, đúng như trên trang.', [
    '5 ngày làm việc đếm từ thứ Năm 3/9, ngày làm việc kế sau ngày nhận (thứ Sáu 28/8, 09:30).',
  ]),
  link: told(
    z.string(),
    'Địa chỉ trang tính lại đúng phép tính này.',
    'http://127.0.0.1:3000/tinh-han?so=5&don_vi=working-days',
  ),
});

export type CalculationAnswer = z.infer<typeof calculationAnswer>;
