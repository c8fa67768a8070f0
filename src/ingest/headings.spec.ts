import type { TableRow } from './cell';
import { bestHeading, fieldOf, headingCandidates, isNoDataRow } from './headings';

const row = (line: number, ...cells: (string | number | null)[]) => ({ line, cells });
const headingOf = (rows: TableRow[]) => bestHeading(headingCandidates(rows));
const LIST = ['STT', 'Mã hồ sơ', 'Chủ hồ sơ', 'Ngày nhận', 'Ngày hẹn trả', 'Trạng thái'];

describe('headings', () => {
  it.each([
    ['MÃ HỒ SƠ', 'code'],
    ['ma ho so', 'code'],
    ['MaHoSo', 'code'],
    ['Mã hồ sơ (*)', 'code'],
    ['Số biên nhận', 'code'],
    ['Đơn vị/ cá nhân giải quyết', 'departmentName'],
    ['Đơn vị/ cá nhân giải quyết quá hạn', 'departmentName'],
    ['Ngày hẹn trả', 'promisedAt'],
    ['Hạn giải quyết', 'promisedAt'],
    ['Ngày trả', 'returnedAt'],
    ['Ngày trả kết quả', 'returnedAt'],
    ['SĐT', 'phone'],
    ['Tên TTHC', 'procedureName'],
    ['Mã TTHC', 'procedureCode'],
    ['Hình thức nộp', 'channel'],
    ['Cán bộ đang xử lý', 'officerName'],
    ['Đơn vị tiếp nhận', 'receivingUnit'],
    ['STT', null],
  ])('%s means %s', (heading, field) => {
    expect(fieldOf(heading)).toBe(field);
  });

  it('are found below any number of title rows', () => {
    const titles = [row(1, 'DANH SÁCH HỒ SƠ'), row(2, 'Đơn vị: Trung tâm Phục vụ hành chính công'), row(3)];
    expect(headingOf([...titles, row(4, ...LIST), row(5, 1, 'H35-1', 'A')])?.line).toBe(4);
  });

  it('are found without a code column, so that the message can name them', () => {
    const found = headingOf([row(1, 'Họ tên', 'Ngày nhận', 'Hẹn trả')]);
    expect(found?.headings.map((h) => h.heading)).toEqual(['Họ tên', 'Ngày nhận', 'Hẹn trả']);
  });

  it('are not found among rows that only resemble them', () => {
    expect(headingOf([row(1, 'Kế hoạch', 'Email'), row(2, 'a', 'b')])).toBeNull();
  });
});

describe('rows without a case', () => {
  const CODE = LIST.indexOf('Mã hồ sơ');
  it.each([
    ['a blank row', row(9, null, '  ')],
    ['a total row', row(9, 'Tổng cộng', '2162 hồ sơ')],
    ['a total row in capitals', row(9, 'TỔNG SỐ:', 12, 3, 4)],
    ['a sum', row(9, null, null, 'Cộng', 12)],
    ['the heading on a new page', row(9, ...LIST)],
    ['a signature', row(9, null, null, null, 'NGƯỜI LẬP BIỂU')],
    ['a number left over', row(9, 17)],
    ['the numbers of the columns', row(9, '(1)', '(2)', '(3)', '(4)', '(5)', '(6)')],
    ['letters and numbers of the columns', row(9, 'A', 'B', 1, 2, 3, 4)],
  ])('%s', (_, given) => {
    expect(isNoDataRow(given, CODE)).toBe(true);
  });

  it.each([
    ['a case', row(9, 1, 'H35-1', 'A', '05/01/2026')],
    ['a person called Tống Công', row(9, 'Tống Công', 'H35-1', 'Tống Công', '05/01/2026')],
    ['a case whose code is missing', row(9, 1, null, 'Lò Văn A', '05/01/2026')],
    ['a bare code', row(9, null, 'H35-1')],
  ])('%s is not one', (_, given) => {
    expect(isNoDataRow(given, CODE)).toBe(false);
  });
});
