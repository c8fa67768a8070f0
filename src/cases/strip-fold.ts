import type { DayCell } from '../domain/due-explanation';

/** A run of days that the strip leaves out. */
export interface GapCell {
  role: 'gap';
}
export type StripCell = DayCell | GapCell;

/** Days at each end of a long stretch of overdue days; the ones between say nothing new. */
const OVERDUE_ENDS = 3;

/**
 * Shortens a strip: what tells the story stays (reception, pauses, make-up days, the due day, today), the days
 * farthest from any of them go.
 */
export function foldStrip(all: DayCell[], room: number): StripCell[] {
  const overdue = all.findIndex((cell) => cell.role === 'after');
  if (overdue >= 0 && all.length - overdue > 2 * OVERDUE_ENDS + 1)
    return [
      ...fitted(all.slice(0, overdue + OVERDUE_ENDS), room - OVERDUE_ENDS - 1),
      { role: 'gap' },
      ...all.slice(-OVERDUE_ENDS),
    ];
  return fitted(all, room);
}

function fitted(cells: DayCell[], room: number): StripCell[] {
  if (cells.length <= room) return cells;
  const anchors = cells.flatMap((cell, i) => (isAnchor(cells, i) ? [i] : []));
  const distance = (i: number): number => Math.min(...anchors.map((a) => Math.abs(a - i)));
  const ranked = cells.map((_, i) => ({ i, far: distance(i) })).sort((a, b) => a.far - b.far || a.i - b.i);
  const kept = new Set(ranked.slice(0, room).map((r) => r.i));
  const folded: StripCell[] = [];
  for (const [i, cell] of cells.entries()) {
    const alone = !kept.has(i) && kept.has(i - 1) && kept.has(i + 1);
    if (kept.has(i) || alone) folded.push(cell);
    else if (folded.at(-1)?.role !== 'gap') folded.push({ role: 'gap' });
  }
  return folded;
}

function isAnchor(cells: DayCell[], i: number): boolean {
  const cell = cells[i]!;
  if (i === 0 || i === cells.length - 1 || cell.today || cell.worked || cell.role === 'due') return true;
  const edge = cells[i - 1]?.role !== cell.role || cells[i + 1]?.role !== cell.role;
  return cell.role === 'paused' && edge;
}
