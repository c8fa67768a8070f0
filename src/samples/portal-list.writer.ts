import type { Worksheet } from 'exceljs';
import { isoLocal, toInstant, type LocalSecond } from '../domain/local-date';
import { STATUS, type SampleCase } from './sample-case';
import { CENTRE } from './sample-commune';

const UNIT = `${CENTRE} xã Bình Lư`;
const HEADINGS = [
  ...['STT', 'Đơn vị tiếp nhận', 'Lĩnh vực', 'Mã TTHC', 'Tên thủ tục hành chính', 'Mã hồ sơ', 'Trạng thái'],
  ...[
    'Hình thức nộp',
    'Chủ hồ sơ',
    'Địa chỉ',
    'SĐT',
    'Ngày nhận',
    'Ngày hẹn trả',
    'Ngày kết thúc xử lý',
    'Ngày trả',
  ],
  'Đơn vị/ cá nhân giải quyết',
];
const CHANNELS = { direct: 'Trực tiếp', online: 'Trực tuyến', postal: 'Bưu chính công ích' };
const STATUSES: Record<number, string> = {
  [STATUS.handling]: 'Đang xử lý',
  [STATUS.finished]: 'Đã xử lý xong',
  [STATUS.returned]: 'Đã trả kết quả',
};
const DAY_AND_TIME = 'dd/mm/yyyy hh:mm:ss';

/** The list as the provincial system exports it: title rows above, a total below, some dates real, some text. */
export async function writePortalList(cases: SampleCase[], file: string): Promise<void> {
  // Loaded on use: it would cost every start a fifth of its time.
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet('Danh sách hồ sơ');
  sheet.addRow(['DANH SÁCH HỒ SƠ TIẾP NHẬN, GIẢI QUYẾT']);
  sheet.addRow([`Đơn vị: ${UNIT}`]);
  sheet.mergeCells('A1:P1');
  sheet.mergeCells('A2:P2');
  sheet.addRow([]);
  sheet.addRow(HEADINGS);
  cases.forEach((record, index) => addCase(sheet, record, index));
  sheet.addRow(['Tổng cộng', '', '', '', '', `${cases.length} hồ sơ`]);
  await book.xlsx.writeFile(file);
}

function addCase(sheet: Worksheet, record: SampleCase, index: number): void {
  const { procedure, applicant } = record;
  const time: (at: LocalSecond | null) => Date | string | null = index % 3 === 0 ? asDate : asText;
  const row = sheet.addRow([
    ...[
      index + 1,
      UNIT,
      procedure.field,
      procedure.code,
      procedure.name,
      record.code,
      STATUSES[record.status],
    ],
    ...[CHANNELS[record.channel], applicant.name, applicant.address, applicant.phone],
    ...[record.receivedAt, record.promisedAt, record.finishedAt, record.returnedAt].map(time),
    `${procedure.department}/ ${record.officer}`,
  ]);
  if (time === asDate) for (const column of [12, 13, 14, 15]) row.getCell(column).numFmt = DAY_AND_TIME;
}

/** A workbook has no time zone: the cell shows the wall time. */
const asDate = (at: LocalSecond | null): Date | null => (at === null ? null : new Date(at * 1000));

function asText(at: LocalSecond | null): string | null {
  if (at === null) return null;
  const [day = '', time = ''] = isoLocal(toInstant(at)).split('T');
  return `${day.split('-').reverse().join('/')} ${time}`;
}
