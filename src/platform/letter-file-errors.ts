import type { ErrorEntry } from './error-entry';

/** Errors of large files of letters and of what proves them. */
export const letterFileErrors = {
  LETTER_FILE_NOT_FOUND: {
    status: 404,
    text: () => 'Không có tệp này trong phạm vi được xem.',
    remedy: () => 'Mở lại từ bàn thư hoặc trang hồ sơ minh chứng.',
  },
  LETTER_FILE_NOT_READY: {
    status: 409,
    text: () => 'Tệp này chưa làm xong.',
    remedy: () => 'Mở trang của tệp để xem tiến độ.',
  },
  PACK_TOO_LARGE: {
    status: 422,
    text: ({ letters, most }) => `Kỳ này có ${letters} thư, một tệp PDF chứa nhiều nhất ${most} thư.`,
    remedy: () => 'Chọn kỳ ngắn hơn, hoặc tải bản ZIP.',
  },
} satisfies Record<string, ErrorEntry>;
