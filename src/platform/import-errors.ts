import type { ErrorEntry } from './error-entry';

/** Errors of the files and records that are taken in. */
export const importErrors = {
  IMPORT_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có lần nhập số ${id}.`,
    remedy: () => 'Xem danh sách các lần nhập ở Quản trị, Nhập hồ sơ.',
  },
  UPLOAD_MISSING: {
    status: 400,
    text: () => 'Chưa chọn tệp để nhập.',
    remedy: () => 'Chọn tệp danh sách hồ sơ (.xlsx, .xls, .csv hoặc .json) rồi gửi lại.',
  },
  UPLOAD_TOO_LARGE: {
    status: 413,
    text: ({ limit }) => `Tệp lớn hơn ${limit} MB nên không nhận.`,
    remedy: () => 'Xuất danh sách theo từng quý hoặc từng tháng rồi nhập từng tệp.',
  },
  SOURCE_NAME: {
    status: 422,
    text: ({ name }) => `Tên hệ thống nguồn “${name}” không dùng được.`,
    remedy: () => 'Chọn hệ thống trong danh sách, hoặc đặt tên bằng chữ, dài không quá 100 ký tự.',
  },
  PORTAL_SERVICE: {
    status: 400,
    text: ({ service }) => (service ? `Không có dịch vụ “${service}”.` : 'Thiếu tên dịch vụ ở mục service.'),
    remedy: () => 'Ghi ở service: DongBoHoSoMC hoặc CapNhatTienDoHoSoMC.',
  },
  PORTAL_UPDATING: {
    status: 400,
    text: () => 'Mục isUpdating chưa đúng.',
    remedy: () => 'Ghi "True" khi cập nhật, "False" khi gửi mới; hoặc bỏ mục này.',
  },
  PORTAL_DATA: {
    status: 400,
    text: () => 'Mục data không phải danh sách hồ sơ, hoặc không có hồ sơ nào.',
    remedy: () => 'Gửi data là danh sách, mỗi hồ sơ một đối tượng có MaHoSo.',
  },
  PORTAL_TOO_MANY: {
    status: 413,
    text: ({ count, most }) => `Lần gửi có ${count} hồ sơ, nhiều nhất là ${most}.`,
    remedy: () => 'Chia thành nhiều lần gửi, hoặc nhập bằng tệp ở Quản trị, Nhập hồ sơ.',
  },
  PUSH_TOO_LARGE: {
    status: 413,
    text: ({ limit }) => `Nội dung gửi lên lớn hơn ${limit} MB nên không nhận.`,
    remedy: () => 'Chia thành nhiều lần gửi, mỗi lần ít hồ sơ hơn.',
  },
  SOURCE_UNKNOWN: {
    status: 422,
    text: ({ source }) => `Không có hệ thống nguồn “${source}”.`,
    remedy: ({ known }) => `Ghi ở source một trong các mã: ${known}.`,
  },
  CASE_RECORD_REFUSED: {
    status: 422,
    text: ({ faults }) => `Chưa ghi được hồ sơ. ${faults}`,
    remedy: () => 'Sửa các chỗ nêu trên rồi gửi lại.',
  },
  CASE_RECORD_CODE: {
    status: 422,
    text: ({ code, body }) => `Mã hồ sơ trên đường dẫn (${code}) khác mã trong nội dung (${body}).`,
    remedy: () => 'Ghi cùng một mã ở hai chỗ, hoặc bỏ code trong nội dung.',
  },
  CASE_EXISTS: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} đã có trong hệ thống.`,
    remedy: ({ code }) => `Muốn cập nhật thì gửi PUT /api/v1/case-records/${code}.`,
  },
  IMPORT_NOT_CHECKED: {
    status: 409,
    text: ({ id }) => `Lần nhập số ${id} không còn chờ ghi nhận.`,
    remedy: () => 'Mở lại lần nhập để xem kết quả; muốn ghi lại thì nhập tệp lần nữa.',
  },
  IMPORT_OUTDATED: {
    status: 409,
    text: ({ id }) =>
      `Sau khi kiểm tra lần nhập số ${id}, lần nhập khác đã ghi hồ sơ; tệp đang được kiểm tra lại.`,
    remedy: () => 'Xem kết quả kiểm tra mới rồi xác nhận lại.',
  },
  IMPORT_NOT_BROKEN: {
    status: 409,
    text: ({ id }) => `Lần nhập số ${id} không bị gián đoạn.`,
    remedy: () => 'Mở lại lần nhập để xem kết quả.',
  },
  IMPORT_NOT_DONE: {
    status: 409,
    text: ({ id }) => `Lần nhập số ${id} không có gì để hoàn tác.`,
    remedy: () => 'Chỉ hoàn tác được lần nhập đã ghi hồ sơ.',
  },
  IMPORT_TOO_OLD: {
    status: 409,
    text: ({ id, hours }) => `Lần nhập số ${id} đã quá ${hours} giờ nên không hoàn tác được.`,
    remedy: () => 'Sửa dữ liệu trong hệ thống nguồn rồi nhập tệp mới.',
  },
  IMPORT_BUILT_ON: {
    status: 409,
    text: ({ codes }) => `Không hoàn tác được: đã có thay đổi sau lần nhập này ở hồ sơ ${codes}.`,
    remedy: () => 'Sửa các hồ sơ cần sửa trong hệ thống nguồn rồi nhập tệp mới.',
  },
} satisfies Record<string, ErrorEntry>;
