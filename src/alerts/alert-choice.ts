const MOST = 200;

/** Numbers of alerts as checkboxes send them: none, one, or several. */
export function idsIn(given: unknown): number[] {
  const texts: unknown[] = Array.isArray(given) ? given : [given];
  return texts
    .slice(0, MOST)
    .map((text) => (typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : 0))
    .filter((id) => id > 0);
}
