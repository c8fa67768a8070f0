const attachment = (p: { file: string; sha256: string }): string =>
  ` Tệp đính kèm: ${p.file}, SHA-256 ${p.sha256}.`;
const ATTACHMENT = / Tệp đính kèm: [^,]+, SHA-256 [0-9a-f]{64}\.$/;

/** How letters reach people: names and the words of proofs. */
export const sendingLabels = {
  result: { waiting: 'Đang gửi', sent: 'Đã gửi', failed: 'Không gửi được' },
  title: {
    again: 'Thư xin lỗi và hẹn lại ngày trả kết quả',
    apology: 'Thư xin lỗi về việc trả kết quả quá hạn',
    notice: 'Phiếu thông tin về hồ sơ',
  },
  file: { letter: 'thu-xin-loi', slip: 'phieu-thong-tin' },
  asked: (count: number): string =>
    count === 1 ? 'Đã giao gửi. Kết quả hiện ở bảng các lần gửi.' : `Đã giao gửi ${count} thư.`,
  evidenceAdded: 'Đã thêm minh chứng.',
  withdrawn: 'Đã thôi gửi.',
  mailProof: (p: { answer: string; messageId: string; file: string; sha256: string }): string =>
    `Máy chủ thư đã nhận: ${p.answer}. Mã thư: ${p.messageId}.${attachment(p)}`,
  mailboxProof: (p: { messageId: string; file: string; sha256: string }): string =>
    `Dữ liệu trình diễn: thư nằm ở Hộp thư của máy này, không đến người dân. Mã thư: ${p.messageId}.${attachment(p)}`,
  messageProof: (p: { answer: string; id: string; text: string }): string =>
    `Cổng nhắn tin đã nhận, trả lời: ${p.answer}. Mã tin: ${p.id}. Nội dung: ${p.text}`,
} as const;

/** A proof for a narrow column: the attached file and its hash stand in the workbook and in the pack's appendix. */
export const withoutFileHash = (proof: string): string => proof.replace(ATTACHMENT, '');

/** Reasons that only messages of letters have. */
const REASONS: [RegExp, (found: string) => string][] = [
  [/^withdrawn by (.*)$/, (name) => `Đã thôi gửi${name ? ` (${name})` : ''}.`],
  [/^letter is (.*)$/, () => 'Số của thư đã hủy.'],
  [/ENOENT/, () => 'Không đọc được tệp thư đã lưu.'],
];

/** Null for what every message may meet: platform/delivery-words.ts. */
export function sendingReason(error: string): string | null {
  for (const [pattern, words] of REASONS) {
    const found = pattern.exec(error);
    if (found) return words(found[1] ?? '');
  }
  return null;
}
