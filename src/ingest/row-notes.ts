import { labels } from '../platform/labels';
import type { RejectedRow } from './case-merge.repository';
import { wordFault, type Fault, type FaultCode, type Wording } from './faults';
import { FIELD_WORDS, type Field } from './fields';

/** What only the whole file and the stored cases tell about a row. */
export class RowNotes {
  private readonly codeColumn: string;
  private readonly statusColumn: string;

  /** @param own the file's own heading of each field */
  constructor(
    own: Partial<Record<Field, string>>,
    private readonly word: Wording = wordFault,
  ) {
    this.codeColumn = own.code ?? FIELD_WORDS.code.label;
    this.statusColumn = own.status ?? FIELD_WORDS.status.label;
  }

  repeated = ({ line, code, first }: { line: number; code: string; first: number }): Fault =>
    this.ofCode(line, code, 'CODE_TWICE', { line: first });

  rejected = (row: RejectedRow): Fault => {
    if (row.why === 'incomplete')
      return this.ofCode(row.line, row.code, 'NEW_CASE_INCOMPLETE', { missing: missingOf(row) });
    return this.ofCode(row.line, row.code, row.why === 'foreign' ? 'CODE_OF_OTHER_UNIT' : 'NO_COMMUNE');
  };

  keptNewer = ({ line, code }: { line: number; code: string }): Fault =>
    this.ofCode(line, code, 'KEPT_NEWER');

  wentBack = (row: { line: number; code: string; from: number; to: number }): Fault => ({
    ...this.ofCode(row.line, row.code, 'STATUS_BACK', {
      from: labels.caseStatus[row.from] ?? '',
      to: labels.caseStatus[row.to] ?? '',
    }),
    column: this.statusColumn,
    value: labels.caseStatus[row.to] ?? '',
    field: 'status',
  });

  private ofCode(
    line: number,
    code: string,
    fault: FaultCode,
    args: Record<string, string | number> = {},
  ): Fault {
    return {
      line,
      column: this.codeColumn,
      value: code,
      ...this.word(fault, args),
      caseCode: code,
      field: null,
      suggestion: null,
    };
  }
}

const missingOf = (row: RejectedRow): string =>
  [
    row.procedureMissing ? FIELD_WORDS.procedureName.label : null,
    row.applicantMissing ? FIELD_WORDS.applicantName.label : null,
    row.receptionMissing ? FIELD_WORDS.receivedAt.label : null,
  ]
    .filter((label) => label !== null)
    .join(', ')
    .toLowerCase();
