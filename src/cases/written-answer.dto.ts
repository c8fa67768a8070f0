import { z } from 'zod';

const told = <T extends z.ZodType>(schema: T, description: string, example?: unknown) =>
  schema.meta({ description, ...(example === undefined ? {} : { example }) });
const at = (description: string, example: string | null) => told(z.string().nullable(), description, example);

const deadline = z.strictObject({
  at: at('Hạn theo dõi: ngày hẹn, hoặc hạn tính lại khi chưa hẹn.', '2026-09-04T17:00:00+07:00'),
  computedDueAt: at('Hạn tính lại theo lịch và thời hạn.', '2026-09-09T17:00:00+07:00'),
  state: told(
    z.enum(['pending', 'due', 'paused', 'no-limit', 'no-calendar', 'excluded']),
    'due: có hạn tính lại; paused: đang dừng; no-limit: thủ tục thiếu thời hạn; no-calendar: lịch thiếu năm; excluded: không tính hạn.',
    'due',
  ),
  forecast: told(z.boolean(), 'Dự kiến, theo lịch nghỉ chưa có quyết định.', false),
  mismatch: told(z.boolean(), 'Ngày hẹn khác hạn tính lại.', true),
  pausedSince: at('Dừng từ lúc nào.', null),
  limit: told(z.looseObject({}).nullable(), 'Thời hạn đã dùng.', { amount: 5, unit: 'working-days' }),
  calendarVersion: told(z.number().nullable(), 'Số bản lịch đã dùng.', 7),
});

/** What every answer about a written case holds. */
export const writtenCase = {
  code: told(z.string(), 'Mã hồ sơ.', 'H35.50.12-260828-0001'),
  status: told(z.number(), 'Mã trạng thái quốc gia, 1 đến 10.', 4),
  deadline: told(deadline, 'Hạn sau khi ghi.'),
  explanation: told(
    z.string(),
    'Trang hồ sơ, nơi giải thích cách tính hạn.',
    'http://127.0.0.1:3000/ho-so/H35.50.12-260828-0001',
  ),
};

export const fieldFault = z.strictObject({
  field: told(z.string(), 'Đường dẫn tới mục.', 'receivedAt'),
  text: told(z.string(), 'Điều cần xem lại và cách sửa.'),
});
