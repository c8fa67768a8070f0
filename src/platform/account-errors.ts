import type { ErrorEntry } from './error-entry';

/** Errors of accounts, keys and units. */
export const accountErrors = {
  PASSWORD_CHANGE_DUE: {
    status: 403,
    text: () => 'Mật khẩu đang dùng là mật khẩu tạm.',
    remedy: () => 'Đổi mật khẩu ở trang Tài khoản rồi làm tiếp.',
  },
  API_KEY_MISSING: {
    status: 401,
    text: () => 'Thiếu khóa API.',
    remedy: () => 'Gửi khóa ở tiêu đề Authorization: Bearer, hoặc ở mục session của bì thư.',
  },
  API_KEY_UNKNOWN: {
    status: 401,
    text: () => 'Khóa API không đúng hoặc đã bị thu hồi.',
    remedy: () => 'Xin khóa mới ở người quản trị.',
  },
  SIGN_IN_REFUSED: {
    status: 422,
    text: () => 'Tên đăng nhập hoặc mật khẩu chưa đúng. Sau 5 lần sai, tài khoản tạm khóa 15 phút.',
  },
  PASSWORD_WRONG: { status: 422, text: () => 'Mật khẩu hiện tại chưa đúng.' },
  PASSWORD_TOO_SHORT: {
    status: 422,
    text: ({ least }) => `Mật khẩu mới cần ít nhất ${least} ký tự.`,
  },
  PASSWORD_TOO_EASY: {
    status: 422,
    text: () => 'Mật khẩu mới dễ đoán: tránh tên đăng nhập, dãy số, một ký tự lặp lại.',
  },
  PASSWORD_UNCHANGED: { status: 422, text: () => 'Mật khẩu mới phải khác mật khẩu hiện tại.' },
  USER_NOT_FOUND: {
    status: 404,
    text: ({ username }) => `Không có tài khoản ${username} trong phạm vi được xem.`,
    remedy: () => 'Xem danh sách ở Quản trị, Người dùng.',
  },
  USERNAME_TAKEN: { status: 422, text: ({ username }) => `Tên đăng nhập ${username} đã có người dùng.` },
  LAST_ADMINISTRATOR: {
    status: 422,
    text: () => 'Đây là tài khoản quản trị cuối cùng đang dùng được, cần giữ lại.',
  },
  UNIT_NAME_TAKEN: { status: 422, text: ({ name }) => `Đã có đơn vị tên ${name} trong cùng cơ quan.` },
  UNIT_CODE_TAKEN: { status: 422, text: ({ code }) => `Mã ${code} đã dùng cho đơn vị khác.` },
} satisfies Record<string, ErrorEntry>;
