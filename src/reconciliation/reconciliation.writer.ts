import { Injectable } from '@nestjs/common';
import { sheetText, wallTime, type SheetCell } from '../documents/sheet-cell';
import { isoLocal } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { FindingView } from './finding-view';

const words = labels.reconciliation;
const WIDTHS = [30, 16, 26, 48, 26, 44, 48, 18, 18, 18, 26, 36, 44, 40, 22, 18];
const INSTANT = 'dd/mm/yyyy hh:mm';
const INSTANT_COLUMNS = [8, 9, 10, 16];

/** The findings as a workbook, e.g. for the province that repairs the synchronisation. */
@Injectable()
export class ReconciliationWriter {
  constructor(private readonly clock: Clock) {}

  async workbook(list: FindingView[]): Promise<{ name: string; file: Buffer }> {
    // Loaded when first needed: it takes longer to load than to write a list.
    const { default: Excel } = await import('exceljs');
    const book = new Excel.Workbook();
    const sheet = book.addWorksheet(words.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = words.columns.map((header, i) => ({ header, width: WIDTHS[i]! }));
    for (const column of INSTANT_COLUMNS) sheet.getColumn(column).numFmt = INSTANT;
    for (const finding of list) sheet.addRow(cellsOf(finding));
    sheet.getRow(1).font = { bold: true };
    sheet.autoFilter = { from: 'A1', to: { row: 1, column: words.columns.length } };
    const file = Buffer.from(await book.xlsx.writeBuffer());
    return { name: `${words.file}-${isoLocal(this.clock.now()).slice(0, 10)}.xlsx`, file };
  }
}

function cellsOf(finding: FindingView): SheetCell[] {
  const { settlement } = finding;
  return [
    finding.causeName,
    finding.stateName,
    sheetText(finding.code),
    sheetText(finding.procedure),
    sheetText(finding.applicant),
    finding.source,
    sheetText(finding.calendar),
    wallTime(finding.promisedAt),
    wallTime(finding.computedDueAt),
    wallTime(finding.resultAt),
    sheetText(finding.twinCode),
    sheetText(finding.sources.join(', ')),
    sheetText(settlement?.note ?? null),
    sheetText(settlement?.evidence ?? null),
    sheetText(settlement?.settledBy ?? null),
    wallTime(settlement?.settledAt ?? null),
  ];
}
