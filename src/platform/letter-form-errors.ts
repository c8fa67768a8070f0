import type { ErrorEntry } from './error-entry';

/** Errors of the forms that letters and notices are made with. */
export const letterFormErrors = {
  LETTER_FORM_MISSING: {
    status: 422,
    text: ({ name, day }) => `Không có mẫu “${name}” nào có hiệu lực vào ${day}.`,
    remedy: () => 'Chọn ngày khác, hoặc đề nghị quản trị thêm bản có hiệu lực ngày đó ở mục Mẫu văn bản.',
  },
} satisfies Record<string, ErrorEntry>;
