import { Injectable } from '@nestjs/common';
import { sheetText, wallTime, type SheetCell } from '../documents/sheet-cell';
import { isoLocal } from '../domain/local-date';
import type { UrgencyGroup } from '../domain/outcome';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { QueueRow } from './queue.repository';

const WIDTHS = [12, 26, 52, 28, 22, 18, 18, 18, 34, 24, 12];
const INSTANT = 'dd/mm/yyyy hh:mm';
const INSTANT_COLUMNS = [6, 7, 8];

/** The work list as a workbook. */
@Injectable()
export class CaseListWriter {
  constructor(private readonly clock: Clock) {}

  async workbook(list: { row: QueueRow; urgency: UrgencyGroup }[]): Promise<{ name: string; file: Buffer }> {
    // Loaded when first needed: it takes longer to load than to write a list.
    const { default: Excel } = await import('exceljs');
    const book = new Excel.Workbook();
    const sheet = book.addWorksheet(labels.caseList.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = labels.caseList.columns.map((header, i) => ({ header, width: WIDTHS[i]! }));
    for (const column of INSTANT_COLUMNS) sheet.getColumn(column).numFmt = INSTANT;
    for (const { row, urgency } of list) sheet.addRow(cellsOf(row, urgency));
    sheet.getRow(1).font = { bold: true };
    sheet.autoFilter = { from: 'A1', to: { row: 1, column: labels.caseList.columns.length } };
    const file = Buffer.from(await book.xlsx.writeBuffer());
    return { name: `${labels.caseList.file}-${isoLocal(this.clock.now()).slice(0, 10)}.xlsx`, file };
  }
}

function cellsOf(row: QueueRow, urgency: UrgencyGroup): SheetCell[] {
  return [
    labels.urgency[urgency],
    sheetText(row.code),
    sheetText(row.procedureName),
    sheetText(row.applicantName),
    labels.caseStatus[row.status] ?? '',
    wallTime(row.receivedAt),
    wallTime(row.promisedAt),
    wallTime(row.deadlineAt),
    sheetText(row.departmentName),
    sheetText(row.officerName),
    row.forecast ? labels.caseList.forecast : '',
  ];
}
