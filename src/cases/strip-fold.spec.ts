import type { DayCell } from '../domain/due-explanation';
import { foldStrip } from './strip-fold';

const cell = (day: number, role: DayCell['role'], more: Partial<DayCell> = {}): DayCell => ({
  ...{ day, role, ordinal: null, worked: false, name: null, document: null, overdueBy: null, today: false },
  ...more,
});
const counted = (from: number, n: number): DayCell[] =>
  Array.from({ length: n }, (_, i) => cell(from + i, 'counted'));
const shown = (cells: ReturnType<typeof foldStrip>): string =>
  cells.map((c) => (c.role === 'gap' ? '…' : `${c.role[0]}${c.day}`)).join(' ');

describe('a day strip that is too long for its place', () => {
  it('stays as it is while it fits', () => {
    const cells = [cell(0, 'received'), ...counted(1, 5), cell(6, 'due')];
    expect(foldStrip(cells, 7)).toEqual(cells);
  });

  it('loses the days between reception and the due day first', () => {
    const cells = [cell(0, 'received'), ...counted(1, 18), cell(19, 'due')];
    expect(shown(foldStrip(cells, 8))).toBe('r0 c1 c2 c3 … c16 c17 c18 d19');
  });

  it('keeps pauses, make-up days and today', () => {
    const cells = [
      cell(0, 'received'),
      ...counted(1, 6),
      cell(7, 'paused'),
      cell(8, 'paused'),
      ...counted(9, 4),
      cell(13, 'counted', { worked: true }),
      ...counted(14, 5),
      cell(19, 'counted', { today: true }),
      ...counted(20, 5),
      cell(25, 'due'),
    ];
    expect(shown(foldStrip(cells, 7))).toBe('r0 c1 … p7 p8 … c13 … c19 … d25');
  });

  it('shows only the ends of a long overdue stretch', () => {
    const cells = [
      cell(0, 'received'),
      cell(1, 'due'),
      ...Array.from({ length: 30 }, (_, i) => cell(2 + i, 'after')),
    ];
    expect(shown(foldStrip(cells, 20))).toBe('r0 d1 a2 a3 a4 … a29 a30 a31');
  });

  it('shows a single day rather than a gap in its place', () => {
    const cells = [cell(0, 'received'), cell(1, 'counted'), cell(2, 'due')];
    expect(shown(foldStrip(cells, 2))).toBe('r0 c1 d2');
  });
});
