import type { ErrorEntry } from './error-entry';

/** Errors of gateways, messages, jobs and the words of mails. */
export const deliveryErrors = {
  WEBHOOK_ADDRESS_UNREADABLE: {
    status: 422,
    text: ({ url }) => `“${url}” không phải là một địa chỉ web.`,
    remedy: () => 'Ghi đủ, ví dụ: https://sms.laichau.gov.vn/nhan-tin.',
  },
  WEBHOOK_ADDRESS_SCHEME: {
    status: 422,
    text: ({ url }) => `Địa chỉ ${url} không dùng https.`,
    remedy: () => 'Xin nhà cung cấp địa chỉ bắt đầu bằng https://.',
  },
  WEBHOOK_ADDRESS_CREDENTIALS: {
    status: 422,
    text: () => 'Địa chỉ có tên đăng nhập hoặc mật khẩu.',
    remedy: () => 'Bỏ phần trước dấu @; kênh nhận kiểm tra chữ ký bằng mã bí mật.',
  },
  WEBHOOK_ADDRESS_PRIVATE: {
    status: 422,
    text: ({ url }) => `Địa chỉ ${url} nằm trong mạng nội bộ.`,
    remedy: () =>
      'Dùng địa chỉ trên Internet. Nếu cổng nhắn tin đặt trong mạng của cơ quan, đặt ALLOW_PRIVATE_WEBHOOKS=true trên máy chủ.',
  },
  WEBHOOK_HOST_UNKNOWN: {
    status: 422,
    text: ({ url }) => `Không tìm thấy máy chủ của địa chỉ ${url}.`,
    remedy: () => 'Kiểm tra tên máy chủ và kết nối mạng rồi lưu lại.',
  },
  WEBHOOK_IN_USE: {
    status: 422,
    text: ({ unit }) => `${unit} đang có một kênh nhận.`,
    remedy: () => 'Ngừng dùng kênh đó rồi thêm kênh mới.',
  },
  WEBHOOK_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có kênh nhận số ${id} trong phạm vi được quản trị.`,
    remedy: () => 'Xem danh sách ở Quản trị, Gửi tin, Kênh nhận.',
  },
  WEBHOOK_TEST_FAILED: {
    status: 422,
    text: ({ cause }) => `Tin thử không đến được: ${cause}`,
    remedy: () => 'Báo nhà cung cấp kênh nhận kèm câu trả lời trên.',
  },
  MESSAGE_NOT_FAILED: {
    status: 409,
    text: ({ id }) => `Tin số ${id} không ở tình trạng không gửi được, hoặc không trong phạm vi được xem.`,
    remedy: () => 'Tải lại nhật ký gửi để xem tình trạng mới.',
  },
  JOB_NOT_FAILED: {
    status: 409,
    text: ({ id }) => `Công việc ${id} không còn trong danh sách bị lỗi.`,
    remedy: () => 'Tải lại trang để xem danh sách mới.',
  },
  QUEUE_AWAY: {
    status: 503,
    text: () => 'Hàng đợi công việc không trả lời.',
    remedy: () => 'Kiểm tra máy chủ Redis hoặc PostgreSQL rồi thử lại.',
  },
  MAIL_KIND_UNKNOWN: {
    status: 404,
    text: ({ kind }) => `Không có mẫu thư ${kind}.`,
    remedy: () => 'Xem danh sách ở Quản trị, Mẫu và lý do, Mẫu thư.',
  },
  WORDING_FIELD_UNKNOWN: {
    status: 422,
    text: ({ found }) => `Không có trường {{${found}}}.`,
    remedy: ({ allowed }) => `Các trường dùng được: ${allowed}.`,
  },
  WORDING_EXPRESSION: {
    status: 422,
    text: ({ found }) => `Không dùng được phép tính ở {{${found} …}}.`,
    remedy: ({ allowed }) => `Chỉ ghi tên trường trong hai ngoặc nhọn: ${allowed}.`,
  },
  WORDING_BLOCK: {
    status: 422,
    text: ({ found }) => `Không dùng được khối {{#${found}}}.`,
    remedy: ({ allowed }) => `Chỉ dùng {{#if trường}}…{{else}}…{{/if}}, với các trường: ${allowed}.`,
  },
  WORDING_UNESCAPED: {
    status: 422,
    text: ({ found }) => `Không dùng ba ngoặc nhọn hoặc dấu & ở ${found}.`,
    remedy: ({ found }) => `Ghi {{${found}}}.`,
  },
  WORDING_PARTIAL: {
    status: 422,
    text: ({ found }) => `Không dùng được mẫu lồng {{> ${found}}}.`,
    remedy: ({ allowed }) => `Chỉ ghi chữ và các trường: ${allowed}.`,
  },
  WORDING_TAG: {
    status: 422,
    text: ({ found }) => `Không dùng được thẻ HTML ${found}.`,
    remedy: () => 'Chỉ ghi chữ thường; thư tự trình bày.',
  },
  WORDING_SYNTAX: {
    status: 422,
    text: ({ found }) => `Ngoặc nhọn chưa đóng hoặc đóng sai ở dòng ${found}.`,
    remedy: () => 'Mỗi trường viết trong {{ và }}; mỗi {{#if …}} có một {{/if}}.',
  },
} satisfies Record<string, ErrorEntry>;
