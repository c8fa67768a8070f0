import type { Cell } from './cell';

/** Everything a source may say about a case, in the order of the mapping card. */
export const FIELDS = [
  'code',
  'procedureCode',
  'procedureName',
  'fieldCode',
  'fieldName',
  'applicantName',
  'applicantKind',
  'address',
  'phone',
  'email',
  'summary',
  'channel',
  'status',
  'receivedAt',
  'promisedAt',
  'finishedAt',
  'returnedAt',
  'departmentName',
  'officerName',
  'supplements',
  'submittedAt',
  'receivingUnit',
] as const;
export type Field = (typeof FIELDS)[number];
/** Fields that stand in one cell. */
export type CellField = Exclude<Field, 'supplements'>;
export const CELL_FIELDS = FIELDS.filter((field) => field !== 'supplements');

/** One row of a source with its columns understood. A value that is absent is not in the file at all. */
export interface SourceRow {
  line: number;
  /** Bits of the fields that are in the file. */
  carried: number;
  values: Partial<Record<CellField, Cell>>;
  supplements?: unknown;
  /** Text right of the last heading: the cells of this row have moved. */
  surplus?: string;
  repeated?: string; // a key that the object holds twice
}

const BITS = Object.fromEntries(FIELDS.map((field, i) => [field, 1 << i])) as Record<Field, number>;

/** Bit of a field in the mask that tells which fields a row carries (a carried empty cell clears). */
export const bitOf = (field: Field): number => BITS[field];

interface FieldWords {
  /** The official Vietnamese name. */
  label: string;
  /** Other headings seen in exports; compared without marks, case, blanks and punctuation. */
  synonyms: string[];
}

