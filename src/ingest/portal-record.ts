import type { LocalSecond } from '../domain/local-date';
import { bitOf, type Field, type SourceRow } from './fields';
import type { Fault } from './faults';
import { checkRecord } from './record-rules';
import type { ReadingRules } from './reading-rules';
import { RowCells } from './row-cells';
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
  given: SourceRow,
  rules: ReadingRules,
  headings: Partial<Record<Field, string>>,
): ReadRecord {
  const row = rules.corrections === undefined ? given : corrected(given, rules.corrections[given.line]);
  const faults = new RowFaults(row, headings, rules.word);
  const cells = new RowCells(row, rules, faults);
  const record = recordOf(row, cells, faults);
  if (row.surplus !== undefined)
    faults.add('code', record.code, 'CELLS_MOVED', { surplus: row.surplus.slice(0, 40) });
  if (row.repeated !== undefined) addRepeated(row.repeated, headings, faults);
  checkRecord(record, cells, faults);
  return {
    record: faults.faults.length === 0 ? record : null,
    faults: faults.faults,
    warnings: faults.warnings,
  };
}

function corrected(row: SourceRow, changes: Partial<SourceRow['values']> | undefined): SourceRow {
  if (changes === undefined) return row;
  const fields = Object.keys(changes) as Field[];
  const carried = fields.reduce((bits, field) => bits | bitOf(field), row.carried);
  return { ...row, carried, values: { ...row.values, ...changes } };
}

function recordOf(row: SourceRow, cells: RowCells, faults: RowFaults): PortalRecord {
  const { values } = row;
  const kind = cells.text('applicantKind', values.applicantKind);
  const receivedAt = cells.time('receivedAt', values.receivedAt)?.at ?? null;
  const finishedAt = cells.endTime('finishedAt', values.finishedAt, receivedAt);
  const returnedAt = cells.endTime('returnedAt', values.returnedAt, receivedAt);
  const status = cells.word('status', values.status, STATUS_WORDS, 'STATUS_UNKNOWN');
  const handler = handlersOf(values, cells);
  const supplements = row.supplements === undefined ? [] : supplementsOf(row, faults);
  const record: PortalRecord = {
    line: row.line,
    carried: 0,
    code: cells.text('code', values.code) ?? '',
    procedureCode: cells.text('procedureCode', values.procedureCode),
    procedureName: cells.text('procedureName', values.procedureName),
    fieldCode: cells.text('fieldCode', values.fieldCode),
    fieldName: cells.text('fieldName', values.fieldName),
    applicantName: cells.text('applicantName', values.applicantName),
    // Only a help for letters: an unknown kind is left open.
    applicantKind: kind === null ? null : (APPLICANT_KIND_WORDS.find(kind) ?? null),
    address: cells.text('address', values.address),
    receivingUnit: cells.text('receivingUnit', values.receivingUnit),
    phone: cells.phone(values.phone),
    email: cells.text('email', values.email),
    summary: cells.text('summary', values.summary),
    channel: cells.word('channel', values.channel, CHANNEL_WORDS, 'CHANNEL_UNKNOWN') ?? 'direct',
    status: status ?? (returnedAt !== null ? 10 : finishedAt !== null ? 9 : null),
    receivedAt,
    submittedAt: cells.time('submittedAt', values.submittedAt)?.at ?? null,
    promisedAt: cells.endTime('promisedAt', values.promisedAt, receivedAt),
    promisedFirstAt: supplements[0]?.promisedBefore ?? null,
    finishedAt,
    returnedAt,
    departmentName: handler.departmentName,
    officerName: handler.officerName,
    supplements,
  };
  record.carried = carriedBy(row, record);
  return record;
}

/** "Phòng Kinh tế/ Chuyên viên G" in one cell is a department and an officer. */
function handlersOf(
  values: SourceRow['values'],
  cells: RowCells,
): Pick<PortalRecord, 'departmentName' | 'officerName'> {
  const departmentName = cells.text('departmentName', values.departmentName);
  const slash = departmentName === null ? -1 : departmentName.indexOf('/');
  if (values.officerName !== undefined || departmentName === null || slash <= 0)
    return { departmentName, officerName: cells.text('officerName', values.officerName) };
  const officerName = departmentName.slice(slash + 1).trim();
  if (officerName === '') return { departmentName, officerName: null };
  return { departmentName: departmentName.slice(0, slash).trim(), officerName };
}

function supplementsOf(row: SourceRow, faults: RowFaults): Supplement[] {
  const supplements = readSupplements(row.supplements);
  if (supplements !== null) return supplements;
  faults.add('supplements', '', 'SUPPLEMENT_DATE');
  return [];
}

/** Which of two values the source means is not ours to guess. */
function addRepeated(key: string, headings: Partial<Record<Field, string>>, faults: RowFaults): void {
  const field = (Object.keys(headings) as Field[]).find((f) => headings[f] === key) ?? 'code';
  faults.add(field, key, 'KEY_TWICE', { key });
}

const BIT = { officerName: bitOf('officerName'), receivedAt: bitOf('receivedAt'), status: bitOf('status') };

function carriedBy({ carried }: SourceRow, record: PortalRecord): number {
  let bits = carried;
  if (record.officerName !== null) bits |= BIT.officerName;
  const waits = record.status === 1 || record.status === 3;
  if (record.receivedAt === null && record.submittedAt !== null && waits) bits |= BIT.receivedAt;
  return record.status === null ? bits & ~BIT.status : bits | BIT.status;
}
