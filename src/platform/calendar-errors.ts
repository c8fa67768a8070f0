import type { ErrorEntry } from './error-entry';

const FREE_FIRST = 'Bỏ mục đó khỏi lịch trước, rồi nhập lại.';

/** Errors of the working calendar and of changing it. Days arrive as "thứ Hai 23/11/2026". */
export const calendarErrors = {
  CALENDAR_MISSING: {
    status: 503,
    text: () => 'Chưa có lịch làm việc nào.',
    remedy: () => 'Khởi động lại dịch vụ: lịch ban đầu được tạo khi khởi động.',
  },
  CALENDAR_YEAR_UNKNOWN: {
    status: 404,
    text: ({ year }) => `Chưa có lịch làm việc năm ${year}.`,
    remedy: ({ first, last }) => `Mở lịch một năm từ ${first} đến ${last}.`,
  },
  CALENDAR_DAY_UNKNOWN: {
    status: 404,
    text: ({ day }) => `Không có ngày ${day} trong lịch.`,
    remedy: () => 'Chọn một ngày trên trang lịch của năm.',
  },
  CALENDAR_FILE_INVALID: {
    status: 400,
    text: ({ file, cause }) => `Không đọc được các phép thử lịch trong ${file}: ${cause}.`,
    remedy: () => 'Tệp phải là một danh sách JSON, mỗi phép thử có calendar, op, args và expected.',
  },
  CALENDAR_VERSION_UNKNOWN: {
    status: 404,
    text: ({ version }) => `Lịch này không có bản ${version}.`,
    remedy: () => 'Chọn một bản trong danh sách Các bản lịch.',
  },
  CALENDAR_OFFICE_FORBIDDEN: {
    status: 403,
    text: ({ office }) => `${office} ngoài phạm vi tài khoản này được đổi.`,
    remedy: () => 'Chọn lịch của đơn vị mình, hoặc báo người quản trị cấp trên.',
  },
  CALENDAR_CHANGED_MEANWHILE: {
    status: 409,
    text: ({ by }) => `Lịch vừa được ${by} đổi nên chưa áp dụng.`,
    remedy: () => 'Ảnh hưởng dưới đây đã tính lại theo lịch mới; xem lại rồi áp dụng.',
  },
  CALENDAR_UNCHANGED: { status: 422, text: () => 'Nội dung nhập không làm lịch thay đổi.' },
  CALENDAR_NAME_MISSING: { status: 422, text: () => 'Chưa ghi tên ngày.' },
  CALENDAR_PERIOD_NAME_MISSING: {
    status: 422,
    text: () => 'Chưa ghi tên đợt giờ làm việc.',
    remedy: () => 'Ví dụ: Giờ mùa hè.',
  },
  CALENDAR_REASON_MISSING: { status: 422, text: () => 'Chưa ghi lý do bỏ.' },
  CALENDAR_DOCUMENT_MISSING: {
    status: 422,
    text: () => 'Chưa ghi số văn bản.',
    remedy: () => 'Lịch chỉ đổi theo văn bản; ngày mới có đề xuất thì nhập ở Chờ văn bản.',
  },
  CALENDAR_DAY_MISSING: {
    status: 422,
    text: ({ what }) => `Chưa ghi ${what}.`,
    remedy: () => 'Ghi dạng 23/11/2026.',
  },
  CALENDAR_DAY_UNREADABLE: {
    status: 422,
    text: ({ what, typed }) => `Không đọc được ${what} “${typed}”.`,
    remedy: () => 'Ghi ngày có thật dạng 23/11/2026.',
  },
  CALENDAR_SWAP_HALF: {
    status: 422,
    text: ({ what }) => `Hoán đổi thiếu ${what}.`,
    remedy: () => 'Nghỉ hoán đổi gồm một ngày nghỉ và một ngày làm bù, nhập cùng lúc.',
  },
  CALENDAR_RANGE_REVERSED: {
    status: 422,
    text: ({ from, to }) => `Ngày cuối (${to}) trước ngày đầu (${from}).`,
  },
  CALENDAR_RANGE_TOO_LONG: {
    status: 422,
    text: ({ days, most }) => `Khoảng nghỉ dài ${days} ngày, quá ${most} ngày.`,
    remedy: () => 'Kiểm tra lại năm của hai ngày; nghỉ dài hơn thì nhập nhiều lần.',
  },
  CALENDAR_REST_DAY_ALREADY: {
    status: 422,
    text: ({ day }) => `Lịch đã nghỉ sẵn ${day}, không cần nhập.`,
  },
  CALENDAR_OFF_ALREADY: {
    status: 422,
    text: ({ day, name }) => `Lịch đã nghỉ sẵn ${day}: ${name}.`,
    remedy: () => 'Nghỉ nhiều ngày thì chỉ nhập các ngày chưa có.',
  },
  CALENDAR_ENTERED_ALREADY: {
    status: 422,
    text: ({ day, name }) => `Lịch đã có mục cho ${day}: ${name}.`,
    remedy: () => FREE_FIRST,
  },
  CALENDAR_WORKED_ALREADY: {
    status: 422,
    text: ({ day }) => `Lịch vốn đã làm việc ${day} nên không thể làm bù.`,
    remedy: () => 'Chọn một ngày nghỉ, thường là thứ Bảy.',
  },
  CALENDAR_SWAP_OFF_RESTS: {
    status: 422,
    text: ({ day }) => `Lịch đã nghỉ sẵn ${day} nên không hoán đổi được.`,
    remedy: () => 'Chọn một ngày làm việc để nghỉ.',
  },
  CALENDAR_SWAP_SAME_DAY: {
    status: 422,
    text: ({ day }) => `Ngày nghỉ và ngày làm bù cùng là ${day}.`,
    remedy: () => 'Chọn hai ngày khác nhau.',
  },
  CALENDAR_DAY_OUTSIDE: {
    status: 422,
    text: ({ day, first, last }) => `Lịch chỉ có các năm ${first} đến ${last}, không có ${day}.`,
    remedy: () => 'Nhập quyết định của các năm trước đó trước.',
  },
  CALENDAR_HOURS_MISSING: {
    status: 422,
    text: () => 'Chưa ghi giờ làm việc.',
    remedy: () => 'Ghi dạng 07:30-11:30, 13:30-17:00.',
  },
  CALENDAR_HOURS_UNREADABLE: {
    status: 422,
    text: ({ what, typed }) => `${what}: không đọc được khoảng giờ “${typed}”.`,
    remedy: () => 'Ghi dạng 07:30-11:30, 13:30-17:00.',
  },
  CALENDAR_HOURS_REVERSED: {
    status: 422,
    text: ({ what, typed }) => `${what}: khoảng giờ ${typed} kết thúc không sau lúc bắt đầu.`,
  },
  CALENDAR_HOURS_OVERLAP: {
    status: 422,
    text: ({ what, typed, other }) => `${what}: khoảng giờ ${typed} chồng lên ${other}.`,
  },
  CALENDAR_NO_WORKING_TIME: {
    status: 422,
    text: () => 'Cả tuần không có giờ làm việc nào.',
    remedy: () => 'Ghi giờ cho ít nhất một ngày.',
  },
  CALENDAR_HALF_RESTS: {
    status: 422,
    text: ({ day }) => `Lịch nghỉ ${day} nên không có nửa ngày nào để nghỉ.`,
    remedy: () => 'Ngày nghỉ mà làm một buổi thì nhập ở Làm bù, với giờ riêng.',
  },
  CALENDAR_HALF_SAME: {
    status: 422,
    text: ({ day, hours }) => `Giờ làm việc ${day} vốn là ${hours}.`,
    remedy: () => 'Ghi các khoảng giờ còn làm việc của ngày đó.',
  },
  CALENDAR_HALF_ONE_INTERVAL: {
    status: 422,
    text: ({ day }) => `Giờ làm việc ${day} không chia thành hai buổi.`,
    remedy: () => 'Chọn Giờ khác và ghi các khoảng giờ còn làm việc.',
  },
  CALENDAR_NOT_OWN: {
    status: 422,
    text: ({ day }) => `Lịch này không có mục nào cho ${day}.`,
    remedy: () => 'Ngày theo lịch cấp trên thì đổi ở lịch cấp trên.',
  },
  CALENDAR_PERIODS_OVERLAP: {
    status: 422,
    text: ({ day, names }) => `Hai đợt giờ làm việc cùng có ${day}: ${names}.`,
    remedy: () => 'Đổi ngày để các đợt rời nhau, hoặc bỏ đợt cũ.',
  },
  CALENDAR_PERIOD_UNKNOWN: {
    status: 422,
    text: () => 'Đợt giờ làm việc này không còn trong lịch.',
  },
  CALENDAR_YEAR_OF_NATION: {
    status: 422,
    text: () => 'Quyết định của cả năm chỉ nhập vào Lịch chung.',
  },
  CALENDAR_YEAR_DECIDED: {
    status: 422,
    text: ({ year }) => `Lịch nghỉ năm ${year} đã có quyết định.`,
    remedy: () => 'Đổi từng ngày ở trang lịch của năm.',
  },
  CALENDAR_YEAR_ORDER: {
    status: 422,
    text: ({ year, next }) => `Chưa nhập được năm ${year} khi năm ${next} chưa có quyết định.`,
    remedy: ({ next }) => `Nhập quyết định năm ${next} trước.`,
  },
  CALENDAR_YEAR_EMPTY: { status: 422, text: ({ year }) => `Chưa ghi ngày nghỉ nào của năm ${year}.` },
  CALENDAR_OTHER_YEAR: {
    status: 422,
    text: ({ day, year }) => `Ngày nghỉ ${day} không thuộc năm ${year}.`,
  },
  CALENDAR_WRONG: { status: 422, text: ({ fault }) => `Lịch sau khi đổi: ${fault}.` },
  CALENDAR_WRONG_FOR_UNIT: {
    status: 422,
    text: ({ unit, fault }) => `Lịch của ${unit} sau khi đổi: ${fault}.`,
    remedy: () => 'Sửa lịch riêng của đơn vị đó trước.',
  },
} satisfies Record<string, ErrorEntry>;
