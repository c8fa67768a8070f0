import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import type { Tx } from '../database/transaction';
import type { Fault } from './faults';
import type { Pushed } from './push';
import { PUSHED_NAME } from './push-words';
import { PushRunRepository, type DayRun, type PushOrigin } from './push-run.repository';
import { RunReportRepository, type Severity } from './run-report.repository';
import { MAX_FAULTS } from './source-batches';

/** Keeps the account of records that other systems send, in the transaction that writes them. */
@Injectable()
export class PushLog {
  constructor(
    private readonly runs: PushRunRepository,
    private readonly reports: RunReportRepository,
    private readonly audit: AuditService,
  ) {}

  open(tx: Tx, of: PushOrigin, now: Date): Promise<DayRun> {
    return this.runs.open(tx, of, PUSHED_NAME, now);
  }

  /** @param before records of the day counted until now: faults are numbered on behind them */
  async close(tx: Tx, of: PushOrigin, before: number, pushed: Pushed): Promise<void> {
    const { runId, faults, warnings, procedures, departments, ...counts } = pushed;
    await this.describe(tx, runId, before, faults, 'fault');
    await this.describe(tx, runId, before, warnings, 'warning');
    await this.runs.count(tx, runId, { ...counts, warned: warnings.length }, { procedures, departments });
    if (counts.created + counts.updated === 0) return;
    await this.audit.record(tx, {
      ...{ actor: of.actor, userId: of.userId, action: 'cases.pushed', subject: `import:${runId}` },
      detail: { source: of.source, ...counts },
    });
  }

  /** Somebody may send the same fault all day long: beyond a number they are counted only. */
  private async describe(tx: Tx, id: number, before: number, faults: Fault[], severity: Severity) {
    if (faults.length === 0) return;
    const room = MAX_FAULTS - (await this.reports.countFaults(tx, id, severity));
    const numbered = faults.slice(0, Math.max(0, room)).map((f) => ({ ...f, line: before + f.line }));
    await this.reports.insertFaults(tx, id, numbered, severity, 'comparing');
  }
}
