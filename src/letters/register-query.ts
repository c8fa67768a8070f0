import { z } from 'zod';
import type { RegisterFilter } from './register.repository';

/** How the choices are called in an address. */
export const STATE_SLUGS = {
  'da-gui': ['sent'],
  'chua-gui': ['numbered', 'printed'],
  'da-huy': ['cancelled'],
} as const;
export const CHANNELS = ['in-person', 'post', 'email', 'sms', 'zalo', 'phone'] as const;
export const TIMINGS = ['trong-han', 'gui-muon'] as const;
export const EVIDENCES = { thieu: 'none', 'chua-tep': 'words' } as const;

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

export const registerQuery = z.object({
  nam: optional(z.coerce.number().int().min(2000).max(2200)),
  tim: optional(z.string().trim().max(100)),
  tinh_trang: optional(z.enum(Object.keys(STATE_SLUGS) as [keyof typeof STATE_SLUGS])),
  cach_gui: optional(z.enum(CHANNELS)),
  luc_gui: optional(z.enum(TIMINGS)),
  thang: optional(z.coerce.number().int().min(1).max(12)),
  minh_chung: optional(z.enum(Object.keys(EVIDENCES) as [keyof typeof EVIDENCES])),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type RegisterQuery = z.infer<typeof registerQuery>;

export const REGISTER = '/so-thu-xin-loi';

/** @returns the address of the register with these choices; what is empty is left out */
export function registerHref(asked: Partial<RegisterQuery>, path = REGISTER): string {
  const given = Object.entries(asked).filter(
    ([key, value]) => value !== undefined && value !== '' && !(key === 'trang' && value === 1),
  );
  const query = new URLSearchParams(
    given.map(([key, value]): [string, string] => [key, String(value)]),
  ).toString();
  return query ? `${path}?${query}` : path;
}

export const filterOf = (asked: RegisterQuery, year: number): RegisterFilter => ({
  year,
  text: asked.tim || null,
  states: asked.tinh_trang ? [...STATE_SLUGS[asked.tinh_trang]] : null,
  channel: asked.cach_gui ?? null,
  month: asked.thang ?? null,
  evidence: asked.minh_chung ? EVIDENCES[asked.minh_chung] : null,
  ids: null,
});

export const isFiltered = ({
  tim,
  tinh_trang,
  cach_gui,
  luc_gui,
  thang,
  minh_chung,
}: RegisterQuery): boolean => Boolean(tim || tinh_trang || cach_gui || luc_gui || thang || minh_chung);
