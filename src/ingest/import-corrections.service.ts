import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { ImportActs } from './import-acts.service';
import { importReach } from './import-reach';
import { IngestRunRepository } from './ingest-run.repository';
import type { Correction, RunDetail, RunFault } from './run';
import { RunLog } from './run-log.service';
import { RunReportRepository } from './run-report.repository';

/** Cells that a person puts right as suggested; the file stays as it is, and is read anew with them. */
@Injectable()
export class ImportCorrections {
  constructor(
    private readonly database: Database,
    private readonly runs: IngestRunRepository,
    private readonly reports: RunReportRepository,
    private readonly log: RunLog,
    private readonly acts: ImportActs,
  ) {}

  /**
   * @param faultId all suggestions when null
   * @returns how many cells
   * @throws AppError IMPORT_NOT_CHECKED
   */
  async accept(reader: Reader, id: number, faultId: number | null): Promise<number> {
    const run = await this.log.detail(id, importReach(reader));
    const suggested = await this.reports.suggestions(this.database.pool, id, faultId);
    if (suggested.length === 0) return 0;
    await this.readAnew(run, withSuggestions(run.corrections, suggested));
    return suggested.length;
  }

  /** @param cell all corrections when null @throws AppError IMPORT_NOT_CHECKED */
  async takeBack(reader: Reader, id: number, cell: { line: number; field: string } | null): Promise<number> {
    const run = await this.log.detail(id, importReach(reader));
    const left = run.corrections.filter((c) => cell && (c.line !== cell.line || c.field !== cell.field));
    const takenBack = run.corrections.length - left.length;
    if (takenBack > 0) await this.readAnew(run, left);
    return takenBack;
  }

  private async readAnew(run: RunDetail, corrections: Correction[]): Promise<void> {
    if (!(await this.runs.correct(this.database.pool, run.id, corrections)))
      throw new AppError('IMPORT_NOT_CHECKED', { id: run.id });
    await this.acts.recheck(run);
  }
}

/** A cell corrected before keeps what the file says beside the newer text. */
function withSuggestions(before: Correction[], suggested: RunFault[]): Correction[] {
  const cells = new Map(before.map((c) => [`${c.line} ${c.field}`, c]));
  for (const { line, field, column, value, suggestion } of suggested) {
    if (field === null || field === 'supplements' || suggestion === null) continue;
    const known = cells.get(`${line} ${field}`);
    cells.set(`${line} ${field}`, { line, field, column, value: known?.value ?? value, text: suggestion });
  }
  return [...cells.values()].sort((a, b) => a.line - b.line);
}
