import type { ErrorEntry } from './error-entry';

/** Errors of cases, their acts, and the catalogue of procedures. */
export const caseErrors = {
  CASE_NOT_FOUND: {
    status: 404,
    text: ({ code }) => `Không tìm thấy hồ sơ ${code}.`,
    remedy: () => 'Kiểm tra lại mã hồ sơ, hoặc nhập danh sách hồ sơ mới.',
  },
  CASE_CLOSED: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} đã rút, đã dừng hoặc không được tiếp nhận.`,
  },
  CASE_SETTLED: { status: 409, text: ({ code }) => `Hồ sơ ${code} đã có kết quả.` },
  CASE_IS_PAUSED: {
    status: 409,
    text: ({ code }) => `Hồ sơ ${code} đang tạm dừng.`,
    remedy: () => 'Ghi nhận tiếp tục tính hạn trước.',
  },
  CASE_NOT_PAUSED: { status: 409, text: ({ code }) => `Hồ sơ ${code} không tạm dừng.` },
  TIME_UNREADABLE: {
    status: 422,
    text: () => 'Ngày giờ chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026, giờ dạng 09:30.',
  },
  TIME_IN_FUTURE: {
    status: 422,
    text: () => 'Thời điểm này chưa tới.',
    remedy: () => 'Ghi lúc việc đã xảy ra.',
  },
  TIME_BEFORE_RECEPTION: { status: 422, text: () => 'Thời điểm này trước lúc tiếp nhận hồ sơ.' },
  PAUSE_GROUND_MISSING: { status: 422, text: () => 'Chưa ghi lý do tạm dừng.' },
  PAUSE_LEGAL_BASIS_MISSING: {
    status: 422,
    text: () => 'Chưa ghi căn cứ tạm dừng.',
    remedy: () => 'Ghi điều, khoản và số văn bản cho phép không tính thời gian này.',
  },
  PAUSE_BEFORE_LAST_STOP: {
    status: 422,
    text: () => 'Thời điểm này trước lần tạm dừng hoặc tiếp tục gần nhất.',
  },
  RESUME_BEFORE_PAUSE: { status: 422, text: () => 'Lúc tiếp tục phải sau lúc tạm dừng.' },
  PROMISE_BEFORE_RESUME: { status: 422, text: () => 'Hẹn trả mới phải sau lúc tiếp tục tính hạn.' },
  RETURN_BEFORE_RESULT: { status: 422, text: () => 'Lúc trao kết quả phải sau lúc có kết quả.' },
  RETURN_NOT_STATED: {
    status: 422,
    text: () => 'Hồ sơ đã có kết quả. Đánh dấu đã trao kết quả để ghi nhận.',
  },
  DEADLINE_CHECK_NOT_FOUND: {
    status: 404,
    text: ({ id }) => `Không có lần đối chiếu số ${id}.`,
    remedy: () => 'Xem các lần đối chiếu ở Quản trị, Vận hành, Đối chiếu hạn. Mỗi lần được giữ 90 ngày.',
  },
  DEADLINE_CHECK_NONE: {
    status: 404,
    text: () => 'Chưa có lần đối chiếu nào.',
    remedy: () => 'Bấm Kiểm tra ngay ở Quản trị, Vận hành, Đối chiếu hạn.',
  },
  TRANSFER_DEPARTMENT: { status: 422, text: () => 'Chưa chọn đơn vị nhận.' },
  EVENT_DEPARTMENT: {
    status: 422,
    text: ({ name }) => `Xã không có đơn vị tên “${name}”.`,
    remedy: () => 'Ghi đúng tên đơn vị như ở Quản trị, Đơn vị.',
  },
  EVENT_OTHER_STOP: {
    status: 422,
    text: ({ open }) => `Hồ sơ không dừng vì việc này; đang dừng vì: ${open}.`,
    remedy: () => 'Yêu cầu bổ sung kết thúc bằng supplement-received, tạm dừng khác kết thúc bằng resumed.',
  },
  EVENT_TWICE: {
    status: 422,
    text: ({ what }) => `Hồ sơ đã có mục “${what}” vào đúng thời điểm này với nội dung khác.`,
    remedy: () => 'Ghi thời điểm khác, hoặc đính chính trên trang hồ sơ.',
  },
  EVENT_ALREADY_RECEIVED: {
    status: 422,
    text: ({ code }) => `Hồ sơ ${code} đã được tiếp nhận.`,
    remedy: () => 'Muốn sửa lúc tiếp nhận thì đính chính trên trang hồ sơ.',
  },
  PROMISE_MISSING: { status: 422, text: () => 'Chưa ghi ngày hẹn trả mới.' },
  PROMISE_NOT_LATER: { status: 422, text: () => 'Ngày hẹn trả mới phải sau lúc hẹn lại.' },
  CASE_EVENT_REFUSED: {
    status: 422,
    text: ({ faults }) => `Chưa ghi được việc này. ${faults}`,
    remedy: () => 'Sửa các chỗ nêu trên rồi gửi lại.',
  },
  TRANSFER_STEP: { status: 422, text: () => 'Thủ tục không có bước này.' },
  TRANSFER_NOTHING: {
    status: 422,
    text: () => 'Hồ sơ đang ở đúng đơn vị và người này.',
    remedy: () => 'Chọn đơn vị, người hoặc bước khác.',
  },
  CONSULTATION_BODY: { status: 422, text: () => 'Chưa ghi cơ quan được lấy ý kiến.' },
  CONSULTATION_CONTENT: { status: 422, text: () => 'Chưa ghi nội dung lấy ý kiến.' },
  CONSULTATION_DAYS: {
    status: 422,
    text: () => 'Số ngày làm việc để trả lời phải là số nguyên từ 1 đến 365.',
  },
  CONSULTATION_NONE: { status: 422, text: () => 'Không có lần lấy ý kiến nào đang chờ trả lời như vậy.' },
  ANSWER_BEFORE_REQUEST: { status: 422, text: () => 'Lúc trả lời phải sau lúc lấy ý kiến.' },
  WITHDRAWAL_GROUND: { status: 422, text: () => 'Chưa ghi lý do rút hồ sơ.' },
  STOP_GROUND: { status: 422, text: () => 'Chưa ghi lý do dừng giải quyết.' },
  STOP_LEGAL_BASIS: {
    status: 422,
    text: () => 'Chưa ghi căn cứ dừng giải quyết.',
    remedy: () => 'Ghi điều, khoản và số văn bản; Thông báo dừng giải quyết hồ sơ (Mẫu 05) cần câu này.',
  },
  CORRECTION_ENTRY: { status: 422, text: () => 'Chưa chọn mục cần đính chính.' },
  CORRECTION_REASON: { status: 422, text: () => 'Chưa ghi lý do đính chính.' },
  CORRECTION_SAME: { status: 422, text: () => 'Mục này đang ghi đúng như vậy, không có gì để đính chính.' },
  CORRECTION_RECEPTION: {
    status: 422,
    text: () => 'Không bỏ được mục tiếp nhận: hồ sơ nào cũng phải có lúc tiếp nhận.',
  },
  CORRECTION_TRANSFER: {
    status: 422,
    text: () => 'Không bỏ được mục chuyển xử lý.',
    remedy: () => 'Chuyển nhầm thì ghi nhận chuyển lại.',
  },
  CORRECTION_IMPOSSIBLE_RECEPTION: {
    status: 422,
    text: ({ what, when }) => `Đính chính như vậy thì ${what} lúc ${when} xảy ra trước lúc tiếp nhận.`,
  },
  CORRECTION_IMPOSSIBLE_END: {
    status: 422,
    text: ({ what, when }) => `Đính chính như vậy thì ${what} lúc ${when} không có lần bắt đầu nào ở trước.`,
    remedy: () => 'Đính chính mục kết thúc trước, rồi đến mục bắt đầu.',
  },
  CORRECTION_IMPOSSIBLE_RESULT: {
    status: 422,
    text: ({ when }) => `Đính chính như vậy thì trao kết quả (${when}) trước khi có kết quả.`,
  },
  NOTE_EMPTY: { status: 422, text: () => 'Chưa ghi nội dung.' },
  PROCEDURE_NOT_FOUND: { status: 404, text: ({ slug }) => `Không có thủ tục ${slug} trong danh mục.` },
  LIMIT_AMOUNT: {
    status: 422,
    text: () => 'Thời hạn phải là số nguyên từ 1 đến 9999.',
    remedy: () => 'Thủ tục giải quyết trong ngày thì chọn đơn vị “trong ngày” và để trống số.',
  },
  LIMIT_SAME_DAY_AMOUNT: {
    status: 422,
    text: () => 'Thủ tục giải quyết trong ngày không có số ngày, số giờ.',
    remedy: () => 'Để trống số, hoặc chọn đơn vị khác.',
  },
  LIMIT_CUTOFF: {
    status: 422,
    text: () => 'Giờ chốt nhận hồ sơ chưa đúng.',
    remedy: () => 'Ghi dạng 15:00, hoặc để trống nếu không có.',
  },
  STEP_NAME: { status: 422, text: ({ n }) => `Bước ${n} chưa có tên.` },
  STEP_DEPARTMENT: { status: 422, text: ({ n }) => `Bước ${n} chưa có đơn vị chịu trách nhiệm.` },
  STEP_AMOUNT: {
    status: 422,
    text: ({ n }) => `Thời hạn của bước ${n} phải là số nguyên từ 1 đến 9999.`,
  },
  STEPS_EXCEED: {
    status: 422,
    text: ({ sum, allowed, unit }) =>
      `Các bước cộng lại là ${sum} ${unit}, vượt thời hạn của thủ tục (${allowed} ${unit}).`,
    remedy: () => 'Rút ngắn các bước. Khi cộng, 1 ngày làm việc tính là 8 giờ; bước lấy ý kiến không cộng.',
  },
  LIMIT_UNIT_MISSING: {
    status: 422,
    text: () => 'Chưa chọn đơn vị của thời hạn.',
    remedy: () => 'Chọn ngày làm việc, giờ làm việc, ngày, tháng hoặc trong ngày.',
  },
  LIMIT_DAY: {
    status: 422,
    text: () => 'Ngày áp dụng chưa đúng.',
    remedy: () => 'Ghi ngày có thật dạng 26/8/2026.',
  },
  PROCEDURE_WITHOUT_LIMIT: {
    status: 422,
    text: ({ procedure, day }) => `Thủ tục ${procedure} chưa có thời hạn vào ngày ${day}.`,
    remedy: () => 'Bỏ mã thủ tục và ghi thời hạn, hoặc nhờ người quản trị nhập thời hạn ở mục Thủ tục.',
  },
  CALCULATION_REFUSED: {
    status: 422,
    text: ({ faults }) => `Chưa tính được hạn: ${faults}`,
    remedy: () => 'Sửa các chỗ nêu trên rồi gửi lại.',
  },
  CALCULATION_LIMIT_MISSING: {
    status: 422,
    text: () => 'Chưa có thủ tục hoặc thời hạn.',
    remedy: () => 'Ghi mã thủ tục, hoặc ghi một thời hạn.',
  },
  CALCULATION_LIMIT_TWICE: {
    status: 422,
    text: () => 'Có cả thủ tục lẫn thời hạn tự ghi.',
    remedy: () => 'Giữ một, bỏ một.',
  },
  RECEPTION_MISSING: { status: 422, text: () => 'Chưa ghi lúc tiếp nhận.' },
  INSTANT_UNREADABLE: {
    status: 422,
    text: () => 'Thời điểm chưa đúng.',
    remedy: () =>
      'Ghi thời điểm có thật dạng 2026-08-26T09:30 (giờ Việt Nam) hoặc 2026-08-26T09:30:00+07:00.',
  },
  TIME_OUT_OF_RANGE: {
    status: 422,
    text: ({ first, last }) => `Thời điểm nằm ngoài các năm ${first} đến ${last}.`,
    remedy: () => 'Kiểm tra lại năm.',
  },
  PAUSE_START_MISSING: { status: 422, text: () => 'Chưa ghi lúc bắt đầu tạm dừng.' },
  PAUSE_END_MISSING: {
    status: 422,
    text: () => 'Chưa ghi lúc hết tạm dừng, mà sau đó còn một lần tạm dừng cùng loại.',
    remedy: () => 'Chỉ lần cuối của mỗi loại được để trống.',
  },
  PAUSES_OVERLAP: {
    status: 422,
    text: () => 'Lần tạm dừng này bắt đầu khi lần trước cùng loại chưa hết.',
    remedy: () => 'Gộp hai lần thành một.',
  },
  PAUSES_TOO_MANY: {
    status: 422,
    text: ({ count, most }) => `Có ${count} lần tạm dừng, nhiều nhất là ${most}.`,
  },
  PAUSE_GROUNDS_TOO_LONG: {
    status: 422,
    text: () => 'Lý do của các lần tạm dừng dài quá nên không lập được đường dẫn.',
    remedy: () => 'Rút ngắn lý do.',
  },
} satisfies Record<string, ErrorEntry>;
