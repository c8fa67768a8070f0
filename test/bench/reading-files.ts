/** Lists as a province exports them, made up. */
import Excel from 'exceljs';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const HEADINGS = [
  ...[
    'Mã hồ sơ',
    'Mã TTHC',
    'Tên thủ tục hành chính',
    'Lĩnh vực',
    'Chủ hồ sơ',
    'Địa chỉ',
    'Số điện thoại',
    'Email',
  ],
  ...[
    'Kênh thực hiện',
    'Ngày tiếp nhận',
    'Ngày hẹn trả',
    'Ngày kết thúc xử lý',
    'Ngày trả kết quả',
    'Trạng thái',
  ],
  'Đơn vị xử lý',
];
const PROCEDURES = [
  'Thủ tục đăng ký khai sinh',
  'Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản',
  'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân',
  'Thủ tục đăng ký kết hôn',
];
const FAMILIES = ['Lò Văn', 'Chẻo A', 'Trần Đức', 'Nguyễn Thị', 'Sùng A', 'Vàng Thị'];
const PIECE_ROWS = 5_000;

const two = (n: number): string => String(n).padStart(2, '0');

/** The n-th case of the list; every text but the repeated ones is a different one. */
function row(n: number): string[] {
  const [day, month] = [two(1 + (n % 28)), two(1 + (n % 10))];
  const at = (clock: string): string => `${day}/${month}/2026 ${clock}`;
  return [
    `H35.50.${two(n % 90)}-26${month}${day}-${String(n % 10_000).padStart(4, '0')}`,
    `1.00${4_000 + (n % 600)}`,
    PROCEDURES[n % PROCEDURES.length]!,
    'Hộ tịch',
    `${FAMILIES[n % FAMILIES.length]} ${String.fromCharCode(65 + (n % 26))}`,
    `bản số ${n % 97}, xã Bình Lư`,
    `09${String(n).padStart(8, '0')}`,
    '',
    n % 3 === 0 ? 'Trực tiếp' : 'Trực tuyến',
    at(`07:${two(n % 60)}:00`),
    at('17:00:00'),
    at(`11:${two(n % 60)}:30`),
    at('15:54:00'),
    'Đã trả kết quả',
    'Văn phòng HĐND và UBND',
  ];
}

const line = (cells: string[]): string =>
  `${cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\r\n`;

export async function makeCsv(file: string, rows: number): Promise<void> {
  const out = createWriteStream(file);
  out.write(`\ufeff${line(HEADINGS)}`);
  for (let from = 0; from < rows; from += PIECE_ROWS) {
    const count = Math.min(PIECE_ROWS, rows - from);
    const piece = Array.from({ length: count }, (_, i) => line(row(from + i))).join('');
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

/** As Excel saves it: texts shared, two columns of real dates. */
export async function makeXlsx(file: string, rows: number): Promise<void> {
  const book = new Excel.stream.xlsx.WorkbookWriter({
    filename: file,
    useSharedStrings: true,
    useStyles: true,
  });
  const sheet = book.addWorksheet('DS hồ sơ');
  sheet.addRow(HEADINGS).commit();
  for (let n = 0; n < rows; n++) {
    const cells: (string | Date)[] = row(n);
    cells[11] = new Date(Date.UTC(2026, n % 10, 1 + (n % 28), 11, n % 60, 30));
    cells[12] = new Date(Date.UTC(2026, n % 10, 1 + (n % 28), 15, 54));
    sheet.addRow(cells).commit();
  }
  sheet.commit();
  await book.commit();
}
