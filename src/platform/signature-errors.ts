import type { ErrorEntry } from './error-entry';

const AGAIN = 'Xuất lại bản ký từ phần mềm đã ký rồi chọn tệp đó.';

/** Errors of signed copies and of the keys that sign. */
export const signatureErrors = {
  SIGNED_FILE_MISSING: { status: 422, text: () => 'Chưa chọn tệp bản ký.' },
  SIGNED_FILE_TOO_LARGE: {
    status: 422,
    text: ({ limit }) => `Tệp bản ký lớn hơn ${limit} MB nên không nhận.`,
    remedy: () => 'Gửi tệp PDF do phần mềm ký xuất ra, không gửi bản quét.',
  },
  SIGNED_FILE_NOT_PDF: {
    status: 422,
    text: ({ name }) => `Tệp ${name} không phải PDF.`,
    remedy: () => 'Chọn tệp PDF đã ký số.',
  },
  SIGNED_FILE_BROKEN: {
    status: 422,
    text: ({ name }) => `Tệp ${name} bị cắt cụt hoặc hỏng, không đọc được.`,
    remedy: () => AGAIN,
  },
  SIGNED_FILE_ENCRYPTED: {
    status: 422,
    text: ({ name }) => `Tệp ${name} bị khóa bằng mật khẩu nên không kiểm tra được.`,
    remedy: () => 'Xuất lại bản ký không đặt mật khẩu.',
  },
  SIGNED_FILE_UNSIGNED: {
    status: 422,
    text: ({ name }) => `Tệp ${name} không có chữ ký số nào.`,
    remedy: () => 'Ảnh chữ ký và con dấu quét không phải chữ ký số. Ký số rồi gửi lại.',
  },
  SIGNED_FILE_WEAK: {
    status: 422,
    text: ({ digest }) => `Chữ ký dùng hàm băm ${digest}, nay làm giả được nên không nhận.`,
    remedy: () => 'Ký lại với SHA-256 trở lên.',
  },
  SIGNED_FILE_INVALID: {
    status: 422,
    text: ({ name }) => `Chữ ký số trong tệp ${name} không đúng.`,
    remedy: () => 'Ký lại bản lưu của thư này rồi gửi lại.',
  },
  SIGNED_FILE_ALTERED: {
    status: 422,
    text: ({ name }) => `Tệp ${name} bị sửa sau khi ký.`,
    remedy: () => AGAIN,
  },
  SIGNED_FILE_OTHER: {
    status: 422,
    text: ({ code }) => `Tệp đã ký không phải thư của hồ sơ ${code}: chữ trong tệp khác bản lưu.`,
    remedy: () => 'Chọn đúng bản ký của thư này.',
  },
  SIGNED_MEANWHILE: {
    status: 409,
    text: ({ code }) => `Bản ký của hồ sơ ${code} vừa được người khác thay.`,
    remedy: () => 'Tải lại trang để xem bản ký mới.',
  },
  SIGNED_COPY_NONE: { status: 404, text: ({ code }) => `Thư của hồ sơ ${code} chưa có bản ký số.` },
  SIGNED_ALREADY: { status: 422, text: ({ subject }) => `Thư này đã có chữ ký của ${subject}.` },
  LETTER_NOT_APPROVED: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} chưa được duyệt nên chưa có bản để ký.`,
    remedy: () => 'Duyệt thư rồi ký.',
  },
  SIGNING_KEY_NONE: {
    status: 422,
    text: () => 'Cơ quan chưa có khóa ký trên hệ thống.',
    remedy: () =>
      'Người quản trị thêm khóa ở Quản trị, Khóa ký; hoặc ký bằng phần mềm khác rồi gửi bản ký lên.',
  },
  SIGNING_KEY_EXPIRED: {
    status: 422,
    text: ({ subject, day }) => `Chứng thư số của ${subject} hết hạn từ ${day}.`,
    remedy: () => 'Dùng khóa có chứng thư còn hạn.',
  },
  SIGNING_KEY_NOT_YET: {
    status: 422,
    text: ({ subject, day }) => `Chứng thư số của ${subject} có hiệu lực từ ${day}, chưa dùng được.`,
  },
  SIGNING_KEY_UNREADABLE: {
    status: 422,
    text: () => 'Khóa ký được cất với SESSION_KEY khác nên không mở được.',
    remedy: () => 'Người quản trị gỡ khóa này và thêm lại.',
  },
  SIGNING_KEY_IN_USE: {
    status: 422,
    text: ({ unit }) => `${unit} đang có một khóa ký.`,
    remedy: () => 'Gỡ khóa đó rồi thêm khóa mới.',
  },
  SIGNING_KEY_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có khóa ký số ${id} trong phạm vi được quản trị.`,
    remedy: () => 'Xem danh sách ở Quản trị, Khóa ký.',
  },
  SIGNING_KEY_KIND: {
    status: 422,
    text: () => 'Khóa không phải loại RSA hoặc ECDSA nên không ký PDF được.',
    remedy: () => 'Xin chứng thư số có khóa RSA hoặc ECDSA.',
  },
  P12_MISSING: { status: 422, text: () => 'Chưa chọn tệp khóa.' },
  P12_UNREADABLE: {
    status: 422,
    text: ({ name }) => `Tệp ${name} không phải tệp khóa .p12 hoặc .pfx có khóa riêng.`,
    remedy: () => 'Xuất lại khóa cùng chứng thư thành một tệp .p12.',
  },
  P12_PASSWORD: { status: 422, text: () => 'Mật khẩu không mở được tệp khóa.' },
  P12_PAIR: {
    status: 422,
    text: ({ name }) => `Chứng thư trong tệp ${name} không đi với khóa riêng.`,
    remedy: () => 'Xuất lại khóa cùng chứng thư của chính khóa đó.',
  },
  SIGNING_SERVICE_ADDRESS: { status: 422, text: ({ cause }) => String(cause) },
  SIGNING_SERVICE_FAILED: {
    status: 422,
    text: ({ cause }) => `Dịch vụ ký không trả lời đúng: ${cause}`,
    remedy: () => 'Kiểm tra địa chỉ và mã truy cập, hoặc báo nơi cung cấp kèm câu trên.',
  },
  SIGNING_SERVICE_ANSWER: {
    status: 422,
    text: () => 'Chữ ký do dịch vụ trả về không khớp với chứng thư đã đăng ký.',
    remedy: () => 'Chứng thư đã đổi thì gỡ khóa rồi thêm lại; nếu không, báo nơi cung cấp dịch vụ ký.',
  },
} satisfies Record<string, ErrorEntry>;
