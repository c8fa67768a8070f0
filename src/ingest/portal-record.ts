import type { LocalSecond } from '../domain/local-date';
import { FIELDS, bitOf, type Field, type SourceRow } from './fields';
import type { Fault } from './faults';
import { checkRecord } from './record-rules';
import { RowCells, type ReadingRules } from './row-cells';
import { RowFaults } from './row-faults';
import { readSupplements, type Supplement } from './supplement';
import {
  APPLICANT_KIND_WORDS,
  CHANNEL_WORDS,
  STATUS_WORDS,
  type ApplicantKind,
  type Channel,
} from './vocabulary';

/** One case as a source tells it, every value checked. Times are local wall seconds. */
export interface PortalRecord {
  line: number;
  /** Bits of the fields the row carries; see `bitOf`. */
  carried: number;
  code: string;
  procedureCode: string | null;
  procedureName: string | null;
  fieldCode: string | null;
  fieldName: string | null;
  applicantName: string | null;
  applicantKind: ApplicantKind | null;
  address: string | null;
  phone: string | null;
  email: string | null;
  summary: string | null;
  channel: Channel;
  /** Null: the source does not say and its dates do not tell. */
  status: number | null;
  receivedAt: LocalSecond | null;
  /** Online submission, before anybody answered it. */
  submittedAt: LocalSecond | null;
  promisedAt: LocalSecond | null;
  /** The promise before the first supplement moved it. */
  promisedFirstAt: LocalSecond | null;
  finishedAt: LocalSecond | null;
  returnedAt: LocalSecond | null;
  departmentName: string | null;
  officerName: string | null;
  /** Office that received the case, in a list of several communes. */
  receivingUnit: string | null;
  supplements: Supplement[];
}

export interface ReadRecord {
  /** Null when the row is faulty. */
  record: PortalRecord | null;
  faults: Fault[];
  warnings: Fault[];
}

/**
 * Row -> checked record, or what is wrong with it. Pure: the same row, rules and headings give the same answer.
 * `headings` are the file's own names of the fields.
 */
export function toPortalRecord(
  row: SourceRow,
  rules: ReadingRules,
  headings: Partial<Record<Field, string>>,
): ReadRecord {
  const faults = new RowFaults(row, headings);
  const cells = new RowCells(row, rules, faults);
  const supplements = supplementsOf(row, faults);
  const times = timesOf(cells);
  const record: PortalRecord = {
    line: row.line,
    ...textsOf(cells),
    ...times,
    ...handlersOf(cells),
    receivingUnit: cells.text('receivingUnit'),
    channel: cells.word('channel', CHANNEL_WORDS, 'CHANNEL_UNKNOWN') ?? 'direct',
    status: cells.word('status', STATUS_WORDS, 'STATUS_UNKNOWN') ?? statusToldBy(times),
    promisedFirstAt: supplements[0]?.promisedBefore ?? null,
    supplements,
    carried: 0,
  };
  record.carried = carriedBy(row, record);
  if (row.surplus !== undefined)
    faults.add('code', record.code, 'CELLS_MOVED', { surplus: row.surplus.slice(0, 40) });
  checkRecord(record, cells, faults);
  return {
    record: faults.faults.length === 0 ? record : null,
    faults: faults.faults,
    warnings: faults.warnings,
  };
}

function textsOf(cells: RowCells) {
  const kind = cells.text('applicantKind');
  return {
    code: cells.text('code') ?? '',
    procedureCode: cells.text('procedureCode'),
    procedureName: cells.text('procedureName'),
    fieldCode: cells.text('fieldCode'),
    fieldName: cells.text('fieldName'),
    applicantName: cells.text('applicantName'),
    // Only a help for letters: an unknown kind is left open.
    applicantKind: kind === null ? null : (APPLICANT_KIND_WORDS.find(kind) ?? null),
    address: cells.text('address'),
    phone: cells.text('phone'),
    email: cells.text('email'),
    summary: cells.text('summary'),
  };
}

type Times = Pick<PortalRecord, 'receivedAt' | 'submittedAt' | 'promisedAt' | 'finishedAt' | 'returnedAt'>;

function timesOf(cells: RowCells): Times {
  const receivedAt = cells.time('receivedAt')?.at ?? null;
  return {
    receivedAt,
    submittedAt: cells.time('submittedAt')?.at ?? null,
    promisedAt: cells.endTime('promisedAt', receivedAt),
    finishedAt: cells.endTime('finishedAt', receivedAt),
    returnedAt: cells.endTime('returnedAt', receivedAt),
  };
}

const statusToldBy = (times: Times): number | null =>
  times.returnedAt !== null ? 10 : times.finishedAt !== null ? 9 : null;

/** "Phòng Kinh tế/ Chuyên viên G" in one cell is a department and an officer. */
function handlersOf(cells: RowCells): Pick<PortalRecord, 'departmentName' | 'officerName'> {
  const departmentName = cells.text('departmentName');
  const parts = /^(.+?)\s*\/\s*(.+)$/.exec(departmentName ?? '');
  if (cells.carries('officerName') || !parts)
    return { departmentName, officerName: cells.text('officerName') };
  return { departmentName: parts[1] ?? null, officerName: parts[2] ?? null };
}

function supplementsOf(row: SourceRow, faults: RowFaults): Supplement[] {
  const supplements = readSupplements(row.supplements);
  if (supplements !== null) return supplements;
  faults.add('supplements', '', 'SUPPLEMENT_DATE');
  return [];
}

function carriedBy(row: SourceRow, record: PortalRecord): number {
  const values: Partial<Record<Field, unknown>> = { ...row.values, supplements: row.supplements };
  let carried = 0;
  for (const field of FIELDS) if (values[field] !== undefined) carried |= bitOf(field);
  if (record.officerName !== null) carried |= bitOf('officerName');
  if (
    record.receivedAt === null &&
    record.submittedAt !== null &&
    (record.status === 1 || record.status === 3)
  )
    carried |= bitOf('receivedAt');
  return record.status === null ? carried & ~bitOf('status') : carried | bitOf('status');
}
