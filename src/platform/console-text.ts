import { vietnameseNumber } from './vietnamese-number';

interface Imported {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  faulty: number;
  faults: { line: number; column: string; value: string; message: string; remedy: string }[];
}

/** What writing a checked file would do. */
interface Effects {
  columns: { label: string; cases: number }[];
  overdueNew: number;
  overdueChanged: number;
  back: number;
  kept: number;
  older: { fileName: string } | null;
}

/** How far an import is. */
interface ImportAt {
  step: 'reading' | 'comparing' | 'writing' | 'undoing';
  percent: number | null;
  counted: string;
  rate: number | null;
  left: string | null;
}

const IMPORT_STEPS: Record<ImportAt['step'], string> = {
  reading: 'Đọc tệp',
  comparing: 'So với hồ sơ đã có',
  writing: 'Ghi nhận',
  undoing: 'Hoàn tác',
};

const counts = (r: Imported): string =>
  `${r.created} hồ sơ mới, ${r.updated} cập nhật, ${r.unchanged} không đổi, ${r.faulty} lỗi.`;

const faultLines = ({ faults }: Imported): string[] =>
  faults.map((f) => `  dòng ${f.line}, cột ${f.column}, “${f.value}”: ${f.message} ${f.remedy}`);

/** What the service and its commands say on the console, in the reader's words. Errors are in errors.ts. */
export const consoleText = {
  database: 'Khởi động cơ sở dữ liệu',
  schema: 'Cập nhật cấu trúc dữ liệu',
  program: 'Khởi động chương trình',
  facts: 'Nạp lịch làm việc, thời hạn và mức chấm điểm',
  stopping: 'Đang dừng, chờ việc đang làm xong…',
  stopped: 'Đã dừng.',
  databaseLost: 'Cơ sở dữ liệu đã dừng ngoài ý muốn. Chạy lại lệnh vừa dùng để tiếp tục.',
  seconds: (ms: number) => `${(ms / 1000).toFixed(1).replace('.', ',')} giây`,
  done: (what: string, time: string) => `  ✓ ${what} (${time})`,
  failed: (what: string) => `  ✗ ${what}`,
  ready: (url: string) => `Đúng Hẹn đang chạy tại ${url}`,
  readyWorker: 'Đúng Hẹn đang chạy phần xử lý nền, không mở trang.',
  dataAt: (dir: string) => `Dữ liệu: ${dir}`,
  dataOutside: 'Dữ liệu: máy chủ PostgreSQL theo DATABASE_URL',
  howToStop: 'Dừng: Ctrl-C',
  firstAccount: (username: string, password: string) =>
    `Tài khoản quản trị đầu tiên: ${username}, mật khẩu ${password}\n` +
    'Mật khẩu này chỉ hiện một lần. Đăng nhập rồi đổi ngay.',
  sample: {
    office: 'Lập đơn vị và tài khoản của xã mẫu',
    catalogue: 'Nhập danh mục thủ tục và thời hạn giải quyết',
    year: (year: number, cases: string) => `Nhập danh sách hồ sơ năm ${year} (${cases} hồ sơ)`,
    current: (cases: string) => `Nhập hồ sơ từ đầu năm 2026 đến nay (${cases} hồ sơ)`,
    alerts: 'Nhắc việc đến hạn và quá hạn',
    letters: 'Lập dự thảo thư xin lỗi',
    faults: (faulty: number, file: string) => `    ${faulty} dòng lỗi trong ${file}`,
    accounts: (password: string) => `Tài khoản xem thử, cùng mật khẩu ${password}`,
    account: (username: string, role: string, name: string) =>
      `  ${username.padEnd(10)} ${role.padEnd(18)} ${name}`,
    roles: {
      officer: 'Cán bộ xử lý',
      supervisor: 'Lãnh đạo',
      clerk: 'Văn thư',
      administrator: 'Quản trị',
    },
  },
  command: {
    importing: (file: string) => `Nhập ${file}`,
    imported: (file: string, r: Imported) => [
      `${file}: ${r.rows} dòng, ${counts(r)}`,
      ...(r.created + r.updated + r.faulty === 0 ? ['Tệp không có gì mới.'] : []),
      ...faultLines(r),
    ],
    importAt: (p: ImportAt) =>
      [
        `  … ${IMPORT_STEPS[p.step]}: ${p.percent === null ? p.counted : `${p.percent} %, ${p.counted}`}`,
        ...(p.rate === null ? [] : [`${vietnameseNumber(p.rate)} dòng/giây`]),
        ...(p.left === null ? [] : [p.left]),
      ].join(', '),
    checked: (file: string, e: Effects, r: Imported) => [
      `${file}: ${r.rows} dòng, chưa ghi gì. Nếu ghi: ${counts(r)}`,
      ...e.columns.map((c) => `  ${c.label}: thay đổi ở ${c.cases} hồ sơ`),
      ...(e.overdueNew + e.overdueChanged > 0
        ? [`  ${e.overdueNew + e.overdueChanged} hồ sơ sẽ quá hạn ngay`]
        : []),
      ...(e.back > 0 ? [`  ${e.back} hồ sơ lùi trạng thái`] : []),
      ...(e.older
        ? [
            `  Danh sách cũ hơn “${e.older.fileName}”: ${e.kept} hồ sơ giữ nguyên; thêm --overwrite để ghi theo tệp này`,
          ]
        : []),
      ...faultLines(r),
    ],
    faultsAt: (file: string) => `Các dòng lỗi: ${file}`,
    keyMade: (name: string, role: string, unit: string) =>
      `Khóa “${name}”, vai trò ${role}, đơn vị ${unit}. Khóa chỉ hiện một lần:`,
    roleMissing: (roles: string) => `thiếu --role, một trong ${roles}`,
    oneNeeded: (what: string) => `cần đúng một ${what}`,
    recomputing: 'Tính lại hạn của mọi hồ sơ',
    recomputed: (changed: number, moved: number) =>
      `${changed} hồ sơ đổi kết quả tính, trong đó ${moved} hồ sơ đổi hạn tính lại.`,
    comparing: 'Đối chiếu hạn đã lưu với hạn tính lại',
    compared: (cases: number, differences: number) =>
      differences === 0
        ? `${cases} hồ sơ, mọi giá trị đã lưu đều đúng như tính lại.`
        : `${cases} hồ sơ, ${differences} giá trị đã lưu khác giá trị tính lại.`,
  },
  portTaken: (wanted: number, used: number) => `Cổng ${wanted} đang bận, dùng cổng ${used}.`,
} as const;
