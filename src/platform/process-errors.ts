import type { ErrorEntry } from './error-entry';

/** Errors of starting the service and of the command line. */
export const processErrors = {
  DATABASE_UNREACHABLE: {
    status: 503,
    text: ({ host, cause }) => `Không kết nối được PostgreSQL ở ${host} (DATABASE_URL): ${cause}.`,
    remedy: () =>
      'Kiểm tra địa chỉ, tài khoản và máy chủ đang chạy; hoặc bỏ DATABASE_URL để dùng cơ sở dữ liệu kèm theo.',
  },
  PORT_TAKEN: {
    status: 503,
    text: ({ host, port }) => `Cổng ${port} của ${host} đang có chương trình khác dùng.`,
    remedy: ({ port }) =>
      `Dừng chương trình đó, hoặc đặt PORT khác ${port}; không đặt PORT thì cổng trống được chọn tự động.`,
  },
  NO_FREE_PORT: {
    status: 503,
    text: ({ first, last }) => `Không còn cổng trống từ ${first} đến ${last}.`,
    remedy: () => 'Đặt PORT là một cổng còn trống.',
  },
  DEMO_ON_REAL_DATA: {
    status: 409,
    text: ({ where }) => `${where} đang giữ dữ liệu thật, không nạp dữ liệu trình diễn vào đó.`,
    remedy: () => 'Bỏ DATA_DIR và DATABASE_URL khi chạy npm run demo, hoặc chọn thư mục khác.',
  },
  REAL_ON_DEMO_DATA: {
    status: 409,
    text: ({ where }) => `${where} đang giữ dữ liệu trình diễn, không dùng cho việc thật.`,
    remedy: () => 'Chọn DATA_DIR khác cho npm start; xem trình diễn bằng npm run demo.',
  },
  COMMAND_UNKNOWN: {
    status: 400,
    text: ({ command }) => `Không có lệnh ${command}.`,
    remedy: ({ known }) => `Các lệnh có: ${known}.`,
  },
  COMMAND_USAGE: {
    status: 400,
    text: ({ cause }) => `Lệnh chưa đúng: ${cause}.`,
    remedy: ({ usage }) => `Cách dùng: ${usage}`,
  },
  FILE_MISSING: {
    status: 404,
    text: ({ file }) => `Không đọc được tệp ${file}.`,
    remedy: () => 'Kiểm tra đường dẫn và quyền đọc tệp.',
  },
  SERVICE_USES_OTHER_DATABASE: {
    status: 409,
    text: ({ url }) => `Dịch vụ đang chạy ở ${url} dùng cơ sở dữ liệu của DATABASE_URL.`,
    remedy: () => 'Đặt cùng DATABASE_URL cho lệnh này, hoặc đặt DATA_DIR để chọn dữ liệu khác.',
  },
} satisfies Record<string, ErrorEntry>;
