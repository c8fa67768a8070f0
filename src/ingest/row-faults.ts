import { isEmptyFormula } from './cell';
import { cleanText } from './clean-text';
import { FIELD_WORDS, type Field, type SourceRow } from './fields';
import { isWarning, wordFault, type Fault, type FaultArgs, type FaultCode, type Wording } from './faults';

const NONE: Fault[] = [];

/** Collects what is wrong with one row, under the file's own headings. */
export class RowFaults {
  /** Nearly every row has none: nothing is made for it. */
  faults: Fault[] = NONE;
  warnings: Fault[] = NONE;

  constructor(
    private readonly row: SourceRow,
    private readonly headings: Partial<Record<Field, string>>,
    private readonly word: Wording = wordFault,
  ) {}

  has(field: Field): boolean {
    return this.faults.length > 0 && this.faults.some((fault) => fault.field === field);
  }

  /** Answers null, so that a reader can end with it. */
  add(
    field: Field,
    value: string,
    code: FaultCode,
    args: FaultArgs = {},
    suggestion: string | null = null,
  ): null {
    const fault: Fault = {
      line: this.row.line,
      field,
      column: this.headings[field] ?? FIELD_WORDS[field].label,
      value: value.length > 80 ? `${value.slice(0, 79)}…` : value,
      ...this.word(code, args),
      suggestion,
      caseCode: this.caseCode(),
    };
    if (isWarning(code)) this.warnings = [...this.warnings, fault];
    else this.faults = [...this.faults, fault];
    return null;
  }

  private caseCode(): string | null {
    const { code } = this.row.values;
    if (code === undefined || code === null || isEmptyFormula(code)) return null;
    return cleanText(String(code))?.slice(0, 100) ?? null;
  }
}
