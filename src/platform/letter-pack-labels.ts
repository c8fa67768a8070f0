/** Words of the evidence pack. */
export const letterPackLabels = {
  title: 'Hồ sơ minh chứng xin lỗi khi trễ hẹn',
  criterion:
    'Thực hiện việc xin lỗi người dân, tổ chức khi để xảy ra trễ hẹn trong giải quyết hồ sơ thủ tục hành chính',
  file: 'ho-so-minh-chung',
  cover: 'Bìa hồ sơ minh chứng',
  contents: 'Mục lục',
  appendix: 'Phụ lục: danh mục hồ sơ trễ hẹn và thư xin lỗi',
  appendixBook: 'Phụ lục dạng bảng tính',
  form06a: 'Biểu II.06a/VPCP/KSTT của kỳ',
  form06aBook: 'Biểu II.06a dạng bảng tính',
  deliveries: 'Lời ghi của các lần gửi thư',
  manifest: 'Danh mục tệp và mã băm SHA-256',
  letterTitle: (number: string, code: string, slip: boolean): string =>
    `${slip ? 'Phiếu xác nhận lỗi hệ thống' : 'Thư xin lỗi'} số ${number}, hồ sơ ${code}`,
  proofTitle: (number: string, code: string, name: string): string =>
    `Minh chứng gửi thư số ${number}, hồ sơ ${code}: ${name}`,
  excuseTitle: (code: string, name: string): string => `Minh chứng lỗi hệ thống, hồ sơ ${code}: ${name}`,
  missing: 'thiếu tệp',
  remade: 'làm lại từ bản lưu nội dung',
  notPrintable: 'không in được vào tệp PDF, xem bản ZIP',
  headings: [
    'TT',
    'Thủ tục, mã hồ sơ',
    'Người nộp',
    'Ngày hẹn',
    'Ngày có kết quả',
    'Lý do',
    'Số, ngày thư',
    'Người ký',
    'Cách gửi, lúc gửi',
    'Tình trạng',
    'Mã băm tệp thư (SHA-256)',
  ],
  counts: ({ letters, proofs, slips }: { letters: number; proofs: number; slips: number }): string[] => [
    `${letters} thư xin lỗi, xếp theo số`,
    `${proofs} tệp minh chứng gửi thư`,
    ...(slips > 0 ? [`${slips} phiếu xác nhận quá hạn do lỗi hệ thống`] : []),
  ],
  noDelivery: 'chưa gửi',
} as const;
