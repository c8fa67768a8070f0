import type { Fault } from './faults';
import type { CheckSummary, RunChannel, RunCounts, RunDetail, RunFault, RunShape, RunState } from './run';

export interface ImportRequest {
  /** Where the bytes lie; the caller removes them afterwards. */
  path: string;
  /** The name the person knows. */
  fileName: string;
  channel: RunChannel;
  actor: string;
  /** The commune the cases belong to; default: the one configured. */
  unitId?: number;
  userId?: number | null;
  /** Code or name of the system the file comes from; default: by the shape of the file. */
  source?: string;
  /** Older facts of the file replace newer ones. */
  overwrite?: boolean;
}

/** What became of a file, or would. `rows` = `created` + `updated` + `unchanged` + `faulty`. */
export interface ImportResult extends RunCounts {
  runId: number;
  fileName: string;
  /** Code of the system the file comes from. */
  source: string | null;
  shape: RunShape | null;
  /** 'refused': nothing of the file was stored; 'checked': nothing was, until it is confirmed */
  state: RunState;
  message: string | null;
  remedy: string | null;
  /** Rows that stayed out; at most 5,000 are described. */
  faults: Fault[];
  /** Worth a look, but the row went in. */
  warnings: Fault[];
  /** Named by the file, unknown until now: to be completed. */
  createdProcedures: string[];
  createdDepartments: string[];
  /** What the check found; null when the file was written without one. */
  summary: CheckSummary | null;
}

export const resultOf = (run: RunDetail, faults: RunFault[], warnings: RunFault[]): ImportResult => ({
  runId: run.id,
  fileName: run.fileName,
  source: run.source,
  shape: run.shape,
  state: run.state,
  ...countsOf(run),
  message: run.message,
  remedy: run.remedy,
  faults: faults.map(faultOf),
  warnings: warnings.map(faultOf),
  createdProcedures: run.createdProcedures,
  createdDepartments: run.createdDepartments,
  summary: run.summary,
});

/** Until a file is written its counts are what the check found. */
export function countsOf(run: RunDetail): RunCounts {
  const { rows, created, updated, unchanged, faulty } =
    run.state === 'checked' && run.summary ? run.summary : run;
  return { rows, created, updated, unchanged, faulty };
}

function faultOf(fault: RunFault): Fault {
  const { line, column, value, message, remedy, caseCode, field, suggestion } = fault;
  return { line, column, value, message, remedy, caseCode, field, suggestion };
}
