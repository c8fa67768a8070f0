import { columnLabel, columnRank, columnText } from './case-column';
import type { CaseImportRow } from './case.repository';

/** An import that made the case or changed something people see of it. */
export interface OriginItem {
  id: number;
  fileName: string;
  channel: string;
  actor: string;
  at: Date;
  made: boolean;
  changes: { label: string; was: string | null }[];
}

/** Which import told what, newest first. */
export const originOf = (imports: CaseImportRow[]): OriginItem[] =>
  imports
    .map(({ before, ...run }) => ({ ...run, made: before === null, changes: changesOf(before ?? {}) }))
    .filter(({ made, changes }) => made || changes.length > 0);

const changesOf = (before: Record<string, unknown>): OriginItem['changes'] =>
  Object.entries(before)
    .sort(([a], [b]) => columnRank(a) - columnRank(b))
    .flatMap(([column, value]) => {
      const label = columnLabel(column);
      return label === null ? [] : [{ label, was: columnText(column, value) }];
    });
