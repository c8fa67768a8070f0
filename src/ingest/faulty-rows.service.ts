import { Injectable } from '@nestjs/common';
import { sheetText } from '../documents/sheet-cell';
import { faultyRowsSheet } from './import-words';
import type { RunDetail } from './run';
import { RunLog } from './run-log.service';
import { MAX_FAULTS } from './source-batches';

const WIDTHS = [8, 24, 26, 44, 60, 26, 26];

/** What is wrong with a file, as a workbook to work through. */
@Injectable()
export class FaultyRows {
  constructor(private readonly runs: RunLog) {}

  async workbook({ id }: RunDetail): Promise<Buffer> {
    const faults = await this.runs.faults(id, 'fault', MAX_FAULTS);
    // Loaded when first needed: it takes longer to load than to write a list.
    const { default: Excel } = await import('exceljs');
    const book = new Excel.Workbook();
    const sheet = book.addWorksheet(faultyRowsSheet.name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = faultyRowsSheet.columns.map((header, i) => ({ header, width: WIDTHS[i]! }));
    for (const { line, column, value, message, remedy, suggestion, caseCode } of faults)
      sheet.addRow([line, ...[column, value, message, remedy, suggestion, caseCode].map(sheetText)]);
    sheet.getRow(1).font = { bold: true };
    return Buffer.from(await book.xlsx.writeBuffer());
  }
}
