import { vietnameseNumber } from '../platform/vietnamese-number';
import type { SourceColumn } from './column-mapping';

type Args = Record<string, string | number>;

interface Entry {
  text: (a: Args) => string;
  remedy: (a: Args) => string;
}

const SAVE_XLSX =
  'Mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (.xlsx), rồi nhập tệp mới.';
const EXPORT_AGAIN = 'Xuất lại danh sách từ hệ thống nguồn rồi nhập tệp mới.';
const NOTHING = 'Chưa có dữ liệu nào được ghi.';

/** Why a whole file is refused. Nothing of it is stored but this message. */
const refusals = {
  EMPTY: { text: ({ file }) => `Tệp “${file}” rỗng. ${NOTHING}`, remedy: () => EXPORT_AGAIN },
  NOT_A_SOURCE: {
    text: ({ file }) => `Tệp “${file}” không phải bảng tính Excel, CSV hay JSON. ${NOTHING}`,
    remedy: () => 'Chọn tệp danh sách hồ sơ có đuôi .xlsx, .xls, .csv hoặc .json.',
  },
  PASSWORD: {
    text: ({ file }) => `Tệp “${file}” có mật khẩu nên không đọc được. ${NOTHING}`,
    remedy: () =>
      'Mở tệp bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc), lưu lại dạng .xlsx rồi nhập.',
  },
  HTML: {
    text: ({ file }) => `Tệp “${file}” là trang web hoặc XML, không phải bảng tính. ${NOTHING}`,
    remedy: () => SAVE_XLSX,
  },
  NOT_UTF16: {
    text: ({ file }) => `Tệp “${file}” có chữ không đúng bảng mã UTF-16. ${NOTHING}`,
    remedy: () => 'Mở tệp bằng Excel, lưu lại dạng .xlsx hoặc “CSV UTF-8 (Comma delimited)” rồi nhập.',
  },
  NOT_UTF8: {
    text: ({ file, line }) =>
      `Tệp “${file}” có chữ không đúng bảng mã UTF-8, khoảng dòng ${line}. ${NOTHING}`,
    remedy: () => 'Mở tệp bằng Excel, lưu lại dạng .xlsx hoặc “CSV UTF-8 (Comma delimited)” rồi nhập.',
  },
  DAMAGED: {
    text: ({ file }) => `Tệp “${file}” bị hỏng hoặc tải về chưa hết. ${NOTHING}`,
    remedy: () => 'Tải lại tệp; nếu Excel mở được, lưu lại dạng .xlsx rồi nhập.',
  },
  NOT_A_WORKBOOK: {
    text: ({ file }) => `Tệp “${file}” là tệp nén nhưng không phải bảng tính Excel. ${NOTHING}`,
    remedy: () => 'Giải nén và chọn tệp .xlsx bên trong.',
  },
  INFLATES_TOO_MUCH: {
    text: ({ file, limit }) =>
      `Tệp “${file}” phình to bất thường khi giải nén (cho phép đến ${limit} MB), không giống một danh sách hồ sơ. ${NOTHING}`,
    remedy: () => 'Xuất lại danh sách theo từng quý hoặc từng tháng.',
  },
  TOO_LARGE: {
    text: ({ file, limit }) => `Tệp “${file}” lớn hơn ${limit} MB. ${NOTHING}`,
    remedy: () => 'Xuất lại danh sách theo từng quý hoặc từng tháng.',
  },
  TOO_SLOW: {
    text: ({ file }) => `Đọc tệp “${file}” quá lâu nên đã dừng. ${NOTHING}`,
    remedy: () => 'Mở tệp bằng Excel, chép riêng bảng danh sách sang tệp mới, lưu dạng .xlsx rồi nhập.',
  },
  TOO_MUCH_MEMORY: {
    text: ({ file }) => `Tệp “${file}” cần quá nhiều bộ nhớ để đọc. ${NOTHING}`,
    remedy: () => 'Xuất lại danh sách theo từng quý hoặc từng tháng.',
  },
  NO_HEADINGS: {
    text: ({ file, place }) => `Không tìm thấy dòng tiêu đề cột trong tệp “${file}”${place}. ${NOTHING}`,
    remedy: () =>
      'Danh sách cần một dòng tiêu đề có các cột như “Mã hồ sơ”, “Ngày tiếp nhận”, “Ngày hẹn trả”.',
  },
  NO_CODE_COLUMN: {
    text: ({ file, place, line, headings }) =>
      `Không tìm thấy cột “Mã hồ sơ” trong tệp “${file}”${place}. Dòng tiêu đề đọc được ở dòng ${line}: ${headings}. ${NOTHING}`,
    remedy: () => 'Thêm cột “Mã hồ sơ” hoặc sửa lại tên cột rồi nhập lại tệp.',
  },
  MISALIGNED: {
    text: ({ file, place, line, heading, sample }) =>
      `Tiêu đề và nội dung các cột không khớp nhau trong tệp “${file}”${place}: dưới “${heading}” (dòng ${line}) ` +
      `${sample ? `là “${sample}”` : 'không có gì, mã hồ sơ nằm ở cột khác'}. ${NOTHING}`,
    remedy: () => 'Chọn lại cột cho từng loại thông tin, hoặc xuất lại danh sách từ hệ thống nguồn.',
  },
  TOO_WIDE: {
    text: ({ file, line, limit }) =>
      `Tệp “${file}” có hơn ${limit} cột ở dòng ${line}, không giống một danh sách hồ sơ. ${NOTHING}`,
    remedy: () => 'Chép riêng bảng danh sách sang tệp mới, lưu dạng .xlsx rồi nhập.',
  },
  XML_ENTITIES: {
    text: ({ file }) =>
      `Tệp “${file}” có khai báo DOCTYPE trong nội dung, điều không bảng tính Excel nào có. ${NOTHING}`,
    remedy: () => EXPORT_AGAIN,
  },
  NO_ROWS: {
    text: ({ file, place }) => `Tệp “${file}”${place} không có dòng hồ sơ nào. ${NOTHING}`,
    remedy: () => EXPORT_AGAIN,
  },
  QUOTE_OPEN: {
    text: ({ file, line }) => `Tệp “${file}” có dấu ngoặc kép mở ở dòng ${line} mà không đóng. ${NOTHING}`,
    remedy: () => 'Sửa dấu ngoặc kép ở dòng này, hoặc mở bằng Excel và lưu lại dạng .xlsx rồi nhập.',
  },
  JSON_CUT: {
    text: ({ file, line }) => `Tệp “${file}” bị cắt giữa chừng ở dòng ${line}. ${NOTHING}`,
    remedy: () => EXPORT_AGAIN,
  },
  JSON_BROKEN: {
    text: ({ file, line }) => `Tệp “${file}” không đúng dạng JSON, từ dòng ${line}. ${NOTHING}`,
    remedy: () => EXPORT_AGAIN,
  },
  JSON_DEEP: {
    text: ({ file, line, limit }) =>
      `Tệp “${file}” có dữ liệu lồng nhau quá ${limit} lớp từ dòng ${line}, không giống hồ sơ. ${NOTHING}`,
    remedy: () => EXPORT_AGAIN,
  },
  JSON_TWICE: {
    text: ({ file, line }) =>
      `Tệp “${file}” có hai danh sách hồ sơ; danh sách sau bắt đầu ở dòng ${line}. ${NOTHING}`,
    remedy: () => 'Tách thành hai tệp, mỗi tệp một danh sách, rồi nhập từng tệp.',
  },
  JSON_UNKNOWN: {
    text: ({ file }) =>
      `Tệp “${file}” là JSON nhưng không có danh sách hồ sơ hay danh mục thủ tục. ${NOTHING}`,
    remedy: () =>
      'Cần dạng DongBoHoSoMC (mục data là danh sách có MaHoSo), hoặc danh sách thủ tục có code, name, limit.',
  },
} satisfies Record<string, Entry>;

export type RefusalCode = keyof typeof refusals;

const WORKBOOK_NAME = /\.xlsx?$/i;

/** Thrown by readers; crosses the thread as its code and arguments. */
export class FileRefused extends Error {
  constructor(
    readonly code: RefusalCode,
    readonly args: Args = {},
    /** What the columns seem to be, for a person to decide. */
    readonly columns?: SourceColumn[],
  ) {
    super(code);
  }

  /** Read as text for want of anything better, and no table either. */
  private isText(): boolean {
    return this.code === 'NO_HEADINGS' && !this.args.place;
  }

  /** The message with the file's name put in. */
  worded(file: string): { message: string; remedy: string } {
    const entry: Entry = refusals[this.isText() && WORKBOOK_NAME.test(file) ? 'NOT_A_SOURCE' : this.code];
    const limit = vietnameseNumber(Number(this.args.limit ?? 0));
    const args = { place: '', ...this.args, limit, file };
    return { message: entry.text(args), remedy: entry.remedy(args) };
  }
}

/** ', trang tính “DS hồ sơ”' or nothing; goes into the message behind the file's name. */
export const placeOf = (sheet: string | null): string => (sheet === null ? '' : `, trang tính “${sheet}”`);
