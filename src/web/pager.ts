/** Rows of one page of a list. */
export const PAGE_SIZE = 50;

/** Where a page of a list lies among all of them, for partial `pager`; null when one page holds them all. */
export function pagerOf(page: number, total: number, address: (page: number) => string) {
  if (total <= PAGE_SIZE) return null;
  const from = (page - 1) * PAGE_SIZE;
  return {
    from: Math.min(from + 1, total),
    to: Math.min(from + PAGE_SIZE, total),
    total,
    previous: page > 1 ? address(page - 1) : null,
    next: from + PAGE_SIZE < total ? address(page + 1) : null,
  };
}
