import { isEmptyFormula } from './cell';
import { cleanText } from './clean-text';
import { FIELD_WORDS, type Field, type SourceRow } from './fields';
import { isWarning, wordFault, type Fault, type FaultArgs, type FaultCode } from './faults';

/** Collects what is wrong with one row, under the file's own headings. */
export class RowFaults {
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];
  readonly caseCode: string | null;
  private readonly faulty = new Set<Field>();

  constructor(
    private readonly row: SourceRow,
    private readonly headings: Partial<Record<Field, string>>,
  ) {
    const { code } = row.values;
    this.caseCode =
      code === undefined || code === null || isEmptyFormula(code)
        ? null
        : (cleanText(String(code))?.slice(0, 100) ?? null);
  }

  has(field: Field): boolean {
    return this.faulty.has(field);
  }

  /** Answers null, so that a reader can end with it. */
  add(field: Field, value: string, code: FaultCode, args: FaultArgs = {}): null {
    const fault: Fault = {
      line: this.row.line,
      column: this.headings[field] ?? FIELD_WORDS[field].label,
      value: value.length > 80 ? `${value.slice(0, 79)}…` : value,
      ...wordFault(code, args),
      caseCode: this.caseCode,
      field,
      suggestion: null,
    };
    if (isWarning(code)) this.warnings.push(fault);
    else {
      this.faults.push(fault);
      this.faulty.add(field);
    }
    return null;
  }
}
