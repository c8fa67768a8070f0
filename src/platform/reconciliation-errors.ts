import type { ErrorEntry } from './error-entry';

/** Errors of the reconciliation of false overdue. */
export const reconciliationErrors = {
  FINDING_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Hồ sơ ${code} không có nghi vấn này.`,
    remedy: () => 'Dữ liệu có thể vừa đổi. Xem lại danh sách ở Đối soát quá hạn.',
  },
  FINDINGS_NONE_CHOSEN: {
    status: 422,
    text: () => 'Chưa chọn nghi vấn nào.',
    remedy: () => 'Quay lại Đối soát quá hạn, đánh dấu các dòng cần xác minh.',
  },
  VERDICT_MISSING: { status: 422, text: () => 'Chưa chọn kết quả xác minh.' },
  VERDICT_NOT_POSSIBLE: {
    status: 422,
    text: () => 'Có nghi vấn chỉ là hai ngày lệch nhau, không phải quá hạn.',
    remedy: () => 'Chọn lỗi hệ thống, hoặc xác minh riêng các hồ sơ quá hạn.',
  },
  VERIFICATION_NOTE_MISSING: {
    status: 422,
    text: () => 'Chưa ghi nội dung xác minh.',
    remedy: () => 'Ghi đã kiểm tra ở đâu và thấy gì.',
  },
  VERIFICATION_EVIDENCE_MISSING: {
    status: 422,
    text: () => 'Chưa ghi minh chứng.',
    remedy: () => 'Lỗi hệ thống phải có minh chứng: số và ngày của kết quả, của phiếu yêu cầu bổ sung.',
  },
  EVIDENCE_FILE_TOO_LARGE: {
    status: 422,
    text: ({ limit }) => `Tệp minh chứng lớn hơn ${limit} MB nên không nhận.`,
    remedy: () => 'Quét lại ở độ phân giải thấp hơn, hoặc chỉ gửi trang có số và ngày.',
  },
  EVIDENCE_FILE_KIND: {
    status: 422,
    text: ({ name }) => `Tệp ${name} không phải PDF, PNG, JPG hoặc XLSX.`,
    remedy: () => 'Chọn tệp đúng loại; tên tệp phải đúng với nội dung.',
  },
  EVIDENCE_NOT_FOUND: { status: 404, text: () => 'Không có tệp minh chứng này.' },
} satisfies Record<string, ErrorEntry>;
