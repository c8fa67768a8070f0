import { Injectable } from '@nestjs/common';
import { FIELD_WORDS, type Field } from './fields';
import { sampleList } from './import-words';
import { APPLICANT_KIND_WORDS, CHANNEL_WORDS, STATUS_WORDS } from './vocabulary';

/** Columns of the sample with what stands in its example row. */
const EXAMPLE: [Field, string, number][] = [
  ['code', 'H35.50.12-261120-0001', 26],
  ['procedureCode', '1.001193', 14],
  ['procedureName', 'Thủ tục đăng ký khai sinh', 36],
  ['applicantName', 'Vàng Thị Pàng', 24],
  ['applicantKind', 'Cá nhân', 16],
  ['address', 'bản Cò Lá, xã Bình Lư', 28],
  ['phone', '0900000000', 16],
  ['channel', 'Trực tiếp', 18],
  ['status', 'Đang xử lý', 18],
  ['submittedAt', '', 18],
  ['receivedAt', '20/11/2026 08:30', 18],
  ['promisedAt', '25/11/2026 17:00', 18],
  ['finishedAt', '', 20],
  ['returnedAt', '', 18],
  ['departmentName', 'Phòng Văn hóa - Xã hội', 26],
  ['officerName', 'Lò Văn Chiến', 20],
];

const WORDS: [Field, string[]][] = [
  ['status', STATUS_WORDS.official],
  ['channel', CHANNEL_WORDS.official],
  ['applicantKind', APPLICANT_KIND_WORDS.official],
];

/** A list to copy: the headings, one example row, and the words that are understood. */
@Injectable()
export class SampleListWriter {
  async workbook(): Promise<Buffer> {
    const { default: Excel } = await import('exceljs');
    const book = new Excel.Workbook();
    const list = book.addWorksheet(sampleList.sheet, { views: [{ state: 'frozen', ySplit: 2 }] });
    EXAMPLE.forEach(([, , width], i) => (list.getColumn(i + 1).width = width));
    list.addRow([sampleList.title]).font = { italic: true };
    list.addRow(EXAMPLE.map(([field]) => FIELD_WORDS[field].label)).font = { bold: true };
    list.addRow(EXAMPLE.map(([, text]) => text));
    // Text, so that Excel turns neither a telephone number nor a day into something else.
    EXAMPLE.forEach((_, i) => (list.getColumn(i + 1).numFmt = '@'));
    const words = book.addWorksheet(sampleList.words);
    words.getColumn(1).width = 26;
    words.getColumn(2).width = 110;
    words.addRow(sampleList.wordColumns).font = { bold: true };
    for (const [field, known] of WORDS) words.addRow([FIELD_WORDS[field].label, known.join('; ')]);
    for (const row of sampleList.notes) words.addRow(row);
    words.getColumn(2).alignment = { wrapText: true, vertical: 'top' };
    return Buffer.from(await book.xlsx.writeBuffer());
  }
}