/** Names of the fields and the headings under which exports and the portal's payloads give them. */
export const FIELD_WORDS: Record<Field, FieldWords> = {
  code: {
    label: 'Mã hồ sơ',
    synonyms: [
      'MaHoSo',
      'Số hồ sơ',
      'Mã số hồ sơ',
      'Số biên nhận',
      'Mã biên nhận',
      'Mã HS',
      'Số hồ sơ TTHC',
      'Mã hồ sơ TTHC',
    ],
  },
  procedureCode: {
    label: 'Mã TTHC',
    synonyms: ['MaTTHC', 'Mã thủ tục', 'Mã thủ tục hành chính', 'Mã số TTHC', 'Mã số thủ tục'],
  },
  procedureName: {
    label: 'Tên thủ tục hành chính',
    synonyms: [
      'TenTTHC',
      'Tên thủ tục',
      'Thủ tục',
      'Thủ tục hành chính',
      'Tên TTHC',
      'TTHC',
      'Nội dung thủ tục',
      'Tên dịch vụ công',
    ],
  },
  fieldCode: { label: 'Mã lĩnh vực', synonyms: ['MaLinhVuc'] },
  fieldName: {
    label: 'Lĩnh vực',
    synonyms: ['TenLinhVuc', 'Tên lĩnh vực', 'Ngành, lĩnh vực', 'Lĩnh vực thủ tục', 'Lĩnh vực TTHC'],
  },
  applicantName: {
    label: 'Chủ hồ sơ',
    synonyms: [
      'ChuHoSo',
      'Tên chủ hồ sơ',
      'Họ tên chủ hồ sơ',
      'Họ và tên chủ hồ sơ',
      'Người nộp',
      'Người nộp hồ sơ',
      'Tên người nộp',
      'Họ tên người nộp',
      'Họ và tên người nộp',
      'Họ tên',
      'Họ và tên',
      'Tổ chức, cá nhân',
      'Tên tổ chức, cá nhân',
      'Cá nhân, tổ chức',
      'Tên cá nhân, tổ chức',
      'Người đăng ký',
    ],
  },
  applicantKind: { label: 'Loại đối tượng', synonyms: ['LoaiDoiTuong', 'Đối tượng', 'Loại chủ hồ sơ'] },
  address: {
    label: 'Địa chỉ',
    synonyms: [
      'DiaChi',
      'Địa chỉ chủ hồ sơ',
      'DiaChiChuHoSo',
      'Địa chỉ người nộp',
      'Nơi ở',
      'Địa chỉ liên hệ',
      'Địa chỉ thường trú',
    ],
  },
  phone: {
    label: 'Số điện thoại',
    synonyms: [
      'SoDienThoai',
      'SĐT',
      'Điện thoại',
      'Số ĐT',
      'ĐT',
      'SoDienThoaiChuHoSo',
      'Điện thoại liên hệ',
      'Số điện thoại chủ hồ sơ',
      'Số điện thoại người nộp',
      'Điện thoại di động',
    ],
  },
  email: {
    label: 'Email',
    synonyms: ['Thư điện tử', 'Địa chỉ email', 'Hộp thư', 'E-mail', 'Email chủ hồ sơ'],
  },
  summary: {
    label: 'Trích yếu hồ sơ',
    synonyms: [
      'TrichYeuHoSo',
      'Trích yếu',
      'Nội dung',
      'Nội dung hồ sơ',
      'Nội dung yêu cầu',
      'Nội dung yêu cầu giải quyết',
    ],
  },
  channel: {
    label: 'Kênh thực hiện',
    synonyms: [
      'KenhThucHien',
      'Hình thức nộp',
      'Hình thức tiếp nhận',
      'Hình thức nộp hồ sơ',
      'Kênh',
      'Kênh nộp',
      'Kênh tiếp nhận',
      'Phương thức nộp',
      'Phương thức tiếp nhận',
      'Trực tuyến/Trực tiếp/Bưu chính',
      'Trực tiếp/Trực tuyến/Bưu chính',
      'Trực tiếp/Trực tuyến',
    ],
  },
  status: {
    label: 'Trạng thái',
    synonyms: [
      'TrangThaiHoSo',
      'Trạng thái hồ sơ',
      'Tình trạng',
      'Tình trạng hồ sơ',
      'Tình trạng xử lý',
      'Trạng thái xử lý',
      'Tiến độ',
    ],
  },
  receivedAt: {
    label: 'Ngày tiếp nhận',
    synonyms: [
      'NgayTiepNhan',
      'Ngày nhận',
      'Ngày giờ tiếp nhận',
      'Ngày nhận hồ sơ',
      'Thời gian tiếp nhận',
      'Thời điểm tiếp nhận',
      'Ngày tiếp nhận hồ sơ',
      'Thời gian nhận hồ sơ',
      'Ngày, giờ nhận hồ sơ',
    ],
  },
  promisedAt: {
    label: 'Ngày hẹn trả',
    synonyms: [
      'NgayHenTra',
      'Hẹn trả',
      'Ngày hẹn',
      'Ngày hẹn trả kết quả',
      'Hạn xử lý',
      'Hạn giải quyết',
      'Ngày hẹn trả KQ',
      'Hẹn trả kết quả',
      'Hạn trả',
      'Hạn trả kết quả',
      'Thời gian hẹn trả',
      'Thời gian trả kết quả',
      'Ngày giờ hẹn trả',
      'Thời hạn trả kết quả',
    ],
  },
  finishedAt: {
    label: 'Ngày kết thúc xử lý',
    synonyms: [
      'NgayKetThucXuLy',
      'Ngày kết thúc',
      'Ngày có kết quả',
      'Ngày hoàn thành',
      'Ngày xử lý xong',
      'Ngày giải quyết xong',
      'Thời gian kết thúc xử lý',
      'Ngày hoàn thành xử lý',
    ],
  },
  returnedAt: {
    label: 'Ngày trả kết quả',
    synonyms: [
      'NgayTra',
      'Ngày trả',
      'Ngày trả KQ',
      'Ngày trả thực tế',
      'Ngày trả kết quả thực tế',
      'Thời điểm trả kết quả',
      'Ngày nhận kết quả',
    ],
  },
  departmentName: {
    label: 'Đơn vị xử lý',
    synonyms: [
      'DonViXuLy',
      'Đơn vị',
      'Đơn vị giải quyết',
      'Cơ quan giải quyết',
      'Đơn vị, cá nhân giải quyết',
      'Đơn vị, cá nhân giải quyết quá hạn',
      'Phòng ban',
      'Phòng ban xử lý',
      'Đơn vị thụ lý',
      'Cơ quan xử lý',
      'Đơn vị đang xử lý',
      'Đơn vị chủ trì',
      'Cơ quan chủ trì giải quyết',
      'Đơn vị, cá nhân xử lý',
      'Bộ phận xử lý',
    ],
  },
  officerName: {
    label: 'Cán bộ xử lý',
    synonyms: [
      'CanBoXuLy',
      'Cán bộ đang xử lý',
      'Người thụ lý',
      'Cán bộ thụ lý',
      'Người xử lý',
      'NguoiXuLy',
      'Cán bộ giải quyết',
      'Chuyên viên xử lý',
      'Chuyên viên',
      'Cán bộ',
      'Công chức xử lý',
      'Công chức thụ lý',
    ],
  },
  submittedAt: {
    label: 'Ngày nộp hồ sơ',
    synonyms: [
      'NgayNopHoSo',
      'Ngày nộp',
      'NgayNop',
      'Thời gian nộp',
      'Thời gian nộp hồ sơ',
      'Ngày giờ nộp',
      'Ngày nộp trực tuyến',
      'Thời điểm nộp',
    ],
  },
  receivingUnit: {
    label: 'Đơn vị tiếp nhận',
    synonyms: ['DonViTiepNhan', 'Cơ quan tiếp nhận', 'Nơi tiếp nhận'],
  },
  supplements: { label: 'Các lần bổ sung hồ sơ', synonyms: ['DanhSachHoSoBoSung'] },
};
