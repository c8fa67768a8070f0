import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { CaseImport, type Written } from './case-import.service';
import { stageOf } from './case-stage.repository';
import { ImportComparisonRepository } from './import-comparison.repository';
import { ImportContexts } from './import-contexts.service';
import type { OnProgress } from './import-reading.service';
import { NameResolver } from './name-resolver';
import { RowNotes } from './row-notes';
import type { CheckSummary, Run } from './run';
import { RunReportRepository } from './run-report.repository';
import { MAX_FAULTS } from './source-batches';

const SAMPLES = 30;

/** Compares a staged file with the cases and tells what writing it would do; nothing is written but that. */
@Injectable()
export class ImportCheck {
  constructor(
    private readonly cases: CaseImport,
    private readonly comparison: ImportComparisonRepository,
    private readonly contexts: ImportContexts,
    private readonly names: NameResolver,
    private readonly reports: RunReportRepository,
  ) {}

  async summarise(tx: Tx, run: Run, notes: RowNotes, onProgress: OnProgress): Promise<CheckSummary> {
    const stage = stageOf(run.id);
    const names = await this.names.look(tx, stage);
    const { context, newer } = await this.contexts.of(tx, run);
    const summary = emptySummary(run);
    summary.olderThan = newer && { asOf: newer.asOf.toISOString(), fileName: newer.fileName };
    summary.newProcedures = names.procedures;
    summary.newDepartments = names.departments;
    await this.reports.deleteFaults(tx, run.id, 'comparing');
    // What the reading told last is no share of the comparison.
    onProgress(0);
    for (let after = 0; ;) {
      const range = await this.cases.nextRange(tx, stage, after);
      if (range === null) return summary;
      const found = await this.cases.find(tx, stage, range, context, notes);
      await this.reports.insertFaults(tx, run.id, found.rejected.slice(0, MAX_FAULTS), 'fault', 'comparing');
      await this.reports.insertFaults(
        tx,
        run.id,
        found.warnings.slice(0, MAX_FAULTS),
        'warning',
        'comparing',
      );
      count(summary, found);
      await this.addEffects(tx, summary, context.now);
      after = range.last;
      onProgress((summary.created + summary.updated + summary.unchanged) / (run.stagedRows || 1));
    }
  }

  private async addEffects(tx: Tx, summary: CheckSummary, now: Date): Promise<void> {
    const overdue = await this.comparison.overdue(tx, now);
    summary.overdueNew += overdue.overdueNew;
    summary.overdueChanged += overdue.overdueChanged;
    summary.noted += await this.comparison.onlyNoted(tx);
    for (const [column, cases] of Object.entries(await this.comparison.columns(tx)))
      summary.columns[column] = (summary.columns[column] ?? 0) + cases;
    if (summary.samples.length < SAMPLES)
      summary.samples.push(...(await this.comparison.samples(tx, SAMPLES - summary.samples.length)));
  }
}

function count(summary: CheckSummary, found: Written): void {
  summary.created += found.created;
  summary.updated += found.updated;
  summary.unchanged += found.unchanged;
  summary.faulty += found.rejected.length;
  summary.back += found.back;
  summary.kept += found.kept;
}

export const emptySummary = ({ rows, faulty }: Pick<Run, 'rows' | 'faulty'>): CheckSummary => ({
  ...{ rows, faulty, created: 0, updated: 0, unchanged: 0 },
  ...{ overdueNew: 0, overdueChanged: 0, back: 0, kept: 0, noted: 0, olderThan: null },
  ...{ columns: {}, samples: [], newProcedures: [], newDepartments: [], movedDeadlines: 0 },
});
