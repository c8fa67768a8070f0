import type { ErrorArgs, ErrorEntry, FieldFault } from './error-entry';
import { letterErrors } from './letter-errors';
import { letterFileErrors } from './letter-file-errors';
import { letterFormErrors } from './letter-form-errors';
import { caseSlipErrors } from './case-slip-errors';
import { caseErrors } from './case-errors';
import { importErrors } from './import-errors';
import { calendarErrors } from './calendar-errors';
import { accountErrors } from './account-errors';
import { deliveryErrors } from './delivery-errors';
import { processErrors } from './process-errors';
import { reconciliationErrors } from './reconciliation-errors';
import { sendingErrors } from './sending-errors';
import { signatureErrors } from './signature-errors';

/**
 * The one catalogue of errors a person can meet. Every text says what happened and where; `remedy` says what to do.
 * Services throw `new AppError('CODE', { … })`; the filter in `web/` turns it into a page, a fragment or problem+json.
 */
const catalogue = {
  ...accountErrors,
  ...calendarErrors,
  ...caseErrors,
  ...caseSlipErrors,
  ...importErrors,
  ...deliveryErrors,
  ...letterErrors,
  ...letterFileErrors,
  ...letterFormErrors,
  ...processErrors,
  ...reconciliationErrors,
  ...sendingErrors,
  ...signatureErrors,
  NOT_SIGNED_IN: {
    status: 401,
    text: () => 'Chưa đăng nhập hoặc phiên làm việc đã hết.',
    remedy: () => 'Đăng nhập lại. Nội dung đang nhập vẫn còn trên máy này.',
  },
  FORBIDDEN: {
    status: 403,
    text: () => 'Tài khoản này không có quyền mở phần này.',
    remedy: () => 'Liên hệ người quản trị nếu cần dùng.',
  },
  CSRF: {
    status: 403,
    text: () => 'Biểu mẫu đã cũ hoặc được gửi từ nơi khác.',
    remedy: () => 'Tải lại trang rồi gửi lại.',
  },
  PAGE_NOT_FOUND: {
    status: 404,
    text: ({ path }) => `Không có trang ${path}.`,
    remedy: () => 'Kiểm tra địa chỉ hoặc về trang đầu.',
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    text: () => 'Gửi quá nhiều yêu cầu trong thời gian ngắn.',
    remedy: () => 'Chờ một phút rồi thử lại.',
  },
  INVALID_REQUEST: {
    status: 400,
    text: ({ faults }) => `Yêu cầu chưa đúng: ${faults}.`,
    remedy: () => 'Sửa các chỗ nêu trên rồi gửi lại.',
  },
  REQUEST_UNREADABLE: {
    status: 400,
    text: () => 'Máy chủ không đọc được yêu cầu này.',
    remedy: () => 'Quay lại trang trước, tải lại rồi gửi lại.',
  },
  JSON_UNREADABLE: {
    status: 400,
    text: () => 'Nội dung gửi lên không đúng dạng JSON.',
    remedy: () => 'Kiểm tra dấu ngoặc, dấu phẩy và bảng mã UTF-8 của phần thân yêu cầu rồi gửi lại.',
  },
  JSON_KEY_TWICE: {
    status: 400,
    text: ({ key }) => `Mục “${key}” có hai lần trong cùng một đối tượng JSON, không rõ giá trị nào đúng.`,
    remedy: () => 'Giữ lại một giá trị rồi gửi lại.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    text: () => 'Nội dung gửi lên lớn hơn mức cho phép.',
    remedy: () => 'Chia nhỏ tệp hoặc chọn ít dòng hơn rồi gửi lại.',
  },
  NOT_READY: {
    status: 503,
    text: () => 'Cơ sở dữ liệu không trả lời.',
    remedy: () => 'Kiểm tra máy chủ PostgreSQL và nhật ký của dịch vụ.',
  },
  UNEXPECTED: {
    status: 500,
    text: () => 'Trang này chưa mở được.',
    remedy: () => 'Dữ liệu không bị mất. Thử lại sau một phút. Nếu vẫn lỗi, báo quản trị kèm mã sự cố.',
  },
  UNIT_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Không có đơn vị mã ${code} trong phạm vi được xem.`,
    remedy: () => 'Xem danh sách mã đơn vị ở Quản trị, Đơn vị.',
  },
  ALERT_RULE_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có quy tắc nhắc số ${id}.`,
    remedy: () => 'Xem danh sách quy tắc ở Quản trị, Nhắc việc.',
  },
  ABSENCE_NOT_FOUND: { status: 404, text: () => 'Không có lịch vắng mặt này.' },
  MAIL_NOT_FOUND: { status: 404, text: ({ id }) => `Không có thư ${id} trong hộp thư của máy này.` },
  PERIOD_INVALID: {
    status: 400,
    text: ({ from, to }) => `Kỳ báo cáo từ ${from} đến ${to} không đúng.`,
    remedy: () => 'Dùng ngày có thật dạng năm-tháng-ngày, ngày đầu không sau ngày cuối.',
  },
} satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof catalogue;
export const ERROR_CODES = Object.keys(catalogue) as ErrorCode[];

export class AppError extends Error {
  readonly status: number;
  readonly remedy: string;

  constructor(
    readonly code: ErrorCode,
    readonly args: ErrorArgs = {},
    /** What is wrong field by field, for programs. */
    readonly faults: readonly FieldFault[] = [],
  ) {
    const entry: ErrorEntry = catalogue[code];
    super(entry.text(args));
    this.status = entry.status;
    this.remedy = entry.remedy?.(args) ?? '';
  }
}
