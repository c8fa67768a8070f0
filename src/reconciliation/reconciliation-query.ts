import { z } from 'zod';
import { OVERDUE_CAUSES, type OverdueCause } from '../domain/false-overdue';
import { FINDING_STATES, type FindingState } from './finding';

/** How a cause is called in an address. */
export const CAUSE_SLUGS: Record<OverdueCause, string> = {
  'status-not-updated': 'chua-cap-nhat-trang-thai',
  'pause-not-recorded': 'chua-ghi-tam-dung',
  'wrong-calendar': 'hen-sai-lich',
  'duplicate-code': 'trung-ma',
  'wrong-promise': 'hen-lech',
  'unexplained-promise': 'hen-chua-ro',
};

export const causeOfSlug = (slug: string): OverdueCause | null =>
  OVERDUE_CAUSES.find((cause) => CAUSE_SLUGS[cause] === slug) ?? null;

export const STATE_SLUGS: Record<FindingState, string> = {
  open: 'chua-xac-minh',
  'true-overdue': 'qua-han-that',
  'system-error': 'loi-he-thong',
};
const EVERY_STATE = 'tat-ca';

/** Which findings are asked for; null: all. */
export interface Asked {
  cause: OverdueCause | null;
  state: FindingState | null;
  /** year of the deadline */
  year: number | null;
  page: number;
}

const year = z.coerce.number().int().min(2000).max(2200);
const page = z.coerce.number().int().min(1).max(10_000);

/** The address of the list; a value nobody offers counts as not given. */
export const reconciliationQuery = z
  .object({
    nguyen_nhan: z.string().optional().catch(undefined),
    tinh_trang: z.string().optional().catch(undefined),
    nam: year.optional().catch(undefined),
    trang: page.catch(1),
  })
  .transform((query): Asked => ({
    cause: causeOfSlug(query.nguyen_nhan ?? ''),
    state: stateOf(query.tinh_trang),
    year: query.nam ?? null,
    page: query.trang,
  }));

function stateOf(slug: string | undefined): FindingState | null {
  if (slug === EVERY_STATE) return null;
  return FINDING_STATES.find((state) => STATE_SLUGS[state] === slug) ?? 'open';
}

/** The same of the REST interface, where a wrong value is refused. */
export const reconciliationApiQuery = z.strictObject({
  cause: z.enum(OVERDUE_CAUSES as [OverdueCause, ...OverdueCause[]]).optional(),
  state: z.enum(FINDING_STATES as [FindingState, ...FindingState[]]).optional(),
  year: year.optional(),
  page: page.default(1),
});

/** Null for the state that need not be said: what waits for somebody. */
export const stateSlug = (state: FindingState | null): string | null =>
  state === 'open' ? null : state === null ? EVERY_STATE : STATE_SLUGS[state];

/** The list with some of what is asked replaced; another question starts at its first page. */
export function reconciliationHref(asked: Asked, change: Partial<Asked> = {}, path = '/doi-soat'): string {
  const { cause, state, year, page } = { ...asked, page: 1, ...change };
  const search = new URLSearchParams();
  if (cause) search.set('nguyen_nhan', CAUSE_SLUGS[cause]);
  if (stateSlug(state) !== null) search.set('tinh_trang', stateSlug(state)!);
  if (year !== null) search.set('nam', String(year));
  if (page > 1) search.set('trang', String(page));
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}
