/** Words of the register of letters, of the coverage and of what proves them. */
export const letterRegisterLabels = {
  form: {
    'extension-apology': 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết',
    'late-apology': 'Thư xin lỗi và hẹn lại thời gian trả kết quả',
    'past-apology': 'Thư xin lỗi về hồ sơ đã trả kết quả quá hạn',
    'system-error-slip': 'Phiếu xác nhận quá hạn do lỗi hệ thống',
  },
  /** of the workbook, after those of the page */
  moreColumns: ['Loại thư', 'Nguyên nhân', 'Người duyệt', 'Các lần gửi', 'Mã băm bản ký số (SHA-256)'],
  nature: { objective: 'Khách quan', subjective: 'Chủ quan' },
  channel: {
    'in-person': 'Trao trực tiếp',
    post: 'Bưu chính',
    email: 'Thư điện tử',
    sms: 'Tin nhắn',
    zalo: 'Zalo',
    phone: 'Điện thoại',
  },
  state: { 'da-gui': 'Đã gửi', 'chua-gui': 'Chưa gửi', 'da-huy': 'Đã hủy số' },
  timing: { 'trong-han': 'Gửi trong hạn', 'gui-muon': 'Gửi muộn' },
  evidence: { thieu: 'Thiếu minh chứng', 'chua-tep': 'Chưa kèm tệp' },
  coverage: {
    'in-time': 'Gửi trong hạn',
    late: 'Gửi muộn',
    waiting: 'Thư chưa gửi',
    'not-needed': 'Không cần thư',
    missing: 'Chưa có thư',
    excused: 'Lỗi hệ thống',
  },
  coverageSlug: {
    'trong-han': 'Gửi trong hạn',
    'gui-muon': 'Gửi muộn',
    'chua-gui': 'Chưa gửi',
    'loi-he-thong': 'Lỗi hệ thống',
  },
  coverageDefinition:
    'Mỗi lần không giữ được hẹn trong kỳ (theo ngày hẹn): đã trả sau ngày hẹn, đang quá ngày hẹn, hoặc đã gửi thư xin lỗi ' +
    'và hẹn lại. Gửi trong hạn: chậm nhất một ngày trước ngày hẹn. Quá hạn do lỗi hệ thống đã xác nhận được ghi riêng.',
  quarter: (n: number): string => `Quý ${['I', 'II', 'III', 'IV'][n - 1]}`,
  month: (n: number): string => `Tháng ${n}`,
} as const;
