import { sheetText, wallTime, type SheetCell } from '../documents/sheet-cell';
import { labels } from '../platform/labels';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import { fullDay } from '../web/view-helpers';
import type { RegisterView } from './register-view';

const WIDTHS = [
  ...[16, 12, 26, 32, 36, 26, 17, 17, 40, 20, 20, 17, 14, 22, 30, 28, 20],
  ...[30, 13, 22, 32, 20],
];
const DAY = 'dd/mm/yyyy';
const INSTANT = 'dd/mm/yyyy hh:mm';
const HEADING_ROW = 3;
const INSTANT_COLUMNS = [7, 8, 12];

/** The register of a year as a workbook: A4 landscape, one page wide, the heading on every page. */
export async function registerWorkbook(year: number, rows: RegisterView[]): Promise<Buffer> {
  // Loaded when first needed: it takes longer to load than to write a register.
  const { default: Excel } = await import('exceljs');
  const book = new Excel.Workbook();
  const sheet = book.addWorksheet(labels.letter.registerSheet, {
    views: [{ state: 'frozen', ySplit: HEADING_ROW }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = WIDTHS.map((width) => ({ width }));
  sheet.getCell('A1').value = `${labels.letter.register} ${year}`;
  sheet.getCell('A1').font = { bold: true, size: 14 };
  sheet.getRow(HEADING_ROW).values = [...labels.letter.columns, ...words.moreColumns];
  sheet.getRow(HEADING_ROW).font = { bold: true };
  for (const row of rows) sheet.addRow(cellsOf(row));
  sheet.getColumn(2).numFmt = DAY;
  for (const column of INSTANT_COLUMNS) sheet.getColumn(column).numFmt = INSTANT;
  sheet.eachRow((row, n) => {
    if (n >= HEADING_ROW) row.alignment = { vertical: 'top', wrapText: true };
  });
  sheet.pageSetup.printTitlesRow = `${HEADING_ROW}:${HEADING_ROW}`;
  return Buffer.from(await book.xlsx.writeBuffer());
}

function cellsOf(row: RegisterView): SheetCell[] {
  const cancelled = row.state === 'cancelled' ? `${labels.letter.cancelled}: ${row.cancelReason ?? ''}` : '';
  return [
    `${row.numberText}/${row.suffix}`,
    new Date(`${row.letterDate}T00:00:00Z`),
    sheetText(row.who),
    sheetText(row.address),
    sheetText(row.procedure),
    sheetText(row.code),
    wallTime(row.deadlineAt),
    wallTime(row.newDueAt),
    sheetText(row.reason),
    sheetText(row.signer),
    row.channel ?? '',
    wallTime(row.sentAt),
    row.timing ?? '',
    sheetText(row.recipient),
    sheetText(row.proof),
    sheetText(cancelled),
    row.fileSha256 ?? '',
    row.formName,
    row.natureName ?? '',
    sheetText(row.approvedBy),
    sheetText(row.channels.map((c) => `${c.name} ${fullDay(c.at)}`).join('; ')),
    row.signedSha256 ?? '',
  ];
}
