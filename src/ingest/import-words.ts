import { toLocalSecond } from '../domain/local-date';
import { vietnameseNumber } from '../platform/vietnamese-number';
import { timeText } from './faults';

/** What a person is told about a file that changed nothing; null when it did. */
export function doneMessage(
  outcome: { created: number; updated: number; unchanged: number },
  sameFileAt: Date | null,
): string | null {
  if (outcome.created + outcome.updated > 0 || outcome.unchanged === 0) return null;
  if (sameFileAt === null) return 'Hệ thống đã có mọi dòng của tệp này; không có gì thay đổi.';
  return `Tệp này đã được ghi nhận lúc ${clockText(sameFileAt)}; không có gì thay đổi.`;
}

/** '09:41 ngày 23/11/2026' */
function clockText(at: Date): string {
  const [day, time] = timeText(toLocalSecond(at)).split(' ');
  return `${time} ngày ${day}`;
}

/** Line of the checklist of a new commune. */
export const catalogueToImport = (limits: number) => ({
  label: 'Nhập danh mục thủ tục',
  detail:
    limits === 0
      ? 'Tệp danh mục có mã, tên và thời hạn; không có tệp thì nhập thời hạn từng thủ tục.'
      : `${limits} thủ tục đã có thời hạn.`,
});

/** Line of the checklist of a new commune. */
export const casesToImport = (done: boolean) => ({
  label: 'Nhập danh sách hồ sơ',
  detail: done
    ? 'Đã có hồ sơ.'
    : 'Xuất danh sách từ hệ thống một cửa của tỉnh (.xlsx, .xls, .csv hoặc .json).',
});

/** '12.000 dòng', '90 trong 186 dòng' */
export const countedRows = (rows: number, total: number | null): string =>
  total === null
    ? `${vietnameseNumber(rows)} dòng`
    : `${vietnameseNumber(rows)} trong ${vietnameseNumber(total)} dòng`;

/** 'còn khoảng 40 giây' */
export const leftText = (seconds: number): string =>
  seconds < 7.5 ? 'còn vài giây' : `còn khoảng ${lastingText(seconds)}`;

/** 'đã chạy 40 giây'; null while that says nothing yet */
export const spentText = (seconds: number): string | null =>
  seconds < 7.5 ? null : `đã chạy ${lastingText(seconds)}`;

function lastingText(seconds: number): string {
  if (seconds < 57.5) return `${Math.round(seconds / 5) * 5} giây`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? `${minutes} phút` : `${Math.floor(minutes / 60)} giờ ${minutes % 60} phút`;
}

/** What an act on an import says on the page that follows. */
export const importNotices = {
  outdated:
    'Chưa ghi: vừa có lần nhập khác được ghi nhận hoặc hoàn tác. Đang kiểm tra lại để có số liệu mới.',
  goesOn: 'Đang ghi tiếp từ chỗ đã dừng.',
  corrected: (cells: number): string =>
    `Đã sửa ${vietnameseNumber(cells)} chỗ theo gợi ý. Đang kiểm tra lại.`,
  uncorrected: (cells: number): string => `Đã bỏ ${vietnameseNumber(cells)} chỗ sửa. Đang kiểm tra lại.`,
  mapped: 'Đã lưu cách ghép cột. Đang đọc lại tệp.',
};

/** Faults of the form that tells what the columns hold. */
export const columnFaults = {
  noCode: 'Chưa chỉ cột Mã hồ sơ.',
  twice: (label: string, heading: string): string =>
    `“${label}” đã chọn cho cột “${heading}”. Mỗi nội dung chỉ một cột.`,
};

/** Who else brings lists than the systems known. */
export const OTHER_SOURCE = { value: 'khac', label: 'Hệ thống khác…' };
export const SOURCE_BY_FILE = 'Tự nhận theo loại tệp';
export const SOURCE_NAME_MISSING = 'Ghi tên hệ thống nguồn.';

/** Groups of states by which the history is narrowed down. */
export const stateGroups = [
  { value: 'cho', label: 'Chờ ghi nhận', states: ['checked'] },
  { value: 'dang', label: 'Đang chạy', states: ['checking', 'writing', 'undoing'] },
  { value: 'xong', label: 'Đã ghi nhận', states: ['done'] },
  { value: 'loi', label: 'Không nhận, gián đoạn', states: ['refused', 'failed'] },
  { value: 'bo', label: 'Đã dừng, đã hoàn tác', states: ['cancelled', 'undone'] },
];

export const faultyRowsName = (fileName: string): string =>
  `${fileName.replace(/\.[a-z0-9]{1,6}$/i, '')} - dòng lỗi.xlsx`;

/** The sample list. */
export const sampleList = {
  sheet: 'DS hồ sơ',
  title: 'Danh sách hồ sơ. Xóa dòng ví dụ (dòng 3), điền từ dòng 3. Cột không dùng có thể bỏ.',
  words: 'Hướng dẫn',
  wordColumns: ['Cột', 'Nội dung được hiểu'],
  notes: [
    ['Mã hồ sơ', 'Bắt buộc. Theo Giấy tiếp nhận hồ sơ; mỗi hồ sơ một dòng.'],
    [
      'Mã TTHC, Tên thủ tục hành chính',
      'Hồ sơ mới cần ít nhất một trong hai. Thủ tục chưa có trong danh mục được tạo, đánh dấu thiếu thời hạn.',
    ],
    [
      'Các cột ngày',
      'ngày/tháng/năm giờ:phút, ví dụ 05/02/2026 14:30. Ô ngày của Excel cũng đọc được. Không ghi giờ cũng được.',
    ],
    ['Ngày nộp hồ sơ', 'Chỉ với hồ sơ nộp trực tuyến; cần để theo dõi 8 giờ tiếp nhận.'],
  ],
};

export const folderWords = {
  label: 'Thư mục nhập hồ sơ',
  actor: 'Thư mục nhập',
  fault: {
    missing: 'Thư mục nhập (IMPORT_FOLDER) không có. Tạo thư mục, hoặc sửa đường dẫn trong cấu hình.',
    unwritable: 'Không ghi được vào thư mục nhập (IMPORT_FOLDER). Cấp quyền đọc và ghi cho chương trình.',
  },
  refused: (file: string, message: string, remedy: string) =>
    `Tệp ${file} chưa được nhập.\r\n${message}\r\n${remedy}\r\n`,
};
