import type { ErrorEntry } from './error-entry';

/** Errors of cases, their acts, and the catalogue of procedures. */
export const caseErrors = {
  CASE_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Không tìm thấy hồ sơ ${code}.`,
    remedy: () => 'Kiểm tra lại mã hồ sơ, hoặc nhập danh sách hồ sơ mới.',
  },
  CASE_CLOSED: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} đã rút, đã dừng hoặc không được tiếp nhận.`,
  },
  CASE_SETTLED: { status: 409, text: ({ code }) => `Hồ sơ ${code} đã có kết quả.` },
  CASE_IS_PAUSED: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} đang tạm dừng.`,
    remedy: () => 'Ghi nhận tiếp tục tính hạn trước.',
  },
  CASE_NOT_PAUSED: { status: 409, text: ({ code }) => `Hồ sơ ${code} không tạm dừng.` },
  TIME_UNREADABLE: {
    status: 422,
    text: () => 'Ngày giờ chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026, giờ dạng 09:30.',
  },
  TIME_IN_FUTURE: {
    status: 422,
    text: () => 'Thời điểm này chưa tới.',
    remedy: () => 'Ghi lúc việc đã xảy ra.',
  },
  TIME_BEFORE_RECEPTION: { status: 422, text: () => 'Thời điểm này trước lúc tiếp nhận hồ sơ.' },
  PAUSE_GROUND_MISSING: { status: 422, text: () => 'Chưa ghi lý do tạm dừng.' },
  PAUSE_LEGAL_BASIS_MISSING: {
    status: 422,
    text: () => 'Chưa ghi căn cứ tạm dừng.',
    remedy: () => 'Ghi điều, khoản và số văn bản cho phép không tính thời gian này.',
  },
  PAUSE_BEFORE_LAST_STOP: {
    status: 422,
    text: () => 'Thời điểm này trước lần tạm dừng hoặc tiếp tục gần nhất.',
  },
  RESUME_BEFORE_PAUSE: { status: 422, text: () => 'Lúc tiếp tục phải sau lúc tạm dừng.' },
  PROMISE_BEFORE_RESUME: { status: 422, text: () => 'Hẹn trả mới phải sau lúc tiếp tục tính hạn.' },
  RETURN_BEFORE_RESULT: { status: 422, text: () => 'Lúc trao kết quả phải sau lúc có kết quả.' },
  RETURN_NOT_STATED: {
    status: 422,
    text: () => 'Hồ sơ đã có kết quả. Đánh dấu đã trao kết quả để ghi nhận.',
  },
  NOTE_EMPTY: { status: 422, text: () => 'Chưa ghi nội dung.' },
  PROCEDURE_NOT_FOUND: { status: 404, text: ({ slug }) => `Không có thủ tục ${slug} trong danh mục.` },
  LIMIT_AMOUNT: {
    status: 422,
    text: () => 'Thời hạn phải là số nguyên từ 1 đến 9999.',
    remedy: () => 'Thủ tục giải quyết trong ngày thì chọn đơn vị “trong ngày” và để trống số.',
  },
  LIMIT_CUTOFF: {
    status: 422,
    text: () => 'Giờ chốt nhận hồ sơ chưa đúng.',
    remedy: () => 'Ghi dạng 15:00.',
  },
  LIMIT_DAY: {
    status: 422,
    text: () => 'Ngày áp dụng chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026.',
  },
} satisfies Record<string, ErrorEntry>;
