import type { UnitSettings } from '../units/unit-settings';
import type { Role } from '../web/reader';

/** The commune of the plan that started the product. People's names are invented. */
export const PROVINCE = { code: 'H35', name: 'Tỉnh Lai Châu' };
export const COMMUNE = { code: 'H35.50.12', name: 'Xã Bình Lư' };

export const CENTRE = 'Trung tâm Phục vụ hành chính công';
export const OFFICE = 'Văn phòng HĐND và UBND';
export const CULTURE = 'Phòng Văn hóa - Xã hội';
export const ECONOMY = 'Phòng Kinh tế';

export const DEPARTMENTS = [
  { name: CENTRE, kind: 'centre', code: 'H35.50.12.01' },
  { name: OFFICE, kind: 'department', code: 'H35.50.12.02' },
  { name: CULTURE, kind: 'department', code: 'H35.50.12.03' },
  { name: ECONOMY, kind: 'department', code: 'H35.50.12.04' },
] as const;

export const SETTINGS: Partial<UnitSettings> = {
  caseCodePrefix: 'H35.50.12',
  phone: '0213 000 0000',
  signer: { authority: [], title: 'GIÁM ĐỐC', name: 'Lò Văn Chiến' },
};

export interface SampleAccount {
  username: string;
  fullName: string;
  title: string;
  role: Role;
  /** null: the commune itself */
  department: string | null;
}

export const ACCOUNTS: SampleAccount[] = [
  {
    username: 'motcua',
    fullName: 'Vàng Thị Diễm',
    title: 'Cán bộ một cửa',
    role: 'officer',
    department: CENTRE,
  },
  {
    username: 'vanphong',
    fullName: 'Nguyễn Thu Trang',
    title: 'Công chức Tư pháp - Hộ tịch',
    role: 'officer',
    department: OFFICE,
  },
  {
    username: 'vanhoa',
    fullName: 'Tao Văn Lướng',
    title: 'Chuyên viên',
    role: 'officer',
    department: CULTURE,
  },
  {
    username: 'kinhte',
    fullName: 'Giàng A Tếnh',
    title: 'Chuyên viên',
    role: 'officer',
    department: ECONOMY,
  },
  {
    username: 'lanhdao',
    fullName: 'Lò Văn Chiến',
    title: 'Giám đốc Trung tâm',
    role: 'supervisor',
    department: null,
  },
  { username: 'vanthu', fullName: 'Phàn Mẩy Ghển', title: 'Văn thư', role: 'clerk', department: null },
  {
    username: 'quantri',
    fullName: 'Hoàng Minh Sín',
    title: 'Quản trị',
    role: 'administrator',
    department: null,
  },
];

/** Who handles the cases of a department: the person with the account, and a colleague. */
export const OFFICERS: Record<string, readonly string[]> = {
  [CENTRE]: ['Vàng Thị Diễm', 'Lù Văn Tắp'],
  [OFFICE]: ['Nguyễn Thu Trang', 'Quàng Văn Muôn'],
  [CULTURE]: ['Tao Văn Lướng', 'Chẻo San Mìn'],
  [ECONOMY]: ['Giàng A Tếnh', 'Lý Láo Ú'],
};
