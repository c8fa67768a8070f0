import { z } from 'zod';

const text = z.string().trim().max(120).optional().catch(undefined);

/** The address of the work queue; a value nobody offers counts as not given. */
export const queueQuery = z.object({
  'pham-vi': z.enum(['cua-toi', 'trung-tam']).catch('trung-tam'),
  han: text,
  don_vi: text,
  nguoi: text,
  thu: text,
  tim: text,
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type QueueQuery = z.infer<typeof queueQuery>;

/** Value of `thu` -> states of the letter. */
export const LETTER_FILTERS = {
  'thieu-ly-do': ['draft'],
  'cho-cap-so': ['ready'],
  'da-cap-so': ['numbered', 'printed'],
  'da-gui': ['sent'],
} as const;
export type LetterFilter = keyof typeof LETTER_FILTERS;

export const isLetterFilter = (value: string | undefined): value is LetterFilter =>
  value !== undefined && value in LETTER_FILTERS;

/** The queue with some of its filters replaced; a filter set to null goes away, and so does the page number. */
export function queueHref(
  query: QueueQuery,
  change: Partial<Record<keyof QueueQuery, string | null>>,
): string {
  const given: Record<string, string | number | null | undefined> = { ...query, trang: null, ...change };
  if (given['pham-vi'] === 'trung-tam') delete given['pham-vi'];
  const pairs = Object.entries(given).filter(([, v]) => v !== null && v !== undefined && v !== '');
  const search = new URLSearchParams(pairs.map(([k, v]): [string, string] => [k, String(v)])).toString();
  return search ? `/hang-viec?${search}` : '/hang-viec';
}
