import type { ErrorEntry } from './error-entry';

/** Errors of supplement requests and stop notices. */
export const caseSlipErrors = {
  SLIP_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Hồ sơ ${code} không có văn bản này.`,
    remedy: () => 'Xem danh sách ở trang lập văn bản của hồ sơ.',
  },
  SLIP_NO_SUPPLEMENT: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} chưa ghi nhận yêu cầu bổ sung.`,
    remedy: () => 'Ghi nhận tạm dừng do yêu cầu bổ sung giấy tờ, rồi lập phiếu.',
  },
  SLIP_NO_STOP: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} chưa ghi nhận dừng giải quyết hoặc rút hồ sơ.`,
    remedy: () => 'Ghi nhận dừng giải quyết, rồi lập thông báo.',
  },
  SLIP_PAPERS_MISSING: {
    status: 422,
    text: () => 'Chưa ghi giấy tờ phải bổ sung.',
    remedy: () => 'Ghi tên và số lượng của từng giấy tờ.',
  },
  SLIP_PAPER_NAMELESS: {
    status: 422,
    text: ({ place }) => `Dòng ${place} có số lượng nhưng chưa có tên giấy tờ.`,
    remedy: () => 'Ghi tên giấy tờ hoặc xóa số lượng.',
  },
  SLIP_COUNT_UNREADABLE: {
    status: 422,
    text: ({ place }) => `Số lượng ở dòng ${place} chưa đúng.`,
    remedy: () => 'Ghi số từ 1 đến 99, hoặc để trống.',
  },
  SLIP_COUNT_MISSING: {
    status: 422,
    text: ({ place }) => `Dòng ${place} chưa có số lượng.`,
    remedy: () => 'Ghi số bản chính, bản chứng thực hoặc bản photo.',
  },
  SLIP_TEXT_MISSING: { status: 422, text: ({ what }) => `Chưa ghi ${what}.` },
  SLIP_TEXT_TOO_LONG: {
    status: 422,
    text: ({ what, most }) => `Phần ${what} dài quá ${most} ký tự.`,
    remedy: () => 'Rút gọn.',
  },
  SLIP_TEXT_UNPRINTABLE: {
    status: 422,
    text: ({ what, sign }) => `Phần ${what} có ký tự ${sign} không in được trên giấy.`,
    remedy: () => 'Bỏ ký tự đó.',
  },
  SLIP_DAY_WRONG: {
    status: 422,
    text: () => 'Ngày đề nghị dừng chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026, từ ngày tiếp nhận đến ngày dừng.',
  },
} satisfies Record<string, ErrorEntry>;
