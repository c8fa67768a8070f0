import { timeless } from '../documents/zip.writer';
import { form06aLabels as words } from '../platform/form-06a-labels';
import type { Form06aPaper } from './form-06a-paper';

const HEADING_ROW = 6;

/** The form as a workbook: A4 across, one page wide, columns numbered as on paper. */
export async function form06aWorkbook(paper: Form06aPaper): Promise<Buffer> {
  // Loaded when first needed: it takes longer to load than to write a form.
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  Object.assign(book, { created: paper.at, modified: paper.at });
  const sheet = book.addWorksheet('II.06a', {
    views: [{ state: 'frozen', ySplit: HEADING_ROW + 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = words.columns.map((_, i) => ({ width: i === 0 ? 6 : i === 1 ? 36 : 13 }));
  sheet.addRows([
    [paper.form],
    [paper.title.join(' ')],
    [`Kỳ báo cáo: từ ngày ${paper.from} đến ngày ${paper.to}`],
    [`Đơn vị báo cáo: ${paper.reporter}. Đơn vị nhận báo cáo: ${paper.receiver}`],
    ['Đơn vị tính: Số hồ sơ TTHC'],
    [...words.columns],
    words.columns.map((_, i) => `(${i + 1})`),
  ]);
  for (const line of [...paper.rows, paper.total])
    sheet.addRow([line.place ? Number(line.place) : '', line.field, ...line.columns]);
  for (const text of paper.balance) sheet.addRow([text]);
  sheet.getRow(2).font = { bold: true, size: 14 };
  for (const row of [HEADING_ROW, HEADING_ROW + 2 + paper.rows.length])
    sheet.getRow(row).font = { bold: true };
  sheet.getRow(HEADING_ROW).alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' };
  sheet.pageSetup.printTitlesRow = `${HEADING_ROW}:${HEADING_ROW + 1}`;
  return timeless(Buffer.from(await book.xlsx.writeBuffer()));
}
