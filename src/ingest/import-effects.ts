import { columnLabel, columnRank, columnText } from '../cases/case-column';
import { emptySummary } from './import-check.service';
import type { CheckSummary, RunDetail, SampleChange } from './run';

/** Changes shown before anybody asks for more. */
const FIRST = 8;

interface Shown {
  line: number;
  code: string;
  changes: { label: string; from: string | null; to: string | null }[];
}

/** What writing a checked file would do to the cases, for its page. */
export function effectsOf(run: RunDetail) {
  const { summary, asOf } = { ...run, summary: run.summary ?? emptySummary(run) };
  const samples = summary.samples.map(shown);
  return {
    updated: summary.updated,
    changed: summary.updated - summary.noted,
    noted: summary.noted,
    columns: columnsOf(summary),
    first: samples.slice(0, FIRST),
    more: samples.slice(FIRST),
    back: summary.back,
    kept: summary.kept,
    older: olderOf(summary, asOf),
    overdueNew: summary.overdueNew,
    overdueChanged: summary.overdueChanged,
    newProcedures: summary.newProcedures,
    newDepartments: summary.newDepartments,
    movedDeadlines: summary.movedDeadlines,
  };
}

export const olderOf = ({ olderThan, kept }: CheckSummary, asOf: Date | null) =>
  olderThan && { ...olderThan, asOf: new Date(olderThan.asOf), own: asOf, kept };

const columnsOf = ({ columns }: CheckSummary) =>
  Object.entries(columns)
    .sort(([a], [b]) => columnRank(a) - columnRank(b))
    .flatMap(([column, cases]) => {
      const label = columnLabel(column);
      return label === null ? [] : [{ label, cases }];
    });

const shown = ({ line, code, changes }: SampleChange): Shown => ({
  line,
  code,
  changes: changes.flatMap(({ column, from, to }) => {
    const label = columnLabel(column);
    if (label === null) return [];
    return [{ label, from: columnText(column, from), to: columnText(column, to) }];
  }),
});
