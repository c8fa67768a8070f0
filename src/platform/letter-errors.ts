import type { ErrorEntry } from './error-entry';

/** Errors of the letter desk. */
export const letterErrors = {
  LETTER_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Hồ sơ ${code} không có thư xin lỗi.`,
    remedy: () => 'Thư được lập cho hồ sơ đang quá hạn hoặc đã trả trễ. Xem danh sách ở bàn thư.',
  },
  LETTERS_NONE_CHOSEN: {
    status: 422,
    text: () => 'Chưa chọn thư nào.',
    remedy: () => 'Quay lại bàn thư, đánh dấu các thư cần làm.',
  },
  LETTERS_OF_SEVERAL_UNITS: {
    status: 422,
    text: () => 'Các thư đã chọn thuộc nhiều cơ quan, mỗi cơ quan có sổ riêng.',
    remedy: () => 'Chọn thư của một cơ quan mỗi lần.',
  },
  LETTER_NOT_NUMBERED: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} chưa có số.`,
    remedy: () => 'Cấp số rồi in hoặc ghi nhận đã gửi.',
  },
  LETTER_NOT_CANCELLABLE: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} chưa có số hoặc đã gửi, không hủy số được.`,
  },
  LETTER_FROZEN: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} không còn là dự thảo nên không sửa được.`,
    remedy: () => 'Thư in sai thì ghi hủy số đó, dự thảo mới sẽ được lập lại.',
  },
  LETTER_NUMBERED: {
    status: 409,
    text: ({ code, number, suffix }) => `Thư của hồ sơ ${code} đã được cấp số ${number}/${suffix}.`,
    remedy: () => 'Bỏ chọn thư này.',
  },
  LETTER_NOT_READY: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} không còn chờ duyệt.`,
    remedy: () => 'Mở thư xem đang ở bước nào; thư thiếu lý do hoặc ngày hẹn lại thì bổ sung trước.',
  },
  LETTER_NOT_APPROVED: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} chưa được duyệt.`,
    remedy: () => 'Lãnh đạo duyệt nội dung rồi mới in và cấp số.',
  },
  LETTER_MOVED_ON: {
    status: 409,
    text: ({ code }) => `Thư của hồ sơ ${code} đã sang bước khác.`,
    remedy: () => 'Mở lại thư để xem tình trạng mới nhất.',
  },
  LETTER_TEXT_CHANGED: {
    status: 409,
    text: ({ code }) => `Nội dung thư của hồ sơ ${code} không khớp mã băm lúc duyệt.`,
    remedy: () => 'Mở thư, chọn Sửa lại rồi trình duyệt lần nữa; báo người quản trị.',
  },
  LETTER_FORM_CHANGED: {
    status: 409,
    text: ({ code, name }) =>
      `Vào ngày của thư, mẫu “${name}” đã duyệt cho hồ sơ ${code} không phải mẫu đang có hiệu lực.`,
    remedy: () => 'Mở thư, chọn Sửa lại rồi trình duyệt lần nữa để dùng mẫu đúng.',
  },
  LETTER_DATE_BEFORE_APPROVAL: {
    status: 422,
    text: ({ code }) => `Ngày của thư trước ngày duyệt thư của hồ sơ ${code}.`,
    remedy: () => 'Ghi ngày từ ngày duyệt trở đi.',
  },
  LETTERS_OF_SEVERAL_SERIES: {
    status: 422,
    text: () => 'Các văn bản đã chọn thuộc nhiều sổ số.',
    remedy: () => 'Cấp số thư xin lỗi và phiếu xác nhận riêng.',
  },
  LETTERS_OF_SEVERAL_PAPERS: {
    status: 422,
    text: () => 'Các thư đã chọn có khổ giấy khác nhau.',
    remedy: () => 'In thư khổ A4 và thư khổ A5 riêng.',
  },
  NUMBER_MISSING: {
    status: 422,
    text: ({ code }) => `Chưa ghi đúng số của thư hồ sơ ${code}.`,
    remedy: () => 'Ghi số do hệ thống quản lý văn bản cấp, từ 1 đến 99999.',
  },
  NUMBER_TAKEN: {
    status: 409,
    text: ({ code, number }) => `Số ${number} ghi cho hồ sơ ${code} đã có trong sổ năm này.`,
    remedy: () => 'Xem lại số trên văn bản đã phát hành.',
  },
  REPORT_NOT_NEEDED: {
    status: 409,
    text: ({ code }) =>
      `Hồ sơ ${code} đã có kết quả, đang tạm dừng hoặc chưa có hạn nên không báo không kịp hạn.`,
    remedy: () => 'Xem tình trạng hồ sơ.',
  },
  REASON_NATURE_MISSING: {
    status: 422,
    text: () => 'Chưa chọn nguyên nhân khách quan hay chủ quan.',
    remedy: () => 'Lý do tự ghi phải kèm loại nguyên nhân.',
  },
  REASON_TWICE: {
    status: 422,
    text: ({ reason }) => `“${reason}” nằm ở cả hai nhóm.`,
    remedy: () => 'Để lý do đó ở một nhóm.',
  },
  REASONS_NONE: {
    status: 422,
    text: () => 'Nhóm này chưa có lý do nào.',
    remedy: () => 'Ghi ít nhất một lý do, mỗi dòng một lý do.',
  },
  REASONS_TOO_MANY: {
    status: 422,
    text: ({ most }) => `Nhóm này có quá ${most} lý do.`,
    remedy: () => 'Bớt những lý do ít dùng.',
  },
  LETTER_DATE_UNREADABLE: {
    status: 422,
    text: () => 'Ngày của thư chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026.',
  },
  LETTER_DATE_FUTURE: {
    status: 422,
    text: ({ today }) => `Ngày của thư không sau hôm nay (${today}).`,
  },
  LETTER_DATE_BEFORE_LAST: {
    status: 422,
    text: ({ last }) => `Thư cuối trong sổ ghi ngày ${last}.`,
    remedy: ({ last }) => `Số đi theo thứ tự ngày: ghi từ ngày ${last} trở đi.`,
  },
  REASON_MISSING: {
    status: 422,
    text: () => 'Chưa ghi lý do.',
    remedy: () => 'Chọn một lý do có sẵn hoặc ghi lý do cụ thể.',
  },
  REASON_TOO_LONG: {
    status: 422,
    text: ({ most, length }) => `Lý do dài ${length} ký tự, nhiều nhất ${most} ký tự.`,
    remedy: () => 'Rút gọn, phần chi tiết để trong hồ sơ.',
  },
  REASON_UNPRINTABLE: {
    status: 422,
    text: ({ sign }) => `Lý do có ký tự ${sign} không in được trên giấy.`,
    remedy: () => 'Bỏ ký tự đó.',
  },
  NEW_DUE_MISSING: {
    status: 422,
    text: () => 'Chưa ghi ngày hẹn lại.',
    remedy: () => 'Ghi một ngày làm việc.',
  },
  NEW_DUE_TWICE: { status: 422, text: () => 'Hồ sơ này đã được hẹn lại một lần, không hẹn lại thêm.' },
  NEW_DUE_NOT_ASKED: { status: 422, text: () => 'Hồ sơ đã trả kết quả nên thư không ghi ngày hẹn lại.' },
  NEW_DUE_NOT_LATER: { status: 422, text: ({ day, than }) => `${day} không sau ngày hẹn trước (${than}).` },
  NEW_DUE_PAST: { status: 422, text: ({ day }) => `Thời điểm hẹn lại (${day}) đã qua.` },
  NEW_DUE_TOO_FAR: { status: 422, text: ({ latest }) => `Ngày hẹn lại quá một năm. Muộn nhất là ${latest}.` },
  NEW_DUE_NO_CALENDAR: {
    status: 422,
    text: ({ year }) => `Lịch làm việc năm ${year} chưa có.`,
    remedy: () => 'Chọn ngày sớm hơn, hoặc đề nghị quản trị lập lịch năm đó.',
  },
  NEW_DUE_NOT_WORKING: {
    status: 422,
    text: ({ day, name }) => `${day} là ngày nghỉ${name ? ` (${name})` : ''}.`,
    remedy: ({ next }) => (next ? `Ngày làm việc kế tiếp là ${next}.` : ''),
  },
  DELIVERY_CHANNEL_MISSING: { status: 422, text: () => 'Chưa chọn cách gửi.' },
  DELIVERY_BEFORE_LETTER: { status: 422, text: () => 'Lúc gửi trước ngày của thư.' },
  EVIDENCE_MISSING: {
    status: 422,
    text: () => 'Chưa ghi minh chứng gửi.',
    remedy: () => 'Ghi số phiếu gửi, người ký nhận hoặc nơi lưu bản chụp.',
  },
  RECIPIENT_MISSING: { status: 422, text: () => 'Chưa ghi người nhận thư.' },
} satisfies Record<string, ErrorEntry>;
