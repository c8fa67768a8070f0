import type { LocalSecond } from '../domain/local-date';
import { cleanText } from './clean-text';
import { readTime } from './source-time';

/** One round of asking for more papers, as DanhSachHoSoBoSung tells it. */
export interface Supplement {
  id: string | null;
  requestedAt: LocalSecond;
  /** Null while the papers are awaited. */
  receivedAt: LocalSecond | null;
  promisedBefore: LocalSecond | null;
  promisedAfter: LocalSecond | null;
  content: string | null;
  requestedBy: string | null;
}

/** Reads the list in the order of the requests. Null when it is not a list or one of its times is wrong. */
export function readSupplements(value: unknown): Supplement[] | null {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) return null;
  const supplements: Supplement[] = [];
  for (const item of value as unknown[]) {
    const supplement = readSupplement(item);
    if (supplement === null) return null;
    supplements.push(supplement);
  }
  return supplements.sort((a, b) => a.requestedAt - b.requestedAt);
}

function readSupplement(item: unknown): Supplement | null {
  if (typeof item !== 'object' || item === null) return null;
  const source = item as Record<string, unknown>;
  const requestedAt = timeOf(source.NgayBoSung);
  const receivedAt = timeOf(source.NgayTiepNhanBoSung);
  const promisedBefore = timeOf(source.NgayHenTraTruoc);
  const promisedAfter = timeOf(source.NgayHenTraMoi);
  if (
    requestedAt === 'wrong' ||
    receivedAt === 'wrong' ||
    promisedBefore === 'wrong' ||
    promisedAfter === 'wrong'
  )
    return null;
  if (requestedAt === null) return null;
  return {
    id: textOf(source.HoSoBoSungId),
    requestedAt,
    receivedAt,
    promisedBefore,
    promisedAfter,
    content: textOf(source.NoiDungBoSung),
    requestedBy: textOf(source.NguoiYeuCauBoSung),
  };
}

function timeOf(value: unknown): LocalSecond | null | 'wrong' {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') return 'wrong';
  const time = readTime(value);
  return typeof time === 'string' ? 'wrong' : time.at;
}

const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number'
    ? (cleanText(String(value))?.slice(0, 2_000) ?? null)
    : null;
