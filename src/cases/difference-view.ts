import { deadlineLabels } from '../platform/deadline-labels';
import { isFactColumn, kindOfColumn, type ColumnCounts } from './case-differences';
import type { ShownDifference } from './deadline-check.repository';

export interface DifferenceView {
  code: string;
  /** the column in words */
  name: string;
  kind: 'instant' | 'day' | 'text';
  stored: Date | string | null;
  derived: Date | string | null;
}

const nameOf = (column: string): string => deadlineLabels.columns[column] ?? column;

export function differenceView({ code, column, stored, derived }: ShownDifference): DifferenceView {
  const kind = kindOfColumn(column);
  const shown = (value: string | null): Date | string | null => {
    if (value === null) return null;
    if (kind === 'instant') return new Date(value);
    return deadlineLabels.words[value] ?? value;
  };
  return {
    code,
    name: nameOf(column),
    kind: kind === 'instant' || kind === 'day' ? kind : 'text',
    stored: shown(stored),
    derived: shown(derived),
  };
}

export interface ColumnView {
  name: string;
  count: number;
  /** a fact of the case, which no recomputation changes */
  fact: boolean;
}

/** Most differences first. */
export const columnViews = (columns: ColumnCounts): ColumnView[] =>
  Object.entries(columns)
    .map(([column, count]) => ({ name: nameOf(column), count: count!, fact: isFactColumn(column) }))
    .sort((a, b) => b.count - a.count);
