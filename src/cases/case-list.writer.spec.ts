import Excel from 'exceljs';
import { Clock } from '../platform/clock';
import { CaseListWriter } from './case-list.writer';
import type { QueueRow } from './queue.repository';

const row: QueueRow = {
  ...{ id: 1, code: 'H35.50.12-261118-0001', procedureId: 1, procedureName: 'Đăng ký kết hôn', unitId: 1 },
  ...{ applicantName: 'Lý Thị Pham', officerName: null, departmentName: 'Phòng Kinh tế', status: 4 },
  ...{ receivedAt: new Date('2026-11-18T08:05:00+07:00'), promisedAt: null, pausedSince: null },
  ...{ deadlineAt: new Date('2026-11-23T17:00:00+07:00'), state: 'running', letterState: null, reminded: 0 },
  forecast: false,
};

async function written(given: Partial<QueueRow>): Promise<Excel.Worksheet> {
  const writer = new CaseListWriter(new Clock().startAt(new Date('2026-11-23T09:00:00+07:00')));
  const { file, name } = await writer.workbook([{ row: { ...row, ...given }, urgency: 'today' }]);
  expect(name).toBe('hang-viec-2026-11-23.xlsx');
  const book = new Excel.Workbook();
  await book.xlsx.load(file as unknown as Parameters<typeof book.xlsx.load>[0]);
  return book.worksheets[0]!;
}

describe('the exported work list', () => {
  it('has one line per case with words and real dates in Vietnamese wall time', async () => {
    const sheet = await written({});
    const cells = Array.from(sheet.getRow(2).values as Excel.CellValue[]).slice(1);
    expect(cells.slice(0, 5)).toEqual(['Hôm nay', row.code, 'Đăng ký kết hôn', 'Lý Thị Pham', 'Đang xử lý']);
    expect(cells[5]).toEqual(new Date('2026-11-18T08:05:00Z'));
    expect(cells[7]).toEqual(new Date('2026-11-23T17:00:00Z'));
    expect(sheet.getCell('H2').numFmt).toBe('dd/mm/yyyy hh:mm');
  });

  it('says of a deadline that rests on a year not decided that it is a forecast', async () => {
    expect((await written({ forecast: true })).getCell('K2').value).toBe('dự kiến');
    expect((await written({})).getCell('K2').value).toBe('');
  });

  it.each(['=HYPERLINK("http://x","y")', '+84 912', '-1', '@SUM(A1)'])(
    'a name that looks like a formula (%s) stays text',
    async (applicantName) => {
      const cell = (await written({ applicantName })).getCell('D2');
      expect(cell.type).toBe(Excel.ValueType.String);
      expect(cell.value).toBe(`'${applicantName}`);
    },
  );
});
