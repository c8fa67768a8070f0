import { z } from 'zod';
import { line, requiredLine } from './form';
import { communeLabel, namesItsKind } from './place-name';
import type { Unit } from './unit';
import type { CommuneChanges, DepartmentChanges } from './unit-editor.service';
import { NUMBERING_ORDERS, type UnitSettings } from './unit-settings';

const code = line(24).pipe(
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9.-]*$/, 'Mã gồm chữ không dấu, số, dấu chấm, dấu nối, tối đa 24 ký tự.'),
);

/** Each line of a text area, empty ones left out. */
const lines = (longest: number) =>
  z
    .string()
    .max(longest, `Dài quá ${longest} ký tự.`)
    .transform((text) =>
      text
        .normalize('NFC')
        .split('\n')
        .map((part) => part.trim())
        .filter(Boolean),
    );

const checked = z.literal('1').optional().transform(Boolean);

export const communeForm = z.object({
  ten: requiredLine(100, 'Ghi tên xã, phường hoặc đặc khu.').refine(
    namesItsKind,
    'Ghi đủ cả loại đơn vị, ví dụ: Xã Bình Lư.',
  ),
  ma: code,
  tinh: line(100)
    .refine((name) => name === '' || /^(tỉnh|thành phố) /i.test(name), 'Ghi đủ, ví dụ: tỉnh Lai Châu.')
    .transform(communeLabel),
  dia_danh: requiredLine(100, 'Ghi địa danh đứng trước ngày tháng trên thư.'),
  co_quan_cap_tren: line(200),
  co_quan: requiredLine(200, 'Ghi tên cơ quan ban hành thư.'),
  ten_ngan: requiredLine(60, 'Ghi tên ngắn hiện ở đầu trang.'),
  ky_hieu: requiredLine(40, 'Ghi phần sau số thư, ví dụ: XL-TTPVHCC.'),
  thu_tu_so: z.enum(NUMBERING_ORDERS, 'Chọn một thứ tự cấp số.').default('before-signature'),
  tham_quyen: lines(300),
  chuc_vu: requiredLine(100, 'Ghi chức vụ người ký.'),
  nguoi_ky: line(100),
  dien_thoai: line(40),
  gio_hen: z.enum(['end-of-office', 'same-hour'], 'Chọn một cách tính giờ hẹn.'),
  dau_ma: line(40),
});
type CommuneForm = z.output<typeof communeForm>;

export const departmentForm = z.object({
  ten: requiredLine(150, 'Ghi tên đơn vị.'),
  ma: code,
  ten_khac: lines(2_000),
  dang_dung: checked,
});

export const newDepartmentForm = z.object({
  ten: requiredLine(150, 'Ghi tên đơn vị.'),
  thuoc: requiredLine(24, 'Chọn xã, phường mà đơn vị trực thuộc.'),
});

/** What the fields of the commune's page show. */
export const communeFields = ({ name, code }: Pick<Unit, 'name' | 'code'>, s: UnitSettings) => ({
  ten: name,
  ma: code,
  tinh: s.provinceName,
  dia_danh: s.placeName,
  co_quan_cap_tren: s.agencyParent,
  co_quan: s.agency,
  ten_ngan: s.agencyShort,
  ky_hieu: s.numberSuffix,
  thu_tu_so: s.numberingOrder,
  tham_quyen: s.signer.authority.join('\n'),
  chuc_vu: s.signer.title,
  nguoi_ky: s.signer.name,
  dien_thoai: s.phone,
  gio_hen: s.timeOfDay,
  dau_ma: s.caseCodePrefix,
});

export const communeChanges = (form: CommuneForm): CommuneChanges => ({
  name: form.ten,
  code: form.ma,
  settings: {
    provinceName: form.tinh,
    placeName: form.dia_danh,
    agencyParent: form.co_quan_cap_tren,
    agency: form.co_quan,
    agencyShort: form.ten_ngan,
    numberSuffix: form.ky_hieu,
    numberingOrder: form.thu_tu_so,
    signer: { authority: form.tham_quyen, title: form.chuc_vu, name: form.nguoi_ky },
    phone: form.dien_thoai,
    timeOfDay: form.gio_hen,
    caseCodePrefix: form.dau_ma,
  },
});

export const departmentFields = ({ name, code, active, settings }: Unit) => ({
  ten: name,
  ma: code,
  ten_khac: (settings.aliases ?? []).join('\n'),
  dang_dung: active,
});

export const departmentChanges = (form: z.output<typeof departmentForm>): DepartmentChanges => ({
  name: form.ten,
  code: form.ma,
  aliases: form.ten_khac,
  active: form.dang_dung,
});
