import type { ErrorEntry } from './error-entry';

/** Errors of sending letters. */
export const sendingErrors = {
  LETTER_EVIDENCE_KIND: {
    status: 422,
    text: ({ name }) => `Tệp ${name} không phải PDF, PNG hoặc JPG.`,
    remedy: () => 'Chọn ảnh chụp hoặc bản quét PDF; tên tệp phải đúng với nội dung.',
  },
  LETTER_EVIDENCE_FILE_MISSING: {
    status: 422,
    text: () => 'Chưa chọn tệp minh chứng.',
    remedy: () => 'Chọn ảnh chụp hoặc bản quét PDF.',
  },
  DELIVERY_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có lần gửi số ${id} đang chờ việc này.`,
    remedy: () => 'Tải lại trang để xem các lần gửi.',
  },
  DELIVERY_MEANWHILE: {
    status: 409,
    text: () => 'Trong lúc trang này mở, thư đã được gửi hoặc ghi sổ thêm lần nữa.',
    remedy: () => 'Xem bảng các lần gửi; nếu vẫn cần gửi thì bấm gửi lại.',
  },
  DELIVERY_UNDER_WAY: {
    status: 409,
    text: ({ codes }) => `Thư của hồ sơ ${codes} đang được gửi bằng cách này.`,
    remedy: () => 'Chờ kết quả, hoặc thôi gửi lần đó ở bảng các lần gửi rồi gửi lại.',
  },
  MAIL_ADDRESS_MISSING: {
    status: 422,
    text: ({ code }) => `Hồ sơ ${code} không có địa chỉ thư điện tử.`,
    remedy: () => 'Ghi địa chỉ người dân đã cho, hoặc gửi bằng cách khác.',
  },
  MAIL_ADDRESS_WRONG: {
    status: 422,
    text: ({ code, address }) => `Địa chỉ thư “${address}” của hồ sơ ${code} viết chưa đúng.`,
    remedy: () => 'Ghi một địa chỉ dạng ten@mien.vn.',
  },
  MAIL_SERVER_MISSING: {
    status: 409,
    text: () => 'Hệ thống chưa nối máy chủ thư nên thư không đến được người dân.',
    remedy: () => 'Đề nghị quản trị đặt SMTP_URL, hoặc gửi bằng cách khác.',
  },
  PHONE_MISSING: {
    status: 422,
    text: ({ code }) => `Hồ sơ ${code} không có số điện thoại.`,
    remedy: () => 'Ghi số người dân đã cho, hoặc gửi bằng cách khác.',
  },
  PHONE_WRONG: {
    status: 422,
    text: ({ code, address }) => `Số “${address}” của hồ sơ ${code} không phải số di động.`,
    remedy: () => 'Ghi số di động mười chữ số, bắt đầu bằng 0.',
  },
  GATEWAY_MISSING: {
    status: 409,
    text: () => 'Đơn vị không có kênh nhận nào dùng gửi tin cho người dân.',
    remedy: () => 'Đề nghị quản trị mở ở Quản trị, Gửi tin, Kênh nhận, hoặc gửi bằng cách khác.',
  },
} satisfies Record<string, ErrorEntry>;
