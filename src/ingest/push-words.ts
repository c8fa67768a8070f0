import { vietnameseNumber } from '../platform/vietnamese-number';
import type { RunCounts } from './run';
import { wordFault, type Fault, type FaultCode, type FaultEntry, type Wording } from './faults';

const TIME_FORM = 'Gửi dạng 20260205143000, 2026-02-05 14:30:00 hoặc 2026-02-05T14:30:00+07:00.';
const SEND_AGAIN = 'Bổ sung theo Giấy tiếp nhận hồ sơ rồi gửi lại hồ sơ này.';

/** Where the words for files would speak of lines, cells and files. */
const words: Partial<Record<FaultCode, FaultEntry>> = {
  CODE_MISSING: { text: () => 'Thiếu mã hồ sơ.', remedy: () => SEND_AGAIN },
  CODE_TWICE: {
    text: ({ line }) =>
      `Trùng mã hồ sơ với hồ sơ thứ ${line} của lần gửi này; hồ sơ thứ ${line} được ghi nhận.`,
    remedy: () => 'Mỗi lần gửi chỉ nêu một hồ sơ một lần.',
  },
  CODE_OF_OTHER_UNIT: {
    text: () => 'Hồ sơ này thuộc đơn vị khác.',
    remedy: () => 'Gửi bằng khóa API của đơn vị có hồ sơ.',
  },
  NO_COMMUNE: {
    text: () =>
      'Không biết hồ sơ của xã nào: không có mục đơn vị tiếp nhận nêu tên xã, mã hồ sơ cũng không cho biết.',
    remedy: () =>
      'Gửi tên xã ở mục DonViTiepNhan (receivingUnit), hoặc mã hồ sơ bắt đầu bằng mã định danh của xã.',
  },
  NEW_CASE_INCOMPLETE: {
    text: ({ missing }) => `Hồ sơ chưa có trong hệ thống và lần gửi này không cho biết: ${missing}.`,
    remedy: () => 'Gửi lại hồ sơ với đủ các mục này.',
  },
  REQUIRED: { text: ({ label }) => `Thiếu ${label}.`, remedy: () => SEND_AGAIN },
  NOT_RECEIVED: {
    text: () => 'Hồ sơ chưa được tiếp nhận nên chưa có ngày tiếp nhận.',
    remedy: () => 'Gửi kèm ngày nộp hồ sơ, hoặc gửi lại khi hồ sơ đã được tiếp nhận.',
  },
  NOT_A_DATE: { text: () => 'Không đọc được thành thời điểm.', remedy: () => TIME_FORM },
  NO_SUCH_DAY: { text: () => 'Ngày không có thật.', remedy: () => TIME_FORM },
  NO_SUCH_TIME: { text: () => 'Giờ không có thật.', remedy: () => TIME_FORM },
  TOO_EARLY: { text: () => 'Ngày trước 01/01/2000.', remedy: () => 'Kiểm tra lại năm.' },
  FORMULA_TEXT: {
    text: () => 'Nội dung bắt đầu bằng dấu “=” như một công thức nên không nhận.',
    remedy: () => 'Bỏ dấu “=” ở đầu rồi gửi lại.',
  },
  CELL_ERROR: {
    text: () => 'Nội dung là mã lỗi của bảng tính.',
    remedy: () => 'Sửa nội dung này trong hệ thống nguồn rồi gửi lại.',
  },
  TOO_LONG: {
    text: ({ limit }) => `Nội dung dài quá ${vietnameseNumber(Number(limit))} ký tự.`,
    remedy: () => 'Rút gọn rồi gửi lại.',
  },
  KEY_TWICE: {
    text: ({ key }) => `Mục “${key}” có hai lần trong một hồ sơ, không rõ giá trị nào đúng.`,
    remedy: () => 'Giữ lại một giá trị đúng rồi gửi lại.',
  },
  STATUS_BACK: {
    text: ({ from, to }) => `Trạng thái lùi từ “${from}” về “${to}”.`,
    remedy: () => 'Kiểm tra xem có gửi nhầm dữ liệu cũ, hoặc hồ sơ đã được mở lại trong hệ thống nguồn.',
  },
};

export const wordPushFault: Wording = (code, args) => {
  const entry = words[code];
  return entry ? { message: entry.text(args), remedy: entry.remedy(args) } : wordFault(code, args);
};

/** Stands where the history of imports names the file. */
export const PUSHED_NAME = 'Hồ sơ gửi qua kết nối';

/** Why an entry that progress told is taken back. */
export const PROGRESS_REASON = 'Hệ thống gửi cho biết thời điểm khác';

/** 'Đã nhận 3 hồ sơ: 1 mới, 1 cập nhật, 0 không đổi, 1 chưa ghi được.' */
export function pushSummary(counts: RunCounts): string {
  const [rows, created, updated, unchanged, faulty] = (
    ['rows', 'created', 'updated', 'unchanged', 'faulty'] as const
  ).map((name) => vietnameseNumber(counts[name]));
  const told = `Đã nhận ${rows} hồ sơ: ${created} mới, ${updated} cập nhật, ${unchanged} không đổi`;
  return counts.faulty === 0
    ? `${told}.`
    : `${told}, ${faulty} chưa ghi được; data nêu từng chỗ sai và cách sửa.`;
}

export const recordSummary = (faults: Fault[]): string =>
  faults.length === 0
    ? 'Đã ghi nhận.'
    : faults.map(({ column, message, remedy }) => `${column}: ${message} ${remedy}`).join(' ');
