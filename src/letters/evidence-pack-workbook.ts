import { sheetText } from '../documents/sheet-cell';
import { timeless } from '../documents/zip.writer';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import type { EvidencePack } from './evidence-pack';
import { appendixRows } from './evidence-pack-paper';
import { shortDay } from './register-paper';

const WIDTHS = [6, 44, 26, 12, 14, 40, 18, 20, 30, 16, 68];
const HEADING_ROW = 4;

/** The appendix as a workbook, for whoever adds several offices together. */
export async function appendixWorkbook(pack: EvidencePack): Promise<Buffer> {
  // Loaded when first needed: it takes longer to load than to write an appendix.
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  Object.assign(book, { created: pack.madeAt, modified: pack.madeAt });
  const sheet = book.addWorksheet('Phụ lục', {
    views: [{ state: 'frozen', ySplit: HEADING_ROW }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  sheet.addRows([
    [words.appendix],
    [`${pack.reporter}, từ ngày ${shortDay(pack.from)} đến ngày ${shortDay(pack.to)}`],
    [],
    [...words.headings],
  ]);
  sheet.getRow(1).font = { bold: true, size: 14 };
  sheet.getRow(HEADING_ROW).font = { bold: true };
  for (const row of appendixRows(pack.lines))
    sheet.addRow(
      [
        Number(row.place),
        ...[`${row.procedure}\n${row.code}`, row.applicant, row.deadline, row.settled, row.reason],
        ...[
          `${row.number}\n${row.letterDate}`.trim(),
          row.signer,
          row.sendings.join('\n'),
          row.status,
          row.hash,
        ],
      ].map((cell) => (typeof cell === 'string' ? sheetText(cell) : cell)),
    );
  sheet.eachRow((row, n) => {
    if (n >= HEADING_ROW) row.alignment = { vertical: 'top', wrapText: true };
  });
  sheet.pageSetup.printTitlesRow = `${HEADING_ROW}:${HEADING_ROW}`;
  return timeless(Buffer.from(await book.xlsx.writeBuffer()));
}
