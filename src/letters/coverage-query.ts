import { z } from 'zod';
import type { CoverageClass } from '../domain/apology-coverage';

/** How the classes are called in an address. */
export const COVERAGE_SLUGS = {
  'trong-han': ['in-time'],
  'gui-muon': ['late'],
  'chua-gui': ['waiting', 'missing', 'not-needed'],
  'loi-he-thong': ['excused'],
} satisfies Record<string, CoverageClass[]> as Record<
  'trong-han' | 'gui-muon' | 'chua-gui' | 'loi-he-thong',
  CoverageClass[]
>;

const number = (from: number, to: number) =>
  z.coerce.number().int().min(from).max(to).optional().catch(undefined);

export const coverageQuery = z.object({
  nam: number(2000, 2200),
  thang: number(1, 12),
  quy: number(1, 4),
  loai: z
    .enum(Object.keys(COVERAGE_SLUGS) as [keyof typeof COVERAGE_SLUGS])
    .optional()
    .catch(undefined),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type CoverageQuery = z.infer<typeof coverageQuery>;

export function coverageHref(asked: Partial<CoverageQuery>): string {
  const given = Object.entries(asked).filter(
    ([key, value]) => value !== undefined && !(key === 'trang' && value === 1),
  );
  const query = new URLSearchParams(given.map(([key, value]): [string, string] => [key, String(value)]));
  return `/so-thu-xin-loi/phai-xin-loi?${query.toString()}`;
}
