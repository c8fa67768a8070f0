import { z } from 'zod';
import { line, requiredLine } from '../units/form';
import { ROLES } from '../web/reader';
import type { User } from './user.repository';

const orNull = <T extends z.ZodType<string>>(schema: T) => schema.transform((text: string) => text || null);

const facts = {
  ho_ten: requiredLine(100, 'Ghi họ và tên.'),
  chuc_danh: orNull(line(100)),
  vai_tro: z.enum(ROLES, 'Chọn vai trò.'),
  don_vi: requiredLine(24, 'Chọn đơn vị.'),
  email: orNull(
    line(200).refine(
      (text) => text === '' || z.email().safeParse(text).success,
      'Địa chỉ thư điện tử chưa đúng, ví dụ: ten@laichau.gov.vn.',
    ),
  ),
  dien_thoai: orNull(line(40)),
};

export const userForm = z.object(facts);

export const newUserForm = z.object({
  ten_dang_nhap: line(32)
    .transform((name) => name.toLowerCase())
    .pipe(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/, 'Từ 3 đến 32 ký tự: chữ thường không dấu, số, chấm, gạch.'),
    ),
  ...facts,
});

/** What the fields show: the account, or what was typed when the form comes back. */
export function userFields(user: User | null, unitCode: string, body: unknown) {
  const saved = {
    ten_dang_nhap: user?.username ?? '',
    ho_ten: user?.fullName ?? '',
    chuc_danh: user?.title ?? '',
    vai_tro: user?.role ?? 'officer',
    don_vi: unitCode,
    email: user?.email ?? '',
    dien_thoai: user?.phone ?? '',
  };
  const typed = (body ?? {}) as Record<string, unknown>;
  const entries = Object.entries(saved).map(([key, value]) => {
    const given = typed[key];
    return [key, typeof given === 'string' ? given : value];
  });
  return Object.fromEntries(entries) as typeof saved;
}
