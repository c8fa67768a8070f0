import { civil, dayOf, secondOfDay, type LocalSecond } from '../domain/local-date';
import type { Field } from './fields';

/** What is wrong with one cell of a file, in the words of the person who sent it. */
export interface Fault {
  line: number;
  /** Null when no field of a case is meant, as in a catalogue. */
  field: Field | null;
  /** The file's own heading of the column. */
  column: string;
  value: string;
  message: string;
  remedy: string;
  /** A text that would be read well in its place, where the typing error is obvious. Never applied unasked. */
  suggestion: string | null;
  /** Code of the case in that line, null when it has none. */
  caseCode: string | null;
}

export type FaultArgs = Record<string, string | number>;

export interface FaultEntry {
  text: (a: FaultArgs) => string;
  remedy: (a: FaultArgs) => string;
}

const DAY_FORM = 'Sửa thành ngày đúng, dạng ngày/tháng/năm, ví dụ 05/02/2026 14:30.';
const CHECK_BOTH = 'Kiểm tra lại hai ngày trong hệ thống nguồn.';
const PASTE_VALUES =
  'Trong Excel, chép cột này rồi dán lại dạng giá trị (Paste Values), lưu và nhập lại tệp.';

/** Faults of a row: the row stays out, the others go in. */
const rowFaults = {
  CODE_MISSING: {
    text: () => 'Thiếu mã hồ sơ.',
    remedy: () => 'Lấy mã trên Giấy tiếp nhận hồ sơ, điền vào rồi nhập lại tệp.',
  },
  CODE_TWICE: {
    text: ({ line }) => `Trùng mã hồ sơ với dòng ${line}; dòng ${line} là dòng được ghi nhận.`,
    remedy: () => 'Giữ một dòng cho mỗi hồ sơ rồi nhập lại tệp.',
  },
  CODE_OF_OTHER_UNIT: {
    text: () => 'Hồ sơ này thuộc đơn vị khác.',
    remedy: () => 'Bỏ dòng này khỏi tệp, hoặc nhập bằng tài khoản của đơn vị có hồ sơ.',
  },
  NO_COMMUNE: {
    text: () =>
      'Không biết hồ sơ của xã nào: không có cột đơn vị tiếp nhận nêu tên xã, mã hồ sơ cũng không cho biết.',
    remedy: () => 'Ghi tên xã ở cột “Đơn vị tiếp nhận”, hoặc thêm xã này ở Quản trị, Đơn vị.',
  },
  NEW_CASE_INCOMPLETE: {
    text: ({ missing }) => `Hồ sơ chưa có trong hệ thống và tệp không cho biết: ${missing}.`,
    remedy: () => 'Xuất lại danh sách có đủ các cột này.',
  },
  REQUIRED: {
    text: ({ label }) => `Ô trống: thiếu ${label}.`,
    remedy: () => 'Điền theo Giấy tiếp nhận hồ sơ rồi nhập lại tệp.',
  },
  NOT_RECEIVED: {
    text: () => 'Hồ sơ chưa được tiếp nhận nên chưa có ngày tiếp nhận.',
    remedy: () => 'Không cần sửa; hồ sơ sẽ được ghi nhận khi tệp có ngày tiếp nhận.',
  },
  NOT_A_DATE: { text: () => 'Không đọc được thành ngày.', remedy: () => DAY_FORM },
  NO_SUCH_DAY: { text: () => 'Ngày không có thật.', remedy: () => DAY_FORM },
  NO_SUCH_TIME: { text: () => 'Giờ không có thật.', remedy: () => DAY_FORM },
  TOO_EARLY: {
    text: () => 'Ngày trước 01/01/2000.',
    remedy: () => 'Kiểm tra lại năm. Một ô ngày bị đổi thành số cũng gây lỗi này.',
  },
  TOO_LATE: {
    text: ({ limit }) => `Ngày quá xa: sau ${limit}.`,
    remedy: () => 'Kiểm tra lại năm.',
  },
  FINISHED_BEFORE_RECEIVED: {
    text: ({ received }) => `Kết thúc xử lý trước khi tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  RETURNED_BEFORE_RECEIVED: {
    text: ({ received }) => `Trả kết quả trước khi tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  PROMISED_BEFORE_RECEIVED: {
    text: ({ received }) => `Hẹn trả trước ngày tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  FINISH_MISSING: {
    text: ({ status }) => `Trạng thái “${status}” nhưng không có ngày kết thúc xử lý và ngày trả kết quả.`,
    remedy: () => 'Điền ngày kết thúc xử lý, hoặc sửa lại trạng thái.',
  },
  STATUS_UNKNOWN: {
    text: () => 'Không nhận ra trạng thái này.',
    remedy: ({ nearest, known }) =>
      nearest ? `Trạng thái gần nhất: ${nearest}.` : `Dùng một trong các trạng thái: ${known}.`,
  },
  CHANNEL_UNKNOWN: {
    text: () => 'Không nhận ra kênh nộp này.',
    remedy: ({ nearest, known }) =>
      nearest ? `Kênh gần nhất: ${nearest}.` : `Dùng một trong các kênh: ${known}.`,
  },
  FORMULA_TEXT: {
    text: () => 'Ô chứa công thức thay cho nội dung. Công thức không được thực hiện.',
    remedy: () => PASTE_VALUES,
  },
  FORMULA_WITHOUT_VALUE: {
    text: () => 'Ô là công thức chưa có kết quả. Công thức không được thực hiện.',
    remedy: () => PASTE_VALUES,
  },
  CELL_ERROR: {
    text: () => 'Ô báo lỗi của Excel, không có nội dung.',
    remedy: () => 'Sửa công thức hoặc điền lại nội dung của ô.',
  },
  TOO_LONG: {
    text: ({ limit }) => `Nội dung dài quá ${limit} ký tự.`,
    remedy: () => 'Kiểm tra xem các cột có bị dồn vào một ô không; rút gọn rồi nhập lại tệp.',
  },
  SUPPLEMENT_BEFORE_RECEIVED: {
    text: ({ requested, received }) => `Yêu cầu bổ sung lúc ${requested}, trước khi tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  SUPPLEMENT_ANSWERED_FIRST: {
    text: ({ requested, answered }) =>
      `Nhận bổ sung lúc ${answered}, trước khi yêu cầu bổ sung (${requested}).`,
    remedy: () => CHECK_BOTH,
  },
  SUBMITTED_AFTER_RECEIVED: {
    text: ({ received }) => `Nộp hồ sơ sau khi tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  SUPPLEMENT_DATE: {
    text: () => 'Ngày yêu cầu hoặc ngày nhận bổ sung không đúng.',
    remedy: () => 'Kiểm tra lại lần bổ sung trong hệ thống nguồn.',
  },
  CELLS_MOVED: {
    text: ({ surplus }) => `Dòng có nhiều ô hơn tiêu đề (thừa “${surplus}”), các ô có thể đã lệch cột.`,
    remedy: () => 'Kiểm tra dấu phân cách trong dòng này, đặt nội dung có dấu phân cách trong ngoặc kép.',
  },
  KEY_TWICE: {
    text: ({ key }) => `Mục “${key}” có hai lần trong một hồ sơ, không rõ giá trị nào đúng.`,
    remedy: () => 'Giữ lại một giá trị đúng trong tệp JSON rồi nhập lại tệp.',
  },
  CASE_UNKNOWN: {
    text: () => 'Chưa có hồ sơ này trong hệ thống nên chưa ghi được tiến độ.',
    remedy: () => 'Gửi hồ sơ bằng DongBoHoSoMC trước, rồi gửi lại tiến độ.',
  },
  PROGRESS_WITHOUT_TIME: {
    text: () => 'Thời điểm xử lý chỉ có ngày, không có giờ nên không biết trước sau.',
    remedy: () => 'Gửi đủ ngày, giờ, phút, giây, ví dụ 20260205143000.',
  },
  PROGRESS_IN_FUTURE: {
    text: () => 'Thời điểm xử lý ở trong tương lai.',
    remedy: () => 'Kiểm tra đồng hồ của hệ thống gửi rồi gửi lại.',
  },
  PROGRESS_BEFORE_RECEPTION: {
    text: ({ received }) => `Xử lý trước khi tiếp nhận (${received}).`,
    remedy: () => CHECK_BOTH,
  },
  PROCEDURE_TWICE: {
    text: () => 'Mã thủ tục này đã có ở một mục trước; mục trước được ghi nhận.',
    remedy: () => 'Giữ một mục cho mỗi thủ tục rồi nhập lại tệp.',
  },
  CATALOGUE_VALUE: {
    text: () => 'Giá trị này thiếu hoặc không dùng được trong danh mục thủ tục.',
    remedy: () =>
      'Cần code, name và limit gồm amount (0 đến 9999) và unit: working-days, working-hours, days, months, same-day (amount 0). Có steps thì mỗi bước cần name, amount, unit; cộng lại không quá limit.',
  },
} satisfies Record<string, FaultEntry>;

/** Worth knowing, but the row goes in. */
const rowWarnings = {
  STATUS_BACK: {
    text: ({ from, to }) => `Trạng thái lùi từ “${from}” về “${to}”.`,
    remedy: () => 'Kiểm tra xem tệp có cũ hơn dữ liệu đã có, hoặc hồ sơ đã được mở lại trong hệ thống nguồn.',
  },
  KEPT_NEWER: {
    text: () => 'Tệp cũ hơn dữ liệu đã có: giữ dữ kiện mới hơn, chỉ bổ sung phần còn thiếu.',
    remedy: () => 'Nếu tệp này mới đúng, nhập lại và chọn “Ghi theo tệp này”.',
  },
  PROGRESS_LATE: {
    text: () => 'Tiến độ này cũ hơn điều đã biết: chỉ ghi vào lịch sử, trạng thái giữ nguyên.',
    remedy: () => 'Không cần làm gì.',
  },
  PROGRESS_KEPT: {
    text: ({ from }) =>
      `Hệ thống nguồn khác đã cho biết hồ sơ ở “${from}”: chỉ ghi vào lịch sử, trạng thái giữ nguyên.`,
    remedy: () => 'Nếu hồ sơ được mở lại, gửi từ hệ thống nêu hồ sơ đầu tiên.',
  },
  CODE_FORM: {
    text: () => 'Mã hồ sơ không theo dạng thường gặp; vẫn được ghi nhận.',
    remedy: () => 'Đối chiếu với Giấy tiếp nhận hồ sơ.',
  },
  CODE_DATE: {
    text: ({ received }) => `Ngày trong mã khác ngày tiếp nhận (${received}); vẫn được ghi nhận.`,
    remedy: () => 'Kiểm tra ngày tiếp nhận trong hệ thống nguồn.',
  },
} satisfies Record<string, FaultEntry>;

export type FaultCode = keyof typeof rowFaults | keyof typeof rowWarnings;

const entries: Record<FaultCode, FaultEntry> = { ...rowFaults, ...rowWarnings };

export const isWarning = (code: FaultCode): boolean => code in rowWarnings;

/** What a fault is called and what helps, in the words of the way on which the row came. */
export type Wording = (code: FaultCode, args: FaultArgs) => { message: string; remedy: string };

export const wordFault: Wording = (code, args) => ({
  message: entries[code].text(args),
  remedy: entries[code].remedy(args),
});

const two = (n: number): string => String(n).padStart(2, '0');

/** '05/02/2026', as the files write days. */
export function dayText(at: LocalSecond): string {
  const { day, month, year } = civil(dayOf(at));
  return `${two(day)}/${two(month)}/${year}`;
}

/** '05/02/2026 14:30' */
export function timeText(at: LocalSecond): string {
  const minutes = Math.floor(secondOfDay(at) / 60);
  return `${dayText(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
